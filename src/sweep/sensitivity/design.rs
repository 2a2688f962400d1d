//! The design of points of each method.

use crate::error::defect::OrDefect as _;
use crate::sweep::distribution::Distribution;
use crate::sweep::plan::SampledInput;
use crate::sweep::sampling::morris::MorrisDesign;
use crate::sweep::sampling::one_at_a_time::{OneAtATime, Step};
use crate::sweep::sampling::saltelli::SaltelliDesign;
use crate::sweep::sampling::sobol::dimension_limit;
use crate::sweep::sampling::{Design, SamplingMethod, splitmix64};
use crate::sweep::sensitivity::{Factor, SensitivityMethod, end_shares, groups_of};

/// The numbers that a file gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AnalysisRequest {
    pub seed: u64,
    /// Relative tolerance of all methods, if the user wants one.
    pub tolerance: Option<f64>,
    /// Local: step to each side as a share of the range.
    pub step: f64,
    /// Morris: number of trajectories.
    pub trajectories: u64,
    /// Morris: number of levels, even.
    pub levels: u64,
    /// Sobol′: number of samples.
    pub samples: u64,
    /// Grades: number of samples.
    pub grade_samples: u64,
    /// Sobol′ and grades: word for how samples are spread.
    pub sampling: String,
}

/// The sampled inputs, the points, and a remark about them.
pub(crate) type AnalysisDesign = (Vec<SampledInput>, Design, Option<String>);

/// The points of a method; `centers` are the points of the local method.
pub(crate) fn design(
    method: SensitivityMethod,
    request: &AnalysisRequest,
    sampled: &[SampledInput],
    factors: &[Factor],
    centers: &[f64],
) -> AnalysisDesign {
    match method {
        SensitivityMethod::Local => local(request, sampled, factors, centers),
        SensitivityMethod::Morris => {
            let ends = sampled.iter().map(|input| end_shares(&input.distribution)).collect();
            let (seed, count) = (splitmix64(request.seed, 1), request.trajectories);
            let design = MorrisDesign { seed, count, levels: request.levels, ends };
            (sampled.to_vec(), Design::Morris(design), None)
        }
        SensitivityMethod::Sobol => {
            let sets = SaltelliDesign::singles(sampled.len());
            saltelli(request, sampled, sets, request.samples, splitmix64(request.seed, 2))
        }
        SensitivityMethod::Grades => {
            let sets = groups_of(factors);
            saltelli(request, sampled, sets, request.grade_samples, splitmix64(request.seed, 4))
        }
    }
}

/// Each draw becomes the small range around its center; the shares of its ends are 0 and 1.
///
/// A center nearer to an end of the range than one step has both points on its other side.
fn local(
    request: &AnalysisRequest,
    sampled: &[SampledInput],
    factors: &[Factor],
    centers: &[f64],
) -> AnalysisDesign {
    let mut small = Vec::new();
    let mut steps = Vec::new();
    for ((input, factor), center) in sampled.iter().zip(factors).zip(centers) {
        let (low, high) = factor.range;
        let step = request.step * (high - low);
        let (from, to, shares) = if center - step >= low && center + step <= high {
            let both = Step { center: 0.5, first: 0.0, second: 1.0 };
            (center - step, center + step, both)
        } else if center + 2.0 * step <= high {
            let above = Step { center: 0.0, first: 0.5, second: 1.0 };
            (*center, center + 2.0 * step, above)
        } else {
            let below = Step { center: 1.0, first: 0.5, second: 0.0 };
            (center - 2.0 * step, *center, below)
        };
        steps.push(shares);
        // Words have no slope: every share gives a word, and the slope is left undefined.
        let distribution = if from.is_finite() && to.is_finite() {
            Distribution::Uniform(from, to)
        } else {
            input.distribution.clone()
        };
        small.push(SampledInput { distribution, ..input.clone() });
    }
    (small, Design::OneAtATime(OneAtATime { steps }), None)
}

fn saltelli(
    request: &AnalysisRequest,
    sampled: &[SampledInput],
    sets: Vec<Vec<bool>>,
    samples: u64,
    seed: u64,
) -> AnalysisDesign {
    let dimensions = 2 * sampled.len();
    let wanted = SamplingMethod::ALL.iter().find(|(_, word)| *word == request.sampling);
    let mut method = wanted.map_or(SamplingMethod::Sobol, |(method, _)| *method);
    let mut remark = None;
    if method == SamplingMethod::Sobol && dimensions > dimension_limit() {
        method = SamplingMethod::LatinHypercube;
        remark = Some(format!(
            "{} inputs need {dimensions} dimensions, more than the {} of Sobol′ points: a Latin \
             hypercube is used",
            sampled.len(),
            dimension_limit()
        ));
    } else if method == SamplingMethod::Sobol && !samples.is_power_of_two() {
        let near = samples.next_power_of_two();
        remark = Some(format!(
            "Sobol′ points are most even in powers of 2: {near} rather than {samples}"
        ));
    }
    // Only Sobol′ points have limits: that of dimensions is kept above, that of samples by the file.
    let points = Design::new(method, seed, samples, dimensions).or_defect("too many samples");
    (sampled.to_vec(), Design::Saltelli(SaltelliDesign::new(points, sets)), remark)
}
