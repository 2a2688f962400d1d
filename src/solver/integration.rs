//! The step control of one integration, the same for one system and for each lane.

use super::failure::{Failure, FailureKind};
use super::step::{Finish, Statistics, StepLimit};
use super::step_size::{PlannedStep, StepSizeController};
use super::tableau::STAGES;

/// Consecutive rejections by a huge or non-finite error after which the attempt is pivoted.
const DOUBTFUL_REJECTIONS: u32 = 2;
/// An error, in tolerances, from which on the factors without pivoting are doubted.
const HUGE_ERROR: f64 = 1e6;

/// One integration from a start to an end: its time and its step control.
pub(crate) struct Integration {
    /// End of the last accepted step.
    pub time: f64,
    end: f64,
    controller: StepSizeController,
    doubtful_rejections: u32,
    first_accepted: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum AttemptResult {
    Accepted,
    /// The step is to be attempted again with a smaller size.
    Rejected,
    /// Rejected, and the step can shrink no more.
    TooSmall,
}

impl Integration {
    /// Starts at `start`, with `first_step` if that is a usable size.
    ///
    /// Errors: [`FailureKind::NotFinite`] for a time that is not finite.
    pub(crate) fn new(
        start: f64,
        end: f64,
        first_step: Option<f64>,
        largest_step: f64,
    ) -> Result<Self, Failure> {
        if !(start.is_finite() && end.is_finite()) {
            return Err(Failure::at(FailureKind::NotFinite, start));
        }
        let usable = first_step.filter(|step| *step > 0.0 && step.is_finite());
        let controller = StepSizeController::new(usable.unwrap_or(0.0), largest_step);
        Ok(Self { time: start, end, controller, doubtful_rejections: 0, first_accepted: None })
    }

    /// True if the end is reached.
    pub(crate) fn is_done(&self) -> bool {
        self.time >= self.end
    }

    pub(crate) fn remaining(&self) -> f64 {
        self.end - self.time
    }

    /// True if an initial step size has to be computed.
    pub(crate) fn needs_initial_step(&self) -> bool {
        self.controller.wanted <= 0.0
    }

    pub(crate) fn set_initial_step(&mut self, step: f64) {
        self.controller = StepSizeController::new(step, self.controller.largest);
    }

    /// True if the next attempt is to be made with pivoting.
    pub(crate) fn needs_pivoting(&self) -> bool {
        self.doubtful_rejections >= DOUBTFUL_REJECTIONS
    }

    /// Plans the next attempt.
    ///
    /// Errors: [`FailureKind::TooManySteps`] at the limit.
    pub(crate) fn plan_step(
        &self,
        done: &Statistics,
        limit: StepLimit,
    ) -> Result<PlannedStep, Failure> {
        let limit = limit.steps(done);
        if done.accepted + done.rejected >= limit {
            return Err(Failure::at(FailureKind::TooManySteps { limit }, self.time));
        }
        Ok(self.controller.plan_step(self.remaining()))
    }

    /// Accepts or rejects an attempt with this error, in tolerances.
    pub(crate) fn finish_attempt(
        &mut self,
        planned: &PlannedStep,
        error: f64,
        done: &mut Statistics,
    ) -> AttemptResult {
        done.rate_calls += STAGES as u64 - 1;
        if error <= 1.0 {
            self.controller.accept(planned.step, error);
            self.first_accepted = self.first_accepted.or(Some(self.controller.wanted));
            self.doubtful_rejections = 0;
            self.time = if planned.last { self.end } else { self.time + planned.step };
            done.accepted += 1;
            return AttemptResult::Accepted;
        }
        self.doubtful_rejections =
            if error < HUGE_ERROR { 0 } else { self.doubtful_rejections + 1 };
        self.controller.reject(planned.step, error);
        done.rejected += 1;
        let resolution = 16.0 * f64::EPSILON * self.time.abs();
        if self.controller.wanted <= resolution.max(f64::MIN_POSITIVE) {
            return AttemptResult::TooSmall;
        }
        AttemptResult::Rejected
    }

    /// The step sizes to remember for a restart.
    pub(crate) fn finish(&self) -> Finish {
        let next_step = self.controller.wanted;
        Finish { next_step, first_step: self.first_accepted.unwrap_or(next_step) }
    }
}
