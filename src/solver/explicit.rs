//! Dormand–Prince methods of the crate `ode_solvers`: an independent second opinion.
//!
//! Its defects, and the ways around them:
//! - two scalar tolerances: states are handed over in units of their absolute tolerance;
//! - its dense output extrapolates the last point from the step before: never used, a point
//!   inside a step is computed by a shorter step of the same method from the step's start;
//! - it stores every step: it is called for blocks of bounded length, whose steps are handed to
//!   the observer afterwards;
//! - the last stage of its Dop853 is evaluated at the start of the step instead of its end
//!   (c₁₂ = 0): time is handed over as one more state, which the stages get right;
//! - it reports a rate that is not a number as step underflow: distinguished here.

mod stepper;

use self::stepper::{Scaled, TERM_CAPACITY, run_stepper};
use super::failure::{Failure, FailureKind};
use super::step::{Finish, Observer, Statistics, StepLimit, StepView};
use super::{Contribution, System};
use nalgebra::SVector;
use ode_solvers::dop_shared::IntegrationError;
use std::cell::Cell;

/// A point so close behind the start of a step is the start: no step could be so short.
const SAME_TIME: f64 = 1e-9;

/// Most steps of one call of the stepper; bounds the memory.
const STEPS_PER_CALL: u32 = 4000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExplicitMethod {
    /// Order 5.
    Dopri5,
    /// Order 8.
    Dop853,
}

/// An explicit method for systems of `N` − 1 states; the last place holds the time.
pub(crate) struct Explicit<const N: usize> {
    method: ExplicitMethod,
    relative_tolerance: f64,
    absolute_tolerances: SVector<f64, N>,
    contributions: Vec<Contribution>,
    /// Most steps, accepted and rejected, summed over all calls.
    pub step_limit: StepLimit,
    /// Work of all calls; that for points inside steps does not count.
    pub statistics: Statistics,
}

/// Time and state of an integration, and the step sizes to remember.
struct ExplicitIntegration<const N: usize> {
    time: f64,
    state: SVector<f64, N>,
    step: f64,
    first_step: Option<f64>,
}

impl<const N: usize> Explicit<N> {
    /// Prepares `method` for `system`; absolute tolerances are per state.
    ///
    /// Errors: [`FailureKind::Unsupported`] if the system has another number of states.
    pub(crate) fn new<M: System>(
        system: &M,
        method: ExplicitMethod,
        relative_tolerance: f64,
        absolute_tolerances: &[f64],
    ) -> Result<Self, Failure> {
        let contributions = system.contributions();
        let is_valid = |part: &Contribution| part.state + 1 < N && part.term < M::TERMS;
        let fits = M::STATES + 1 == N
            && absolute_tolerances.len() == M::STATES
            && M::TERMS <= TERM_CAPACITY;
        if !fits || !contributions.iter().all(is_valid) {
            return Err(Failure::at(FailureKind::Unsupported, 0.0));
        }
        Ok(Self {
            method,
            relative_tolerance,
            absolute_tolerances: append_time(absolute_tolerances, 1.0),
            contributions,
            step_limit: StepLimit::of_all(50_000_000),
            statistics: Statistics::default(),
        })
    }

    /// Integrates `state` from `start` to exactly `end`, forward; nothing to do if `end` is not
    /// later. `first_step` is tried first, or a size that `ode_solvers` computes.
    ///
    /// Errors: every kind; `state` is then that of the last step.
    pub(crate) fn integrate<M: System>(
        &mut self,
        system: &M,
        start: f64,
        state: &mut [f64],
        end: f64,
        first_step: Option<f64>,
        observer: &mut Observer<'_>,
    ) -> Result<Finish, Failure> {
        if state.len() + 1 != N {
            return Err(Failure::at(FailureKind::Unsupported, start));
        }
        if !(start.is_finite() && end.is_finite()) {
            return Err(Failure::at(FailureKind::NotFinite, start));
        }
        self.statistics.integrations += 1;
        let step = first_step.filter(|step| *step > 0.0 && step.is_finite()).unwrap_or(0.0);
        let scaled = append_time::<N>(state, start).component_div(&self.absolute_tolerances);
        let mut integration =
            ExplicitIntegration { time: start, state: scaled, step, first_step: None };
        let mut result = Ok(());
        while integration.time < end && result.is_ok() {
            result = self.integrate_block(system, &mut integration, end, observer, state);
        }
        result?;
        let next_step = integration.step;
        Ok(Finish { next_step, first_step: integration.first_step.unwrap_or(next_step) })
    }

