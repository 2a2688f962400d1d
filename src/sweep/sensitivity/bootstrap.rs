//! Bootstrap intervals: how far a number would move with other samples.
//!
//! Samples are drawn again with replacement (Efron 1979), from (seed, number of the resample)
//! alone; the interval lies between two quantiles of the numbers that the resamples give.

use chacha20::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use crate::error::defect::OrDefect as _;
use crate::sweep::quantile::quantile;
use crate::sweep::sampling::uniform_below;
use crate::threads;

/// The number of resamples and the confidence level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bootstrap {
    pub seed: u64,
    pub count: u64,
    /// Share of the resamples inside the interval, above 0 and below 1.
    pub confidence: f64,
}

impl Bootstrap {
    /// The multiplicity of each of so many samples in a resample.
    fn weights(&self, resample: u64, samples: usize) -> Vec<f64> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(resample);
        let mut weights = vec![0.0; samples];
        for _ in 0..samples {
            let chosen = usize::try_from(uniform_below(random.next_u64(), samples as u64));
            let weight = chosen.ok().and_then(|chosen| weights.get_mut(chosen));
            *weight.or_defect("a sample that was not drawn") += 1.0;
        }
        weights
    }

    /// The intervals of numbers that `of` works out from the weights of so many samples.
    ///
    /// Returns one pair (low, high) for each number, NaN where no resample has that number.
    pub(crate) fn intervals(
        &self,
        samples: usize,
        of: &(dyn Fn(&[f64]) -> Vec<f64> + Sync),
    ) -> Vec<(f64, f64)> {
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        let resampled = |resample: usize| of(&self.weights(resample as u64, samples));
        let all: Vec<Vec<f64>> = threads::map(0..count, resampled);
        threads::map(0..all.first().map_or(0, Vec::len), |at| {
            let found = all.iter().filter_map(|one| one.get(at).copied());
            self.interval(found.filter(|number| number.is_finite()).collect())
        })
    }

    /// The middle share of these numbers.
    fn interval(&self, mut numbers: Vec<f64>) -> (f64, f64) {
        numbers.sort_by(f64::total_cmp);
        let tail = 0.5 * (1.0 - self.confidence);
        (quantile(&numbers, tail), quantile(&numbers, 1.0 - tail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_the_one_of_theory() {
        // Numbers 0 … 399: the mean has the standard error σ/√n = 115.5/20 = 5.77.
        let bootstrap = Bootstrap { seed: 1, count: 2000, confidence: 0.95 };
        let mean = |weights: &[f64]| {
            let sum: f64 = (0_u32..).zip(weights).map(|(x, weight)| f64::from(x) * weight).sum();
            vec![sum / 400.0]
        };
        let intervals = bootstrap.intervals(400, &mean);
        let (low, high) = intervals[0];
        assert!((low - (199.5 - 1.96 * 5.77)).abs() < 1.0, "{low}");
        assert!((high - (199.5 + 1.96 * 5.77)).abs() < 1.0, "{high}");
        assert_eq!(intervals, bootstrap.intervals(400, &mean), "always the same");
        assert_eq!(bootstrap.weights(7, 400).iter().sum::<f64>(), 400.0);
    }
}
