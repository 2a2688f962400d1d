//! Time courses of some people, one line each, with the median and the middle 50 and 90 %.

use crate::charts::chart::{Chart, Ends, Label, Panel, Picture, Place, Scale, Words};
use crate::charts::sweeps::data::{CourseData, SweepData};
use crate::charts::sweeps::phrases;
use crate::physiology::quantities::Quantity;
use crate::plots::chart_words;
use crate::plots::labels;
use crate::plots::numbers::extremes;
use crate::plots::panel::Layer;
use crate::plots::style::{self, GREY};
use crate::sweep::quantile::quantile;
use crate::words::catalogue::message;
use crate::words::names::{capital, chart_unit, inside};
use crate::words::numbers::{at_most, clinical, measured};
use crate::words::time::TimeUnit;

pub(crate) const MOST_ARMS: usize = 4;
/// Most quantities one above the other.
pub(crate) const MOST_QUANTITIES: usize = 2;
/// Samples that are followed.
pub(crate) const FOLLOWED: u64 = 60;
/// Shares of all lines, of which each time has a number.
const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// People differ more than arms if they do by so many times.
const MORE: f64 = 1.5;

/// The numbers of the figure.
struct Facts<'a> {
    unit: TimeUnit,
    /// Length of the courses \[d\].
    days: f64,
    /// Panels in reading order: arms from left to right, quantities from top to bottom.
    panels: Vec<Followed<'a>>,
    columns: usize,
    /// Most samples that any course follows.
    samples: usize,
    story: Story,
}

/// One quantity in one arm.
struct Followed<'a> {
    course: &'a CourseData,
    middle: Middle,
    /// The axis of the quantity in all arms, so that they can be compared.
    y: Scale,
}

/// Statements that a headline can make about the first quantity.
enum Story {
    /// No quantity is followed.
    Nobody,
    /// No course has a number at the end.
    NobodyToTheEnd,
    /// Its numbers at the end in the only arm.
    Alone(&'static Quantity, [f64; 5]),
    /// Lowest and highest median of all arms, and the numbers of one arm.
    Arms { quantity: &'static Quantity, medians: (f64, f64), own: [f64; 5] },
}

/// The number of each time in ascending order over all lines, at the shares.
struct Middle {
    times: Vec<f64>,
    shares: [Vec<f64>; 5],
}

impl Middle {
    fn of(course: &CourseData, unit_days: f64) -> Self {
        let times = course.days.iter().map(|day| day / unit_days).collect();
        let mut shares = [const { Vec::new() }; 5];
        for index in 0..course.days.len() {
            let all = course.lines.iter().filter_map(|line| line.get(index).copied());
            let mut all: Vec<f64> = all.filter(|value| value.is_finite()).collect();
            all.sort_by(f64::total_cmp);
            for (column, share) in shares.iter_mut().zip(SHARES) {
                column.push(quantile(&all, share));
            }
        }
        Self { times, shares }
    }

    fn end(&self) -> [f64; 5] {
        self.shares.each_ref().map(|column| {
            column.iter().rev().copied().find(|value| value.is_finite()).unwrap_or(f64::NAN)
        })
    }

    fn line(&self, values: &[f64]) -> Vec<(f64, f64)> {
        self.times.iter().copied().zip(values.iter().copied()).collect()
    }
}

/// Whether samples differ, at a single point, in an outcome of which there are courses.
pub(crate) fn suits(data: &SweepData) -> bool {
    let followed = data.outcomes.iter().any(|outcome| outcome.about.is_some());
    data.compares_samples() && data.axes.is_empty() && followed
}

pub(crate) fn chart(data: &SweepData) -> Chart {
    let facts = facts(data);
    let picture = if facts.samples == 0 {
        Picture::Note(message!(spaghetti.nobody_to_follow))
    } else {
        let panels = facts.panels.iter().map(|one| one.panel(data, &facts.unit)).collect();
        Picture::Panels { panels, columns: Some(facts.columns) }
    };
    data.chart(words(data, &facts), picture)
}

fn facts<'a>(data: &'a SweepData) -> Facts<'a> {
    let days = extremes(data.courses.iter().flat_map(|course| course.days.iter().copied()));
    let days = days.map_or(0.0, |(low, high)| high - low);
    let unit = TimeUnit::of_axis(days);
    let place = |course: &CourseData| {
        let same = |other: &CourseData| other.quantity == course.quantity;
        (data.courses.iter().position(same), course.arm)
    };
    let mut courses: Vec<&'a CourseData> = data.courses.iter().collect();
    courses.sort_by_key(|course| place(course));
    let panel = |course: &&'a CourseData| {
        let same = courses.iter().filter(|other| other.quantity == course.quantity);
        let y = shared_scale(&same.copied().collect::<Vec<_>>(), course.quantity);
        Followed { course, middle: Middle::of(course, unit.days), y }
    };
    let panels: Vec<Followed> = courses.iter().map(panel).collect();
    let first = data.courses.first().map(|course| course.quantity);
    let arms = panels.iter().filter(|panel| Some(panel.course.quantity) == first);
    let columns = arms.clone().count().max(1);
    let ends = arms.map(|panel| panel.middle.end());
    let story =
        story(first, &ends.filter(|end| end.iter().all(|v| v.is_finite())).collect::<Vec<_>>());
    let samples = data.courses.iter().map(|course| course.lines.len()).max().unwrap_or(0);
    Facts { unit, days, panels, columns, samples, story }
}

