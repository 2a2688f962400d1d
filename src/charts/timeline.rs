//! Time courses: small multiples of chosen read-outs, all arms.

use crate::charts::chart::{Chart, Label, Picture, Words};
use crate::charts::course::{self, Course};
use crate::physiology::quantities::{Endpoint, Quantity, in_order, quantity};
use crate::plots::numbers::lowest_and_highest;
use crate::plots::span::Clock;
use crate::plots::{Subject, Told, labels};
use crate::words::catalogue::message;
use crate::words::names::{at_start, inside};
use crate::words::numbers::{clinical, hardly_differ, last_digit, measured};

/// Most panels on one page.
const MOST: usize = 15;
/// Share below which two ends count as the same.
const SAME: f64 = 0.02;

/// Statements that a headline can make about the courses.
enum Story {
    /// No arm has a number.
    Nothing,
    /// No arm differs from another: the ends of the first read-out.
    Even(Spread),
    /// The ends of a read-out differ between arms; blood calcium is steady, if it hardly differs.
    Ends { told: Spread, steady: Option<Spread> },
    /// The read-out that is the lesson's hardly differs, another does.
    FirstEven { first: Spread, other: Spread },
    /// A read-out of the only arm changes.
    Change(Excursion),
    /// Nothing changes in the only arm.
    Still,
}

/// The lowest and highest end of a quantity.
#[derive(Clone, Copy)]
struct Spread {
    quantity: &'static Quantity,
    low: Told,
    high: Told,
}

/// Start, farthest value from it, and end of a quantity.
struct Excursion {
    quantity: &'static Quantity,
    start: Told,
    peak: Told,
    end: Told,
}

/// Whether a run has something to show: every run has.
pub(crate) const fn suits(_: &Subject) -> bool {
    true
}

pub(crate) fn chart(subject: &Subject) -> Chart {
    let (chosen, clock) = (chosen(subject), Clock::of(subject));
    let facts = facts(subject, &chosen);
    let words = words(subject, &facts, &chosen, &clock);
    if matches!(facts, Story::Nothing) {
        return Chart::new(subject, words, Picture::Note(message!(none.rows)));
    }
    let panels = chosen.iter().map(|quantity| {
        let mut course = Course::new(subject, quantity, &clock);
        if chosen.len() == 1 && quantity.is_artery_hardness() {
            course.floor = never_down(subject, quantity);
            course.shows = course.floor.map(|floor| vec![0.6 * floor]).unwrap_or_default();
        }
        let mut written: Vec<(f64, String)> = Vec::new();
        // Of the author's title, or of ours.
        let own = facts.told();
        let told = if subject.told.is_empty() { &own } else { &subject.told };
        for told in told.iter().filter(|told| told.quantity.name == quantity.name) {
            let number = (told.day, clinical(quantity, told.value));
            // Lines that lie on each other need their number once.
            if !written.contains(&number) {
                let at = (clock.at(told.day), told.value);
                course.labels.push(Label::number(subject.look(told.arm), at, number.1.clone()));
                written.push(number);
            }
        }
        course.panel()
    });
    let picture = Picture::Panels { panels: panels.collect(), columns: None };
    Chart::new(subject, words, picture)
}

/// The lowest value, if no arm ever falls.
fn never_down(subject: &Subject, quantity: &Quantity) -> Option<f64> {
    let lines = subject.arms.iter().map(|arm| arm.trajectory.series(quantity));
    let lines: Vec<Vec<f64>> = lines.collect();
    let rises = |pair: &[f64]| matches!(pair, [before, after] if *after >= before * (1.0 - 1e-9));
    let never = lines.iter().all(|line| line.windows(2).all(rises));
    let starts = lines.iter().filter_map(|line| line.first()).copied();
    starts.reduce(f64::min).filter(|start| never && *start > 0.0)
}

fn chosen(subject: &Subject) -> Vec<&'static Quantity> {
    let mut chosen: Vec<_> = subject.timeline.iter().filter_map(|name| quantity(name)).collect();
    if subject.timeline.is_empty() {
        chosen = in_order(|quantity| quantity.time_course_place);
        let observed = subject.arms.iter().flat_map(|arm| &arm.observed);
        for quantity in observed.filter_map(|one| quantity(one.quantity)) {
            if !chosen.iter().any(|known| known.name == quantity.name) {
                chosen.insert(0, quantity);
            }
        }
    }
    chosen.truncate(MOST);
    chosen
}

