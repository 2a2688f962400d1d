//! Factors L·D·U of 1/(hγ) − J without pivoting, on a sparsity pattern computed once.
//!
//! L and U have ones on their diagonals. Factoring goes row by row; solving goes column by
//! column through flat lists, whose neighbors do not wait for each other.
//!
//! Pivots stay on the diagonal, in Markowitz order. That is safe while 1/(hγ) dominates, which
//! small steps ensure; `linear` keeps a pivoted factorization for the rest.
#![allow(clippy::indexing_slicing)] // ranges and bytes of the plan's own making

use super::capacity::{STATE_CAPACITY, Vector, each_state, slot};
use super::jacobian_plan::JacobianPlan;
use crate::real::Real;
use std::ops::Range;

/// One pivot: its state and the ends of its parts in the lists of columns.
#[derive(Clone, Copy, Debug)]
struct Pivot {
    state: u8,
    lower_end: u16,
    upper_start: u16,
    upper_end: u16,
}

impl Pivot {
    fn upper(&self) -> Range<usize> {
        usize::from(self.upper_start)..usize::from(self.upper_end)
    }
}

/// Order of elimination with the pattern of both factors, fill-in included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Elimination {
    /// The states as they are eliminated.
    pub order: Vec<u8>,
    pivots: Vec<Pivot>,
    lower_columns: Vec<u8>,
    upper_columns: Vec<u8>,
    /// Position of each state in the order.
    rank: Vec<u8>,
    lower_solve: TriangularSolve,
    upper_solve: TriangularSolve,
}

/// The order of the substitutions with one triangle, as a list of (row, column).
#[derive(Clone, Debug, Default)]
struct TriangularSolve {
    places: Vec<[u8; 2]>,
    /// Position in `places` of each number as the rows are factored.
    position: Vec<u16>,
}

impl TriangularSolve {
    /// `by_rows`: (row, column) as factored.
    ///
    /// A place can be taken once its column is final, i.e. no place is left in that row. Among
    /// those, the one whose row and column were used least recently goes first: neighbors in the
    /// list then do not wait for each other's sums.
    fn new(by_rows: &[[u8; 2]]) -> Self {
        let mut left: Vec<usize> = (0..by_rows.len()).collect();
        let mut last_touch = [0_usize; STATE_CAPACITY];
        let (mut places, mut position) = (Vec::new(), vec![0; by_rows.len()]);
        while !left.is_empty() {
            let is_final = |column: u8| left.iter().all(|&other| by_rows[other][0] != column);
            let last_use = |source: usize| {
                let [row, column] = by_rows[source];
                last_touch[slot(row)].max(last_touch[slot(column)])
            };
            let ready = left.iter().copied().filter(|&source| is_final(by_rows[source][1]));
            let Some(next) = ready.min_by_key(|&source| last_use(source)) else { break };
            position[next] = places.len() as u16;
            places.push(by_rows[next]);
            last_touch[slot(by_rows[next][0])] = places.len();
            left.retain(|&source| source != next);
        }
        Self { places, position }
    }

