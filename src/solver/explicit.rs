//! Dormand–Prince methods of the crate `ode_solvers`: an independent second opinion.
//!
//! Its traps, and the ways around them:
//! - two scalar tolerances: states are handed over in units of their absolute tolerance;
//! - its dense output extrapolates the last point from the step before: never used, a point
//!   inside a step is computed by a shorter step of the same method from the step's start;
//! - it stores every step: it runs in stretches of bounded length, whose steps are handed to
//!   the observer afterwards;
//! - the last stage of its Dop853 is evaluated at the start of the step instead of its end
//!   (c₁₂ = 0): time is handed over as one more state, which the stages get right;
//! - it reports a rate that is not a number as step underflow: told apart here.

mod stepper;

use self::stepper::{Scaled, TERM_CAPACITY, run};
use super::failure::{Failure, FailureKind};
use super::step::{Finish, Observer, Statistics, StepView};
use super::{Contribution, System};
use nalgebra::SVector;
use ode_solvers::dop_shared::IntegrationError;
use std::cell::Cell;

/// Most steps of one stretch; bounds the memory.
const STRETCH_STEPS: u32 = 4000;

/// Which explicit method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplicitMethod {
    /// Order 5.
    Dopri5,
    /// Order 8.
    Dop853,
}

/// An explicit method for systems of `N` − 1 states; the last place holds the time.
pub struct Explicit<const N: usize> {
    method: ExplicitMethod,
    relative_tolerance: f64,
    absolute_tolerances: SVector<f64, N>,
    contributions: Vec<Contribution>,
    /// Most steps, accepted and rejected, summed over all calls.
    pub step_limit: u64,
    statistics: Statistics,
}

/// Where an integration is, and the step sizes to remember.
struct Progress<const N: usize> {
    time: f64,
    state: SVector<f64, N>,
    step: f64,
    first_step: Option<f64>,
}

impl<const N: usize> Explicit<N> {
    /// Makes `method` ready for `system`; absolute tolerances are per state.
    ///
    /// Errors: [`FailureKind::Unsupported`] if the system has another number of states.
    pub fn new(
        system: &impl System,
        method: ExplicitMethod,
        relative_tolerance: f64,
        absolute_tolerances: &[f64],
    ) -> Result<Self, Failure> {
        let (contributions, terms) = (system.contributions(), system.term_count());
        let sound = |part: &Contribution| part.state + 1 < N && part.term < terms;
        let states = system.state_count();
        let fits = states + 1 == N && absolute_tolerances.len() == states && terms <= TERM_CAPACITY;
        if !fits || !contributions.iter().all(sound) {
            return Err(Failure::at(FailureKind::Unsupported, 0.0));
        }
        Ok(Self {
            method,
            relative_tolerance,
            absolute_tolerances: with_time(absolute_tolerances, 1.0),
            contributions,
            step_limit: 50_000_000,
            statistics: Statistics::default(),
        })
    }

