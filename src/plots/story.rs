//! Sentences that say what is seen, computed from the data and never claiming more.

use crate::physiology::quantities::{Endpoint, Quantity};
use crate::words::names::inside;
use crate::words::numbers::{clinical, measured};

use super::font::{self, Weight};
use super::span::Clock;
use super::{ArmData, Subject};

/// A note for runs without rows.
pub(crate) const NOTHING: &str = "The run has no rows yet, so there is nothing to draw.";
/// Share below which two ends count as the same.
const SAME: f64 = 0.02;

/// True if any arm has a row.
pub(crate) fn has_rows(subject: &Subject) -> bool {
    subject.arms.iter().any(|arm| !arm.trajectory.rows.is_empty())
}

/// First and last finite value of a quantity in an arm.
pub(crate) fn ends_of(arm: &ArmData, quantity: &Quantity) -> Option<(f64, f64)> {
    let rows = arm.trajectory.rows.iter();
    let mut values = rows.map(|row| row.value(quantity.column)).filter(|value| value.is_finite());
    let first = values.next()?;
    Some((first, values.next_back().unwrap_or(first)))
}

/// An arm's label, short enough for a title.
pub(crate) fn short_label(label: &str) -> String {
    font::shorten_middle(label, 1.0, Weight::Regular, 18.0)
}

/// A label in a sentence's beginning: "Relative hip fracture risk".
pub(crate) fn name(quantity: &Quantity) -> String {
    match quantity.label.strip_suffix(", relative") {
        Some(label) => format!("Relative {}", inside(label)),
        None => quantity.label.to_owned(),
    }
}

/// Lowest and highest value of a quantity at the end, with their arms.
struct EndRange<'a> {
    quantity: &'static Quantity,
    low: (f64, &'a str),
    high: (f64, &'a str),
}

impl EndRange<'_> {
    fn relative(&self) -> f64 {
        (self.high.0 - self.low.0) / self.high.0.abs().max(self.low.0.abs()).max(1e-9)
    }

    /// Bone and artery are what matters in the end.
    fn weight(&self) -> f64 {
        self.relative() * if self.is_outcome() { 2.0 } else { 1.0 }
    }

    fn is_outcome(&self) -> bool {
        self.quantity.endpoint == Some(Endpoint::Main)
    }

    /// Differences that a clinic would not notice: a small part of what is usual among healthy
    /// adults (not for bone and artery, which count in the end), a few of the smallest digits written, or little of the value itself.
    fn negligible(&self) -> bool {
        let difference = self.high.0 - self.low.0;
        let smallest_shown = 10f64.powi(-i32::try_from(self.quantity.decimals).unwrap_or(0));
        let of_usual = match self.quantity.normal {
            Some((low, high)) if !self.is_outcome() => {
                difference < 0.26 * (high - low) && self.relative() < 0.05
            }
            _ => false,
        };
        of_usual || difference < 2.0 * smallest_shown || self.relative() < SAME
    }

    /// "65 AU (K2 alone), 113 AU (calcium + D3)".
    fn ends(&self) -> String {
        let end = |(value, label): (f64, &str)| {
            format!("{} ({})", measured(self.quantity, value), short_label(label))
        };
        format!("{}, {}", end(self.low), end(self.high))
    }
}

fn range<'a>(subject: &'a Subject, quantity: &'static Quantity) -> Option<EndRange<'a>> {
    let ends =
        subject.headline_arms().filter_map(|arm| Some((ends_of(arm, quantity)?.1, arm.label)));
    let ends: Vec<(f64, &str)> = ends.collect();
    let low = *ends.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let high = *ends.iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(EndRange { quantity, low, high })
}

