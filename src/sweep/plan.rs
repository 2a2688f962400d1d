//! The plan of a sweep: from a run's number to the values that the run sets.
//!
//! Run = sample · (points of the grid) + point: the same sample meets every point of the grid, so
//! that the difference between points is not one between people. Memory does not grow with runs.

use crate::error::defect::OrDefect as _;
use crate::scenario::dial::{DialKind, DialValue, ScopedDial, Setting};
use crate::sweep::distribution::Distribution;
use crate::sweep::results_table::CellValue;
use crate::sweep::sampling::Design;

#[derive(Clone, Debug)]
pub(crate) struct GridAxis {
    pub dial: ScopedDial,
    pub values: Vec<CellValue>,
}

#[derive(Clone, Debug)]
pub(crate) struct SampledInput {
    pub dial: ScopedDial,
    pub distribution: Distribution,
    /// True if it has a column in the results.
    pub in_results: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// The axes of the grid; the last varies fastest.
    pub axes: Vec<GridAxis>,
    pub sampled: Vec<SampledInput>,
    /// The design of the samples; none without samples.
    pub design: Option<Design>,
    /// Runs of a chunk, the unit that is stored and resumed.
    pub runs_per_chunk: u64,
    /// The seed of everything that is drawn.
    pub seed: u64,
}

impl Plan {
    /// Points of the grid; `None` if a `u64` cannot hold them.
    pub(crate) fn grid_points(&self) -> Option<u64> {
        self.axes.iter().try_fold(1_u64, |product, axis| {
            product.checked_mul(u64::try_from(axis.values.len()).ok()?)
        })
    }

    pub(crate) fn runs(&self) -> u64 {
        let samples = self.design.as_ref().map_or(1, Design::count);
        self.grid_points().and_then(|points| points.checked_mul(samples)).unwrap_or(u64::MAX)
    }

    pub(crate) fn chunks(&self) -> u64 {
        self.runs().div_ceil(self.runs_per_chunk.max(1))
    }

    pub(crate) fn runs_of(&self, chunk: u64) -> std::ops::Range<u64> {
        let size = self.runs_per_chunk.max(1);
        let start = chunk.saturating_mul(size);
        start..start.saturating_add(size).min(self.runs())
    }

    /// For each of [`Self::dials`] true if it has a column in the results.
    pub(crate) fn in_results(&self) -> impl Iterator<Item = bool> {
        self.axes.iter().map(|_| true).chain(self.sampled.iter().map(|input| input.in_results))
    }

    /// All inputs that vary: the axes, then the sampled ones.
    pub(crate) fn dials(&self) -> impl Iterator<Item = &ScopedDial> {
        let axes = self.axes.iter().map(|axis| &axis.dial);
        axes.chain(self.sampled.iter().map(|input| &input.dial))
    }

    /// The position of a run's value on each axis.
    pub(crate) fn positions(&self, run: u64) -> Vec<usize> {
        let mut rest = run;
        let mut positions: Vec<usize> = Vec::with_capacity(self.axes.len());
        for axis in self.axes.iter().rev() {
            let count = axis.values.len().max(1) as u64;
            positions.push(usize::try_from(rest % count).or_defect("an axis longer than memory"));
            rest /= count;
        }
        positions.reverse();
        positions
    }

    /// The values of a run, in the order of [`Self::dials`].
    pub(crate) fn values(&self, run: u64) -> Vec<CellValue> {
        let value = |(axis, at): (&GridAxis, usize)| {
            axis.values.get(at).cloned().or_defect("an axis without values")
        };
        let axes = self.axes.iter().zip(self.positions(run));
        let mut values: Vec<CellValue> = axes.map(value).collect();
        if let Some(design) = &self.design {
            let points = self.grid_points().or_defect("a grid that was not checked");
            let shares = design.point(run / points);
            let drawn = self.sampled.iter().zip(shares);
            values.extend(drawn.map(|(input, share)| input.value(share)));
        }
        values
    }

    pub(crate) fn settings(&self, values: &[CellValue]) -> impl Iterator<Item = Setting> {
        self.dials().zip(values).map(|(dial, value)| setting(dial, value))
    }
}

impl SampledInput {
    /// The value above this share of all values; a whole number where only those are allowed.
    fn value(&self, share: f64) -> CellValue {
        match (self.distribution.quantile(share), &self.dial.dial.kind) {
            (CellValue::Number(value), DialKind::Number(number)) if number.whole => {
                CellValue::Number(value.round())
            }
            (value, _) => value,
        }
    }
}

/// A dial with a value; a missing value is a word that no scenario takes.
pub(crate) fn setting(dial: &ScopedDial, value: &CellValue) -> Setting {
    let value = match value {
        CellValue::Number(number) => DialValue::Number(*number),
        other => DialValue::Word(other.text()),
    };
    Setting { dial: dial.clone(), value }
}

/// Runs of a chunk for a sweep of so many runs: about 64 chunks, of 16 to 4096 runs each.
pub(crate) fn usual_runs_per_chunk(runs: u64) -> u64 {
    (runs / 64).clamp(16, 4096).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::sampling::SamplingMethod;

    fn plan(samples: Option<u64>) -> Plan {
        let dial = |key| ScopedDial::find(key, &[]).unwrap();
        let axis = |key, values: &[f64]| GridAxis {
            dial: dial(key),
            values: values.iter().map(|value| CellValue::Number(*value)).collect(),
        };
        let input = SampledInput {
            dial: dial("egfr"),
            distribution: Distribution::Uniform(30.0, 90.0),
            in_results: true,
        };
        Plan {
            axes: vec![axis("age", &[50.0, 60.0]), axis("mk7_supplement", &[0.0, 90.0, 180.0])],
            sampled: samples.map(|_| input).into_iter().collect(),
            design: samples
                .map(|count| Design::new(SamplingMethod::MonteCarlo, 1, count, 1).unwrap()),
            runs_per_chunk: 4,
            seed: 1,
        }
    }

    #[test]
    fn the_last_axis_varies_fastest_and_chunks_cover_every_run_once() {
        let plan = plan(None);
        assert_eq!((plan.runs(), plan.chunks()), (6, 2));
        assert_eq!(plan.values(4), [CellValue::Number(60.0), CellValue::Number(90.0)]);
        assert_eq!((plan.runs_of(0), plan.runs_of(1)), (0..4, 4..6));
        let set = plan.settings(&plan.values(5)).nth(1).unwrap();
        assert_eq!(set.text(), ("mk7_supplement".to_owned(), "180 ug/day".to_owned()));
    }

    #[test]
    fn the_same_person_meets_every_point_of_the_grid() {
        let plan = plan(Some(100));
        assert_eq!(plan.runs(), 600);
        let drawn = |run| plan.values(run)[2].clone();
        assert_eq!(drawn(6), drawn(11));
        assert_ne!(drawn(5), drawn(6));
    }

    #[test]
    fn chunks_stay_moderate() {
        for (runs, size) in [(1, 16), (1000, 16), (10_000, 256), (1_000_000, 4096)] {
            assert_eq!(usual_runs_per_chunk(runs), size);
        }
    }
}
