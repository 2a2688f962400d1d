//! One read-out over time, all arms: the panel that several figures are made of.

use crate::charts::chart::{Ends, Label, Panel, Place, Scale, sentences};
use crate::nutrition::schedule::{Dose, Intake};
use crate::physiology::quantities::Quantity;
use crate::plots::canvas::Ink;
use crate::plots::panel::Layer;
use crate::plots::span::Clock;
use crate::plots::style::{self, ArmStyle, GREY};
use crate::plots::{ArmData, Observed, Subject, chart_words};
use crate::words::catalogue::message;
use crate::words::names::{chart_unit, inside};
use crate::words::numbers::with_unit;

/// The band where no line comes.
const NEVER: Ink = Ink::new(0xEF, 0xEF, 0xEF);

/// A panel in the making.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    quantity: &'static Quantity,
    pub heading: String,
    pub x: Scale,
    /// Look and points of each arm.
    lines: Vec<(usize, Vec<(f64, f64)>)>,
    /// Measured values.
    observed: Vec<Layer>,
    /// Ends of the value axis that a file asks for.
    limits: Option<(f64, f64)>,
    /// Values that the axis must show, too.
    pub shows: Vec<f64>,
    /// Shows the lines as large as they get, even if the normal band is cut.
    pub zoomed: bool,
    /// Draws the value axis in decades from this value on.
    pub decades_from: Option<f64>,
    /// A value below which no line ever falls, shown as a band.
    pub floor: Option<f64>,
    /// Fine vertical lines at these times.
    pub marks: Vec<f64>,
    /// Names at the ends of the lines, and numbers.
    pub labels: Vec<Label>,
}

impl Course {
    /// A quantity over the time of the clock.
    pub(crate) fn new(subject: &Subject, quantity: &'static Quantity, clock: &Clock) -> Self {
        let (from, to) = clock.days();
        let (low, high) = (clock.at(from), clock.at(to));
        let points = |arm: &ArmData| {
            let rows = arm.trajectory.rows.iter();
            let all = rows.map(|row| (clock.at(row.time_days), row.value(quantity.column)));
            (arm.look, cut(&all.collect::<Vec<_>>(), low, high))
        };
        let lines: Vec<_> = subject.arms.iter().map(points).collect();
        let finite = |point: &&(f64, f64)| (point.0 + point.1).is_finite();
        let labels = lines.iter().zip(&subject.arms).filter_map(|((look, line), arm)| {
            Some(Label::beside(*look, *line.iter().rev().find(finite)?, arm.label))
        });
        let of_arm = |arm: &ArmData<'_>| {
            let ArmStyle { shape, ink, .. } = style::arm(arm.look);
            let mine = arm.observed.iter().filter(|one| one.quantity == quantity.name);
            let inside = mine.filter(|one| (from..=to).contains(&one.day));
            let layer = |one: &Observed| {
                let (at, interval) = ((clock.at(one.day), one.value), one.interval);
                Layer::Observed { name: String::new(), at, interval, shape, ink }
            };
            inside.map(layer).collect::<Vec<_>>()
        };
        Self {
            quantity,
            observed: subject.arms.iter().flat_map(of_arm).collect(),
            heading: quantity.label.trim_end_matches(", relative").to_owned(),
            x: Scale::new(clock.title(), low, high, Ends::Steps(clock.steps())),
            labels: if lines.len() > 1 { labels.collect() } else { Vec::new() },
            marks: changes(subject, clock).iter().map(|day| clock.at(*day)).collect(),
            lines,
            limits: subject.limits_of(quantity.name),
            shows: Vec::new(),
            zoomed: false,
            floor: None,
            decades_from: None,
        }
    }

    /// Draws the lines of the first arms above those of the others.
    pub(crate) fn draw_first_above(&mut self) {
        self.lines.reverse();
    }

    pub(crate) fn panel(self) -> Panel {
        let y = self.value_scale();
        let mut layers = Vec::new();
        let mut labels = self.labels;
        if let Some(floor) = self.floor {
            let (from, to) = ((f64::NEG_INFINITY, f64::NEG_INFINITY), (f64::INFINITY, floor));
            layers.push(Layer::Area { from, to, ink: NEVER });
            let word = message!(course.never_down);
            let word = Label::new(Place::Band(f64::NEG_INFINITY, floor), word, GREY);
            labels.push(Label { priority: 6, ..word });
        }
        let mark = |time: &f64| Layer::Rule { x: Some(*time), y: None, dash: &[4.0, 4.0] };
        layers.extend(self.marks.iter().map(mark));
        let lines = self.lines.into_iter();
        layers.extend(lines.map(|(look, points)| Layer::of_arm(look, points)));
        let mut keys: Vec<(String, Ink)> = Vec::new();
        for layer in self.observed {
            if let Layer::Observed { ink, .. } = layer
                && !keys.iter().any(|(_, known)| *known == ink)
            {
                keys.push((String::new(), ink));
            }
            layers.push(layer);
        }
        // One word for the marks of all arms.
        if let Some((name, _)) = keys.last_mut() {
            *name = message!(course.observed);
        }
        let (heading, unit) = (self.heading, chart_unit(self.quantity));
        Panel { heading, unit, keys, ..Panel::of(self.x, y, layers, labels) }
            .with_normal(self.quantity.normal)
            .limited(None, self.limits)
    }

    /// All finite values and the whole normal band if it is near, never so narrow that rounding
    /// looks like drama.
    fn value_scale(&self) -> Scale {
        let values = self.lines.iter().flat_map(|(_, points)| points).map(|point| point.1);
        let seen = self.observed.iter().filter_map(|layer| match layer {
            Layer::Observed { at, interval, .. } => Some(interval.unwrap_or((at.1, at.1))),
            _ => None,
        });
        let seen = seen.flat_map(|(low, high)| [low, high]);
        let values =
            values.chain(seen).chain(self.shows.iter().copied()).filter(|value| value.is_finite());
        if let Some(low) = self.decades_from {
            return Scale::untitled(low, values.fold(0.0, f64::max), Ends::Decades);
        }
        let band = self.quantity.normal.filter(|_| !self.zoomed);
        let (low, high, least) = chart_words::value_range(values, self.quantity.decimals, band);
        let least = if self.zoomed { 0.1 * least } else { least };
        Scale::untitled(low, high, Ends::Rounded(least))
    }
}

