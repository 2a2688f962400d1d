//! Solving with 1/(hγ) − J: sparse without pivoting as a rule, dense with pivoting when in doubt.

use super::sparse_lu::Factors;
use super::structure::{Structure, Vector, slot};
use crate::real::Real;
use nalgebra::{DMatrix, DVector, Dyn, LU};

/// Something that solves with the matrix of one attempt.
pub trait LinearSolver<S> {
    /// Replaces the right side by the solution.
    fn solve(&self, structure: &Structure, right_side: &mut Vector<S>);
}

impl<S: Real<Scalar = S>> LinearSolver<S> for Factors<S> {
    #[inline(always)]
    fn solve(&self, structure: &Structure, right_side: &mut Vector<S>) {
        Self::solve(self, &structure.elimination, right_side);
    }
}

/// Sparse factors, and the pivoted ones in their stead while an attempt asks for them.
pub struct SafeFactors {
    sparse: Factors<f64>,
    dense: Option<LU<f64, Dyn, Dyn>>,
}

impl SafeFactors {
    /// Space for the factors of `structure`.
    pub fn new(structure: &Structure) -> Self {
        Self { sparse: Factors::new(&structure.elimination), dense: None }
    }

    /// Factors the matrix for `shift` = 1/(hγ), with pivoting if `pivoted`.
    #[inline(always)]
    pub fn factor(&mut self, structure: &Structure, entries: &[f64], shift: f64, pivoted: bool) {
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
    let plan = &structure.jacobian;
    let mut start = 0;
    for (&row, &end) in structure.elimination.order().iter().zip(&plan.ends) {
        let range = start..usize::from(end);
        for (&column, &entry) in plan.columns.iter().zip(entries).take(range.end).skip(range.start)
        {
            if let Some(place) = matrix.get_mut((slot(row), slot(column))) {
                *place -= entry;
            }
        }
        start = range.end;
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
