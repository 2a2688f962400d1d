//! Two axes of a sweep as a plane, the others held: its numbers, how far they reach along each
//! axis, and its paradox corner.

use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::lines::{hold, home};
use crate::charts::sweeps::outcome::OutcomeData;
use crate::error::defect::OrDefect as _;
use crate::plots::axis::Axis;
use crate::plots::field::Field;
use crate::plots::numbers::{extremes, float, lowest_and_highest};

/// Points along each edge of the plane in which the paradox corner is sought.
const FINE: usize = 61;

/// Two axes and where the others are held.
#[derive(Clone, Debug)]
pub(crate) struct Plane<'a> {
    axes: (&'a AxisData, &'a AxisData),
    places: (usize, usize),
    held: Vec<usize>,
}

/// Positions across and up.
pub(crate) type At = (usize, usize);

/// A change along one axis, the other held: where it starts and ends, and the numbers there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    /// Whether it runs along the axis across, else along the axis up.
    pub across: bool,
    pub ends: [(At, f64); 2],
}

/// A headline's facts of a map.
#[derive(Clone, Debug)]
pub(crate) enum Story {
    NoNumber,
    /// Nearly the same everywhere: lowest and highest number.
    Even(f64, f64),
    /// The largest changes along both axes, the larger first.
    Reaches(Reach, Reach),
    /// One axis acts much more at one end of the other than at its other end.
    Interplay(Reach, Reach),
}

/// The part of a plane in which arteries are harder and bones weaker than at one of its points.
#[derive(Clone, Debug)]
pub(crate) struct Paradox {
    /// Above 0 inside.
    pub region: Field,
    /// The point.
    pub ring: At,
    /// Share of the plane: 0 to 1.
    pub share: f64,
}

impl Paradox {
    /// True if the region is large enough to be seen in a map.
    pub(crate) fn is_seen(&self) -> bool {
        self.share >= 0.02
    }
}

impl Reach {
    /// The change in the numbers as they are written.
    pub(crate) fn change(&self, outcome: &OutcomeData) -> f64 {
        let [from, to] = self.ends.map(|end| outcome.rounded(end.1));
        to - from
    }

