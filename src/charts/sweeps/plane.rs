//! Two axes of a sweep as a plane, the others held: its numbers, its extremes, its paradox corner.

use crate::charts::sweeps::curve::places;
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::field::Field;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::lines::home;
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::phrases::noun;
use crate::plots::numbers::{extremes, float};
use crate::words::numbers::short;

/// Two axes and where the others are held.
#[derive(Clone, Debug)]
pub(crate) struct Plane<'a> {
    axes: (&'a AxisData, &'a AxisData),
    places: (usize, usize),
    held: Vec<usize>,
    holes: bool,
}

/// A region: one field above its limit and another below its own.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    /// Numbers and limit of the one that must be above.
    pub above: (Vec<f64>, f64),
    /// Numbers and limit of the one that must be below.
    pub below: (Vec<f64>, f64),
    pub word: &'static str,
}

/// The part of a plane in which arteries are harder and bones weaker than at one of its points.
#[derive(Clone, Debug)]
pub(crate) struct Paradox {
    pub region: Region,
    /// The point, as positions across and up.
    pub ring: (usize, usize),
    /// Share of the plane: 0 to 1.
    pub share: f64,
}

impl<'a> Plane<'a> {
    /// The plane of the axes with these numbers; `held`: a position on every axis.
    pub(crate) fn of(
        data: &'a SweepData,
        across: usize,
        up: usize,
        held: Vec<usize>,
    ) -> Option<Self> {
        let axes = (data.axes.get(across)?, data.axes.get(up)?);
        let numbers = |axis: &AxisData| axis.numbers().len() > 1;
        if across == up || !numbers(axes.0) || !numbers(axes.1) {
            return None;
        }
        let mut plane = Self { axes, places: (across, up), held, holes: false };
        let some = data.outcomes.iter().filter(|outcome| outcome.has_numbers());
        plane.holes =
            some.flat_map(|outcome| plane.values(data, outcome)).any(|value| !value.is_finite());
        Some(plane)
    }

    pub(crate) const fn across(&self) -> &AxisData {
        self.axes.0
    }

    pub(crate) const fn up(&self) -> &AxisData {
        self.axes.1
    }

    pub(crate) const fn has_holes(&self) -> bool {
        self.holes
    }

