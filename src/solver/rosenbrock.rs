//! Rodas5P with adaptive steps: implicit, order 5, for stiff and nonstiff problems alike.

use super::System;
use super::dense_output::interpolate;
use super::failure::{Failure, FailureKind};
use super::progress::{Progress, Verdict};
use super::single::Single;
use super::step::{Finish, Observer, Statistics, StepView};
use super::structure::Structure;
use super::tolerance::Tolerances;
use std::sync::Arc;

/// A Rosenbrock method made ready for systems of one structure.
pub struct Rosenbrock {
    single: Single,
    /// Most steps, accepted and rejected, summed over all calls.
    pub step_limit: u64,
    /// Largest step size.
    pub largest_step: f64,
    statistics: Statistics,
}

impl Rosenbrock {
    /// Works out the structure of `system`.
    ///
    /// Errors: [`FailureKind::Unsupported`] if the system is too large or inconsistent.
    pub fn new(system: &impl System, tolerances: Tolerances) -> Result<Self, Failure> {
        Self::with_structure(Arc::new(Structure::new(system)?), tolerances)
    }

    /// Made ready for systems of a structure worked out before.
    ///
    /// Errors: [`FailureKind::Unsupported`] if there is not one tolerance per state.
    pub fn with_structure(
        structure: Arc<Structure>,
        tolerances: Tolerances,
    ) -> Result<Self, Failure> {
        Ok(Self {
            single: Single::new(structure, tolerances)?,
            step_limit: 50_000_000,
            largest_step: f64::INFINITY,
            statistics: Statistics::default(),
        })
    }

    /// Work done so far.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.statistics
    }

    /// Integrates `state` from `start` to exactly `end`, forward; nothing to do if `end` is not
    /// later. `first_step` is tried first, or a size worked out from the first two derivatives.
    ///
    /// Errors: every kind but [`FailureKind::Stiff`]; `state` is then that of the last step.
    pub fn integrate<M: System>(
        &mut self,
        system: &M,
        start: f64,
        state: &mut [f64],
        end: f64,
        first_step: Option<f64>,
        observer: &mut Observer<'_>,
    ) -> Result<Finish, Failure> {
        if state.len() != self.single.structure.states {
            return Err(Failure::at(FailureKind::Unsupported, start));
        }
        let mut progress = Progress::new(start, end, first_step, self.largest_step)?;
        while !progress.is_done() {
            let time = progress.time;
            self.statistics.jacobian_calls += 1;
            self.single.linearize(system, time, state)?;
            if progress.wants_first_step() {
                progress.begin_with(self.single.initial_step(progress.remaining()));
            }
            let step = self.advance(system, &mut progress)?;
            state.copy_from_slice(self.single.trial());
            let (reached, workspace) = (progress.time, &self.single.workspace);
            let interpolant = |at: f64, result: &mut [f64]| {
                let share = if at >= reached { 1.0 } else { (at - time) / step };
                interpolate(workspace, |number| *number, share, result);
            };
            let view = StepView { start: time, end: reached, state, interpolant: &interpolant };
            if !observer(&view) {
                return Err(Failure::at(FailureKind::Stopped, reached));
            }
        }
        Ok(progress.finish())
    }

    /// Attempts until one is accepted; gives the size of the step.
    fn advance<M: System>(&mut self, system: &M, progress: &mut Progress) -> Result<f64, Failure> {
        loop {
            let plan = progress.plan(&self.statistics, self.step_limit)?;
            let (time, pivoted) = (progress.time, progress.is_doubtful());
            let error = self.single.attempt(system, time, plan.step, pivoted);
            match progress.judge(&plan, error, &mut self.statistics) {
                Verdict::Accepted => return Ok(plan.step),
                Verdict::Rejected => {}
                Verdict::TooSmall => return Err(self.single.too_small(time, error)),
            }
        }
    }
}
