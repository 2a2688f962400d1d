//! Exact Jacobian and derivative by time, by dual numbers through the terms.
//!
//! A term reads few states, so states that no term reads together share a direction; one pass
//! over the system gives all entries if the directions suffice, and the rates on top.
#![allow(clippy::indexing_slicing)] // the plan holds indices into arrays of its own making

use super::coloring::color_variables;
use super::structure::{STATE_CAPACITY, Structure, TERM_CAPACITY, Vector, slot};
use super::{Contribution, System};
use crate::real::{Dual, Pattern, Real};

/// Directions of differentiation of one pass.
pub const DIRECTIONS: usize = 8;

/// Adds the derivative of a term in a direction, times a factor, to entry `target`.
#[derive(Clone, Copy, Debug)]
struct Scatter {
    target: u16,
    term: u8,
    direction: u8,
    factor: f64,
}

/// One evaluation of the system: what to seed, and where the derivatives go.
#[derive(Clone, Debug)]
struct Pass {
    /// Direction of each variable, time last; [`DIRECTIONS`] for none.
    seeds: Vec<usize>,
    entries: Vec<Scatter>,
    time_rates: Vec<Scatter>,
}

/// How to fill the Jacobian: its columns row by row in the order of elimination.
#[derive(Clone, Debug)]
pub struct JacobianPlan {
    /// Columns of all rows.
    pub columns: Vec<u8>,
    /// End of each row in `columns`.
    pub ends: Vec<u16>,
    passes: Vec<Pass>,
}

/// Numbers of a Jacobian and the space that evaluating it takes, `N` directions at a time.
///
/// `N` divides [`DIRECTIONS`] and does not change a bit: an entry is one direction's.
pub struct Jacobian<S, const N: usize = DIRECTIONS> {
    /// Entries in the order of [`JacobianPlan::columns`].
    pub entries: Vec<S>,
    state: Box<Vector<Dual<S, N>>>,
    terms: Box<[Dual<S, N>; TERM_CAPACITY]>,
    values: Box<[S; TERM_CAPACITY]>,
}

impl JacobianPlan {
    /// `reads`: the states that each rate depends on, as bits; `order`: rows as eliminated.
    pub fn new(
        contributions: &[Contribution],
        patterns: &[Pattern],
        states: usize,
        order: &[u8],
        reads: &[u128],
    ) -> Self {
        let (mut columns, mut ends) = (Vec::new(), Vec::new());
        let mut starts = vec![0; states];
        for &row in order {
            starts[usize::from(row)] = columns.len();
            columns.extend(
                (0..states).filter(|s| reads[usize::from(row)] >> s & 1 == 1).map(|s| s as u8),
            );
            ends.push(columns.len() as u16);
        }
        let position = |row: usize, column: usize| {
            starts[row] + (reads[row] & ((1 << column) - 1)).count_ones() as usize
        };
        let colors = color_variables(patterns, states + 1);
        let count = colors.iter().flatten().max().map_or(1, |most| most / DIRECTIONS + 1);
        let passes = (0..count)
            .map(|pass| Pass::new(pass, &colors, contributions, patterns, &position))
            .collect();
        Self { columns, ends, passes }
    }

    /// Number of evaluations of the system that one Jacobian takes.
    #[cfg(test)]
    pub fn pass_count(&self) -> usize {
        self.passes.len()
    }
}

impl Pass {
    fn new(
        pass: usize,
        colors: &[Option<usize>],
        contributions: &[Contribution],
        patterns: &[Pattern],
        position: &impl Fn(usize, usize) -> usize,
    ) -> Self {
        let time = colors.len() - 1;
        let seed = |color: &Option<usize>| match color {
            Some(color) if color / DIRECTIONS == pass => color % DIRECTIONS,
            _ => DIRECTIONS,
        };
        let seeds: Vec<usize> = colors.iter().map(seed).collect();
        let (mut entries, mut time_rates) = (Vec::new(), Vec::new());
        for part in contributions {
            for variable in patterns[part.term].variables().filter(|&v| seeds[v] < DIRECTIONS) {
                let to_entry = |target: usize| Scatter {
                    target: target as u16,
                    term: part.term as u8,
                    direction: seeds[variable] as u8,
                    factor: part.factor,
                };
                if variable == time {
                    time_rates.push(to_entry(part.state));
                } else {
                    entries.push(to_entry(position(part.state, variable)));
                }
            }
        }
        entries.sort_by_key(|entry| entry.target);
        Self { seeds, entries, time_rates }
    }
}

impl<S: Real<Scalar = S>, const N: usize> Jacobian<S, N> {
    /// Space for the Jacobian of `structure`.
    pub fn new(structure: &Structure) -> Self {
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
    pub fn evaluate<M: System<S>>(
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
                self.group(structure, pass, first, system, time, state, time_rates);
            }
        }
        for (value, term) in self.values.iter_mut().zip(self.terms.iter()).take(terms) {
            *value = term.value;
        }
        rates[..states].fill(S::zero());
        structure.stoichiometry.add_rates(&self.values, rates);
    }

    /// One evaluation of the system with `N` directions of a pass from `first` on.
    #[allow(clippy::too_many_arguments)] // all of them hot and borrowed apart
    #[inline(always)]
    fn group<M: System<S>>(
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
        let of_group = |part: &&Scatter| usize::from(part.direction).wrapping_sub(first) < N;
        for part in pass.entries.iter().filter(of_group) {
            let slope = self.slope(part);
            let entry = &mut self.entries[usize::from(part.target)];
            *entry = *entry + slope;
        }
        for part in pass.time_rates.iter().filter(of_group) {
            let target = usize::from(part.target);
            time_rates[target] = time_rates[target] + self.slope(part);
        }
    }

    /// J·`vector` + `offset`.
    pub fn product(
        &self,
        structure: &Structure,
        vector: &Vector<S>,
        offset: &Vector<S>,
    ) -> Vector<S> {
        let mut result = *offset;
        let (plan, mut start) = (&structure.jacobian, 0);
        for (&row, &end) in structure.elimination.order().iter().zip(&plan.ends) {
            let range = start..usize::from(end);
            for (&column, &entry) in plan.columns[range.clone()].iter().zip(&self.entries[range]) {
                result[slot(row)] = result[slot(row)] + entry * vector[slot(column)];
            }
            start = usize::from(end);
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
