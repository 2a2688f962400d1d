//! Morris's elementary effects: how much an outcome changes when one input moves, all others
//! being somewhere.
//!
//! EE = (y after − y before) / Δ, with Δ as a share of the input's range: the effect of the whole
//! range if it were a straight line. μ = mean EE, μ* = mean |EE| (Campolongo and others 2007),
//! σ = standard deviation of EE: how much the effect depends on the others and on the place.

use crate::error::defect::{OrDefect as _, defect};
use crate::sweep::sampling::morris::MorrisDesign;
use crate::sweep::sensitivity::bootstrap::Bootstrap;
use crate::sweep::sensitivity::estimate::Estimate;
use crate::sweep::sensitivity::variance::moments;

/// Statistics of the elementary effects of one input, in the unit of the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MorrisStatistics {
    pub mu: f64,
    /// Mean size of the effect, with its interval.
    pub mu_star: Estimate,
    pub sigma: f64,
    pub mean_square: f64,
    /// Pairs of runs that are left out because one of them failed.
    pub left_out: u64,
}

/// The elementary effects: for each trajectory one number per input, NaN where a run failed.
///
/// `values` holds the outcome of all runs in their order, NaN where a run failed.
pub(crate) fn elementary(design: &MorrisDesign, values: &[f64]) -> Vec<Vec<f64>> {
    let length = design.ends.len() + 1;
    let of_trajectory = |(trajectory, outcome): (u64, &[f64])| {
        let mut effects = vec![f64::NAN; design.ends.len()];
        for (step, pair) in design.moves(trajectory).iter().zip(outcome.windows(2)) {
            let &[before, after] = pair else { defect("a move without two runs") };
            let place = effects.get_mut(step.dimension).or_defect("an input that does not exist");
            let moved = if step.up { after - before } else { before - after };
            *place = moved / design.step();
        }
        effects
    };
    (0..).zip(values.chunks_exact(length)).map(of_trajectory).collect()
}

/// Statistics of the elementary effects of each input.
pub(crate) fn summary(
    effects: &[Vec<f64>],
    inputs: usize,
    bootstrap: &Bootstrap,
) -> Vec<MorrisStatistics> {
    let of = |weights: &[f64]| sums(effects, inputs, weights).iter().map(Sums::mu_star).collect();
    let intervals = bootstrap.intervals(effects.len(), &of);
    let sums = sums(effects, inputs, &vec![1.0; effects.len()]);
    let all = effects.len() as f64;
    sums.iter()
        .zip(intervals)
        .enumerate()
        .map(|(position, (sums, interval))| MorrisStatistics {
            mu: sums.sum / sums.count,
            mu_star: Estimate::new(sums.mu_star(), interval),
            sigma: sigma(effects, position),
            mean_square: sums.squares / sums.count,
            // whole, from 0 on
            left_out: (all - sums.count) as u64,
        })
        .collect()
}

/// Weighted sums over the effects of one input.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: f64,
    sum: f64,
    sizes: f64,
    squares: f64,
}

impl Sums {
    fn mu_star(&self) -> f64 {
        self.sizes / self.count
    }
}

/// Standard deviation of the effects of an input, with one degree of freedom less.
fn sigma(effects: &[Vec<f64>], position: usize) -> f64 {
    let own = effects.iter().filter_map(|of_trajectory| of_trajectory.get(position).copied());
    let own = own.filter(|effect| effect.is_finite());
    let count = own.clone().count() as f64;
    moments(own).1 * (count / (count - 1.0)).sqrt()
}

fn sums(effects: &[Vec<f64>], inputs: usize, weights: &[f64]) -> Vec<Sums> {
    let mut all = vec![Sums::default(); inputs];
    for (of_trajectory, weight) in effects.iter().zip(weights) {
        for (sums, effect) in all.iter_mut().zip(of_trajectory) {
            if effect.is_finite() {
                sums.count += weight;
                sums.sum += weight * effect;
                sums.sizes += weight * effect.abs();
                sums.squares += weight * effect * effect;
            }
        }
    }
    all
}

/// The share that each class of inputs has in the sum of mean squared effects, with intervals.
///
/// For an outcome that is a straight line in every input these are the shares of its variance
/// (uniform inputs); else an upper picture of total effects. `classes` says the class of each
/// input.
pub(crate) fn shares_by_class(
    effects: &[Vec<f64>],
    classes: &[usize],
    count: usize,
    bootstrap: &Bootstrap,
) -> Vec<Estimate> {
    let of = |weights: &[f64]| {
        let mut shares = vec![0.0; count];
        for (sums, class) in sums(effects, classes.len(), weights).iter().zip(classes) {
            let share = shares.get_mut(*class).or_defect("a class that does not exist");
            if sums.count > 0.0 {
                *share += sums.squares / sums.count;
            }
        }
        let whole: f64 = shares.iter().sum();
        shares.iter().map(|share| share / whole).collect()
    };
    let intervals = bootstrap.intervals(effects.len(), &of);
    let shares: Vec<f64> = of(&vec![1.0; effects.len()]);
    shares.iter().zip(intervals).map(|(value, ends)| Estimate::new(*value, ends)).collect()
}

#[cfg(test)]
mod tests;
