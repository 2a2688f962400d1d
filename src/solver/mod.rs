//! How to step in time. Knows no biology.
//!
//! A [`System`] gives terms; the rate of change of each state is a fixed sum of terms
//! (its stoichiometry). The Rosenbrock method is the default, the explicit methods a second
//! opinion.

use crate::real::Real;

/// Row of the fixed matrix that turns terms into rates of change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The state that changes.
    pub state: usize,
    /// The term that changes it.
    pub term: usize,
    /// Factor of the term, usually +1 or −1.
    pub factor: f64,
}

/// Ordinary differential equations d state/dt = Σ factor · term(time, state).
///
/// Writing them as terms keeps conservation laws exact (a movement is one term with two
/// contributions) and lets the Jacobian be taken of terms, which depend on few states each.
pub trait System<S: Real<Scalar = S> = f64> {
    /// Number of states.
    fn state_count(&self) -> usize;

    /// Number of terms.
    fn term_count(&self) -> usize;

    /// Which terms change which states; the same for the life of the system.
    fn contributions(&self) -> Vec<Contribution>;

    /// Evaluates all terms. `state` has `state_count`, `terms` `term_count` numbers.
    fn terms<R: Real<Scalar = S>>(&self, time: R, state: &[R], terms: &mut [R]);
}
