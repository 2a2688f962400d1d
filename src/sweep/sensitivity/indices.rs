//! Everything that one method tells about one outcome.

use crate::sweep::cell::Cell;
use crate::sweep::outcomes::{Measure as Kept, Outcome};
use crate::sweep::sampling::Design;
use crate::sweep::sampling::trajectories::Trajectories;
use crate::sweep::sensitivity::derivatives::Slope;
use crate::sweep::sensitivity::elementary_effects::{elementary, shares_by_class, summary};
use crate::sweep::sensitivity::estimate::{Estimate, Standing};
use crate::sweep::sensitivity::variance;
use crate::sweep::sensitivity::{Analysis, Approach, CLASSES, Class, Sensitivity};

/// What an index measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
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

impl Measure {
    /// The word in tables.
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

    /// Whether it has the unit of the outcome; else it has none.
    pub(crate) const fn has_unit(self) -> bool {
        matches!(self, Self::RangeEffect | Self::Mu | Self::MuStar | Self::Sigma)
    }
}

/// An index of one factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Index {
    /// Position of the factor.
    pub factor: usize,
    pub measure: Measure,
    pub estimate: Estimate,
    /// Whether it may be told.
    pub standing: Standing,
    /// Runs that are left out of it.
    pub left_out: u64,
}

/// The share of an outcome's variance that rests on one class of factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ClassShare {
    pub class: Class,
    /// How many factors are of it.
    pub factors: usize,
    /// By factors of this class alone, with the interactions among them.
    pub alone: (Estimate, Standing),
    /// With their interactions with other classes too, where the method tells.
    pub with_others: Option<(Estimate, Standing)>,
}

/// What one method tells about one outcome.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OutcomeIndices {
    pub approach: Approach,
    /// Position of the outcome.
    pub outcome: usize,
    /// Mean of the outcome, at the center for slopes; NaN if no run gave a number.
    pub mean: f64,
    /// Standard deviation of the outcome; NaN where it was not sampled.
    pub deviation: f64,
    /// What the solver cannot tell from nothing, as [`OutcomeIndices::ranking`] measures it; see
    /// [`outcome_indices`].
    pub floor: f64,
    /// All indices, factor by factor.
    pub indices: Vec<Index>,
    /// On which grades the variance rests.
    pub shares: Vec<ClassShare>,
    /// Runs that failed, with those that could not be used without them.
    pub left_out: u64,
}

/// Works out what a method tells about an outcome.
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
    let is_condition = |outcome: &Outcome| matches!(outcome.measure, Kept::Condition(_));
    let condition = analysis.sweep.outcomes.get(outcome).is_some_and(is_condition);
    let noise = if condition { 0.0 } else { noise(analysis, values) };
    match &analysis.sweep.plan.design {
        Some(Design::OneAtATime(_)) if !condition => {
            Some(local(sensitivity, analysis, outcome, values, noise))
        }
        Some(Design::Trajectories(design)) => {
            Some(morris(sensitivity, design, outcome, values).above(noise))
        }
        Some(Design::Swapped(design)) => {
            let stride = usize::try_from(design.stride()).unwrap_or(usize::MAX);
            let of = if analysis.approach == Approach::Grades { grades } else { sobol };
            let told = of(sensitivity, stride, outcome, values);
            let floor = 0.5 * (noise / told.deviation).powi(2);
            Some(told.above(if floor.is_finite() { floor } else { 0.0 }))
        }
        _ => None,
    }
}