    /// Work done so far; the calls for points inside steps do not count.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.statistics
    }

    /// Integrates `state` from `start` to exactly `end`, forward; nothing to do if `end` is not
    /// later. `first_step` is tried first, or a size that `ode_solvers` works out.
    ///
    /// Errors: every kind; `state` is then that of the last step.
    pub fn integrate<M: System>(
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
        let step = first_step.filter(|step| *step > 0.0 && step.is_finite()).unwrap_or(0.0);
        let scaled = with_time::<N>(state, start).component_div(&self.absolute_tolerances);
        let mut progress = Progress { time: start, state: scaled, step, first_step: None };
        let mut result = Ok(());
        while progress.time < end && result.is_ok() {
            result = self.stretch(system, &mut progress, end, observer, state);
        }
        result?;
        let next_step = progress.step;
        Ok(Finish { next_step, first_step: progress.first_step.unwrap_or(next_step) })
    }

    /// One run of the crate's stepper, then its steps to the observer.
    fn stretch<M: System>(
        &mut self,
        system: &M,
        progress: &mut Progress<N>,
        end: f64,
        observer: &mut Observer<'_>,
        state: &mut [f64],
    ) -> Result<(), Failure> {
        let used = self.statistics.accepted + self.statistics.rejected;
        let allowed = self.step_limit.saturating_sub(used);
        if allowed == 0 {
            let kind = FailureKind::TooManySteps { limit: self.step_limit };
            return Err(Failure::at(kind, progress.time));
        }
        let limit = allowed.min(u64::from(STRETCH_STEPS)) as u32;
        let (calls, unsound) = (Cell::new(0), Cell::new(None));
        let scaled = Scaled {
            system,
            contributions: &self.contributions,
            scales: &self.absolute_tolerances,
            calls: &calls,
            unsound: &unsound,
        };
        if scaled.rates(&progress.state).iter().any(|rate| !rate.is_finite()) {
            let kind = FailureKind::NotFinite;
            return Err(Failure { kind, time: progress.time, state: unsound.get() });
        }
        let span = [progress.time, end];
        let (start, step) = (progress.state, progress.step);
        let done = run(self.method, &scaled, span, start, step, self.relative_tolerance, limit);
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
            self.hand_over(&scaled, progress, *time, after, end, state, observer)?;
        }
        let (kind, state) = match done.outcome {
            Ok(_) | Err(IntegrationError::MaxNumStepReached { .. }) => return Ok(()),
            Err(IntegrationError::StiffnessDetected { .. }) => (FailureKind::Stiff, None),
            Err(IntegrationError::StepSizeUnderflow { .. }) => match done.unsound {
                Some(state) => (FailureKind::NotFinite, Some(state)),
                None => (FailureKind::StepTooSmall, scaled.fastest(&progress.state)),
            },
        };
        Err(Failure { kind, time: progress.time, state })
    }

    /// Moves on by an accepted step and shows it to the observer.
    #[allow(clippy::too_many_arguments)] // the pieces of one step, named once
    fn hand_over<M: System>(
        &self,
        scaled: &Scaled<'_, M, N>,
        progress: &mut Progress<N>,
        time: f64,
        after: &SVector<f64, N>,
        end: f64,
        state: &mut [f64],
        observer: &mut Observer<'_>,
    ) -> Result<(), Failure> {
        let (start, before, size) = (progress.time, progress.state, time - progress.time);
        progress.first_step.get_or_insert(size);
        progress.step = if time < end { size } else { progress.step.max(size) };
        (progress.time, progress.state) = (time, *after);
        if let Some(place) = progress.state.as_mut_slice().last_mut() {
            *place = time;
        }
        let unscaled = after.component_mul(&self.absolute_tolerances);
        state.iter_mut().zip(&unscaled).for_each(|(place, value)| *place = *value);
        let interpolant = |at: f64, result: &mut [f64]| {
            let inner = if at <= start {
                before
            } else if at >= time {
                *after
            } else {
                let limit = STRETCH_STEPS;
                let span = [start, at];
                let part = run(
                    self.method,
                    scaled,
                    span,
                    before,
                    at - start,
                    self.relative_tolerance,
                    limit,
                );
                part.steps.last().map_or(before, |(_, inner)| *inner)
            };
            let inner = inner.component_mul(&self.absolute_tolerances);
            result.iter_mut().zip(&inner).for_each(|(place, value)| *place = *value);
        };
        let view = StepView { start, end: time, state, interpolant: &interpolant };
        if observer(&view) { Ok(()) } else { Err(Failure::at(FailureKind::Stopped, time)) }
    }
}

/// The numbers with `last` after them.
fn with_time<const N: usize>(numbers: &[f64], last: f64) -> SVector<f64, N> {
    SVector::from_iterator(numbers.iter().copied().chain(std::iter::repeat(last)).take(N))
}

#[cfg(test)]
mod tests;
