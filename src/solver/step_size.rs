//! How large the next step is to be. Powers are the portable ones: steps are the same everywhere.

use crate::real::Real;

/// Share of the step that the error estimate would allow.
const SAFETY: f64 = 0.85;
/// Largest growth and shrinkage from step to step.
const GROWTH: f64 = 6.0;
const SHRINKAGE: f64 = 0.2;
/// Exponent of the error, whose estimate is of order 4.
const PRESENT: f64 = 0.2;
/// A remainder this much larger than the step is still taken in one.
const STRETCH: f64 = 1.05;
/// Factor after an attempt that left the domain.
const RETREAT: f64 = 0.25;

/// Keeps the step size within one call.
pub struct Controller {
    /// Size wanted next.
    pub wanted: f64,
    /// Largest size allowed.
    pub largest: f64,
    /// Size and error of the step accepted before.
    former: Option<(f64, f64)>,
    after_rejection: bool,
}

/// A step to try.
pub struct Plan {
    /// Its size.
    pub step: f64,
    /// Whether it ends the integration.
    pub last: bool,
}

impl Controller {
    /// Begins with `wanted`.
    pub fn new(wanted: f64, largest: f64) -> Self {
        Self { wanted: wanted.min(largest), largest, former: None, after_rejection: false }
    }

    /// The step to try when `remaining` is left: no step is cut to a sliver at the end.
    pub fn plan(&self, remaining: f64) -> Plan {
        if remaining <= STRETCH * self.wanted {
            Plan { step: remaining, last: true }
        } else if remaining < 2.0 * self.wanted {
            Plan { step: 0.5 * remaining, last: false }
        } else {
            Plan { step: self.wanted, last: false }
        }
    }

    /// Learns from an accepted step; one shortened for the end does not lower what is wanted.
    pub fn accept(&mut self, step: f64, error: f64) {
        let error = error.max(1e-8);
        let plain = SAFETY * Real::powf(error, -PRESENT);
        // The error is expected to go on growing as it did (Gustafsson 1994).
        let predicted = self.former.map_or(plain, |(former_step, former_error)| {
            plain * (step / former_step) * Real::powf(former_error / error, PRESENT)
        });
        let factor = plain.min(predicted);
        let ceiling = if self.after_rejection { 1.0 } else { GROWTH };
        let proposed = step * factor.clamp(SHRINKAGE, ceiling);
        let shortened = step < 0.999 * self.wanted;
        self.wanted = if shortened { proposed.max(self.wanted) } else { proposed };
        self.wanted = self.wanted.min(self.largest);
        self.former = Some((step, error.max(1e-2)));
        self.after_rejection = false;
    }

    /// Learns from a rejected step; an error that is not a number means out of the domain.
    pub fn reject(&mut self, step: f64, error: f64) {
        let factor = SAFETY * Real::powf(error, -PRESENT);
        self.wanted =
            step * if error.is_finite() { factor.clamp(SHRINKAGE, SAFETY) } else { RETREAT };
        self.after_rejection = true;
    }
}
