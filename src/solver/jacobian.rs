//! Exact Jacobian and derivative by time, by dual numbers through the terms.
//!
//! `jacobian_plan` says which derivatives share an evaluation; the rates come on top.
#![allow(clippy::indexing_slicing)] // the plan holds indices into arrays of its own making

use super::System;
use super::capacity::{STATE_CAPACITY, TERM_CAPACITY, Vector};
use super::jacobian_plan::{DIRECTIONS, Pass, Scatter};
use super::structure::Structure;
use crate::real::{Dual, Real};

/// Entries of a Jacobian and the work space of its evaluation, `N` directions at a time.
///
/// `N` divides [`DIRECTIONS`] and does not change a bit: an entry is one direction's.
pub(crate) struct Jacobian<S, const N: usize = DIRECTIONS> {
    /// Entries in the order of the plan's `columns`.
    pub entries: Vec<S>,
    state: Box<Vector<Dual<S, N>>>,
    terms: Box<[Dual<S, N>; TERM_CAPACITY]>,
    values: Box<[S; TERM_CAPACITY]>,
}

impl<S: Real<Scalar = S>, const N: usize> Jacobian<S, N> {
    /// Space for the Jacobian of `structure`.
    pub(crate) fn new(structure: &Structure) -> Self {
        let zero = Dual::fixed(S::zero());
        Self {
            entries: vec![S::zero(); structure.jacobian.columns.len()],
            state: Box::new([zero; STATE_CAPACITY]),
            terms: Box::new([zero; TERM_CAPACITY]),
            values: Box::new([S::zero(); TERM_CAPACITY]),
        }
    }

    /// Evaluates the entries, the rates and the derivative of the rates by time.
    #[inline(always)]
    pub(crate) fn evaluate<M: System<S>>(
        &mut self,
        structure: &Structure,
        system: &M,
        time: S,
        state: &Vector<S>,
        rates: &mut Vector<S>,
        time_rates: &mut Vector<S>,
    ) {
        let (states, terms) = (structure.states, structure.terms);
        self.entries.fill(S::zero());
        time_rates[..states].fill(S::zero());
        for pass in &structure.jacobian.passes {
            for first in (0..DIRECTIONS).step_by(N) {
                self.evaluate_group(structure, pass, first, system, time, state, time_rates);
            }
        }
        for (value, term) in self.values.iter_mut().zip(self.terms.iter()).take(terms) {
            *value = term.value;
        }
        rates[..states].fill(S::zero());
        structure.stoichiometry.add_rates(&self.values, rates);
        if let Some(held) = system.held() {
            held.slow(rates);
            held.slow(time_rates);
            for &state in held.states {
                let row = structure.jacobian.row(state);
                for entry in &mut self.entries[row] {
                    *entry = *entry * held.factor;
                }
            }
        }
    }

    /// One evaluation of the system with `N` directions of a pass from `first` on.
    #[allow(clippy::too_many_arguments)] // all of them hot and borrowed apart
    #[inline(always)]
    fn evaluate_group<M: System<S>>(
        &mut self,
        structure: &Structure,
        pass: &Pass,
        first: usize,
        system: &M,
        time: S,
        state: &Vector<S>,
        time_rates: &mut Vector<S>,
    ) {
        let (states, terms) = (structure.states, structure.terms);
        for ((dual, &value), &seed) in self.state.iter_mut().zip(state).zip(&pass.seeds) {
            *dual = Dual::seeded(value, seed.wrapping_sub(first));
        }
        let time = Dual::seeded(time, pass.seeds[states].wrapping_sub(first));
        system.terms(time, &self.state[..states], &mut self.terms[..terms]);
        let is_in_group = |part: &&Scatter| usize::from(part.direction).wrapping_sub(first) < N;
        for part in pass.entries.iter().filter(is_in_group) {
            let slope = self.slope(part);
            let entry = &mut self.entries[usize::from(part.target)];
            *entry = *entry + slope;
        }
        for part in pass.time_rates.iter().filter(is_in_group) {
            let target = usize::from(part.target);
            time_rates[target] = time_rates[target] + self.slope(part);
        }
    }

    /// J·`vector` + `offset`.
    pub(crate) fn product(
        &self,
        structure: &Structure,
        vector: &Vector<S>,
        offset: &Vector<S>,
    ) -> Vector<S> {
        let mut result = *offset;
        for ((row, column), &entry) in structure.places().zip(&self.entries) {
            result[row] = result[row] + entry * vector[column];
        }
        result
    }

    #[inline(always)]
    fn slope(&self, part: &Scatter) -> S {
        let tangent = &self.terms[usize::from(part.term)].tangent;
        tangent[usize::from(part.direction) % N] * S::number(part.factor)
    }
}

#[cfg(test)]
mod tests;