/// Whether people or arms differ more in the end.
fn story(quantity: Option<&'static Quantity>, ends: &[[f64; 5]]) -> Story {
    let Some(quantity) = quantity else { return Story::Nobody };
    match (ends, extremes(ends.iter().map(|end| end[2]))) {
        ([], _) | (_, None) => Story::NobodyToTheEnd,
        ([own], _) => Story::Alone(quantity, *own),
        ([own, ..], Some(medians)) => Story::Arms { quantity, medians, own: *own },
    }
}

/// The axis of all arms' values. A few lines far above nine tenths of all do not squeeze these.
fn shared_scale(same: &[&CourseData], quantity: &Quantity) -> Scale {
    let values = same.iter().flat_map(|course| course.lines.iter().flatten().copied());
    let values = values.filter(|value| value.is_finite());
    let ends = same.iter().flat_map(|course| course.lines.iter().filter_map(|line| line.last()));
    let mut ends: Vec<f64> = ends.copied().filter(|value| value.is_finite()).collect();
    ends.sort_by(f64::total_cmp);
    let (inner, outer) = (quantile(&ends, 0.75), quantile(&ends, 1.0));
    let cut = (outer > 8.0 * inner && inner > 0.0).then_some(3.0 * inner);
    let shown = values.map(|value| value.min(cut.unwrap_or(f64::INFINITY)));
    let normal = quantity.normal.filter(|_| cut.is_none());
    let (low, high, least) = chart_words::value_range(shown, quantity.decimals, normal);
    // Values that reach over so many times the middle are read from zero.
    let (low, ends) = match cut {
        Some(_) => (low.min(0.0), Ends::Exact(least)),
        None => (low, Ends::Rounded(least)),
    };
    Scale::untitled(low, high, ends)
}

fn words(data: &SweepData, facts: &Facts) -> Words {
    let whom = phrases::whom(data);
    let mut parts = vec![
        message!(spaghetti.followed, count = facts.samples, all = whom),
        message!(spaghetti.bands, count = facts.samples),
    ];
    parts.extend(phrases::first_point(data));
    let mut shown: Vec<usize> = data.courses.iter().map(|course| course.arm).collect();
    shown.sort_unstable();
    shown.dedup();
    let labels = data.arms.iter().map(|(_, label)| label.as_str());
    let subtitle = parts.join(" · ") + &labels::left_out(labels, &shown);
    let of_panel = |panel: &Followed| {
        let [low, _, median, _, high] =
            panel.middle.end().map(|value| measured(panel.course.quantity, value));
        let (name, arm) = (panel.course.quantity.label, panel.arm(data));
        message!(spaghetti.description, name, arm, median, low, high)
    };
    Words::told(title(data, facts), subtitle, facts.panels.iter().map(of_panel))
}

fn title(data: &SweepData, facts: &Facts) -> String {
    let after = facts.unit.times(&at_most(facts.days / facts.unit.days, 1));
    match &facts.story {
        Story::Nobody => message!(spaghetti.nobody),
        Story::NobodyToTheEnd => message!(spaghetti.nobody_to_the_end),
        Story::Alone(quantity, [low, _, median, _, high]) => {
            let (low, high) = (clinical(quantity, *low), measured(quantity, *high));
            let (noun, median) = (inside(quantity.label), measured(quantity, *median));
            message!(spaghetti.alone, after, noun, median, low, high)
        }
        Story::Arms { quantity, medians, own: [own_low, .., own_high] } => {
            let told = message!(
                spaghetti.arms,
                after,
                noun = inside(quantity.label),
                low = clinical(quantity, medians.0),
                high = measured(quantity, medians.1),
                own_low = clinical(quantity, *own_low),
                own_high = measured(quantity, *own_high)
            );
            let more = own_high - own_low > MORE * (medians.1 - medians.0);
            if more {
                message!(spaghetti.more, who = capital(data.who()), told)
            } else {
                message!(spaghetti.alike, who = data.who(), told)
            }
        }
    }
}