    /// One call of the crate's stepper, then its steps to the observer.
    fn integrate_block<M: System>(
        &mut self,
        system: &M,
        integration: &mut ExplicitIntegration<N>,
        end: f64,
        observer: &mut Observer<'_>,
        state: &mut [f64],
    ) -> Result<(), Failure> {
        let used = self.statistics.accepted + self.statistics.rejected;
        let limit = self.step_limit.steps(&self.statistics);
        let allowed = limit.saturating_sub(used);
        if allowed == 0 {
            let kind = FailureKind::TooManySteps { limit };
            return Err(Failure::at(kind, integration.time));
        }
        let limit = allowed.min(u64::from(STEPS_PER_CALL)) as u32;
        let (calls, not_finite) = (Cell::new(0), Cell::new(None));
        let scaled = Scaled {
            system,
            contributions: &self.contributions,
            scales: &self.absolute_tolerances,
            calls: &calls,
            not_finite: &not_finite,
        };
        if scaled.rates(&integration.state).iter().any(|rate| !rate.is_finite()) {
            let kind = FailureKind::NotFinite;
            return Err(Failure { kind, time: integration.time, state: not_finite.get() });
        }
        let span = [integration.time, end];
        let (start, step) = (integration.state, integration.step);
        let done =
            run_stepper(self.method, &scaled, span, start, step, self.relative_tolerance, limit);
        let accepted = done.steps.len() as u64;
        self.statistics.accepted += accepted;
        self.statistics.rejected += match done.outcome {
            Ok(rejected) => rejected,
            Err(IntegrationError::MaxNumStepReached { n_step, .. }) => {
                u64::from(n_step).saturating_sub(accepted)
            }
            Err(_) => 0,
        };
        self.statistics.rate_calls += calls.get();
        for (time, after) in &done.steps {
            self.report_step(&scaled, integration, *time, after, end, state, observer)?;
        }
        let (kind, state) = match done.outcome {
            Ok(_) | Err(IntegrationError::MaxNumStepReached { .. }) => return Ok(()),
            Err(IntegrationError::StiffnessDetected { .. }) => (FailureKind::Stiff, None),
            Err(IntegrationError::StepSizeUnderflow { .. }) => match done.not_finite {
                Some(state) => (FailureKind::NotFinite, Some(state)),
                None => (FailureKind::StepTooSmall, scaled.fastest(&integration.state)),
            },
        };
        Err(Failure { kind, time: integration.time, state })
    }

    /// Advances by an accepted step and shows it to the observer.
    #[allow(clippy::too_many_arguments)] // the pieces of one step, named once
    fn report_step<M: System>(
        &self,
        scaled: &Scaled<'_, M, N>,
        integration: &mut ExplicitIntegration<N>,
        time: f64,
        after: &SVector<f64, N>,
        end: f64,
        state: &mut [f64],
        observer: &mut Observer<'_>,
    ) -> Result<(), Failure> {
        let (start, before, size) = (integration.time, integration.state, time - integration.time);
        integration.first_step.get_or_insert(size);
        integration.step = if time < end { size } else { integration.step.max(size) };
        (integration.time, integration.state) = (time, *after);
        if let Some(place) = integration.state.as_mut_slice().last_mut() {
            *place = time;
        }
        let unscaled = after.component_mul(&self.absolute_tolerances);
        state.iter_mut().zip(&unscaled).for_each(|(place, value)| *place = *value);
        let interpolant = |at: f64, result: &mut [f64]| {
            let inner = if at - start <= SAME_TIME {
                before
            } else if at >= time {
                *after
            } else {
                let limit = STEPS_PER_CALL;
                let span = [start, at];
                let part = run_stepper(
                    self.method,
                    scaled,
                    span,
                    before,
                    at - start,
                    self.relative_tolerance,
                    limit,
                );
                match (part.outcome, part.steps.last()) {
                    (Ok(_), Some((_, inner))) => *inner,
                    // Never the state of another time: a row of no numbers is seen.
                    _ => SVector::repeat(f64::NAN),
                }
            };
            let inner = inner.component_mul(&self.absolute_tolerances);
            result.iter_mut().zip(&inner).for_each(|(place, value)| *place = *value);
        };
        let view = StepView { start, end: time, state, interpolant: &interpolant };
        if observer(&view) { Ok(()) } else { Err(Failure::at(FailureKind::Stopped, time)) }
    }
}

/// The numbers with `last` after them.
fn append_time<const N: usize>(numbers: &[f64], last: f64) -> SVector<f64, N> {
    SVector::from_iterator(numbers.iter().copied().chain(std::iter::repeat(last)).take(N))
}

#[cfg(test)]
mod tests;
