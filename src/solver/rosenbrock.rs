//! Rodas5P with adaptive steps: implicit, order 5, for stiff and nonstiff problems alike.

use super::System;
use super::dense_output::interpolate;
use super::failure::{Failure, FailureKind};
use super::integration::{AttemptResult, Integration};
use super::scalar_stepper::ScalarStepper;
use super::step::{Finish, Observer, Statistics, StepLimit, StepView};
use super::structure::Structure;
use super::tolerance::Tolerances;
use std::sync::Arc;

pub(crate) struct Rosenbrock {
    stepper: ScalarStepper,
    /// Most steps, accepted and rejected, summed over all calls.
    pub step_limit: StepLimit,
    pub largest_step: f64,
    pub statistics: Statistics,
}

impl Rosenbrock {
    /// Computes the structure of `system`.
    ///
    /// Errors: [`FailureKind::Unsupported`] if the system is too large or inconsistent.
    #[cfg(test)]
    pub(crate) fn new(system: &impl System, tolerances: Tolerances) -> Result<Self, Failure> {
        Self::with_structure(Arc::new(Structure::new(system)?), tolerances)
    }

    /// A method for systems of a structure that was computed before.
    ///
    /// Errors: [`FailureKind::Unsupported`] if there is not one tolerance per state.
    pub(crate) fn with_structure(
        structure: Arc<Structure>,
        tolerances: Tolerances,
    ) -> Result<Self, Failure> {
        Ok(Self {
            stepper: ScalarStepper::new(structure, tolerances)?,
            step_limit: StepLimit::of_all(50_000_000),
            largest_step: f64::INFINITY,
            statistics: Statistics::default(),
        })
    }

    /// Integrates `state` from `start` to exactly `end`, forward; nothing to do if `end` is not
    /// later. `first_step` is tried first, or a size computed from the first two derivatives.
    ///
    /// Errors: every kind but [`FailureKind::Stiff`]; `state` is then that of the last step.
    pub(crate) fn integrate<M: System>(
        &mut self,
        system: &M,
        start: f64,
        state: &mut [f64],
        end: f64,
        first_step: Option<f64>,
        observer: &mut Observer<'_>,
    ) -> Result<Finish, Failure> {
        if state.len() != self.stepper.structure.states {
            return Err(Failure::at(FailureKind::Unsupported, start));
        }
        self.statistics.integrations += 1;
        let mut integration = Integration::new(start, end, first_step, self.largest_step)?;
        while !integration.is_done() {
            let time = integration.time;
            self.statistics.jacobian_calls += 1;
            self.stepper.linearize(system, time, state)?;
            if integration.needs_initial_step() {
                integration.set_initial_step(self.stepper.initial_step(integration.remaining()));
            }
            let step = self.advance(system, &mut integration)?;
            for (value, trial) in state.iter_mut().zip(&self.stepper.workspace.trial) {
                *value = *trial;
            }
            let (reached, workspace) = (integration.time, &self.stepper.workspace);
            let interpolant = |at: f64, result: &mut [f64]| {
                let share = if at >= reached { 1.0 } else { (at - time) / step };
                interpolate(workspace, |number| *number, share, result);
            };
            let view = StepView { start: time, end: reached, state, interpolant: &interpolant };
            if !observer(&view) {
                return Err(Failure::at(FailureKind::Stopped, reached));
            }
        }
        Ok(integration.finish())
    }

    /// Attempts until one is accepted; gives the size of the step.
    fn advance<M: System>(
        &mut self,
        system: &M,
        integration: &mut Integration,
    ) -> Result<f64, Failure> {
        loop {
            let planned = integration.plan_step(&self.statistics, self.step_limit)?;
            let (time, pivoted) = (integration.time, integration.needs_pivoting());
            let error = self.stepper.attempt(system, time, planned.step, pivoted);
            match integration.finish_attempt(&planned, error, &mut self.statistics) {
                AttemptResult::Accepted => return Ok(planned.step),
                AttemptResult::Rejected => {}
                AttemptResult::TooSmall => return Err(self.stepper.too_small(time, error)),
            }
        }
    }
}
