//! What the model says about a trial, in a hypothesis set, and how that agrees.

use crate::evidence::read_outs::ReadOut;
use crate::evidence::trial::{CONTROL, TREATED, Trial};
use crate::evidence::vocabulary::{Comparison, Kind};
use crate::parameters::Hypothesis;
use crate::scenario::Scenario;
use crate::simulation::{Options, run_arm};
use crate::threads;
use crate::trajectory::{Row, Trajectory};

/// Relative tolerance of the runs.
const TOLERANCE: f64 = 1e-7;

/// The value of a comparison.
/// Errors: Why there is nothing to compare.
fn value_of(
    comparison: Comparison,
    read_out: &ReadOut,
    control: &Trajectory,
    treated: &Trajectory,
) -> Result<f64, String> {
    let (s, e) = ends(read_out, treated)?;
    let (s0, e0) = ends(read_out, control)?;
    let value = match comparison {
        Comparison::End => e,
        Comparison::Change => e - s,
        Comparison::ChangePercent => 100.0 * (e / s - 1.0),
        Comparison::Difference => e - e0,
        Comparison::DifferencePercent => 100.0 * (e / e0 - 1.0),
        Comparison::Ratio => e / e0,
        Comparison::ChangeRatio => (e - s) / (e0 - s0),
        Comparison::PeakAfterOneDose => {
            treated.rows.iter().map(|row| read_out.value(row)).fold(f64::NEG_INFINITY, f64::max)
        }
    };
    let untold = || {
        let (comparison, read_out) = (comparison.name(), read_out.name());
        format!("{comparison} of {read_out} has no value: it divides by nothing")
    };
    value.is_finite().then_some(value).ok_or_else(untold)
}

fn ends(read_out: &ReadOut, run: &Trajectory) -> Result<(f64, f64), String> {
    let value = |row: Option<&Row>| row.map(|row| read_out.value(row));
    value(run.rows.first())
        .zip(value(run.rows.last()))
        .ok_or_else(|| "the run has no rows".to_owned())
}

/// How a prediction agrees with what was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// The size lies in the interval.
    Hit,
    /// No effect was found, and none is predicted.
    NullKeptNull,
    /// Only a sign or a bound was asked for, and it holds.
    DirectionOnly,
    /// The bound is kept, but by less than a twentieth of the observed effect.
    NoDifference,
    Miss,
}

impl Agreement {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::NullKeptNull => "null kept null",
            Self::DirectionOnly => "direction only",
            Self::NoDifference => "no difference",
            Self::Miss => "miss",
        }
    }

    pub(crate) fn holds(self) -> bool {
        self != Self::Miss
    }
}

/// True if a predicted value lies on the side of no effect on which the observed one does; `None`
/// where values without an effect have no place of their own.
pub(crate) fn right_side(comparison: Comparison, predicted: f64, observed: f64) -> Option<bool> {
    /// Share of the observed effect below which there is none.
    const SMALLEST: f64 = 0.05;
    let no_effect = match comparison {
        Comparison::Ratio | Comparison::ChangeRatio => 1.0,
        Comparison::End | Comparison::PeakAfterOneDose => return None,
        _ => 0.0,
    };
    Some((predicted - no_effect) / (observed - no_effect) > SMALLEST)
}

fn agreement(trial: &Trial, value: f64) -> Agreement {
    let no_effect = |observed: f64| right_side(trial.comparison, value, observed) == Some(false);
    match trial.kind {
        _ if !(trial.low..=trial.high).contains(&value) => Agreement::Miss,
        Kind::Quantitative => Agreement::Hit,
        Kind::Null => Agreement::NullKeptNull,
        Kind::Directional if trial.observed.is_some_and(no_effect) => Agreement::NoDifference,
        Kind::Directional => Agreement::DirectionOnly,
    }
}

/// A trial in one hypothesis set.
#[derive(Clone, Debug)]
pub(crate) struct Prediction {
    pub set: Hypothesis,
    /// In the unit of the trial; or why there is none.
    pub value: Result<f64, String>,
    pub agreement: Agreement,
}

/// A trial beside what the model says in each hypothesis set.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    pub trial: Trial,
    /// One for each set, in their order.
    pub predictions: Vec<Prediction>,
}

/// Runs the trials in both sets, on all threads; `done` is called after each.
///
/// `watch` is called now and then; `false` ends the runs, and trials that were not run are left out.
pub(crate) fn compare(
    trials: &[Trial],
    watch: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn() + Sync),
) -> Vec<Compared> {
    let one = |index: usize| {
        let trial = trials.get(index)?;
        let predictions = Hypothesis::ALL.iter().map(|set| predict(trial, *set, watch));
        let predictions = predictions.collect::<Option<_>>()?;
        done();
        Some(Compared { trial: trial.clone(), predictions })
    };
    threads::map(0..trials.len(), one).into_iter().flatten().collect()
}

/// `None` if `watch` ended it.
fn predict(
    trial: &Trial,
    set: Hypothesis,
    watch: &(dyn Fn() -> bool + Sync),
) -> Option<Prediction> {
    let value = trial.loaded(Some(set)).and_then(|scenario| run(trial, &scenario, watch));
    if !watch() {
        return None;
    }
    let agreement = value.as_ref().map_or(Agreement::Miss, |value| agreement(trial, *value));
    Some(Prediction { set, value, agreement })
}

fn run(
    trial: &Trial,
    scenario: &Scenario,
    watch: &(dyn Fn() -> bool + Sync),
) -> Result<f64, String> {
    let options = Options { relative_tolerance: TOLERANCE, ..Options::default() };
    let of = |name: &str| {
        let arm = scenario.arms.iter().find(|arm| arm.name == name);
        let arm = arm.ok_or_else(|| format!("there is no arm {name}"))?;
        let run = run_arm(arm, &options, &mut |_| watch());
        match run.failure {
            Some(failure) => Err(failure.to_string()),
            None => Ok(run.trajectory),
        }
    };
    value_of(trial.comparison, &trial.read_out, &of(CONTROL)?, &of(TREATED)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_has_a_side_and_one_that_is_too_small_has_none() {
        assert_eq!(right_side(Comparison::ChangeRatio, 0.9, 0.8), Some(true));
        assert_eq!(right_side(Comparison::ChangeRatio, 1.1, 0.8), Some(false));
        // The Rotterdam Study: 0.8 was observed; 0.979 is a small effect, 0.995 none.
        assert_eq!(right_side(Comparison::ChangeRatio, 0.979, 0.8), Some(true));
        assert_eq!(right_side(Comparison::ChangeRatio, 0.995, 0.8), Some(false));
        assert_eq!(right_side(Comparison::DifferencePercent, 1e-9, 1.6), Some(false));
        assert_eq!(right_side(Comparison::End, 2.0, 2.0), None, "a level has no side");
    }
}
