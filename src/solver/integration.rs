//! The step control of one integration, the same for one system and for each lane. Powers are the
//! portable ones: steps are the same everywhere.

use super::failure::{Failure, FailureKind};
use super::step::{Finish, Statistics, StepLimit};
use super::tableau::STAGES;
use crate::real::Real;

/// Share of the step that the error estimate would allow.
const SAFETY: f64 = 0.85;
/// Largest growth and shrinkage from step to step.
const GROWTH: f64 = 6.0;
const SHRINKAGE: f64 = 0.2;
/// Exponent of the error, whose estimate is of order 4.
const ERROR_EXPONENT: f64 = 0.2;
/// A remainder this much larger than the wanted step is still taken in one.
const LAST_STEP_STRETCH: f64 = 1.05;
/// Factor after an attempt that left the domain of the system.
const DOMAIN_SHRINKAGE: f64 = 0.25;

/// Consecutive rejections by a huge or non-finite error after which the attempt is pivoted.
const DOUBTFUL_REJECTIONS: u32 = 2;
/// An error, in tolerances, from which on the factors without pivoting are doubted.
const HUGE_ERROR: f64 = 1e6;

/// One integration from a start to an end: its time and its step control.
pub(crate) struct Integration {
    /// End of the last accepted step.
    pub time: f64,
    end: f64,
    /// Size of the next step; 0 while it is not known.
    wanted: f64,
    largest: f64,
    /// Size and error of the last accepted step.
    previous: Option<(f64, f64)>,
    after_rejection: bool,
    doubtful_rejections: u32,
    first_accepted: Option<f64>,
}

pub(crate) struct PlannedStep {
    pub step: f64,
    /// True if it ends the integration.
    pub last: bool,
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
        Ok(Self {
            time: start,
            end,
            wanted: usable.unwrap_or(0.0).min(largest_step),
            largest: largest_step,
            previous: None,
            after_rejection: false,
            doubtful_rejections: 0,
            first_accepted: None,
        })
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
        self.wanted <= 0.0
    }

    pub(crate) fn set_initial_step(&mut self, step: f64) {
        self.wanted = step.min(self.largest);
    }

    /// True if the next attempt is to be made with pivoting.
    pub(crate) fn needs_pivoting(&self) -> bool {
        self.doubtful_rejections >= DOUBTFUL_REJECTIONS
    }

    /// The step to attempt so that the last step is never a tiny one.
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
        let remaining = self.remaining();
        Ok(if remaining <= LAST_STEP_STRETCH * self.wanted {
            PlannedStep { step: remaining, last: true }
        } else if remaining < 2.0 * self.wanted {
            PlannedStep { step: 0.5 * remaining, last: false }
        } else {
            PlannedStep { step: self.wanted, last: false }
        })
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
            self.accept(planned.step, error);
            self.first_accepted = self.first_accepted.or(Some(self.wanted));
            self.doubtful_rejections = 0;
            self.time = if planned.last { self.end } else { self.time + planned.step };
            done.accepted += 1;
            return AttemptResult::Accepted;
        }
        self.doubtful_rejections =
            if error < HUGE_ERROR { 0 } else { self.doubtful_rejections + 1 };
        self.reject(planned.step, error);
        done.rejected += 1;
        let resolution = 16.0 * f64::EPSILON * self.time.abs();
        if self.wanted <= resolution.max(f64::MIN_POSITIVE) {
            return AttemptResult::TooSmall;
        }
        AttemptResult::Rejected
    }

    /// The step sizes to remember for a restart.
    pub(crate) fn finish(&self) -> Finish {
        let next_step = self.wanted;
        Finish { next_step, first_step: self.first_accepted.unwrap_or(next_step) }
    }

    /// Adapts the size to an accepted step; one shortened for the end does not lower the next size.
    fn accept(&mut self, step: f64, error: f64) {
        let error = error.max(1e-8);
        let plain = SAFETY * Real::powf(error, -ERROR_EXPONENT);
        // The error is expected to go on growing as it did (Gustafsson 1994).
        let predicted = self.previous.map_or(plain, |(previous_step, previous_error)| {
            plain * (step / previous_step) * Real::powf(previous_error / error, ERROR_EXPONENT)
        });
        let factor = plain.min(predicted);
        let ceiling = if self.after_rejection { 1.0 } else { GROWTH };
        let proposed = step * factor.clamp(SHRINKAGE, ceiling);
        let shortened = step < 0.999 * self.wanted;
        self.wanted = if shortened { proposed.max(self.wanted) } else { proposed };
        self.wanted = self.wanted.min(self.largest);
        self.previous = Some((step, error.max(1e-2)));
        self.after_rejection = false;
    }

    /// Adapts the size to a rejected step; an error that is not a number means that the step left
    /// the domain.
    fn reject(&mut self, step: f64, error: f64) {
        let factor = SAFETY * Real::powf(error, -ERROR_EXPONENT);
        self.wanted = step
            * if error.is_finite() { factor.clamp(SHRINKAGE, SAFETY) } else { DOMAIN_SHRINKAGE };
        self.after_rejection = true;
    }
}
