//! The results of a method: each accepted step, the work of all, and the step sizes at the end.

/// One accepted step, with the solution anywhere in it.
#[allow(dead_code)] // tests of methods read all of it
pub(crate) struct StepView<'a> {
    /// Time before the step.
    pub start: f64,
    /// Time after the step.
    pub end: f64,
    /// State after the step.
    pub state: &'a [f64],
    pub(super) interpolant: &'a dyn Fn(f64, &mut [f64]),
}

impl StepView<'_> {
    /// The state at `time`, which is meant to lie between `start` and `end`.
    ///
    /// Rosenbrock: order 4, no call of the system. Explicit methods: a shorter step of the same
    /// method. At both ends the result is the state itself.
    pub(crate) fn interpolate(&self, time: f64, state: &mut [f64]) {
        (self.interpolant)(time, state);
    }
}

/// Receives each accepted step; `false` ends the integration as stopped.
pub(crate) type Observer<'a> = dyn FnMut(&StepView<'_>) -> bool + 'a;

/// The step sizes at the end of an integration, for a restart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Finish {
    /// Next step size, as if the integration had gone on; a step shortened only to hit the end does
    /// not count.
    pub next_step: f64,
    /// Size that the error of the first step would have allowed: the first size to try after the
    /// next event of this kind.
    pub first_step: f64,
}

/// Most steps, accepted and rejected, of integrations that follow one another.
///
/// A problem whose steps shrink without end does not use up what many integrations need together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StepLimit {
    /// Of all together.
    pub total: u64,
    /// Of the first integration.
    pub first: u64,
    /// Added by each integration, used there or later.
    pub each: u64,
}

impl StepLimit {
    /// The same limit for one integration and for many.
    pub(crate) const fn of_all(total: u64) -> Self {
        Self { total, first: total, each: 0 }
    }

    /// Most steps until the end of the integration that is in progress.
    pub(super) const fn steps(self, done: &Statistics) -> u64 {
        let allowed = self.first.saturating_add(self.each.saturating_mul(done.integrations));
        if allowed < self.total { allowed } else { self.total }
    }
}

/// Work done so far, summed over all calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Statistics {
    pub integrations: u64,
    pub accepted: u64,
    pub rejected: u64,
    /// Evaluations of the system with plain numbers.
    pub rate_calls: u64,
    /// Evaluations of the Jacobian, which give the rates as well.
    pub jacobian_calls: u64,
}
