//! Linear solves with 1/(hγ) − J: sparse without pivoting as a rule, dense with pivoting after
//! repeated rejections.

use super::sparse_lu::Factors;
use super::structure::{Structure, Vector};
use crate::error::defect::OrDefect as _;
use crate::real::Real;
use nalgebra::{DMatrix, DVector, Dyn, LU};

/// A solver of linear systems with the matrix of one attempt.
pub(crate) trait LinearSolver<S> {
    fn solve(&self, structure: &Structure, right_side: &mut Vector<S>);
}

impl<S: Real<Scalar = S>> LinearSolver<S> for Factors<S> {
    #[inline(always)]
    fn solve(&self, structure: &Structure, right_side: &mut Vector<S>) {
        Self::solve(self, &structure.elimination, right_side);
    }
}

/// Sparse factors, and the pivoted ones in their stead while an attempt asks for them.
pub(crate) struct SafeFactors {
    sparse: Factors<f64>,
    dense: Option<LU<f64, Dyn, Dyn>>,
}

impl SafeFactors {
    /// Space for the factors of `structure`.
    pub(crate) fn new(structure: &Structure) -> Self {
        Self { sparse: Factors::new(&structure.elimination), dense: None }
    }

    /// Factors the matrix for `shift` = 1/(hγ), with pivoting if `pivoted`.
    #[inline(always)]
    pub(crate) fn factor(
        &mut self,
        structure: &Structure,
        entries: &[f64],
        shift: f64,
        pivoted: bool,
    ) {
        self.dense = pivoted.then(|| dense_matrix(structure, entries, shift).lu());
        if !pivoted {
            self.sparse.factor(&structure.elimination, &structure.jacobian, entries, shift);
        }
    }
}

impl LinearSolver<f64> for SafeFactors {
    #[inline(always)]
    fn solve(&self, structure: &Structure, right_side: &mut Vector<f64>) {
        match &self.dense {
            None => self.sparse.solve(&structure.elimination, right_side),
            Some(dense) => solve_dense(dense, structure.states, right_side),
        }
    }
}

fn dense_matrix(structure: &Structure, entries: &[f64], shift: f64) -> DMatrix<f64> {
    let mut matrix = DMatrix::from_diagonal_element(structure.states, structure.states, shift);
    for (place, entry) in structure.places().zip(entries) {
        *matrix.get_mut(place).or_defect("an entry outside of the matrix") -= entry;
    }
    matrix
}

/// A singular matrix gives NaN, which rejects the step.
fn solve_dense(factors: &LU<f64, Dyn, Dyn>, states: usize, right_side: &mut Vector<f64>) {
    let mut x = DVector::from_iterator(states, right_side.iter().copied().take(states));
    if !factors.solve_mut(&mut x) {
        x.fill(f64::NAN);
    }
    for (place, value) in right_side.iter_mut().zip(&x) {
        *place = *value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::{Contribution, System};

    /// A ring in which each state feeds the next.
    struct Ring;

    impl System for Ring {
        const STATES: usize = 5;
        const TERMS: usize = 5;
        fn contributions(&self) -> Vec<Contribution> {
            let part = |state, term, factor| Contribution { state, term, factor };
            (0..5).flat_map(|s| [part(s, s, -1.0), part((s + 1) % 5, s, 2.0)]).collect()
        }
        fn terms<R: Real<Scalar = f64>>(&self, _: R, state: &[R], terms: &mut [R]) {
            terms.copy_from_slice(state);
        }
    }

    fn solve(entries: &[f64], pivoted: bool) -> Vec<f64> {
        let structure = Structure::new(&Ring).unwrap();
        let mut factors = SafeFactors::new(&structure);
        factors.factor(&structure, entries, 1.0, pivoted);
        let mut x = [0.0; crate::solver::structure::STATE_CAPACITY];
        x[..5].copy_from_slice(&[1.0, -2.0, 0.5, 3.0, 0.25]);
        factors.solve(&structure, &mut x);
        x[..5].to_vec()
    }

    #[test]
    fn both_factorizations_agree_on_a_well_conditioned_matrix() {
        let entries: Vec<f64> = (0..10).map(|i| -1.0 + 0.3 * f64::from(i)).collect();
        for (sparse, dense) in solve(&entries, false).iter().zip(solve(&entries, true)) {
            assert!((sparse - dense).abs() < 1e-13 * (1.0 + dense.abs()));
        }
    }

    /// The diagonal 1/(hγ) − 1 vanishes: only pivoting solves that.
    #[test]
    fn pivoting_solves_where_the_diagonal_is_zero() {
        let entries = [1.0; 10];
        assert!(solve(&entries, false).iter().any(|x| !x.is_finite()));
        assert_eq!(solve(&entries, true).iter().map(|x| x.abs()).fold(0.0, f64::max), 3.0);
    }
}
