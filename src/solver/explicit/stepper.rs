//! The only contact with `ode_solvers`: one call of one stepper on scaled states.

use super::ExplicitMethod;
use crate::error::defect::OrDefect as _;
use crate::solver::{Contribution, System};
use nalgebra::SVector;
use ode_solvers::dop_shared::{IntegrationError, OutputType, Stats};
use ode_solvers::{Dop853, Dopri5};
use std::cell::Cell;

/// Accepted steps between tests for stiffness (the crate's default).
const STIFFNESS_INTERVAL: u32 = 1000;
/// Most terms, as for the Rosenbrock method.
pub(crate) const TERM_CAPACITY: usize = 256;

/// A system whose states are in units of their absolute tolerances.
pub(crate) struct Scaled<'a, M, const N: usize> {
    pub system: &'a M,
    pub contributions: &'a [Contribution],
    pub scales: &'a SVector<f64, N>,
    pub calls: &'a Cell<u64>,
    /// The state whose rate was not finite since the last accepted step.
    pub not_finite: &'a Cell<Option<usize>>,
}

impl<M, const N: usize> Clone for Scaled<'_, M, N> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<M, const N: usize> Copy for Scaled<'_, M, N> {}

impl<M: System, const N: usize> Scaled<'_, M, N> {
    /// Rates of the scaled states and, in the last place, of the time held there.
    pub(crate) fn rates(&self, scaled: &SVector<f64, N>) -> SVector<f64, N> {
        self.calls.set(self.calls.get() + 1);
        let state = scaled.component_mul(self.scales);
        let mut all_terms = [0.0; TERM_CAPACITY];
        let terms = all_terms.get_mut(..M::TERMS).or_defect("more terms than room");
        if let Some((time, state)) = state.as_slice().split_last() {
            self.system.terms(*time, state, terms);
        }
        let mut rates = SVector::<f64, N>::zeros();
        for part in self.contributions {
            if let (Some(rate), Some(term)) = (rates.get_mut(part.state), terms.get(part.term)) {
                *rate += part.factor * term;
            }
        }
        if let Some(held) = self.system.held() {
            for state in held.states {
                if let Some(rate) = rates.get_mut(*state) {
                    *rate *= held.factor;
                }
            }
        }
        if let Some(rate) = rates.as_mut_slice().last_mut() {
            *rate = 1.0;
        }
        if let Some(state) = rates.iter().position(|rate: &f64| !rate.is_finite()) {
            self.not_finite.set(Some(state));
        }
        rates.component_div(self.scales)
    }

    /// The state that changes fastest relative to its size.
    pub(crate) fn fastest(&self, scaled: &SVector<f64, N>) -> Option<usize> {
        let rates = self.rates(scaled);
        let share = |state: usize| {
            let size = scaled.get(state).map_or(0.0, |value| value.abs());
            rates.get(state).map_or(0.0, |rate| rate.abs()) / (1.0 + size)
        };
        (0..N - 1).max_by(|&a, &b| share(a).total_cmp(&share(b)))
    }
}

impl<M: System, const N: usize> ode_solvers::System<f64, SVector<f64, N>> for Scaled<'_, M, N> {
    fn system(&self, _: f64, scaled: &SVector<f64, N>, rates: &mut SVector<f64, N>) {
        *rates = self.rates(scaled);
    }

    fn solout(&mut self, _: f64, _: &SVector<f64, N>, _: &SVector<f64, N>) -> bool {
        self.not_finite.set(None);
        false
    }
}

pub(crate) struct StepperResult<const N: usize> {
    /// End and state of each accepted step; the last is exactly at the end if nothing failed.
    pub steps: Vec<(f64, SVector<f64, N>)>,
    /// Number of rejected steps, or the error that ended the call early.
    pub outcome: Result<u64, IntegrationError>,
    /// The state whose rate was not finite after the last accepted step.
    pub not_finite: Option<usize>,
}

/// Calls `method` over `span` from `start`, at most `limit` steps; `step` 0 leaves the first
/// step size to the crate. Parameters are those of Hairer, Nørsett & Wanner's programs.
pub(crate) fn run_stepper<M: System, const N: usize>(
    method: ExplicitMethod,
    scaled: &Scaled<'_, M, N>,
    span: [f64; 2],
    start: SVector<f64, N>,
    step: f64,
    relative: f64,
    limit: u32,
) -> StepperResult<N> {
    let ([begin, end], output) = (span, OutputType::Sparse);
    let (all, tests) = (end - begin, STIFFNESS_INTERVAL);
    // The mean square error must not be diluted by the time, which has none.
    let share = ((N - 1) as f64 / N as f64).sqrt();
    let relative = relative * share;
    let (outcome, times, states) = match method {
        ExplicitMethod::Dopri5 => {
            let mut stepper = Dopri5::from_param(
                *scaled, begin, end, all, start, relative, share, 0.9, 0.04, 0.2, 10.0, all, step,
                limit, tests, output,
            );
            let outcome = stepper.integrate();
            (outcome, stepper.x_out().clone(), stepper.y_out().clone())
        }
        ExplicitMethod::Dop853 => {
            let mut stepper = Dop853::from_param(
                *scaled, begin, end, all, start, relative, share, 0.9, 0.0, 0.333, 6.0, all, step,
                limit, tests, output,
            );
            let outcome = stepper.integrate();
            (outcome, stepper.x_out().clone(), stepper.y_out().clone())
        }
    };
    let mut steps: Vec<_> = times.into_iter().zip(states).skip(1).collect();
    if let (Ok(_), Some((time, _))) = (&outcome, steps.last_mut()) {
        *time = end;
    }
    let rejected = |stats: Stats| u64::from(stats.rejected_steps);
    StepperResult { steps, outcome: outcome.map(rejected), not_finite: scaled.not_finite.get() }
}
