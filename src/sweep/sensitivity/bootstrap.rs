//! How far a number would wander if the samples had fallen otherwise.
//!
//! Samples are drawn again with replacement (Efron 1979), from (seed, number of the resample)
//! alone; the interval lies between two quantiles of the numbers that the resamples give.

use chacha20::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use crate::sweep::sampling::below;
use crate::threads;

/// How often, and how sure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bootstrap {
    /// Seed of all resamples.
    pub seed: u64,
    pub count: u64,
    /// Share of the resamples inside the interval, above 0 and below 1.
    pub confidence: f64,
}

impl Bootstrap {
    /// How often each of so many samples is in a resample.
    fn weights(&self, resample: u64, samples: usize) -> Vec<f64> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(resample);
        let mut weights = vec![0.0; samples];
        for _ in 0..samples {
            let chosen = usize::try_from(below(random.next_u64(), samples as u64));
            if let Some(weight) = chosen.ok().and_then(|chosen| weights.get_mut(chosen)) {
                *weight += 1.0;
            }
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

/// The number below which this share of ascending numbers lies, straight between neighbors; NaN
/// of none.
pub(crate) fn quantile(ascending: &[f64], share: f64) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let place = share * ascending.len().saturating_sub(1) as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to the length
    let below = place.floor() as usize;
    let at = |index: usize| ascending.get(index).copied();
    let low = at(below).unwrap_or(f64::NAN);
    let high = at(below + 1).unwrap_or(low);
    low + place.fract() * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbors() {
        let numbers = [1.0, 2.0, 4.0];
        assert_eq!([0.0, 0.25, 0.5, 1.0].map(|q| quantile(&numbers, q)), [1.0, 1.5, 2.0, 4.0]);
        assert!(quantile(&[], 0.5).is_nan());
        assert_eq!(quantile(&[3.0], 0.9), 3.0);
    }

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