/// The story is that of the read-out that the scenario names first (it is the lesson's); where
/// that hardly differs, of the largest difference, too.
fn facts(subject: &Subject, chosen: &[&'static Quantity]) -> Story {
    if !subject.has_rows() {
        return Story::Nothing;
    }
    if subject.arms.len() == 1 {
        let changes = chosen.iter().filter_map(|quantity| Excursion::of(subject, quantity));
        let seen = changes.filter(|change| change.visible() && change.relative() > SAME);
        let largest = seen.max_by(|a, b| a.relative().total_cmp(&b.relative()));
        return largest.map_or(Story::Still, Story::Change);
    }
    let spreads: Vec<Spread> =
        chosen.iter().filter_map(|quantity| Spread::of(subject, quantity)).collect();
    let clear = spreads.iter().filter(|spread| !spread.negligible());
    let largest = clear.max_by(|a, b| a.weight().total_cmp(&b.weight()));
    let Some(largest) = largest.copied() else {
        return spreads.first().copied().map_or(Story::Nothing, Story::Even);
    };
    let first = spreads.first().filter(|_| !subject.timeline.is_empty()).copied();
    match first {
        Some(first) if first.negligible() => Story::FirstEven { first, other: largest },
        first => {
            let told = first.unwrap_or(largest);
            Story::Ends { told, steady: steady_blood_calcium(&spreads, told.quantity) }
        }
    }
}

/// The ends of blood calcium if it hardly differs, is shown, and is not the subject already.
fn steady_blood_calcium(spreads: &[Spread], told: &Quantity) -> Option<Spread> {
    const SERUM: &str = "serum_total_calcium_mmol_per_l";
    let serum = spreads.iter().find(|spread| spread.quantity.name == SERUM);
    serum.filter(|spread| told.name != SERUM && spread.negligible()).copied()
}

impl Story {
    /// The numbers of the title, which the panels print, too.
    fn told(&self) -> Vec<Told> {
        let ends = |spread: &Spread| [spread.low, spread.high];
        match self {
            Self::Nothing | Self::Still => Vec::new(),
            Self::Even(spread) => ends(spread).to_vec(),
            Self::Ends { told, steady } => {
                std::iter::once(told).chain(steady).flat_map(ends).collect()
            }
            Self::FirstEven { first, other } => [ends(first), ends(other)].concat(),
            Self::Change(change) => {
                let peak = Some(change.peak).filter(|_| change.returns());
                [change.start, change.end].into_iter().chain(peak).collect()
            }
        }
    }
}

/// The finite values of a quantity in an arm.
fn values_of(subject: &Subject, arm: usize, quantity: &'static Quantity) -> Vec<Told> {
    let values = subject.arms.get(arm).map(|data| data.course(quantity)).unwrap_or_default();
    values.into_iter().map(|(day, value)| Told { arm, quantity, day, value }).collect()
}

impl Spread {
    fn of(subject: &Subject, quantity: &'static Quantity) -> Option<Self> {
        let arms = subject.headline_arms();
        let ends = arms.filter_map(|arm| values_of(subject, arm, quantity).pop());
        let ends: Vec<Told> = ends.collect();
        let (low, high) = lowest_and_highest(&ends, |end| end.value)?;
        Some(Self { quantity, low: *low, high: *high })
    }

    /// "2.37 to 2.42 mmol/L", or the one number where both are written alike.
    fn range(&self) -> String {
        let (low, high) = (self.low.value, self.high.value);
        let (low, shown) = (clinical(self.quantity, low), measured(self.quantity, high));
        if low == clinical(self.quantity, high) {
            shown
        } else {
            message!(timeline.range, low, high = shown)
        }
    }

    /// Bone and artery are what matters in the end.
    fn weight(&self) -> f64 {
        let (low, high) = (self.low.value, self.high.value);
        let relative = (high - low) / high.abs().max(low.abs()).max(1e-9);
        relative * if self.is_outcome() { 2.0 } else { 1.0 }
    }

    fn is_outcome(&self) -> bool {
        self.quantity.endpoint == Some(Endpoint::Main)
    }

    /// Differences that a clinic would not notice; bone and artery count in the end, whatever is usual.
    fn negligible(&self) -> bool {
        let usual = self.quantity.normal.filter(|_| !self.is_outcome());
        let smallest = last_digit(self.quantity.decimals);
        hardly_differ((self.low.value, self.high.value), smallest, usual)
    }
}

impl Excursion {
    fn of(subject: &Subject, quantity: &'static Quantity) -> Option<Self> {
        let values = values_of(subject, 0, quantity);
        let (start, end) = (*values.first()?, *values.last()?);
        let (_, peak) = lowest_and_highest(&values, |one| (one.value - start.value).abs())?;
        Some(Self { quantity, start, peak: *peak, end })
    }

    fn relative(&self) -> f64 {
        let (start, peak) = (self.start.value, self.peak.value);
        (peak - start).abs() / start.abs().max(peak.abs()).max(1e-9)
    }

    /// True if the change can be seen in the numbers that a clinic writes.
    fn visible(&self) -> bool {
        clinical(self.quantity, self.start.value) != clinical(self.quantity, self.peak.value)
    }

    /// Whether it comes back a good part of the way.
    fn returns(&self) -> bool {
        let (start, peak, end) = (self.start.value, self.peak.value, self.end.value);
        (peak - end).abs() > 0.3 * (peak - start).abs()
    }

    fn sentence(&self, clock: &Clock) -> String {
        let rises = self.peak.value > self.start.value;
        let number = |told: Told| clinical(self.quantity, told.value);
        let (name, start) = (at_start(self.quantity), number(self.start));
        if self.returns() {
            let (peak, end) = (measured(self.quantity, self.peak.value), number(self.end));
            return if rises {
                message!(timeline.rises_and_ends, name, start, peak, end)
            } else {
                message!(timeline.falls_and_ends, name, start, peak, end)
            };
        }
        let (end, until) = (measured(self.quantity, self.end.value), clock.until_in_words());
        if rises {
            message!(timeline.rises, name, start, end, until)
        } else {
            message!(timeline.falls, name, start, end, until)
        }
    }
}

fn words(subject: &Subject, facts: &Story, chosen: &[&'static Quantity], clock: &Clock) -> Words {
    let person = &subject.person;
    let mut subtitle = if chosen.iter().any(|quantity| quantity.normal.is_some()) {
        message!(timeline.subtitle_band, person)
    } else {
        message!(timeline.subtitle, person)
    };
    if !course::changes(subject, clock).is_empty() {
        subtitle += &message!(timeline.changes);
    }
    subtitle += &course::left_out(subject);
    let description = course::ends(subject, chosen, clock, clinical);
    Words { title: title(subject, facts, clock), subtitle, description }
}

fn title(subject: &Subject, facts: &Story, clock: &Clock) -> String {
    let end = clock.end_in_words();
    let label = |arm: usize| labels::short(subject.label(arm));
    let arm = |told: Told| label(told.arm);
    match facts {
        Story::Nothing => message!(none.computed),
        Story::Even(spread) => {
            let (name, range) = (inside(&at_start(spread.quantity)), spread.range());
            match subject.compare.map(|pair| pair.map(label)) {
                Some([one, other]) => message!(timeline.even_pair, one, other, end, name, range),
                None => message!(timeline.even, end, name, range),
            }
        }
        Story::Still => message!(timeline.still, until = clock.until_in_words()),
        Story::Change(change) => change.sentence(clock),
        Story::Ends { told, steady } => {
            let number = |end: Told| measured(told.quantity, end.value);
            let ends = message!(
                timeline.ends,
                name = at_start(told.quantity),
                end,
                low = number(told.low),
                low_arm = arm(told.low),
                high = number(told.high),
                high_arm = arm(told.high)
            );
            match steady {
                Some(steady) => message!(timeline.ends_steady, ends, range = steady.range()),
                None => ends,
            }
        }
        Story::FirstEven { first, other } => message!(
            timeline.first_even,
            name = at_start(first.quantity),
            end,
            range = first.range(),
            other = inside(&at_start(other.quantity)),
            other_low = measured(other.quantity, other.low.value),
            low_arm = arm(other.low),
            other_high = measured(other.quantity, other.high.value),
            high_arm = arm(other.high)
        ),
    }
}