    /// The numbers of an outcome: those of the first value across, then those of the next.
    pub(crate) fn values(&self, data: &SweepData, outcome: &OutcomeData) -> Vec<f64> {
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
    pub(crate) fn home_position(&self) -> (usize, usize) {
        (home(self.across()), home(self.up()))
    }

    /// A position on both axes in numbers.
    pub(crate) fn numbers_at(&self, at: (usize, usize)) -> (f64, f64) {
        let value = |axis, at| places(axis).get(at).copied().unwrap_or(f64::NAN);
        (value(self.across(), at.0), value(self.up(), at.1))
    }

    /// The axes that are held and their values, in words.
    pub(crate) fn remark(&self, data: &SweepData) -> Option<String> {
        let held = data.axes.iter().zip(&self.held).enumerate();
        let others = held.filter(|(index, _)| ![self.places.0, self.places.1].contains(index));
        let words: Vec<String> = others
            .map(|(_, (axis, at))| format!("{} {}", axis.short_label(), axis.name(*at)))
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// The part in which the artery is harder and the bone weaker than at a ring, if both are shown.
    ///
    /// The ring is the scenario's own point; if nothing is worse than that in both, the corner
    /// with the largest such region.
    pub(crate) fn paradox(&self, data: &SweepData, shown: &[&OutcomeData]) -> Option<Paradox> {
        let artery = shown.iter().find(|outcome| outcome.is_artery())?;
        let bone = shown.iter().find(|outcome| outcome.is_bone())?;
        let (artery, bone) = (self.values(data, artery), self.values(data, bone));
        let than_at = |ring: (usize, usize)| {
            let at = ring.0 * self.up().len() + ring.1;
            let limit = |values: &[f64]| values.get(at).copied().filter(|value| value.is_finite());
            let (hard, weak) = (limit(&artery)?, limit(&bone)?);
            let region = Region {
                above: (artery.clone(), hard),
                below: (bone.clone(), weak),
                word: "paradox",
            };
            let share = self.share(&region);
            Some(Paradox { region, ring, share })
        };
        let home = than_at(self.home_position());
        if home.as_ref().is_some_and(|paradox| paradox.share > 0.0) {
            return home;
        }
        let last = (self.across().len().saturating_sub(1), self.up().len().saturating_sub(1));
        let corners = [(0, 0), (0, last.1), (last.0, 0), last].into_iter().filter_map(than_at);
        let largest = corners.max_by(|one, other| one.share.total_cmp(&other.share));
        largest.filter(|paradox| paradox.share > 0.0).or(home)
    }

    /// The share of the plane that lies in a region, the places between points included: 0 to 1.
    fn share(&self, region: &Region) -> f64 {
        let even = |count: usize| -> Vec<f64> {
            (0..count).map(|index| float(index) / float((count - 1).max(1))).collect()
        };
        let field = |values: &[f64]| Field {
            across: even(self.across().len()),
            up: even(self.up().len()),
            values: values.to_vec(),
        };
        let (above, below) = (field(&region.above.0), field(&region.below.0));
        let share = |index: u32| f64::from(index) / 100.0;
        let inside = |place| above.at(place) > region.above.1 && below.at(place) < region.below.1;
        let points = (0..=100).flat_map(|x| (0..=100).map(move |y| (share(x), share(y))));
        let count = float(points.filter(|point| inside(*point)).count());
        count / 10_201.0
    }

    /// The largest change of a number along each axis, the other held: across, up.
    pub(crate) fn reaches(&self, values: &[f64]) -> (f64, f64) {
        let rows = self.up().len().max(1);
        let span = |line: &mut dyn Iterator<Item = f64>| {
            extremes(line).map_or(0.0, |(low, high)| high - low)
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
    pub(crate) fn compared(&self, outcome: &OutcomeData, values: &[f64]) -> String {
        let noun = noun(outcome);
        let Some((low, high)) = extremes(values.iter().copied()) else {
            return format!("no run gave a number for {noun}");
        };
        let least = outcome.smallest().max(0.01 * low.abs().max(high.abs()));
        if high - low <= least {
            let (low, high) = (outcome.number(low), outcome.measured(high));
            return format!("{noun} is nearly the same everywhere, {low} to {high}");
        }
        self.interplay(outcome, values, least)
            .unwrap_or_else(|| self.weighed(outcome, self.reaches(values), least))
    }

    /// Which axis moves a number more.
    fn weighed(&self, outcome: &OutcomeData, reach: (f64, f64), least: f64) -> String {
        let noun = noun(outcome);
        let (one, other) = (self.across().short_label(), self.up().short_label());
        let (strong, weak) = if reach.0 >= reach.1 {
            ((one, reach.0), (other, reach.1))
        } else {
            ((other, reach.1), (one, reach.0))
        };
        let (most, rest) = (outcome.amount(strong.1), outcome.amount(weak.1));
        let (strong_label, weak_label) = (&strong.0, &weak.0);
        if weak.1 <= least {
            return format!(
                "{strong_label} moves {noun} by up to {most}, {weak_label} hardly at all"
            );
        }
        if strong.1 < 1.4 * weak.1 {
            return format!(
                "{strong_label} and {weak_label} matter about equally: they move {noun} by up to \
                 {most} and {rest}"
            );
        }
        format!(
            "{strong_label} matters more than {weak_label}: it moves {noun} by up to {most}, the \
             other by up to {rest}"
        )
    }

    /// Whether one axis acts much more at one end of the other than at its other end.
    fn interplay(&self, outcome: &OutcomeData, values: &[f64], least: f64) -> Option<String> {
        let rows = self.up().len().max(1);
        let columns = self.across().len();
        let swing = |line: &[f64]| {
            line.first().zip(line.last()).map_or(f64::NAN, |(first, last)| last - first)
        };
        let row = |row: usize| values.iter().skip(row).step_by(rows).copied().collect::<Vec<_>>();
        let column = |at: usize| values.chunks(rows).nth(at).unwrap_or_default().to_vec();
        let across = (swing(&row(0)), swing(&row(rows - 1)));
        let up = (swing(&column(0)), swing(&column(columns.saturating_sub(1))));
        let contrast = |(one, other): (f64, f64)| {
            let (small, large) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
            if large > 4.0 * least && one * other > 0.0 { large / small.max(1e-9) } else { 0.0 }
        };
        let (acting, beside, ends) = if contrast(across) >= contrast(up) {
            (self.across(), self.up(), across)
        } else {
            (self.up(), self.across(), up)
        };
        let reach = self.reaches(values);
        let matters = ends.0.abs().max(ends.1.abs()) >= 0.4 * reach.0.max(reach.1);
        if contrast(ends) < 1.4 || !matters {
            return None;
        }
        let last = acting.len().saturating_sub(1);
        let number =
            |position: usize| short(acting.numbers().get(position).copied().unwrap_or(0.0), 6);
        let only = if ends.1.abs() < ends.0.abs() { "only " } else { "" };
        let (amount, other) = (outcome.amount(ends.0), outcome.amount(ends.1));
        // What changes is added to, what has a level is raised.
        let (does, but) = match outcome.noun.strip_prefix("change of ") {
            Some(noun) if ends.0 > 0.0 => (format!("adds {amount} of {noun}"), only.to_owned()),
            Some(noun) => (format!("takes {amount} off {noun}"), only.to_owned()),
            None => {
                let verb = if ends.0 > 0.0 { "raises" } else { "lowers" };
                (format!("{verb} {} by {amount}", noun(outcome)), format!("by {only}"))
            }
        };
        Some(format!(
            "{}, from {} to {}, {does} at {} of {}, but {but}{other} at {}",
            acting.short_label(),
            number(0),
            acting.name(last),
            beside.name(0),
            beside.short_label(),
            beside.name(beside.len().saturating_sub(1))
        ))
    }

    /// The places at which a number is lowest and highest, in words.
    pub(crate) fn extremes(&self, outcome: &OutcomeData, values: &[f64]) -> String {
        let Some((low, high)) = extremes(values.iter().copied()) else {
            return format!("{}: no numbers.", outcome.heading);
        };
        let rows = self.up().len().max(1);
        let at = |wanted: f64| {
            let index = values.iter().position(|value| *value == wanted).unwrap_or(0);
            format!(
                "{} at {} and {}",
                outcome.measured(wanted),
                self.across().name(index / rows),
                self.up().name(index % rows)
            )
        };
        format!("{}: lowest {}, highest {}.", outcome.heading, at(low), at(high))
    }
}
