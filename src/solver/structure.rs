//! What is worked out once per system and stays: who reads what, and the order of elimination.
//!
//! Indices are bytes, vectors have a fixed capacity that no byte exceeds: that spares the hot
//! loops their bounds checks without `unsafe`.
#![allow(clippy::indexing_slicing)] // fixed capacities, see above

use super::System;
use super::coloring::term_patterns;
use super::failure::{Failure, FailureKind};
use super::jacobian::JacobianPlan;
use super::sparse_lu::Elimination;
use crate::real::Real;

/// Most states; a [`crate::real::Pattern`] has 128 variables, of which one is the time.
const MOST_STATES: usize = 127;
/// Length of a vector, so that every byte is an index.
///
/// Not a power of two: the same entries of several vectors would compete for the same few lines
/// of the cache.
pub const STATE_CAPACITY: usize = 264;
/// Most terms.
pub const TERM_CAPACITY: usize = 256;

/// A number per state, the unused rest zero.
pub type Vector<S> = [S; STATE_CAPACITY];

/// A byte as an index, which the compiler sees to lie within the capacity.
#[inline(always)]
pub fn slot(index: u8) -> usize {
    usize::from(index)
}

/// The rate of change of a state: a range of [`Stoichiometry::parts`].
#[derive(Clone, Debug)]
pub struct Stoichiometry {
    ends: Vec<u16>,
    parts: Vec<(u8, f64)>,
}

impl Stoichiometry {
    fn new(system: &impl System) -> Self {
        let contributions = system.contributions();
        let (mut ends, mut parts) = (Vec::new(), Vec::new());
        for state in 0..system.state_count() {
            for part in contributions.iter().filter(|part| part.state == state) {
                parts.push((part.term as u8, part.factor));
            }
            ends.push(parts.len() as u16);
        }
        Self { ends, parts }
    }

    /// Adds the rates of change to `rates`.
    #[inline(always)]
    pub fn add_rates<S: Real<Scalar = S>>(
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

/// Everything about a system that its parameters do not change.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Number of states.
    pub states: usize,
    /// Number of terms.
    pub terms: usize,
    /// Terms to rates.
    pub stoichiometry: Stoichiometry,
    /// Terms to Jacobian.
    pub jacobian: JacobianPlan,
    /// Jacobian to factors.
    pub elimination: Elimination,
}

impl Structure {
    /// Works out the structure; [`FailureKind::Unsupported`] if the system does not fit.
    pub fn new(system: &impl System) -> Result<Self, Failure> {
        let (states, terms) = (system.state_count(), system.term_count());
        let contributions = system.contributions();
        let sound = states <= MOST_STATES
            && terms <= TERM_CAPACITY
            && contributions.len() <= usize::from(u16::MAX)
            && contributions.iter().all(|part| part.state < states && part.term < terms);
        if !sound {
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
            JacobianPlan::new(&contributions, &patterns, states, elimination.order(), &reads);
        Ok(Self { states, terms, stoichiometry: Stoichiometry::new(system), jacobian, elimination })
    }
}
