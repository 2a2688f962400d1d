//! The indices of one outcome by one method.

use crate::error::defect::OrDefect as _;
use crate::sweep::outcomes::{Outcome, OutcomeDefinition};
use crate::sweep::results_table::CellValue;
use crate::sweep::sampling::Design;
use crate::sweep::sampling::morris::MorrisDesign;
use crate::sweep::sensitivity::derivatives::Slope;
use crate::sweep::sensitivity::elementary_effects::{elementary, shares_by_class, summary};
use crate::sweep::sensitivity::estimate::{Estimate, Reliability};
use crate::sweep::sensitivity::variance;
use crate::sweep::sensitivity::{
    Analysis, EVIDENCE_CLASSES, EvidenceClass, Sensitivity, SensitivityMethod,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IndexKind {
    /// d ln y / d ln p.
    Elasticity,
    /// dy/dp times the range of p, in the unit of the outcome.
    RangeEffect,
    /// Mean elementary effect, in the unit of the outcome.
    Mu,
    /// Mean size of the elementary effects, in the unit of the outcome.
    MuStar,
    /// Standard deviation of the elementary effects, in the unit of the outcome.
    Sigma,
    /// Share of the variance, alone.
    FirstOrder,
    /// Share of the variance, with all interactions.
    TotalOrder,
}

impl IndexKind {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Elasticity => "elasticity",
            Self::RangeEffect => "effect_of_range",
            Self::Mu => "mu",
            Self::MuStar => "mu_star",
            Self::Sigma => "sigma",
            Self::FirstOrder => "first_order",
            Self::TotalOrder => "total_order",
        }
    }

    /// True if it has the unit of the outcome; else it has none.
    pub(crate) const fn has_unit(self) -> bool {
        matches!(self, Self::RangeEffect | Self::Mu | Self::MuStar | Self::Sigma)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Index {
    /// Position of the factor.
    pub factor: usize,
    pub measure: IndexKind,
    pub estimate: Estimate,
    pub reliability: Reliability,
    pub left_out: u64,
}

/// The share of an outcome's variance that rests on one class of factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ClassShare {
    pub class: EvidenceClass,
    pub factors: usize,
    /// By factors of this class alone, with the interactions among them.
    pub alone: (Estimate, Reliability),
    /// With their interactions with other classes too, where the method gives them.
    pub with_others: Option<(Estimate, Reliability)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OutcomeIndices {
    pub method: SensitivityMethod,
    /// Position of the outcome.
    pub outcome: usize,
    /// Mean of the outcome, at the center for slopes; NaN if no run gave a number.
    pub mean: f64,
    /// Standard deviation of the outcome; NaN where it was not sampled.
    pub deviation: f64,
    /// Effects up to this size are numerical noise, as [`OutcomeIndices::ranking`] measures them; see
    /// [`outcome_indices`].
    pub floor: f64,
    /// All indices, factor by factor.
    pub indices: Vec<Index>,
    /// On which grades the variance rests.
    pub shares: Vec<ClassShare>,
    /// Runs that failed, with those that could not be used without them.
    pub left_out: u64,
}

/// The indices of every outcome by every method, one outcome in memory at a time.
///
/// `values` gives an outcome of all runs of a method, as [`outcome_indices`] takes them.
/// Errors: What `values` reports.
pub(crate) fn all_indices<E>(
    sensitivity: &Sensitivity,
    values: impl Fn(&Analysis, usize) -> Result<Vec<f64>, E>,
) -> Result<Vec<OutcomeIndices>, E> {
    let mut all = Vec::new();
    for outcome in 0..sensitivity.outcomes().len() {
        for analysis in &sensitivity.analyses {
            let values = values(analysis, outcome)?;
            all.extend(outcome_indices(sensitivity, analysis, outcome, &values));
        }
    }
    Ok(all)
}

/// Computes the indices of an outcome by a method.
///
/// `values` holds the outcome of all runs in their order, NaN where a run failed; conditions as
/// 0 and 1. `None` for what the method cannot tell: the slope of a condition.
///
/// Effects that the solver's own error could make count as none: below 100 · rtol · |y|, where rtol
/// is the relative tolerance of the runs and |y| the size of the outcome (root mean square). An
/// error of a step grows along a run, and an effect is a difference of two runs, hence the 100.
/// For slopes this is divided by the share of the range between the two points; for a share of
/// the variance it is (100 · rtol · |y| / deviation)² / 2, as half a mean square of differences.
/// Conditions have no such error.
pub(crate) fn outcome_indices(
    sensitivity: &Sensitivity,
    analysis: &Analysis,
    outcome: usize,
    values: &[f64],
) -> Option<OutcomeIndices> {
    let is_condition =
        |outcome: &Outcome| matches!(outcome.measure, OutcomeDefinition::Condition(_));
    let read = analysis.sweep.outcomes.get(outcome).or_defect("an outcome that does not exist");
    let (condition, scale) = (is_condition(read), read.scale());
    let noise = if condition { 0.0 } else { noise(analysis, values) + NOTHING * scale };
    match &analysis.sweep.plan.design {
        Some(Design::OneAtATime(_)) if !condition => {
            Some(local(sensitivity, analysis, outcome, values, noise))
        }
        Some(Design::Morris(design)) => {
            Some(morris(sensitivity, design, outcome, values).with_noise_floor(noise))
        }
        Some(Design::Saltelli(design)) => {
            let stride = usize::try_from(design.stride()).or_defect("more sets than memory");
            let results = variance_based(sensitivity, analysis.method, stride, outcome, values);
            let floor = 0.5 * (noise / results.deviation).powi(2);
            Some(results.with_noise_floor(if floor.is_finite() { floor } else { 0.0 }))
        }
        _ => None,
    }
}

/// A difference of this share of a quantity's scale is none: an outcome that nothing touches has
/// no shares.
const NOTHING: f64 = 1e-9;

/// The difference of two runs that the solver's error can make, in the unit of the outcome.
fn noise(analysis: &Analysis, values: &[f64]) -> f64 {
    const STEPS: f64 = 100.0;
    let (mean, deviation) = variance::moments(values.iter().copied());
    let size = mean.hypot(deviation);
    let tolerance = analysis.sweep.options.relative_tolerance;
    if size.is_finite() { STEPS * tolerance * size } else { 0.0 }
}

fn local(
    sensitivity: &Sensitivity,
    analysis: &Analysis,
    outcome: usize,
    values: &[f64],
    noise: f64,
) -> OutcomeIndices {
    let plan = &analysis.sweep.plan;
    let point = |run: u64, factor: usize| {
        plan.values(run).get(factor).and_then(CellValue::number).unwrap_or(f64::NAN)
    };
    let at = |run: usize| values.get(run).copied().or_defect("a run without an outcome");
    let center = at(0);
    let mut indices = Vec::new();
    let mut variances = Vec::new();
    let mut floor = 0.0_f64;
    for (position, factor) in sensitivity.factors.iter().enumerate() {
        let run = |number: usize| (point(number as u64, position), at(number));
        let slope = Slope::through(run(0), run(1 + 2 * position), run(2 + 2 * position));
        let width = factor.range.1 - factor.range.0;
        let apart = (run(2 + 2 * position).0 - run(1 + 2 * position).0).abs() / width;
        let least = if apart > 0.0 { noise / apart } else { 0.0 };
        floor = floor.max(least);
        let estimates = [
            (IndexKind::Elasticity, slope.and_then(|slope| slope.elasticity())),
            (IndexKind::RangeEffect, slope.map(|slope| slope.slope * width)),
        ];
        let lost = [1, 2].iter().filter(|side| !at(*side + 2 * position).is_finite()).count();
        indices.extend(estimates.map(|(measure, value)| {
            let (estimate, reliability) = exact(value.unwrap_or(f64::NAN));
            Index { factor: position, measure, estimate, reliability, left_out: lost as u64 }
        }));
        variances.push(match slope {
            Some(slope) if (slope.slope * width).abs() > least => {
                (slope.slope * factor.deviation).powi(2)
            }
            Some(_) => 0.0,
            // Without it no share of the whole is known.
            None => f64::NAN,
        });
    }
    let whole: f64 = variances.iter().sum();
    let of_class = |class: EvidenceClass| {
        let own = sensitivity.factors.iter().zip(&variances);
        own.filter(|(factor, _)| factor.class == class).map(|(_, variance)| variance).sum::<f64>()
    };
    let shares = class_shares(sensitivity, |_, class| (exact(of_class(class) / whole), None));
    let left_out = values.iter().filter(|value| !value.is_finite()).count() as u64;
    let method = SensitivityMethod::Local;
    let (mean, deviation) = (center, f64::NAN);
    OutcomeIndices { method, outcome, mean, deviation, floor, indices, shares, left_out }
}

fn morris(
    sensitivity: &Sensitivity,
    design: &MorrisDesign,
    outcome: usize,
    values: &[f64],
) -> OutcomeIndices {
    let effects = elementary(design, values);
    let count = sensitivity.factors.len();
    let mut indices = Vec::new();
    for (factor, found) in summary(&effects, count, &sensitivity.bootstrap).iter().enumerate() {
        let estimates = [
            (IndexKind::Mu, Estimate::exact(found.mu)),
            (IndexKind::MuStar, found.mu_star),
            (IndexKind::Sigma, Estimate::exact(found.sigma)),
        ];
        indices.extend(estimates.map(|(measure, estimate)| {
            let (estimate, reliability) = known(estimate);
            Index { factor, measure, estimate, reliability, left_out: found.left_out }
        }));
    }
    let place = |class: EvidenceClass| {
        EVIDENCE_CLASSES
            .iter()
            .position(|known| *known == class)
            .or_defect("an evidence class without a row")
    };
    let classes: Vec<usize> =
        sensitivity.factors.iter().map(|factor| place(factor.class)).collect();
    let found = shares_by_class(&effects, &classes, EVIDENCE_CLASSES.len(), &sensitivity.bootstrap);
    let of_class =
        |class| found.get(place(class)).copied().or_defect("an evidence class without a share");
    let shares = class_shares(sensitivity, |_, class| (known(of_class(class)), None));
    let (mean, deviation) = variance::moments(values.iter().copied());
    let left_out = values.iter().filter(|value| !value.is_finite()).count() as u64;
    let (method, floor) = (SensitivityMethod::Morris, 0.0);
    OutcomeIndices { method, outcome, mean, deviation, floor, indices, shares, left_out }
}

/// Indices by Saltelli's design: of single factors, or of grades, whose factors are exchanged together.
fn variance_based(
    sensitivity: &Sensitivity,
    method: SensitivityMethod,
    stride: usize,
    outcome: usize,
    values: &[f64],
) -> OutcomeIndices {
    let found = variance::indices(values, stride, &sensitivity.bootstrap);
    let with_reliability = |estimates: &[Estimate], set: usize| {
        let estimate = estimates.get(set).copied().or_defect("a set of inputs without an index");
        (estimate, estimate.reliability_of_share(sensitivity.precision, found.samples))
    };
    let first = |set| with_reliability(&found.first, set);
    let total = |set| with_reliability(&found.total, set);
    let (mut indices, mut shares) = (Vec::new(), Vec::new());
    if method == SensitivityMethod::Grades {
        shares = class_shares(sensitivity, |set, _| (first(set), Some(total(set))));
    } else {
        for factor in 0..sensitivity.factors.len() {
            let left_out = found.left_out_of(factor);
            for (measure, (estimate, reliability)) in
                [(IndexKind::FirstOrder, first(factor)), (IndexKind::TotalOrder, total(factor))]
            {
                indices.push(Index { factor, measure, estimate, reliability, left_out });
            }
        }
        // A single grade has all of the variance; several grades have runs of their own.
        if sensitivity.classes().count() == 1 && found.variance > 0.0 {
            shares = class_shares(sensitivity, |_, _| (exact(1.0), None));
        }
    }
    let (mean, deviation, left_out) = (found.mean, found.variance.sqrt(), found.left_out);
    OutcomeIndices { method, outcome, mean, deviation, floor: 0.0, indices, shares, left_out }
}

type RatedEstimate = (Estimate, Reliability);

/// An estimate that is reliable if it is a number.
const fn known(estimate: Estimate) -> RatedEstimate {
    let is_number = estimate.value.is_finite();
    (estimate, if is_number { Reliability::Converged } else { Reliability::Undefined })
}

const fn exact(value: f64) -> RatedEstimate {
    known(Estimate::exact(value))
}

/// One share for each class that has factors; `of` gets its position among them.
fn class_shares(
    sensitivity: &Sensitivity,
    of: impl Fn(usize, EvidenceClass) -> (RatedEstimate, Option<RatedEstimate>),
) -> Vec<ClassShare> {
    let share = |(position, class)| {
        let (alone, with_others) = of(position, class);
        let factors = sensitivity.factors.iter().filter(|factor| factor.class == class).count();
        ClassShare { class, factors, alone, with_others }
    };
    sensitivity.classes().enumerate().map(share).collect()
}

/// The indices by the most detailed method: of the single factors, and of the grades, of an outcome.
pub(crate) fn most_detailed(
    results: &[OutcomeIndices],
    outcome: usize,
) -> (Option<&OutcomeIndices>, Option<&OutcomeIndices>) {
    let own = || results.iter().filter(|results| results.outcome == outcome);
    let singles =
        own().filter(|results| !results.indices.is_empty()).max_by_key(|results| results.method);
    let shares =
        own().filter(|results| !results.shares.is_empty()).max_by_key(|results| results.method);
    (singles, shares)
}

/// The positions of the outcomes that have indices, each once.
pub(crate) fn outcomes(indices: &[OutcomeIndices]) -> Vec<usize> {
    let mut found: Vec<usize> = indices.iter().map(|results| results.outcome).collect();
    found.dedup();
    found
}

impl OutcomeIndices {
    /// The same with this floor; where nothing lies above it there are no shares.
    fn with_noise_floor(mut self, floor: f64) -> Self {
        self.floor = floor;
        // A share cannot be above 1: all of the variance is the solver's.
        let is_noise =
            if self.indices.is_empty() { floor >= 1.0 } else { self.ranked().is_empty() };
        for share in self.shares.iter_mut().filter(|_| is_noise) {
            let nothing = (Estimate::exact(f64::NAN), Reliability::Undefined);
            share.alone = nothing;
            share.with_others = share.with_others.map(|_| nothing);
        }
        self
    }

    pub(crate) fn index(&self, factor: usize, measure: IndexKind) -> Option<&Index> {
        self.indices.iter().find(|index| index.factor == factor && index.measure == measure)
    }

    /// The measure by which factors are ranked.
    pub(crate) const fn ranking(&self) -> IndexKind {
        match self.method {
            SensitivityMethod::Local => IndexKind::RangeEffect,
            SensitivityMethod::Morris => IndexKind::MuStar,
            SensitivityMethod::Sobol | SensitivityMethod::Grades => IndexKind::TotalOrder,
        }
    }

    /// The factors with an effect beyond the floor, the strongest first.
    pub(crate) fn ranked(&self) -> Vec<usize> {
        let size = |factor: usize| {
            let index = self.index(factor, self.ranking());
            index.map_or(0.0, |index| index.estimate.value.abs())
        };
        let own = self.indices.iter().filter(|index| index.measure == self.ranking());
        let mut order: Vec<usize> =
            own.map(|index| index.factor).filter(|factor| size(*factor) > self.floor).collect();
        order.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
        order
    }
}
