//! The parts of a step for one system: Jacobian, factors, attempt, initial step, failure.

use super::System;
use super::attempt::Workspace;
use super::failure::{Failure, FailureKind};
use super::jacobian::Jacobian;
use super::linear::SafeFactors;
use super::structure::{Structure, Vector};
use super::tableau::GAMMA;
use super::tolerance::Tolerances;
use crate::real::Real;
use std::sync::Arc;

/// Work space and tolerances for the steps of one system at a time.
pub(crate) struct ScalarStepper {
    pub structure: Arc<Structure>,
    pub tolerances: Tolerances,
    pub workspace: Box<Workspace<f64>>,
    pub jacobian: Jacobian<f64>,
    factors: SafeFactors,
}

impl ScalarStepper {
    /// Errors: [`FailureKind::Unsupported`] if there is not one tolerance per state.
    pub(crate) fn new(structure: Arc<Structure>, tolerances: Tolerances) -> Result<Self, Failure> {
        if tolerances.len() != structure.states {
            return Err(Failure::at(FailureKind::Unsupported, 0.0));
        }
        Ok(Self {
            tolerances,
            workspace: Box::new(Workspace::new()),
            jacobian: Jacobian::new(&structure),
            factors: SafeFactors::new(&structure),
            structure,
        })
    }

    /// Jacobian and rates at the start of a step.
    ///
    /// Errors: [`FailureKind::NotFinite`] if one of them is not finite.
    pub(crate) fn linearize<M: System>(
        &mut self,
        system: &M,
        time: f64,
        state: &[f64],
    ) -> Result<(), Failure> {
        let workspace = &mut *self.workspace;
        for (place, value) in workspace.start.iter_mut().zip(state) {
            *place = *value;
        }
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
        let not_finite = rates.clone().position(|(rate, by_time)| !(rate + by_time).is_finite());
        if not_finite.is_some() || !entries.is_finite() {
            return Err(Failure { kind: FailureKind::NotFinite, time, state: not_finite });
        }
        Ok(())
    }

    /// Attempts a step from the point of linearization; gives its error in tolerances.
    pub(crate) fn attempt<M: System>(
        &mut self,
        system: &M,
        time: f64,
        step: f64,
        pivoted: bool,
    ) -> f64 {
        let shift = 1.0 / (step * GAMMA);
        self.factors.factor(&self.structure, &self.jacobian.entries, shift, pivoted);
        self.workspace.attempt(&self.structure, system, &self.factors, time, step);
        let [.., error] = &self.workspace.stages;
        let (before, after) = (&self.workspace.start, &self.workspace.trial);
        self.tolerances.error(before, after, error)
    }

    /// A first step after which the second-order term is a small share of the tolerance's root.
    ///
    /// y″ = J·f + ∂f/∂t is exact here, so that no trial evaluation is needed (the rule is that
    /// of Hairer, Nørsett & Wanner, section II.4).
    pub(crate) fn initial_step(&self, remaining: f64) -> f64 {
        let workspace = &self.workspace;
        let second =
            self.jacobian.product(&self.structure, &workspace.rates, &workspace.time_rates);
        let norm = |vector: &Vector<f64>| {
            self.tolerances.error(&workspace.start, &workspace.start, vector)
        };
        let (size, slope, curvature) =
            (norm(&workspace.start), norm(&workspace.rates), norm(&second));
        let by_slope = if size < 1e-5 || slope < 1e-5 { 1e-6 } else { 0.01 * size / slope };
        let steepest = slope.max(curvature);
        let by_curvature =
            if steepest <= 1e-15 { remaining } else { Real::powf(0.01 / steepest, 0.2) };
        let step = by_curvature.min(100.0 * by_slope).min(remaining);
        if step > 0.0 { step } else { remaining }
    }

    /// The failure of a step that can shrink no more, with the state that causes it.
    pub(crate) fn too_small(&self, time: f64, error: f64) -> Failure {
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
