//! One step of Rodas5P, generic over its number: a lane may have its own step size.
#![allow(clippy::indexing_slicing)] // arrays of fixed capacity, indices below it

use super::System;
use super::linear::LinearSolver;
use super::structure::{STATE_CAPACITY, Structure, TERM_CAPACITY, Vector, each_state};
use super::tableau::{
    A2, A3, A4, A5, A6, C2, C3, C4, C5, C6, C7, C8, STAGES, TIME_SHARE, TIME_WEIGHT,
};
use crate::error::defect::{OrDefect as _, defect};
use crate::real::Real;

/// All vectors of a step; nothing is allocated while stepping.
pub(crate) struct Workspace<S> {
    /// State before the step.
    pub start: Vector<S>,
    pub rates: Vector<S>,
    pub time_rates: Vector<S>,
    /// State of the stage at work; after the attempt, the state after the step.
    pub trial: Vector<S>,
    /// u₁ to u₈; the last is the estimate of the error.
    pub stages: [Vector<S>; STAGES],
    terms: [S; TERM_CAPACITY],
}

impl<S: Real<Scalar = S>> Workspace<S> {
    pub(crate) fn new() -> Self {
        let zero = [S::zero(); STATE_CAPACITY];
        Self {
            start: zero,
            rates: zero,
            time_rates: zero,
            trial: zero,
            stages: [zero; STAGES],
            terms: [S::zero(); TERM_CAPACITY],
        }
    }

    /// Tries a step of size `step` from `start` at `time` with the factors of that size.
    #[inline(always)]
    pub(crate) fn attempt<M: System<S>, L: LinearSolver<S>>(
        &mut self,
        structure: &Structure,
        system: &M,
        factors: &L,
        time: S,
        step: S,
    ) {
        let states = structure.states.min(STATE_CAPACITY);
        let per_step = S::one() / step;
        self.trial[..states].copy_from_slice(&self.start[..states]);
        for stage in 0..STAGES {
            let weight = step * S::number(TIME_WEIGHT[stage]);
            self.combine(states, stage, per_step, weight);
            if stage == 0 {
                let (right, rates) = (&mut self.stages[0], &self.rates);
                for i in each_state::<S>(states) {
                    right[i] = right[i] + rates[i];
                }
            } else {
                let time = time + step * S::number(TIME_SHARE[stage]);
                let terms = &mut self.terms[..structure.terms];
                system.terms(time, &self.trial[..states], terms);
                structure.stoichiometry.add_rates(&self.terms, &mut self.stages[stage]);
                if let Some(held) = system.held() {
                    held.slow(&mut self.stages[stage]);
                }
            }
            factors.solve(structure, &mut self.stages[stage]);
        }
        advance(states, &self.stages, &mut self.trial);
    }

    /// Sets the state of a stage, and its right side but for the rates.
    #[inline(always)]
    fn combine(&mut self, states: usize, stage: usize, per_step: S, weight: S) {
        let (done, open) = self.stages.split_at_mut(stage);
        let right = open.first_mut().or_defect("a stage that does not exist");
        let time_rates = &self.time_rates;
        for i in each_state::<S>(states) {
            right[i] = time_rates[i] * weight;
        }
        let (start, trial) = (&self.start, &mut self.trial);
        match stage {
            0 => ((), ()),
            1 => (sum(states, done, A2, start, trial), add(states, done, C2, per_step, right)),
            2 => (sum(states, done, A3, start, trial), add(states, done, C3, per_step, right)),
            3 => (sum(states, done, A4, start, trial), add(states, done, C4, per_step, right)),
            4 => (sum(states, done, A5, start, trial), add(states, done, C5, per_step, right)),
            5 => (sum(states, done, A6, start, trial), add(states, done, C6, per_step, right)),
            6 => (advance(states, done, trial), add(states, done, C7, per_step, right)),
            7 => (advance(states, done, trial), add(states, done, C8, per_step, right)),
            _ => defect("a stage without coefficients"),
        };
    }
}

/// `result` = `base` + Σ coefficient · stage.
#[inline(always)]
fn sum<S: Real<Scalar = S>, const K: usize>(
    states: usize,
    stages: &[Vector<S>],
    coefficients: [f64; K],
    base: &Vector<S>,
    result: &mut Vector<S>,
) {
    let stages = stages.first_chunk::<K>().or_defect("stages that are not done");
    for i in each_state::<S>(states) {
        let mut sum = base[i];
        for k in 0..K {
            sum = sum + stages[k][i] * S::number(coefficients[k]);
        }
        result[i] = sum;
    }
}

/// `result` += `per_step` · Σ coefficient · stage.
#[inline(always)]
fn add<S: Real<Scalar = S>, const K: usize>(
    states: usize,
    stages: &[Vector<S>],
    coefficients: [f64; K],
    per_step: S,
    result: &mut Vector<S>,
) {
    let stages = stages.first_chunk::<K>().or_defect("stages that are not done");
    for i in each_state::<S>(states) {
        let mut sum = stages[0][i] * S::number(coefficients[0]);
        for k in 1..K {
            sum = sum + stages[k][i] * S::number(coefficients[k]);
        }
        result[i] = result[i] + sum * per_step;
    }
}

/// `state` += the last stage done.
#[inline(always)]
fn advance<S: Real<Scalar = S>>(states: usize, done: &[Vector<S>], state: &mut Vector<S>) {
    let last = done.last().or_defect("stages that are not done");
    for i in each_state::<S>(states) {
        state[i] = state[i] + last[i];
    }
}
