//! Where an integration stands, and what an attempt means for it: the same alone and in lanes.

use super::failure::{Failure, FailureKind};
use super::step::{Finish, Statistics};
use super::step_size::{Controller, Plan};
use super::tableau::STAGES;

/// Consecutive rejections by a huge or non-finite error after which the attempt is pivoted.
const DOUBTFUL_REJECTIONS: u32 = 2;
/// An error, in tolerances, that rouses doubt in the factors.
const HUGE_ERROR: f64 = 1e6;

/// One integration from a start to an end.
pub struct Progress {
    /// End of the last accepted step.
    pub time: f64,
    end: f64,
    controller: Controller,
    doubts: u32,
    taken_first: Option<f64>,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The step is good.
    Accepted,
    /// To be tried again with a smaller step.
    Rejected,
    /// Rejected, and the step can shrink no more.
    TooSmall,
}

impl Progress {
    /// Begins at `start`, with `first_step` if that is a usable size.
    ///
    /// Errors: [`FailureKind::NotFinite`] for a time that is not finite.
    pub fn new(
        start: f64,
        end: f64,
        first_step: Option<f64>,
        largest_step: f64,
    ) -> Result<Self, Failure> {
        if !(start.is_finite() && end.is_finite()) {
            return Err(Failure::at(FailureKind::NotFinite, start));
        }
        let usable = first_step.filter(|step| *step > 0.0 && step.is_finite());
        let controller = Controller::new(usable.unwrap_or(0.0), largest_step);
        Ok(Self { time: start, end, controller, doubts: 0, taken_first: None })
    }

    /// Whether the end is reached.
    pub fn is_done(&self) -> bool {
        self.time >= self.end
    }

    /// What is left.
    pub fn remaining(&self) -> f64 {
        self.end - self.time
    }

    /// Whether a first step has to be worked out.
    pub fn wants_first_step(&self) -> bool {
        self.controller.wanted <= 0.0
    }

    /// Begins with a step that was worked out.
    pub fn begin_with(&mut self, step: f64) {
        self.controller = Controller::new(step, self.controller.largest);
    }

    /// Whether the next attempt is to be pivoted.
    pub fn is_doubtful(&self) -> bool {
        self.doubts >= DOUBTFUL_REJECTIONS
    }

    /// The next attempt.
    ///
    /// Errors: [`FailureKind::TooManySteps`] after `limit` steps, accepted and rejected.
    pub fn plan(&self, done: &Statistics, limit: u64) -> Result<Plan, Failure> {
        if done.accepted + done.rejected >= limit {
            return Err(Failure::at(FailureKind::TooManySteps { limit }, self.time));
        }
        Ok(self.controller.plan(self.remaining()))
    }

    /// Learns from an attempt with that error in tolerances.
    pub fn judge(&mut self, plan: &Plan, error: f64, done: &mut Statistics) -> Verdict {
        done.rate_calls += STAGES as u64 - 1;
        if error <= 1.0 {
            self.controller.accept(plan.step, error);
            self.taken_first = self.taken_first.or(Some(self.controller.wanted));
            self.doubts = 0;
            self.time = if plan.last { self.end } else { self.time + plan.step };
            done.accepted += 1;
            return Verdict::Accepted;
        }
        self.doubts = if error < HUGE_ERROR { 0 } else { self.doubts + 1 };
        self.controller.reject(plan.step, error);
        done.rejected += 1;
        let resolution = 16.0 * f64::EPSILON * self.time.abs();
        if self.controller.wanted <= resolution.max(f64::MIN_POSITIVE) {
            return Verdict::TooSmall;
        }
        Verdict::Rejected
    }

    /// What to remember for a restart.
    pub fn finish(&self) -> Finish {
        let next_step = self.controller.wanted;
        Finish { next_step, first_step: self.taken_first.unwrap_or(next_step) }
    }
}
