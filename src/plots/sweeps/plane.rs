//! Two axes of a sweep as a plane, the others held: its numbers, its extremes, its paradox corner.

use crate::plots::numbers;
use crate::plots::story;
use crate::plots::sweeps::data::SweepData;
use crate::plots::sweeps::curve::places;
use crate::plots::sweeps::grid_axis::AxisData;
use crate::plots::sweeps::lines::home;
use crate::plots::sweeps::map_panel::Region;
use crate::plots::sweeps::outcome::OutcomeData;
use crate::plots::sweeps::phrases::noun;

/// Two axes and where the others are held.
#[derive(Clone, Debug)]
pub struct Plane<'a> {
    axes: (&'a AxisData, &'a AxisData),
    places: (usize, usize),
    held: Vec<usize>,
    holes: bool,
}

impl<'a> Plane<'a> {
    /// The plane of the axes with these numbers; `held`: a position on every axis.
    #[must_use]
    pub fn of(data: &'a SweepData, across: usize, up: usize, held: Vec<usize>) -> Option<Self> {
        let axes = (data.axes.get(across)?, data.axes.get(up)?);
        let numbers = |axis: &AxisData| axis.numbers().len() > 1;
        if across == up || !numbers(axes.0) || !numbers(axes.1) {
            return None;
        }
        let mut plane = Self { axes, places: (across, up), held, holes: false };
        let some = data.outcomes.iter().filter(|outcome| outcome.has_numbers());
        plane.holes = some
            .flat_map(|outcome| plane.values(data, outcome))
            .any(|value| !value.is_finite());
        Some(plane)
    }

    /// The horizontal axis.
    #[must_use]
    pub const fn across(&self) -> &AxisData {
        self.axes.0
    }

    /// The vertical axis.
    #[must_use]
    pub const fn up(&self) -> &AxisData {
        self.axes.1
    }

    /// Whether some points have no number.
    #[must_use]
    pub const fn has_holes(&self) -> bool {
        self.holes
    }

    /// The numbers of an outcome: those of the first value across, then those of the next.
    #[must_use]
    pub fn values(&self, data: &SweepData, outcome: &OutcomeData) -> Vec<f64> {
        let mut values = Vec::with_capacity(self.across().len() * self.up().len());
        for across in 0..self.across().len() {
            for up in 0..self.up().len() {
                let mut positions = self.held.clone();
                for (axis, position) in [(self.places.0, across), (self.places.1, up)] {
                    if let Some(held) = positions.get_mut(axis) {
                        *held = position;
                    }
                }
                values.push(data.middle(outcome, data.point(&positions)));
            }
        }
        values
    }

    /// The position of the reference on both axes: the scenario's own values, else the first.
    #[must_use]
    pub fn home_position(&self) -> (usize, usize) {
        (home(self.across()), home(self.up()))
    }

    /// The reference in numbers.
    #[must_use]
    pub fn home(&self) -> (f64, f64) {
        let at = self.home_position();
        let value = |axis, at| places(axis).get(at).copied().unwrap_or(f64::NAN);
        (value(self.across(), at.0), value(self.up(), at.1))
    }

    /// What is held where, in words.
    #[must_use]
    pub fn remark(&self, data: &SweepData) -> Option<String> {
        let held = data.axes.iter().zip(&self.held).enumerate();
        let others = held.filter(|(index, _)| ![self.places.0, self.places.1].contains(index));
        let words: Vec<String> = others
            .map(|(_, (axis, at))| format!("{} {}", story::inside(&axis.label), axis.name(*at)))
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Where the artery is harder and the bone weaker than at the reference, if both are shown.
    #[must_use]
    pub fn paradox(&self, data: &SweepData, shown: &[&OutcomeData]) -> Option<Region> {
        let artery = shown.iter().find(|outcome| outcome.is_artery())?;
        let bone = shown.iter().find(|outcome| outcome.is_bone())?;
        let (across, up) = self.home_position();
        let at_home = across * self.up().len() + up;
        let side = |outcome: &OutcomeData| {
            let values = self.values(data, outcome);
            let limit = values.get(at_home).copied().filter(|value| value.is_finite());
            limit.map(|limit| (values, limit))
        };
        Some(Region { above: side(artery)?, below: side(bone)?, word: "paradox" })
    }

    /// Whether no point of the grid lies in a region.
    #[must_use]
    pub fn is_empty(&self, region: &Region) -> bool {
        let pairs = region.above.0.iter().zip(&region.below.0);
        !pairs.into_iter().any(|(above, below)| *above > region.above.1 && *below < region.below.1)
    }

    /// How much a number changes along each axis at most, the other held: across, up.
    #[must_use]
    pub fn reaches(&self, values: &[f64]) -> (f64, f64) {
        let rows = self.up().len().max(1);
        let span = |line: &mut dyn Iterator<Item = f64>| {
            numbers::extremes(line).map_or(0.0, |(low, high)| high - low)
        };
        let mut reach = (0.0_f64, 0.0_f64);
        for row in 0..rows {
            reach.0 = reach.0.max(span(&mut values.iter().skip(row).step_by(rows).copied()));
        }
        for column in values.chunks(rows) {
            reach.1 = reach.1.max(span(&mut column.iter().copied()));
        }
        reach
    }

    /// Which axis matters more, in words.
    #[must_use]
    pub fn compared(&self, outcome: &OutcomeData, values: &[f64]) -> String {
        let noun = noun(outcome);
        let Some((low, high)) = numbers::extremes(values.iter().copied()) else {
            return format!("no run gave a number for {noun}");
        };
        let least = outcome.smallest().max(0.01 * low.abs().max(high.abs()));
        if high - low <= least {
            let (low, high) = (outcome.number(low), outcome.told(high));
            return format!("{noun} is nearly the same everywhere: {low} to {high}");
        }
        let reach = self.reaches(values);
        let (one, other) = (story::inside(&self.across().label), story::inside(&self.up().label));
        let amount = |value: f64| {
            let number = outcome.number(value).replace('+', "");
            if outcome.unit.is_empty() { number } else { format!("{number}\u{A0}{}", outcome.unit) }
        };
        let told = |one: &str, reach: f64| format!("{one} moves it by up to {}", amount(reach));
        let (stronger, weaker) = if reach.0 >= reach.1 {
            (told(&one, reach.0), (other.as_str(), reach.1))
        } else {
            (told(&other, reach.1), (one.as_str(), reach.0))
        };
        let weaker = if weaker.1 <= least {
            format!("{} hardly at all", weaker.0)
        } else {
            format!("{} by up to {}", weaker.0, amount(weaker.1))
        };
        let range = format!("{} to {}", outcome.number(low), outcome.told(high));
        format!("{noun} ranges from {range}: {stronger}, {weaker}")
    }

    /// Where a number is lowest and highest, in words.
    #[must_use]
    pub fn extremes(&self, outcome: &OutcomeData, values: &[f64]) -> String {
        let Some((low, high)) = numbers::extremes(values.iter().copied()) else {
            return format!("{}: no numbers.", outcome.heading);
        };
        let rows = self.up().len().max(1);
        let at = |wanted: f64| {
            let index = values.iter().position(|value| *value == wanted).unwrap_or(0);
            format!(
                "{} at {} and {}",
                outcome.told(wanted),
                self.across().name(index / rows),
                self.up().name(index % rows)
            )
        };
        format!("{}: lowest {}, highest {}.", outcome.heading, at(low), at(high))
    }
}