/// What the solver's error can make of a difference of two runs, in the unit of the outcome.
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
    let point = |run: u64, factor: usize| match plan.values(run).get(factor) {
        Some(Cell::Number(value)) => *value,
        _ => f64::NAN,
    };
    let at = |run: usize| values.get(run).copied().unwrap_or(f64::NAN);
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
        let ofs = [
            (Measure::Elasticity, slope.and_then(|slope| slope.elasticity())),
            (Measure::RangeEffect, slope.map(|slope| slope.slope * width)),
        ];
        let lost = [1, 2].iter().filter(|side| !at(*side + 2 * position).is_finite()).count();
        for (measure, value) in ofs {
            indices.push(Index {
                factor: position,
                measure,
                estimate: Estimate::exact(value.unwrap_or(f64::NAN)),
                standing: if value.is_some() { Standing::Converged } else { Standing::Undefined },
                left_out: lost as u64,
            });
        }
        let felt = slope.filter(|slope| (slope.slope * width).abs() > least);
        let variance = felt.map(|slope| (slope.slope * factor.deviation).powi(2));
        variances.push(variance.filter(|variance| variance.is_finite()).unwrap_or(0.0));
    }
    let whole: f64 = variances.iter().sum();
    let of_class = |class: Class| {
        let own = sensitivity.factors.iter().zip(&variances);
        own.filter(|(factor, _)| factor.class == class).map(|(_, variance)| variance).sum::<f64>()
    };
    let shares = shares(sensitivity, |_, class| (Estimate::exact(of_class(class) / whole), None));
    let left_out = values.iter().filter(|value| !value.is_finite()).count() as u64;
    let approach = Approach::Local;
    let (mean, deviation) = (center, f64::NAN);
    OutcomeIndices { approach, outcome, mean, deviation, floor, indices, shares, left_out }
}

fn morris(
    sensitivity: &Sensitivity,
    design: &Trajectories,
    outcome: usize,
    values: &[f64],
) -> OutcomeIndices {
    let effects = elementary(design, values);
    let count = sensitivity.factors.len();
    let mut indices = Vec::new();
    for (factor, found) in summary(&effects, count, &sensitivity.bootstrap).iter().enumerate() {
        let ofs = [
            (Measure::Mu, Estimate::exact(found.mu)),
            (Measure::MuStar, found.mu_star),
            (Measure::Sigma, Estimate::exact(found.sigma)),
        ];
        indices.extend(ofs.map(|(measure, estimate)| Index {
            factor,
            measure,
            estimate,
            standing: if estimate.value.is_finite() {
                Standing::Converged
            } else {
                Standing::Undefined
            },
            left_out: found.left_out,
        }));
    }
    let place = |class: Class| CLASSES.iter().position(|known| *known == class).unwrap_or(0);
    let classes: Vec<usize> =
        sensitivity.factors.iter().map(|factor| place(factor.class)).collect();
    let found = shares_by_class(&effects, &classes, CLASSES.len(), &sensitivity.bootstrap);
    let of_class = |class| found.get(place(class)).copied().unwrap_or(Estimate::exact(f64::NAN));
    let shares = shares(sensitivity, |_, class| (of_class(class), None));
    let (mean, deviation) = variance::moments(values.iter().copied());
    let left_out = values.iter().filter(|value| !value.is_finite()).count() as u64;
    let (approach, floor) = (Approach::Morris, 0.0);
    OutcomeIndices { approach, outcome, mean, deviation, floor, indices, shares, left_out }
}

fn sobol(
    sensitivity: &Sensitivity,
    stride: usize,
    outcome: usize,
    values: &[f64],
) -> OutcomeIndices {
    let found = variance::indices(values, stride, &sensitivity.bootstrap);
    let standing =
        |estimate: &Estimate| estimate.standing_of_share(sensitivity.precision, found.samples);
    let mut indices = Vec::new();
    for factor in 0..sensitivity.factors.len() {
        let ofs = [(Measure::FirstOrder, &found.first), (Measure::TotalOrder, &found.total)];
        for (measure, estimates) in ofs {
            let estimate = estimates.get(factor).copied().unwrap_or(Estimate::exact(f64::NAN));
            let left_out = found.left_out_of(factor);
            let standing = standing(&estimate);
            indices.push(Index { factor, measure, estimate, standing, left_out });
        }
    }
    // A grade that is alone has all of the variance; several are asked by runs of their own.
    let alone = sensitivity.classes().count() == 1 && found.variance > 0.0;
    let shares =
        if alone { shares(sensitivity, |_, _| (Estimate::exact(1.0), None)) } else { Vec::new() };
    let (mean, deviation, left_out) = (found.mean, found.variance.sqrt(), found.left_out);
    let (approach, floor) = (Approach::Sobol, 0.0);
    OutcomeIndices { approach, outcome, mean, deviation, floor, indices, shares, left_out }
}

