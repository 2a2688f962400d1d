//! The runs of a sweep that are drawn: all of a usual one, evenly chosen ones of a huge one.

use crate::sweep::plan::{GridAxis, Plan};
use crate::sweep::results_table::CellValue;
use crate::sweep::sampling::Design;
use crate::words::catalogue::message;

/// More runs than this are never drawn: a column of numbers stays below 8 MB.
pub(crate) const MOST_RUNS: usize = 1_000_000;

/// Most values of an axis that are drawn: of the only one, of each of two, of further ones.
const MOST_VALUES: [usize; 3] = [1000, 61, 41];

/// The runs that are drawn. A run's slot is sample · (points that are drawn) + point.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Selection {
    axes: Vec<KeptValues>,
    /// Every so many-th sample is drawn.
    stride: u64,
    /// Samples that are drawn, at least 1.
    pub samples: usize,
    pub all_samples: u64,
}

/// The values of an axis that are drawn.
#[derive(Clone, Debug, PartialEq)]
struct KeptValues {
    all: u64,
    /// Their positions on the axis, in the order in which they are drawn.
    positions: Vec<usize>,
}

impl Selection {
    /// The runs of a plan that are drawn.
    pub(crate) fn of(plan: &Plan) -> Self {
        let most = match plan.axes.len() {
            0 | 1 => MOST_VALUES[0],
            2 => MOST_VALUES[1],
            _ => MOST_VALUES[2],
        };
        let mut axes: Vec<KeptValues> =
            plan.axes.iter().map(|axis| KeptValues::of(axis, most)).collect();
        let points = |axes: &[KeptValues]| {
            axes.iter().try_fold(1_usize, |all, axis| all.checked_mul(axis.positions.len()))
        };
        // Many axes: the longest is thinned until the points fit.
        while points(&axes).is_none_or(|points| points > MOST_RUNS) {
            let Some(longest) = axes.iter_mut().max_by_key(|axis| axis.positions.len()) else {
                break;
            };
            longest.thin(longest.positions.len() / 2);
        }
        let all_samples = plan.design.as_ref().map_or(1, Design::count).max(1);
        let room = (MOST_RUNS / points(&axes).unwrap_or(1).max(1)).max(1) as u64;
        let stride = all_samples.div_ceil(room).max(1);
        let samples = usize::try_from(all_samples.div_ceil(stride)).unwrap_or(1);
        Self { axes, stride, samples, all_samples }
    }

    /// The positions on an axis that are drawn, in ascending order of numbers.
    pub(crate) fn positions(&self, axis: usize) -> &[usize] {
        self.axes.get(axis).map_or(&[], |kept| kept.positions.as_slice())
    }

    /// Points of the grid that are drawn.
    pub(crate) fn points(&self) -> usize {
        self.axes.iter().map(|axis| axis.positions.len()).product()
    }

    pub(crate) fn slots(&self) -> usize {
        self.points() * self.samples
    }

    /// The slot of a run, if it is drawn.
    pub(crate) fn slot(&self, run: u64) -> Option<usize> {
        let points: u64 = self.axes.iter().map(|axis| axis.all.max(1)).product();
        let (sample, mut point) = (run / points, run % points);
        if sample % self.stride != 0 {
            return None;
        }
        let sample = usize::try_from(sample / self.stride).ok().filter(|s| *s < self.samples)?;
        let (mut slot, mut step) = (0, 1);
        for axis in self.axes.iter().rev() {
            let position = usize::try_from(point % axis.all.max(1)).ok()?;
            slot += step * axis.positions.iter().position(|kept| *kept == position)?;
            step *= axis.positions.len();
            point /= axis.all.max(1);
        }
        Some(sample * step + slot)
    }

    /// A remark about runs that are not drawn; nothing if all are.
    pub(crate) fn remark(&self) -> Option<String> {
        if self.stride > 1 {
            return Some(message!(sweep.one_of, stride = self.stride));
        }
        let thinned = self.axes.iter().any(|axis| axis.all > axis.positions.len() as u64);
        thinned.then(|| message!(sweep.chosen_values))
    }
}

impl KeptValues {
    fn of(axis: &GridAxis, most: usize) -> Self {
        let mut positions: Vec<usize> = (0..axis.values.len()).collect();
        let number = |position: &usize| match axis.values.get(*position) {
            Some(CellValue::Number(value)) => *value,
            _ => 0.0,
        };
        positions.sort_by(|a, b| number(a).total_cmp(&number(b)));
        let mut kept = Self { all: axis.values.len() as u64, positions };
        kept.thin(most);
        kept
    }

    /// Keeps the ends and evenly chosen positions between them.
    fn thin(&mut self, most: usize) {
        let (count, most) = (self.positions.len(), most.max(1));
        if count > most {
            let chosen = (0..most).map(|index| index * (count - 1) / (most - 1).max(1));
            self.positions =
                chosen.filter_map(|index| self.positions.get(index).copied()).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::dial::ScopedDial;
    use crate::sweep::sampling::SamplingMethod;

    fn plan(axes: &[(&str, usize)], samples: u64) -> Plan {
        let axis = |(key, count): &(&str, usize)| GridAxis {
            dial: ScopedDial::find(key, &[]).unwrap(),
            values: (0..*count).rev().map(|value| CellValue::Number(value as f64)).collect(),
        };
        Plan {
            axes: axes.iter().map(axis).collect(),
            design: Design::new(SamplingMethod::MonteCarlo, 1, samples, 1),
            ..Plan::default()
        }
    }

    #[test]
    fn every_run_of_a_usual_sweep_has_its_own_slot_in_ascending_order() {
        let selection = Selection::of(&plan(&[("age", 2), ("mk7_supplement", 3)], 4));
        assert_eq!((selection.points(), selection.slots()), (6, 24));
        let mut slots: Vec<usize> = (0..24).map(|run| selection.slot(run).unwrap()).collect();
        // Values descend along both axes, so the first run is the last point.
        assert_eq!((slots[0], slots[5]), (5, 0));
        slots.sort_unstable();
        assert_eq!(slots, (0..24).collect::<Vec<_>>());
        assert_eq!(selection.remark(), None);
    }

    #[test]
    fn a_huge_sweep_is_thinned_and_says_so() {
        let many = Selection::of(&plan(&[("age", 500), ("egfr", 500), ("mk7_supplement", 500)], 9));
        assert!(many.slots() <= MOST_RUNS && many.remark().is_some());
        assert_eq!(many.positions(0).first(), Some(&499));
        assert_eq!(many.positions(0).last(), Some(&0));
        let people = Selection::of(&plan(&[], 3_000_000));
        assert_eq!((people.samples, people.slot(4), people.slot(6)), (1_000_000, None, Some(2)));
        assert_eq!(people.remark().as_deref(), Some("one of every 3 samples is drawn"));
    }
}