    fn size(&self) -> f64 {
        let [from, to] = self.ends.map(|end| end.1);
        (to - from).abs()
    }
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
        let usable = across != up && numbers(axes.0) && numbers(axes.1);
        usable.then_some(Self { axes, places: (across, up), held })
    }

    pub(crate) const fn across(&self) -> &AxisData {
        self.axes.0
    }

    pub(crate) const fn up(&self) -> &AxisData {
        self.axes.1
    }

    /// The axis of a change, and the other.
    pub(crate) const fn along(&self, reach: &Reach) -> (&AxisData, &AxisData) {
        if reach.across { self.axes } else { (self.axes.1, self.axes.0) }
    }

    /// Both axes as they are drawn.
    pub(crate) fn scales(&self) -> (Axis, Axis) {
        (self.across().scale().axis(500.0, 64.0), self.up().scale().axis(500.0, 64.0))
    }

    /// The numbers of an outcome: those of the first value across, then those of the next.
    pub(crate) fn values(&self, data: &SweepData, outcome: &OutcomeData) -> Vec<f64> {
        let mut values = Vec::with_capacity(self.across().len() * self.up().len());
        for across in 0..self.across().len() {
            for up in 0..self.up().len() {
                let mut positions = self.held.clone();
                hold(&mut positions, self.places.0, across);
                hold(&mut positions, self.places.1, up);
                values.push(data.middle(outcome, data.point(&positions)));
            }
        }
        values
    }

    /// The same as a field in the units of the axes.
    pub(crate) fn field(&self, values: &[f64]) -> Field {
        let (across, up) = (self.across().numbers().to_vec(), self.up().numbers().to_vec());
        Field { across, up, values: values.to_vec() }
    }

    /// A position in the units of the axes.
    pub(crate) fn numbers_at(&self, at: At) -> (f64, f64) {
        let value = |axis: &AxisData, at| {
            axis.numbers().get(at).copied().or_defect("a place outside of its axis")
        };
        (value(self.across(), at.0), value(self.up(), at.1))
    }

    /// The positions of the lowest and of the highest number, with these.
    pub(crate) fn extremes(&self, values: &[f64]) -> Option<[(At, f64); 2]> {
        let (low, high) = extremes(values.iter().copied())?;
        let rows = self.up().len().max(1);
        let at = |wanted: f64| {
            let index = values.iter().position(|value| *value == wanted);
            let index = index.or_defect("an end that is no value");
            ((index / rows, index % rows), wanted)
        };
        Some([at(low), at(high)])
    }

    fn value(&self, values: &[f64], at: At) -> f64 {
        values.get(at.0 * self.up().len() + at.1).copied().or_defect("a place outside of the map")
    }

    /// The axes that are held, with their positions.
    pub(crate) fn held(&self, data: &'a SweepData) -> impl Iterator<Item = (&'a AxisData, usize)> {
        let held = data.axes.iter().zip(self.held.clone()).enumerate();
        let (across, up) = self.places;
        held.filter(move |(index, _)| ![across, up].contains(index)).map(|(_, held)| held)
    }

    /// The part in which the artery is harder and the bone weaker than at a ring, if both are shown.
    ///
    /// The ring is the scenario's own point; if nothing is worse than that in both, the corner
    /// with the largest such region.
    pub(crate) fn paradox(&self, data: &SweepData, shown: &[&OutcomeData]) -> Option<Paradox> {
        let artery = shown.iter().find(|outcome| outcome.is_artery())?;
        let bone = shown.iter().find(|bone| bone.is_bone() && bone.arm() == artery.arm())?;
        let [artery, bone] = [*artery, *bone].map(|outcome| {
            let values = self.values(data, outcome);
            let ends = extremes(values.iter().copied());
            let least = ends.map_or(0.0, |(low, high)| smallest_told(outcome, low, high));
            (values, least)
        });
        let home = self.worse_than(&artery, &bone, (home(self.across()), home(self.up())));
        if home.as_ref().is_some_and(|paradox| paradox.is_seen()) {
            return home;
        }
        let last = (self.across().len().saturating_sub(1), self.up().len().saturating_sub(1));
        let corners = [(0, 0), (0, last.1), (last.0, 0), last];
        let corners = corners.into_iter().filter_map(|at| self.worse_than(&artery, &bone, at));
        let largest = corners.max_by(|one, other| one.share.total_cmp(&other.share));
        largest.filter(|paradox| paradox.is_seen()).or(home)
    }

    /// Where arteries are harder and bones weaker than at the ring, each by so much that a headline
    /// would tell it.
    fn worse_than(
        &self,
        (artery, least_artery): &(Vec<f64>, f64),
        (bone, least_bone): &(Vec<f64>, f64),
        ring: At,
    ) -> Option<Paradox> {
        let limits = (self.value(artery, ring) + least_artery, self.value(bone, ring) - least_bone);
        if !limits.0.is_finite() || !limits.1.is_finite() {
            return None;
        }
        let (x, y) = self.scales();
        let [artery, bone] = [artery, bone].map(|values| self.field(values).in_shares(&x, &y));
        let shares: Vec<f64> = (0..FINE).map(|at| float(at) / float(FINE - 1)).collect();
        let places = shares.iter().flat_map(|across| shares.iter().map(|up| (*across, *up)));
        let worse = |place| {
            let (harder, weaker) = (artery.at(place) - limits.0, limits.1 - bone.at(place));
            if harder < weaker { harder } else { weaker }
        };
        let values: Vec<f64> = places.map(worse).collect();
        let inside = values.iter().filter(|value| **value > 0.0).count();
        let share = float(inside) / float(values.len());
        let across = shares.iter().map(|share| x.value(*share)).collect();
        let up = shares.iter().map(|share| y.value(*share)).collect();
        Some(Paradox { region: Field { across, up, values }, ring, share })
    }

    /// A headline's facts of these numbers.
    pub(crate) fn story(&self, outcome: &OutcomeData, values: &[f64]) -> Story {
        let Some((low, high)) = extremes(values.iter().copied()) else { return Story::NoNumber };
        let least = smallest_told(outcome, low, high);
        let (across, up) = (self.reach(values, true), self.reach(values, false));
        let (Some(across), Some(up), true) = (across, up, high - low > least) else {
            return Story::Even(low, high);
        };
        if let Some((one, other)) = self.interplay(values, least, across.size().max(up.size())) {
            return Story::Interplay(one, other);
        }
        let (strong, weak) = if across.size() >= up.size() { (across, up) } else { (up, across) };
        Story::Reaches(strong, weak)
    }

    /// The largest change along an axis, the other held.
    fn reach(&self, values: &[f64], across: bool) -> Option<Reach> {
        let beside = if across { self.up() } else { self.across() };
        // Both ends first, where nothing else is said of the axis that is held.
        let last = beside.len().saturating_sub(1);
        let lines = [0, last].into_iter().chain(1..last).filter_map(|held| {
            let numbers = self.line(values, across, held);
            let finite: Vec<_> = numbers.into_iter().filter(|(_, v)| v.is_finite()).collect();
            let (low, high) = lowest_and_highest(&finite, |one| one.1)?;
            let ends = if low.0 <= high.0 { [*low, *high] } else { [*high, *low] };
            Some(Reach { across, ends })
        });
        let larger = |one: &Reach, other: &Reach| one.size() > (1.0 + 1e-9) * other.size();
        lines.reduce(|best, other| if larger(&other, &best) { other } else { best })
    }

    /// The numbers along an axis, the other held at a position.
    fn line(&self, values: &[f64], across: bool, held: usize) -> Vec<(At, f64)> {
        let axis = if across { self.across() } else { self.up() };
        let at = |place| if across { (place, held) } else { (held, place) };
        (0..axis.len()).map(|place| (at(place), self.value(values, at(place)))).collect()
    }

    /// The changes from end to end of an axis at both ends of the other.
    fn swings(&self, values: &[f64], across: bool) -> Option<(Reach, Reach)> {
        let beside = if across { self.up() } else { self.across() };
        let swing = |held| {
            let line = self.line(values, across, held);
            let ends = [*line.first()?, *line.last()?];
            ends.iter().all(|end| end.1.is_finite()).then_some(Reach { across, ends })
        };
        Some((swing(0)?, swing(beside.len().saturating_sub(1))?))
    }

    /// Whether one axis acts much more at one end of the other than at its other end.
    fn interplay(&self, values: &[f64], least: f64, largest: f64) -> Option<(Reach, Reach)> {
        let contrast = |(one, other): &(Reach, Reach)| {
            let sign = |reach: &Reach| reach.ends.map(|end| end.1).is_sorted();
            let (small, large) = (one.size().min(other.size()), one.size().max(other.size()));
            let told = large > 4.0 * least && large >= 0.4 * largest && small > 0.0;
            if told && sign(one) == sign(other) { large / small } else { 0.0 }
        };
        let both = [true, false].into_iter().filter_map(|across| self.swings(values, across));
        let most = both.max_by(|one, other| contrast(one).total_cmp(&contrast(other)))?;
        (contrast(&most) >= 1.4).then_some(most)
    }
}

/// The smallest change of numbers in this range that is worth telling.
pub(crate) fn smallest_told(outcome: &OutcomeData, low: f64, high: f64) -> f64 {
    outcome.smallest().max(0.01 * low.abs().max(high.abs()))
}