/// The headline of the time courses. It speaks of the read-out that the scenario names first (it
/// is the lesson's); where that hardly differs, of the largest difference, too.
pub(crate) fn headline(subject: &Subject, chosen: &[&'static Quantity], clock: &Clock) -> String {
    if !has_rows(subject) {
        return "Nothing was computed".to_owned();
    }
    if subject.arms.len() < 2 {
        return largest_change(subject, chosen, clock);
    }
    let ranges: Vec<EndRange> =
        chosen.iter().filter_map(|quantity| range(subject, quantity)).collect();
    let clear = ranges.iter().filter(|range| !range.negligible());
    let largest = clear.max_by(|a, b| a.weight().total_cmp(&b.weight()));
    let end = clock.end_in_words();
    let Some(largest) = largest else { return format!("The arms hardly differ {end}") };
    let first = ranges.first().filter(|_| !subject.timeline.is_empty());
    match first {
        Some(first) if first.negligible() => format!(
            "{} hardly differs {end} ({}\u{A0}to\u{A0}{}), but {} does: {}",
            name(first.quantity),
            clinical(first.quantity, first.low.0),
            measured(first.quantity, first.high.0),
            inside(&name(largest.quantity)),
            largest.ends()
        ),
        first => {
            let main = first.unwrap_or(largest);
            let steady = steady_blood(&ranges, main.quantity);
            format!("{} {end}: {}{steady}", name(main.quantity), main.ends())
        }
    }
}

/// Adds that blood calcium hardly differs, if that is shown and so, and not the subject already.
fn steady_blood(ranges: &[EndRange], main: &Quantity) -> &'static str {
    const SERUM: &str = "serum_total_calcium_mmol_per_l";
    let serum = ranges.iter().find(|range| range.quantity.name == SERUM);
    match serum.filter(|serum| serum.quantity.name != main.name) {
        Some(serum) if serum.negligible() => " – while blood calcium hardly differs",
        _ => "",
    }
}

/// Start, farthest value from it, and end of a quantity.
struct Excursion {
    quantity: &'static Quantity,
    start: f64,
    peak: f64,
    end: f64,
}

impl Excursion {
    fn of(arm: &ArmData, quantity: &'static Quantity) -> Option<Self> {
        let (start, end) = ends_of(arm, quantity)?;
        let rows = arm.trajectory.rows.iter();
        let values = rows.map(|row| row.value(quantity.column)).filter(|value| value.is_finite());
        let far = |a: &f64, b: &f64| (a - start).abs().total_cmp(&(b - start).abs());
        let peak = values.max_by(far)?;
        Some(Self { quantity, start, peak, end })
    }

    fn relative(&self) -> f64 {
        (self.peak - self.start).abs() / self.start.abs().max(self.peak.abs()).max(1e-9)
    }

    /// True if the change can be seen in the numbers that a clinic writes.
    fn visible(&self) -> bool {
        clinical(self.quantity, self.start) != clinical(self.quantity, self.peak)
    }

    fn sentence(&self, clock: &Clock) -> String {
        let verb = if self.peak > self.start { "rises" } else { "falls" };
        let start = clinical(self.quantity, self.start);
        let peak = measured(self.quantity, self.peak);
        let label = name(self.quantity);
        if (self.peak - self.end).abs() > 0.3 * (self.peak - self.start).abs() {
            let end = clinical(self.quantity, self.end);
            return format!("{label} {verb} from {start} to {peak} and ends at {end}");
        }
        let end = measured(self.quantity, self.end);
        format!("{label} {verb} from {start} to {end} {}", clock.until_in_words())
    }
}

fn largest_change(subject: &Subject, chosen: &[&'static Quantity], clock: &Clock) -> String {
    let Some(arm) = subject.arms.first() else { return "Nothing was computed".to_owned() };
    let changes = chosen.iter().filter_map(|quantity| Excursion::of(arm, quantity));
    let visible = changes.filter(|change| change.visible() && change.relative() > SAME);
    match visible.max_by(|a, b| a.relative().total_cmp(&b.relative())) {
        Some(change) => change.sentence(clock),
        None => format!("Hardly anything changes {}", clock.until_in_words()),
    }
}

/// The numbers of all arms in plain text, for people who cannot see the figure.
pub(crate) fn ends(subject: &Subject, chosen: &[&'static Quantity], clock: &Clock) -> String {
    let mut out = format!("Start and end ({}) of each arm.", clock.end_in_words());
    for arm in &subject.arms {
        let numbers = chosen.iter().filter_map(|quantity| {
            let (start, end) = ends_of(arm, quantity)?;
            let start = clinical(quantity, start);
            Some(format!("{} {start} to {}", inside(quantity.label), measured(quantity, end)))
        });
        let numbers: Vec<String> = numbers.collect();
        out.push_str(&format!(" {}: {}.", arm.label, numbers.join("; ")));
    }
    out
}