/// The swapped sets are the grades.
fn grades(
    sensitivity: &Sensitivity,
    stride: usize,
    outcome: usize,
    values: &[f64],
) -> OutcomeIndices {
    let found = variance::indices(values, stride, &sensitivity.bootstrap);
    let standing =
        |estimate: Estimate| estimate.standing_of_share(sensitivity.precision, found.samples);
    let of = |list: &[Estimate], group: usize| {
        list.get(group).copied().unwrap_or(Estimate::exact(f64::NAN))
    };
    let shares = shares(sensitivity, |group, _| {
        let total = of(&found.total, group);
        (of(&found.first, group), Some((total, standing(total))))
    });
    let judged = |share: ClassShare| {
        let alone = share.alone.0;
        ClassShare { alone: (alone, standing(alone)), ..share }
    };
    let shares = shares.into_iter().map(judged).collect();
    let (mean, deviation, left_out) = (found.mean, found.variance.sqrt(), found.left_out);
    let (approach, indices, floor) = (Approach::Grades, Vec::new(), 0.0);
    OutcomeIndices { approach, outcome, mean, deviation, floor, indices, shares, left_out }
}

type Alone = (Estimate, Option<(Estimate, Standing)>);

/// One share for each class that has factors; `of` gets its position among them.
fn shares(sensitivity: &Sensitivity, of: impl Fn(usize, Class) -> Alone) -> Vec<ClassShare> {
    let share = |(position, class)| {
        let (alone, with_others) = of(position, class);
        let told = if alone.value.is_finite() { Standing::Converged } else { Standing::Undefined };
        let factors = sensitivity.factors.iter().filter(|factor| factor.class == class).count();
        ClassShare { class, factors, alone: (alone, told), with_others }
    };
    sensitivity.classes().enumerate().map(share).collect()
}

/// What the best method tells about the single factors, and about the grades, of an outcome.
pub(crate) fn best(
    told: &[OutcomeIndices],
    outcome: usize,
) -> (Option<&OutcomeIndices>, Option<&OutcomeIndices>) {
    let own = || told.iter().filter(|told| told.outcome == outcome);
    let singles = own().filter(|told| !told.indices.is_empty()).max_by_key(|told| told.approach);
    let shares = own().filter(|told| !told.shares.is_empty()).max_by_key(|told| told.approach);
    (singles, shares)
}

/// The positions of the outcomes that something is told about, each once.
pub(crate) fn outcomes(indices: &[OutcomeIndices]) -> Vec<usize> {
    let mut found: Vec<usize> = indices.iter().map(|told| told.outcome).collect();
    found.dedup();
    found
}

impl OutcomeIndices {
    /// The same with this floor; where nothing lies above it there are no shares.
    fn above(mut self, floor: f64) -> Self {
        self.floor = floor;
        // A share cannot be above 1: all of the variance is the solver's.
        let idle = if self.indices.is_empty() { floor >= 1.0 } else { self.ranked().is_empty() };
        for share in self.shares.iter_mut().filter(|_| idle) {
            let nothing = (Estimate::exact(f64::NAN), Standing::Undefined);
            share.alone = nothing;
            share.with_others = share.with_others.map(|_| nothing);
        }
        self
    }

    pub(crate) fn index(&self, factor: usize, measure: Measure) -> Option<&Index> {
        self.indices.iter().find(|index| index.factor == factor && index.measure == measure)
    }

    /// The measure by which factors are ranked.
    pub(crate) const fn ranking(&self) -> Measure {
        match self.approach {
            Approach::Local => Measure::RangeEffect,
            Approach::Morris => Measure::MuStar,
            Approach::Sobol | Approach::Grades => Measure::TotalOrder,
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