impl Followed<'_> {
    fn arm<'a>(&self, data: &'a SweepData) -> &'a str {
        data.arms.get(self.course.arm).map_or("", |arm| arm.1.as_str())
    }

    /// All lines pale, then bands and median.
    fn panel(&self, data: &SweepData, unit: &TimeUnit) -> Panel {
        let Self { course, middle, y } = self;
        let quantity = course.quantity;
        let look = style::arm(data.look(course.arm));
        let top = if matches!(y.ends, Ends::Exact(_)) { y.high } else { f64::INFINITY };
        let line = |values: &Vec<f64>, ink, width| Layer::Line {
            points: below(&middle.line(values), top),
            ink,
            width,
            dash: &[],
        };
        let mut layers: Vec<Layer> =
            course.lines.iter().map(|values| line(values, look.ink.clear(0.28), 1.25)).collect();
        let [p5, p25, median, p75, p95] = &middle.shares;
        layers.extend([(p5, p95), (p25, p75)].into_iter().filter_map(|(from, to)| {
            let edge = |values: &[f64]| {
                let cut: Vec<f64> = values.iter().map(|value| value.min(top)).collect();
                middle.line(&cut)
            };
            let points: Vec<_> = edge(from).into_iter().chain(edge(to).into_iter().rev()).collect();
            let whole = points.iter().all(|point| point.1.is_finite());
            whole.then_some(Layer::Shape { points, ink: look.ink.clear(0.2) })
        }));
        layers.push(line(median, look.ink.darker(0.6), 5.0));
        let (low, high) = extremes(middle.times.iter().copied()).unwrap_or((0.0, 1.0));
        let title = message!(spaghetti.time, unit = unit.plural);
        let x = Scale::new(title, low, high, Ends::Steps(unit.steps));
        let panel = Panel::of(x, y.clone(), layers, self.labels(data, low, top));
        let (heading, unit) = (quantity.label.to_owned(), chart_unit(quantity));
        Panel { heading, unit, ..panel }.with_normal(quantity.normal)
    }

    /// The arm and its numbers at the end, above the panel; how many lines leave it.
    fn labels(&self, data: &SweepData, left: f64, top: f64) -> Vec<Label> {
        let quantity = self.course.quantity;
        let [low, _, median, _, high] = self.middle.end().map(|value| clinical(quantity, value));
        let name = if data.arms.len() > 1 { self.arm(data) } else { "" };
        let text = message!(spaghetti.end, median, low, high);
        let ink = style::arm(data.look(self.course.arm)).letters;
        let end = Label::new(Place::Above(left), text, ink);
        let mut labels = vec![Label { name: name.to_owned(), priority: 9, ..end }];
        let leaving = self.course.lines.iter().filter(|line| line.iter().any(|value| *value > top));
        let leaving = leaving.count();
        if leaving > 0 {
            let text = message!(spaghetti.leave, count = leaving);
            let corner = Place::Corner { right: false, upper: true };
            labels.push(Label { priority: 8, ..Label::new(corner, text, GREY).small() });
        }
        labels
    }
}

/// A line cut where it passes above `high`.
fn below(points: &[(f64, f64)], high: f64) -> Vec<(f64, f64)> {
    let mut cut = Vec::with_capacity(points.len());
    let mut before: Option<(f64, f64)> = None;
    for point in points {
        if let Some(last) = before.filter(|last| (last.1 > high) != (point.1 > high)) {
            let share = (high - last.1) / (point.1 - last.1);
            let edge = (last.0 + share * (point.0 - last.0), high);
            cut.extend(if last.1 > high {
                [(f64::NAN, f64::NAN), edge]
            } else {
                [edge, (f64::NAN, f64::NAN)]
            });
        }
        if point.1 <= high {
            cut.push(*point);
        }
        before = Some(*point);
    }
    cut
}