    /// Subtracts number · x(column) from x(row), one after the other.
    #[inline(always)]
    fn apply<S: Real<Scalar = S>>(&self, numbers: &[S], x: &mut Vector<S>) {
        for (&[row, column], &number) in self.places.iter().zip(numbers) {
            x[slot(row)] = x[slot(row)] - number * x[slot(column)];
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Factors<S> {
    lower: Vec<S>,
    upper: Vec<S>,
    upper_rows: Vec<S>,
    inverse_pivots: Vector<S>,
    /// The row being factored.
    row: Box<Vector<S>>,
}

impl Elimination {
    /// Computes the order and the fill-in of a matrix with these rows (as bits, up to 127).
    pub(crate) fn new(rows: &[u128]) -> Self {
        let mut rows: Vec<u128> =
            rows.iter().enumerate().map(|(state, row)| row | 1 << state).collect();
        let count = rows.len();
        let mut remaining: u128 = (1 << count) - 1;
        let (mut order, mut rank) = (Vec::with_capacity(count), vec![0; count]);
        while let Some(pivot) = cheapest_pivot(&rows, remaining) {
            remaining &= !(1 << pivot);
            rank[pivot] = order.len() as u8;
            order.push(pivot as u8);
            let fill = rows[pivot] & remaining;
            for (state, row) in rows.iter_mut().enumerate() {
                if remaining >> state & 1 == 1 && *row >> pivot & 1 == 1 {
                    *row |= fill;
                }
            }
        }
        let mut plan = Self { order, rank, ..Self::default() };
        for position in 0..count {
            plan.push_pivot(position, &rows);
        }
        plan.schedule_solves();
        plan
    }

    fn push_pivot(&mut self, position: usize, rows: &[u128]) {
        let state = self.order[position];
        let row = rows[usize::from(state)];
        let mut columns: Vec<u8> =
            self.order.iter().copied().filter(|&column| row >> column & 1 == 1).collect();
        columns.sort_by_key(|&column| self.rank[usize::from(column)]);
        let upper_start = self.upper_columns.len() as u16;
        let is_lower = |column: &u8| usize::from(self.rank[usize::from(*column)]) < position;
        self.lower_columns.extend(columns.iter().copied().filter(is_lower));
        let is_upper = |column: &u8| usize::from(self.rank[usize::from(*column)]) > position;
        self.upper_columns.extend(columns.iter().copied().filter(is_upper));
        self.pivots.push(Pivot {
            state,
            lower_end: self.lower_columns.len() as u16,
            upper_start,
            upper_end: self.upper_columns.len() as u16,
        });
    }

    fn schedule_solves(&mut self) {
        let (mut lower, mut upper, mut start) = (Vec::new(), Vec::new(), 0);
        for pivot in &self.pivots {
            let (upper_range, lower_end) = (pivot.upper(), usize::from(pivot.lower_end));
            lower.extend(self.lower_columns[start..lower_end].iter().map(|&c| [pivot.state, c]));
            upper.extend(self.upper_columns[upper_range].iter().map(|&c| [pivot.state, c]));
            start = lower_end;
        }
        (self.lower_solve, self.upper_solve) =
            (TriangularSolve::new(&lower), TriangularSolve::new(&upper));
    }
}

/// The remaining state whose elimination can fill the fewest places.
fn cheapest_pivot(rows: &[u128], remaining: u128) -> Option<usize> {
    let is_left = |state: usize| remaining >> state & 1 == 1;
    (0..rows.len()).filter(|&state| is_left(state)).min_by_key(|&state| {
        let in_row = (rows[state] & remaining).count_ones() as usize;
        let in_column =
            rows.iter().enumerate().filter(|&(s, row)| is_left(s) && row >> state & 1 == 1).count();
        (in_row - 1) * (in_column - 1)
    })
}

impl<S: Real<Scalar = S>> Factors<S> {
    /// Space for the factors of `plan`.
    pub(crate) fn new(plan: &Elimination) -> Self {
        Self {
            lower: vec![S::zero(); plan.lower_columns.len()],
            upper: vec![S::zero(); plan.upper_columns.len()],
            upper_rows: vec![S::zero(); plan.upper_columns.len()],
            inverse_pivots: [S::zero(); STATE_CAPACITY],
            row: Box::new([S::zero(); STATE_CAPACITY]),
        }
    }

    /// Factors `shift` on the diagonal minus the Jacobian, row by row.
    #[inline(always)]
    pub(crate) fn factor(
        &mut self,
        plan: &Elimination,
        jacobian: &JacobianPlan,
        entries: &[S],
        shift: S,
    ) {
        let mut lower_start = 0;
        for pivot in &plan.pivots {
            let lower = lower_start..usize::from(pivot.lower_end);
            let upper_columns = &plan.upper_columns[pivot.upper()];
            for &column in plan.lower_columns[lower.clone()].iter().chain(upper_columns) {
                self.row[slot(column)] = S::zero();
            }
            self.row[slot(pivot.state)] = shift;
            let own = jacobian.row(usize::from(pivot.state));
            for (&column, &entry) in jacobian.columns[own.clone()].iter().zip(&entries[own]) {
                self.row[slot(column)] = self.row[slot(column)] - entry;
            }
            self.eliminate(plan, lower);
            lower_start = usize::from(pivot.lower_end);
            let inverse = S::one() / self.row[slot(pivot.state)];
            self.inverse_pivots[slot(pivot.state)] = inverse;
            let positions = &plan.upper_solve.position[pivot.upper()];
            let row = self.upper_rows[pivot.upper()].iter_mut().zip(upper_columns).zip(positions);
            for ((number, &column), &position) in row {
                *number = self.row[slot(column)] * inverse;
                self.upper[usize::from(position)] = *number;
            }
        }
    }

    /// Takes the rows above from the row.
    #[inline(always)]
    fn eliminate(&mut self, plan: &Elimination, lower: Range<usize>) {
        let positions = &plan.lower_solve.position[lower.clone()];
        for (&column, &position) in plan.lower_columns[lower].iter().zip(positions) {
            let number = self.row[slot(column)];
            self.lower[usize::from(position)] = number * self.inverse_pivots[slot(column)];
            let above = plan.pivots[usize::from(plan.rank[usize::from(column)])].upper();
            for (&c, &u) in plan.upper_columns[above.clone()].iter().zip(&self.upper_rows[above]) {
                self.row[slot(c)] = self.row[slot(c)] - number * u;
            }
        }
    }

    /// Replaces the right side in `x` by the solution.
    #[inline(always)]
    pub(crate) fn solve(&self, plan: &Elimination, x: &mut Vector<S>) {
        plan.lower_solve.apply(&self.lower, x);
        for i in each_state::<S>(plan.order.len()) {
            x[i] = x[i] * self.inverse_pivots[i];
        }
        plan.upper_solve.apply(&self.upper, x);
    }
}

#[cfg(test)]
mod tests;
