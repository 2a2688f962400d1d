//! Indices of variance: which share of an outcome's variance rests on an input.
//!
//! First order (alone): Sᵢ = mean(f_B · (f_ABi − f_A)) / V  (Saltelli and others 2010, table 2b).
//! Total order (with all interactions): Tᵢ = mean((f_A − f_ABi)²) / (2 V)  (Jansen 1999).
//! A set of inputs that is exchanged together has the same two indices, of the set as a whole.
//! Outcomes are counted from their mean, which does not change the indices but makes them steadier.

use crate::error::defect::OrDefect as _;
use crate::sweep::sensitivity::bootstrap::Bootstrap;
use crate::sweep::sensitivity::estimate::Estimate;

/// Least number of complete samples for an index.
const LEAST_SAMPLES: usize = 4;

/// The indices of all exchanged sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VarianceIndices {
    /// Mean of the outcome; NaN if no sample is complete.
    pub mean: f64,
    /// Variance of the outcome; 0 if it never varies.
    pub variance: f64,
    /// First order of each set, in the order of the design.
    pub first: Vec<Estimate>,
    pub total: Vec<Estimate>,
    /// Samples in which A and B are complete.
    pub samples: u64,
    pub left_out: u64,
    /// Samples that each set is without.
    without: Vec<u64>,
}

impl VarianceIndices {
    /// Samples that are left out of the indices of a set because a run failed.
    pub(crate) fn left_out_of(&self, set: usize) -> u64 {
        self.without.get(set).copied().or_defect("a set of inputs without a count")
    }
}

/// Works out the indices from an outcome of all runs, NaN where a run failed.
///
/// `values` holds, sample by sample, A, then A with each set taken from B, then B: `stride` numbers.
/// A sample whose A or B failed is left out; a mixed run that failed is left out with its pair.
pub(crate) fn indices(values: &[f64], stride: usize, bootstrap: &Bootstrap) -> VarianceIndices {
    let sets = stride.saturating_sub(2);
    let (mean, deviation) = moments(values.iter().copied());
    let scale = if deviation > 0.0 { deviation } else { 1.0 };
    let complete: Vec<&[f64]> = values
        .chunks_exact(stride.max(1))
        .filter(|sample| ends(sample).is_some_and(|(a, b)| a.is_finite() && b.is_finite()))
        .collect();
    let failed = values.iter().filter(|value| !value.is_finite()).count();
    let of_set = |set: usize| {
        let samples = values.chunks_exact(stride.max(1));
        let usable = samples.filter(|sample| {
            let exchanged = sample.get(set + 1).is_some_and(|value| value.is_finite());
            exchanged && ends(sample).is_some_and(|(a, b)| a.is_finite() && b.is_finite())
        });
        (values.len() / stride.max(1) - usable.count()) as u64
    };
    let without = (0..sets).map(of_set).collect();
    let scaled: Vec<f64> = complete
        .iter()
        .flat_map(|sample| sample.iter().map(|value| (value - mean) / scale))
        .collect();
    let outputs = complete.iter().filter_map(|sample| ends(sample)).flat_map(|(a, b)| [a, b]);
    let (level, spread) = moments(outputs);
    // What is left of the outcome's digits after rounding is no variance.
    let varies = complete.len() >= LEAST_SAMPLES && spread > 1e-12 * level.abs();
    let undefined = vec![Estimate::exact(f64::NAN); sets];
    let mut found = VarianceIndices {
        mean: level,
        variance: if varies { spread * spread } else { 0.0 },
        first: undefined.clone(),
        total: undefined,
        samples: complete.len() as u64,
        left_out: failed as u64,
        without,
    };
    if varies {
        let of = |weights: &[f64]| weighted(&scaled, stride, weights);
        let numbers = of(&vec![1.0; complete.len()]);
        let intervals = bootstrap.intervals(complete.len(), &of);
        let estimates: Vec<Estimate> = numbers
            .iter()
            .zip(intervals)
            .map(|(value, ends)| Estimate::new(*value, ends))
            .collect();
        let (first, total) =
            estimates.split_at_checked(sets).or_defect("fewer estimates than sets");
        (found.first, found.total) = (first.to_vec(), total.to_vec());
    }
    found
}

/// The first and the last of a sample: A and B.
fn ends(sample: &[f64]) -> Option<(f64, f64)> {
    Some((*sample.first()?, *sample.last()?))
}

/// First orders, then total orders, of samples with these weights.
fn weighted(scaled: &[f64], stride: usize, weights: &[f64]) -> Vec<f64> {
    let sets = stride.saturating_sub(2);
    let mut first = vec![(0.0, 0.0); sets];
    let mut total = vec![0.0; sets];
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (sample, weight) in scaled.chunks_exact(stride.max(1)).zip(weights) {
        let Some((a, b)) = ends(sample).filter(|_| *weight > 0.0) else { continue };
        count += 2.0 * weight;
        sum += weight * (a + b);
        squares += weight * (a * a + b * b);
        let exchanged = sample.iter().skip(1).take(sets);
        for ((mixed, first), total) in exchanged.zip(&mut first).zip(&mut total) {
            let moved = mixed - a;
            if moved.is_finite() {
                first.0 += weight * b * moved;
                first.1 += weight;
                *total += weight * moved * moved;
            }
        }
    }
    let mean = sum / count;
    let variance = squares / count - mean * mean;
    let firsts = first.iter().map(|(sum, pairs)| sum / pairs / variance);
    let totals = total.iter().zip(&first).map(|(sum, (_, pairs))| 0.5 * sum / pairs / variance);
    firsts.chain(totals).collect()
}

/// Mean and standard deviation of the finite numbers; NaN of none.
pub(crate) fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let finite = values.filter(|value| value.is_finite());
    let count = finite.clone().count() as f64;
    let mean = finite.clone().sum::<f64>() / count;
    let squares: f64 = finite.map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / count).sqrt())
}

#[cfg(test)]
mod tests;
