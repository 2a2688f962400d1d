//! Time integration of ordinary differential equations. Knows no biology.
//!
//! A [`System`] gives terms; the rate of change of each state is a fixed sum of terms
//! (its stoichiometry). [`rosenbrock`] is the default, [`explicit`] a second opinion. Both take
//! the system anew in each call, so that its parameters may change between calls, hand every
//! accepted step to an observer as a [`step::StepView`], and end with a [`step::Finish`] or a
//! [`failure::Failure`].
//!
//! Reading order: `structure` (computed once per system), `attempt` (one step), `integration` (step
//! control of one integration), `rosenbrock` (one integration), `batch` (many side by side).

mod attempt;
pub(crate) mod batch;
mod capacity;
mod coloring;
mod dense_output;
pub(crate) mod explicit;
pub(crate) mod failure;
mod integration;
mod jacobian;
mod jacobian_plan;
mod linear;
pub(crate) mod rosenbrock;
mod scalar_stepper;
mod sparse_lu;
pub(crate) mod step;
mod structure;
mod tableau;
pub(crate) mod tolerance;

pub(crate) use structure::Structure;

use crate::real::{Lanes, Real};

/// Row of the fixed matrix that turns terms into rates of change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contribution {
    pub state: usize,
    pub term: usize,
    /// Factor of the term, usually +1 or −1.
    pub factor: f64,
}

/// States whose rates of change are multiplied by `factor`: 0 holds them, 1 leaves them free.
///
/// The terms stay what they are, so that the other states do not notice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held<S> {
    pub states: &'static [usize],
    pub factor: S,
}

/// Ordinary differential equations d state/dt = Σ factor · term(time, state).
///
/// Writing them as terms keeps conservation laws exact (a movement is one term with two
/// contributions) and lets the Jacobian be taken of terms, which depend on few states each.
/// The sparsity pattern (the states that each term reads) must not depend on parameters: it is
/// computed once.
pub(crate) trait System<S: Real<Scalar = S> = f64> {
    const STATES: usize;
    const TERMS: usize;

    /// The contributions of terms to states; the same for the life of the system.
    fn contributions(&self) -> Vec<Contribution>;

    /// States that are held for a while; `None` if all are free.
    fn held(&self) -> Option<Held<S>> {
        None
    }

    /// Evaluates all terms; `state` has `STATES`, `terms` has `TERMS` numbers.
    fn terms<R: Real<Scalar = S>>(&self, time: R, state: &[R], terms: &mut [R]);
}

/// `W` systems of one structure side by side, and each of them as a system of its own: the same
/// numbers.
pub(crate) trait BatchSystem<const W: usize>: System<Lanes<W>> {
    type ScalarSystem: System;

    fn scalar_systems(&self) -> &[Self::ScalarSystem; W];
}
