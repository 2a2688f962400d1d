//! The choice of the next step size. Powers are the portable ones: steps are the same everywhere.

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

pub(crate) struct StepSizeController {
    pub wanted: f64,
    pub largest: f64,
    previous: Option<(f64, f64)>,
    after_rejection: bool,
}

pub(crate) struct PlannedStep {
    pub step: f64,
    /// True if it ends the integration.
    pub last: bool,
}

impl StepSizeController {
    pub(crate) fn new(wanted: f64, largest: f64) -> Self {
        Self { wanted: wanted.min(largest), largest, previous: None, after_rejection: false }
    }

    /// The step to attempt when `remaining` is left, so that the last step is never a tiny one.
    pub(crate) fn plan_step(&self, remaining: f64) -> PlannedStep {
        if remaining <= LAST_STEP_STRETCH * self.wanted {
            PlannedStep { step: remaining, last: true }
        } else if remaining < 2.0 * self.wanted {
            PlannedStep { step: 0.5 * remaining, last: false }
        } else {
            PlannedStep { step: self.wanted, last: false }
        }
    }

    /// Adapts the size to an accepted step; one shortened for the end does not lower the next size.
    pub(crate) fn accept(&mut self, step: f64, error: f64) {
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
    pub(crate) fn reject(&mut self, step: f64, error: f64) {
        let factor = SAFETY * Real::powf(error, -ERROR_EXPONENT);
        self.wanted = step
            * if error.is_finite() { factor.clamp(SHRINKAGE, SAFETY) } else { DOMAIN_SHRINKAGE };
        self.after_rejection = true;
    }
}