/// Days inside the time of the clock on which phases of arms begin; none if they are too many.
pub(crate) fn changes(subject: &Subject, clock: &Clock) -> Vec<f64> {
    const MOST: usize = 8;
    let (from, to) = clock.days();
    // A phase begins at midnight, its first pill is swallowed later.
    let begin = |arm: &ArmData<'_>, day: f64| {
        let pill = |dose: &&Dose| matches!(dose.intake, Intake::Pill(..));
        let mut times = arm.doses.iter().filter(pill).map(|dose| dose.time_days);
        times.find(|time| (day..day + 1.0).contains(time)).unwrap_or(day)
    };
    let starts = subject.arms.iter().flat_map(|arm| {
        let phases = arm.calcium_intake.iter().filter(|phase| phase.0 > from);
        phases.map(|phase| begin(arm, phase.0))
    });
    let mut days: Vec<f64> = starts.filter(|day| *day < to).collect();
    days.sort_by(f64::total_cmp);
    days.dedup();
    days.truncate(if days.len() > MOST { 0 } else { MOST });
    days
}

/// The part of a line between two times, with the points at both ends.
fn cut(line: &[(f64, f64)], low: f64, high: f64) -> Vec<(f64, f64)> {
    let inner = line.iter().filter(|point| point.0 > low && point.0 < high);
    between(line, low).into_iter().chain(inner.copied()).chain(between(line, high)).collect()
}

/// The point of a line at a time, straight between its neighbors.
pub(crate) fn between(line: &[(f64, f64)], time: f64) -> Option<(f64, f64)> {
    let exact = line.iter().find(|point| point.0 == time);
    exact.copied().or_else(|| {
        let around = |pair: &&[(f64, f64)]| matches!(pair, [a, b] if a.0 < time && time < b.0);
        let [a, b] = line.windows(2).find(around)? else { return None };
        Some((time, a.1 + (b.1 - a.1) * (time - a.0) / (b.0 - a.0)))
    })
}

/// The remark on data that could not be shown; empty if all are.
pub(crate) fn left_out(subject: &Subject) -> String {
    match subject.left_out {
        0 => String::new(),
        count => message!(course.left_out, count),
    }
}

/// The numbers of all arms in plain text, for people who cannot see the figure; `number` writes
/// them as the figure does.
pub(crate) fn ends(
    subject: &Subject,
    chosen: &[&'static Quantity],
    clock: &Clock,
    number: fn(&Quantity, f64) -> String,
) -> String {
    let of_arm = |arm: &ArmData| {
        let numbers = chosen.iter().filter_map(|quantity| {
            let values = arm.course(quantity);
            let (start, end) = (values.first()?.1, values.last()?.1);
            let (start, end) = (number(quantity, start), number(quantity, end));
            let (name, end) = (inside(quantity.label), with_unit(&end, quantity.unit));
            Some(message!(course.quantity, name, start, end))
        });
        let numbers = numbers.collect::<Vec<_>>().join("; ");
        message!(course.arm, arm = arm.label, numbers)
    };
    let first = message!(course.ends, end = clock.end_in_words());
    sentences(std::iter::once(first).chain(subject.arms.iter().map(of_arm)))
}
