//! Rodas5P with adaptive steps: implicit, order 5, for stiff and nonstiff problems alike.

use super::System;
use super::attempt::Workspace;
use super::dense_output::interpolate;
use super::failure::{Failure, FailureKind};
use super::jacobian::Jacobian;
use super::linear::SafeFactors;
use super::step::{Finish, Observer, Statistics, StepView};
use super::step_size::Controller;
use super::structure::{Structure, Vector};
use super::tableau::{GAMMA, STAGES};
use super::tolerance::Tolerances;
use crate::real::Real;
use std::sync::Arc;

/// Consecutive rejections by a huge or non-finite error after which the attempt is pivoted.
const DOUBTFUL_REJECTIONS: u32 = 2;
/// An error, in tolerances, that rouses doubt in the factors.
const HUGE_ERROR: f64 = 1e6;

/// A Rosenbrock method made ready for systems of one structure.
pub struct Rosenbrock {
    structure: Arc<Structure>,
    tolerances: Tolerances,
    /// Most steps, accepted and rejected, summed over all calls.
    pub step_limit: u64,
    /// Largest step size.
    pub largest_step: f64,
    statistics: Statistics,
    workspace: Box<Workspace<f64>>,
    jacobian: Jacobian<f64>,
    factors: SafeFactors,
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
        if tolerances.len() != structure.states {
            return Err(Failure::at(FailureKind::Unsupported, 0.0));
        }
        Ok(Self {
            tolerances,
            step_limit: 50_000_000,
            largest_step: f64::INFINITY,
            statistics: Statistics::default(),
            workspace: Box::new(Workspace::new()),
            jacobian: Jacobian::new(&structure),
            factors: SafeFactors::new(&structure),
            structure,
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
        if state.len() != self.structure.states {
            return Err(Failure::at(FailureKind::Unsupported, start));
        }
        if !(start.is_finite() && end.is_finite()) {
            return Err(Failure::at(FailureKind::NotFinite, start));
        }
        let usable = first_step.filter(|step| *step > 0.0 && step.is_finite());
        let mut controller = Controller::new(usable.unwrap_or(0.0), self.largest_step);
        let (mut time, mut taken_first) = (start, None);
        while time < end {
            self.linearize(system, time, state)?;
            if controller.wanted <= 0.0 {
                controller = Controller::new(self.initial_step(end - time), self.largest_step);
            }
            let (reached, step) = self.advance(system, time, end, &mut controller)?;
            taken_first = taken_first.or(Some(controller.wanted));
            state.copy_from_slice(self.trial());
            let workspace = &self.workspace;
            let interpolant = |at: f64, result: &mut [f64]| {
                let share = if at >= reached { 1.0 } else { (at - time) / step };
                interpolate(workspace, share, result);
            };
            let view = StepView { start: time, end: reached, state, interpolant: &interpolant };
            let go_on = observer(&view);
            time = reached;
            if !go_on {
                return Err(Failure::at(FailureKind::Stopped, time));
            }
        }
        let next_step = controller.wanted;
        Ok(Finish { next_step, first_step: taken_first.unwrap_or(next_step) })
    }

    /// Jacobian and rates at the start of a step.
    fn linearize<M: System>(
        &mut self,
        system: &M,
        time: f64,
        state: &[f64],
    ) -> Result<(), Failure> {
        let workspace = &mut *self.workspace;
        for (place, value) in workspace.start.iter_mut().zip(state) {
            *place = *value;
        }
        self.statistics.jacobian_calls += 1;
        self.jacobian.evaluate(
            &self.structure,
            system,
            time,
            &workspace.start,
            &mut workspace.rates,
            &mut workspace.time_rates,
        );
        let entries: f64 = self.jacobian.entries.iter().map(|entry| entry.abs()).sum();
        let rates = workspace.rates.iter().zip(&workspace.time_rates).take(state.len());
        let unsound = rates.clone().position(|(rate, by_time)| !(rate + by_time).is_finite());
        if unsound.is_some() || !entries.is_finite() {
            return Err(Failure { kind: FailureKind::NotFinite, time, state: unsound });
        }
        Ok(())
    }

    /// Attempts until one is accepted; gives the time reached and the size of the step.
    fn advance<M: System>(
        &mut self,
        system: &M,
        time: f64,
        end: f64,
        controller: &mut Controller,
    ) -> Result<(f64, f64), Failure> {
        let mut doubts = 0;
        loop {
            let steps = self.statistics.accepted + self.statistics.rejected;
            if steps >= self.step_limit {
                let kind = FailureKind::TooManySteps { limit: self.step_limit };
                return Err(Failure::at(kind, time));
            }
            let plan = controller.plan(end - time);
            let error = self.attempt(system, time, plan.step, doubts >= DOUBTFUL_REJECTIONS);
            if error <= 1.0 {
                controller.accept(plan.step, error);
                self.statistics.accepted += 1;
                return Ok((if plan.last { end } else { time + plan.step }, plan.step));
            }
            doubts = if error < HUGE_ERROR { 0 } else { doubts + 1 };
            controller.reject(plan.step, error);
            self.statistics.rejected += 1;
            let resolution = 16.0 * f64::EPSILON * time.abs();
            if controller.wanted <= resolution.max(f64::MIN_POSITIVE) {
                return Err(self.too_small(time, error));
            }
        }
    }

    /// One attempt; gives its error in tolerances.
    fn attempt<M: System>(&mut self, system: &M, time: f64, step: f64, pivoted: bool) -> f64 {
        let shift = 1.0 / (step * GAMMA);
        self.factors.factor(&self.structure, &self.jacobian.entries, shift, pivoted);
        self.workspace.attempt(&self.structure, system, &self.factors, time, step);
        self.statistics.rate_calls += STAGES as u64 - 1;
        let [.., error] = &self.workspace.stages;
        let (before, after) = (&self.workspace.start, &self.workspace.trial);
        self.tolerances.error(before, after, error)
    }

    /// State after the attempt.
    fn trial(&self) -> &[f64] {
        self.workspace.trial.get(..self.structure.states).unwrap_or_default()
    }

    /// A first step after which the second-order term is a small share of the tolerance's root.
    ///
    /// y″ = J·f + ∂f/∂t is exact here, so that no trial evaluation is needed (the rule is that
    /// of Hairer, Nørsett & Wanner, section II.4).
    fn initial_step(&self, remaining: f64) -> f64 {
        let workspace = &self.workspace;
        let second =
            self.jacobian.product(&self.structure, &workspace.rates, &workspace.time_rates);
        let norm = |vector: &Vector<f64>| {
            self.tolerances.error(&workspace.start, &workspace.start, vector)
        };
        let (size, slope, bend) = (norm(&workspace.start), norm(&workspace.rates), norm(&second));
        let by_slope = if size < 1e-5 || slope < 1e-5 { 1e-6 } else { 0.01 * size / slope };
        let steepest = slope.max(bend);
        let by_bend = if steepest <= 1e-15 { remaining } else { Real::powf(0.01 / steepest, 0.2) };
        let step = by_bend.min(100.0 * by_slope).min(remaining);
        if step > 0.0 { step } else { remaining }
    }

    /// The step can shrink no more: names the state to blame.
    fn too_small(&self, time: f64, error: f64) -> Failure {
        let [.., errors] = &self.workspace.stages;
        let (start, trial) = (&self.workspace.start, &self.workspace.trial);
        if !error.is_finite() {
            let mut ends = errors.iter().zip(trial).take(self.structure.states);
            let state = ends.position(|(error, end)| !(error + end).is_finite());
            return Failure { kind: FailureKind::NotFinite, time, state };
        }
        let state = self.tolerances.worst(start, errors);
        Failure { kind: FailureKind::StepTooSmall, time, state }
    }
}
