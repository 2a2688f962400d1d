//! One map: an outcome over two axes, as steps of color with lines of equal value and numbers.

use crate::charts::chart::{Label, Panel, Place, Side, Size};
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::plane::{At, Plane};
use crate::error::defect::OrDefect as _;
use crate::plots::numbers::{extremes, powers_of_ten, ticks};
use crate::plots::panel::Layer;
use crate::plots::shades;
use crate::plots::style::{BLACK, Shape, letters_on};
use crate::words::catalogue::message;
use crate::words::names::beside;
use crate::words::numbers::{short, with_sign};

/// With a highest number so many times the lowest, steps grow with the numbers; beyond, the
/// lowest are hardly more than nothing.
const SKEWED: std::ops::Range<f64> = 8.0..1000.0;
/// Cells across and up in which lines of equal value are sought.
const LATTICE: (u32, u32) = (120, 80);

/// Round limits between the lowest and the highest number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Levels {
    low: f64,
    high: f64,
    /// Ascending; none where a clinic would hardly see a difference.
    limits: Vec<f64>,
}

/// A map to be drawn.
#[derive(Clone, Debug)]
pub(crate) struct Map<'a> {
    pub outcome: &'a OutcomeData,
    pub plane: &'a Plane<'a>,
    /// One number for each point: those of the first value across, then those of the next.
    pub values: &'a [f64],
    pub levels: &'a Levels,
    /// Points whose numbers are printed, since the title tells them.
    pub told: Vec<(At, f64)>,
    /// Whether it has a bar of colors.
    pub bar: bool,
}

impl Levels {
    /// `None` if no number is finite.
    pub(crate) fn of(outcome: &OutcomeData, values: impl Iterator<Item = f64>) -> Option<Self> {
        let (low, high) = extremes(values)?;
        let limits = match outcome.is_even(low, high) {
            true => Vec::new(),
            false if low > 2.0 * outcome.smallest() && SKEWED.contains(&(high / low)) => {
                geometric(low, high)
            }
            false => ticks(low, high, 8).0,
        };
        let inside = |level: &f64| *level > low && *level < high;
        Some(Self { low, high, limits: limits.into_iter().filter(inside).collect() })
    }

    /// A limit as its number is written: as short as it is round.
    fn name(&self, outcome: &OutcomeData, level: f64) -> String {
        // A sum of steps leaves a rest behind the 9th digit, which is no part of a round number.
        let size = self.high.abs().max(self.low.abs()).max(1e-300);
        let round = if level.abs() < 1e-9 * size { 0.0 } else { level };
        let name = short(round, 6);
        if outcome.is_signed() { with_sign(round, name) } else { name }
    }
}

/// "2.36 to 2.43 mmol/L", or one number where both are written alike.
pub(crate) fn span(outcome: &OutcomeData, low: f64, high: f64) -> String {
    let (low, number) = (outcome.number(low), outcome.measured(high));
    if low == outcome.number(high) { number } else { message!(map.range, low, high = number) }
}

/// 1, 2, 3, 5 and 7 times each power of ten, or fewer of them.
fn geometric(low: f64, high: f64) -> Vec<f64> {
    let choices = [&[1.0, 2.0, 3.0, 5.0, 7.0][..], &[1.0, 2.0, 5.0], &[1.0, 3.0], &[1.0]];
    let levels = choices.map(|steps| powers_of_ten(low, high, steps));
    let mut fitting = levels.iter().filter(|levels| levels.len() <= 9);
    fitting.next().or(levels.last()).cloned().or_defect("a scale without levels")
}

impl Map<'_> {
    pub(crate) fn panel(&self) -> Panel {
        let limits = &self.levels.limits;
        let name = |level: &f64| self.levels.name(self.outcome, *level);
        let names = if self.bar { limits.iter().map(name).collect() } else { Vec::new() };
        let field = self.plane.field(self.values);
        let mut layers = vec![Layer::Cells { field, levels: limits.clone(), names }];
        let mut labels = Vec::new();
        for level in limits {
            let lines = self.contours(*level);
            let width = if level.abs() < 1e-12 { 3.5 } else { 1.6 };
            let ink = BLACK.clear(0.75);
            let line = |points| Layer::Line { points, ink, width, dash: &[] };
            layers.extend(lines.iter().cloned().map(line));
            let longest = lines.into_iter().max_by_key(Vec::len).filter(|line| line.len() > 8);
            labels.extend(longest.map(|line| label(Place::Along(line), name(level), 3)));
        }
        if limits.is_empty() {
            let (x, y) = self.plane.scales();
            let center = Place::At((x.value(0.5), y.value(0.5)), Side::On);
            let middle = self.plane.field(self.values).in_shares(&x, &y).at((0.5, 0.5));
            let ink = letters_on(shades::ink(limits, middle));
            let (low, high) = (self.levels.low, self.levels.high);
            let text = span(self.outcome, low, high);
            let one = self.outcome.number(low) == self.outcome.number(high);
            let all = one && self.values.iter().all(|value| value.is_finite());
            let text = if all { beside(&text, &message!(map.everywhere)) } else { text };
            labels.push(Label { size: Size::Usual, ink, ..label(center, text, 3) });
        }
        for (at, value) in &self.told {
            let (at, number) = (self.plane.numbers_at(*at), self.outcome.number(*value));
            layers.push(dot(at, 5.0, false));
            let number = label(Place::Near(at), number, 9);
            labels.push(Label { size: Size::Usual, ..number });
        }
        let (x, y) = (self.plane.across().scale(), self.plane.up().scale());
        let (heading, unit) = (self.outcome.heading.clone(), self.outcome.bracketed.clone());
        Panel { heading, unit, ..Panel::of(x, y, layers, labels) }
    }

    /// Lines of equal value, in the units of the axes.
    fn contours(&self, level: f64) -> Vec<Vec<(f64, f64)>> {
        let (x, y) = self.plane.scales();
        let field = self.plane.field(self.values).in_shares(&x, &y);
        let lines = field.contours(level, LATTICE.0, LATTICE.1).into_iter();
        let value = |place: (f64, f64)| (x.value(place.0), y.value(place.1));
        lines.map(|line| line.into_iter().map(value).collect()).collect()
    }
}

pub(crate) fn dot(at: (f64, f64), radius: f64, hollow: bool) -> Layer {
    Layer::Dot { at, shape: Shape::Disc, ink: BLACK, radius, hollow }
}

/// Words in black on the map.
pub(crate) fn label(place: Place, text: String, priority: u8) -> Label {
    Label { priority, ..Label::new(place, text, BLACK).small() }
}
