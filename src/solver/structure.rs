//! The structure of a system, computed once: stoichiometry, sparsity pattern, order of elimination.
#![allow(clippy::indexing_slicing)] // fixed capacities, checked once by [`Structure::new`]

pub(crate) use super::capacity::{STATE_CAPACITY, TERM_CAPACITY, Vector, each_state, slot};

use super::coloring::term_patterns;
use super::failure::{Failure, FailureKind};
use super::jacobian_plan::JacobianPlan;
use super::sparse_lu::Elimination;
use super::{Contribution, Held, System};
use crate::real::Real;

/// Most states; a [`crate::real::Pattern`] has 128 variables, of which one is the time.
const MOST_STATES: usize = 127;

/// The rate of change of a state: a range of [`Stoichiometry::parts`].
#[derive(Clone, Debug)]
pub(crate) struct Stoichiometry {
    ends: Vec<u16>,
    parts: Vec<(u8, f64)>,
}

impl Stoichiometry {
    fn new(contributions: &[Contribution], states: usize) -> Self {
        let (mut ends, mut parts) = (Vec::new(), Vec::new());
        for state in 0..states {
            for part in contributions.iter().filter(|part| part.state == state) {
                parts.push((part.term as u8, part.factor));
            }
            ends.push(parts.len() as u16);
        }
        Self { ends, parts }
    }

    #[inline(always)]
    pub(crate) fn add_rates<S: Real<Scalar = S>>(
        &self,
        terms: &[S; TERM_CAPACITY],
        rates: &mut Vector<S>,
    ) {
        let mut start = 0;
        for (&end, rate) in self.ends.iter().zip(rates) {
            let end = usize::from(end);
            if let Some(parts) = self.parts.get(start..end) {
                for &(term, factor) in parts {
                    *rate = *rate + terms[usize::from(term)] * S::number(factor);
                }
            }
            start = end;
        }
    }
}

impl<S: Real<Scalar = S>> Held<S> {
    /// Applies the factor to the held states of a vector, whose other parts must be zero while they
    /// are held.
    #[inline(always)]
    pub(super) fn slow(&self, vector: &mut Vector<S>) {
        for &state in self.states {
            vector[state] = vector[state] * self.factor;
        }
    }
}

/// Everything about a system that its parameters do not change.
#[derive(Clone, Debug)]
pub(crate) struct Structure {
    pub states: usize,
    pub terms: usize,
    pub stoichiometry: Stoichiometry,
    pub jacobian: JacobianPlan,
    pub elimination: Elimination,
}

impl Structure {
    /// Computes the structure; [`FailureKind::Unsupported`] if the system does not fit.
    pub(crate) fn new<M: System>(system: &M) -> Result<Self, Failure> {
        let (states, terms) = (M::STATES, M::TERMS);
        let contributions = system.contributions();
        let is_valid = states <= MOST_STATES
            && terms <= TERM_CAPACITY
            && contributions.len() <= usize::from(u16::MAX)
            && contributions.iter().all(|part| part.state < states && part.term < terms);
        if !is_valid {
            return Err(Failure::at(FailureKind::Unsupported, 0.0));
        }
        let patterns = term_patterns(system);
        let mut reads = vec![0_u128; states];
        for part in &contributions {
            let pattern = patterns[part.term];
            reads[part.state] |= (0..states)
                .filter(|&state| pattern.contains(state))
                .fold(0, |bits, s| bits | 1 << s);
        }
        let elimination = Elimination::new(&reads);
        let jacobian =
            JacobianPlan::new(&contributions, &patterns, states, &elimination.order, &reads);
        let stoichiometry = Stoichiometry::new(&contributions, states);
        Ok(Self { states, terms, stoichiometry, jacobian, elimination })
    }

    /// Row and column of each entry of the Jacobian, in their order.
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let columns = |row| self.jacobian.columns[self.jacobian.row(row)].iter();
        let rows = self.elimination.order.iter().map(|row| slot(*row));
        rows.flat_map(move |row| columns(row).map(move |column| (row, slot(*column))))
    }
}
