//! LU factors of 1/(hγ) − J without pivoting, on a pattern worked out once.
//!
//! Pivots stay on the diagonal, in Markowitz order. That is safe while 1/(hγ) dominates, which
//! small steps ensure; `linear` keeps a pivoted factorization for the rest.
#![allow(clippy::indexing_slicing)] // ranges and bytes of the plan's own making

use super::jacobian::JacobianPlan;
use super::structure::{STATE_CAPACITY, Vector, slot};
use crate::real::Real;

/// One pivot: its state and the ends of its parts in the lists of columns.
#[derive(Clone, Copy, Debug)]
struct Pivot {
    state: u8,
    lower_end: u16,
    upper_start: u16,
    upper_end: u16,
}

/// Order of elimination with the pattern of both factors, fill-in included.
#[derive(Clone, Debug)]
pub struct Elimination {
    order: Vec<u8>,
    pivots: Vec<Pivot>,
    lower_columns: Vec<u8>,
    upper_columns: Vec<u8>,
    /// Position of each state in the order.
    rank: Vec<u8>,
}

/// Numbers of the factors.
#[derive(Clone, Debug)]
pub struct Factors<S> {
    lower: Vec<S>,
    upper: Vec<S>,
    inverse_pivots: Vector<S>,
}

impl Elimination {
    /// Works out the order and the fill-in of a matrix with these rows (as bits, up to 127).
    pub fn new(rows: &[u128]) -> Self {
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
        let mut plan =
            Self { order, pivots: vec![], lower_columns: vec![], upper_columns: vec![], rank };
        for position in 0..count {
            plan.push_pivot(position, &rows);
        }
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

    /// The states as they are eliminated.
    pub fn order(&self) -> &[u8] {
        &self.order
    }

    /// Number of off-diagonal numbers in both factors.
    #[cfg(test)]
    pub fn entry_count(&self) -> usize {
        self.lower_columns.len() + self.upper_columns.len()
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
    pub fn new(plan: &Elimination) -> Self {
        Self {
            lower: vec![S::zero(); plan.lower_columns.len()],
            upper: vec![S::zero(); plan.upper_columns.len()],
            inverse_pivots: [S::zero(); STATE_CAPACITY],
        }
    }

    /// Factors `shift` on the diagonal minus the Jacobian, row by row.
    #[inline(always)]
    pub fn factor(&mut self, plan: &Elimination, jacobian: &JacobianPlan, entries: &[S], shift: S) {
        let mut work = [S::zero(); STATE_CAPACITY];
        let (mut lower_start, mut entry_start) = (0, 0);
        for (pivot, &entry_end) in plan.pivots.iter().zip(&jacobian.ends) {
            let (lower_end, entry_end) = (usize::from(pivot.lower_end), usize::from(entry_end));
            let lower_columns = &plan.lower_columns[lower_start..lower_end];
            let upper = usize::from(pivot.upper_start)..usize::from(pivot.upper_end);
            let upper_columns = &plan.upper_columns[upper.clone()];
            for &column in lower_columns.iter().chain(upper_columns) {
                work[slot(column)] = S::zero();
            }
            work[slot(pivot.state)] = shift;
            let columns = &jacobian.columns[entry_start..entry_end];
            for (&column, &entry) in columns.iter().zip(&entries[entry_start..entry_end]) {
                work[slot(column)] = work[slot(column)] - entry;
            }
            let (done, current) = self.upper.split_at_mut(upper.start);
            for (&column, lower) in
                lower_columns.iter().zip(&mut self.lower[lower_start..lower_end])
            {
                let multiple = work[slot(column)] * self.inverse_pivots[slot(column)];
                *lower = multiple;
                let above = &plan.pivots[usize::from(plan.rank[usize::from(column)])];
                let above = usize::from(above.upper_start)..usize::from(above.upper_end);
                for (&c, &u) in plan.upper_columns[above.clone()].iter().zip(&done[above]) {
                    work[slot(c)] = work[slot(c)] - multiple * u;
                }
            }
            for (&column, upper) in upper_columns.iter().zip(current) {
                *upper = work[slot(column)];
            }
            self.inverse_pivots[slot(pivot.state)] = S::one() / work[slot(pivot.state)];
            (lower_start, entry_start) = (lower_end, entry_end);
        }
    }

    /// Replaces the right side in `x` by the solution.
    #[inline(always)]
    pub fn solve(&self, plan: &Elimination, x: &mut Vector<S>) {
        let mut start = 0;
        for pivot in &plan.pivots {
            let end = usize::from(pivot.lower_end);
            let mut sum = x[slot(pivot.state)];
            for (&column, &lower) in
                plan.lower_columns[start..end].iter().zip(&self.lower[start..end])
            {
                sum = sum - lower * x[slot(column)];
            }
            x[slot(pivot.state)] = sum;
            start = end;
        }
        for pivot in plan.pivots.iter().rev() {
            let range = usize::from(pivot.upper_start)..usize::from(pivot.upper_end);
            let mut sum = x[slot(pivot.state)];
            for (&column, &upper) in
                plan.upper_columns[range.clone()].iter().zip(&self.upper[range])
            {
                sum = sum - upper * x[slot(column)];
            }
            x[slot(pivot.state)] = sum * self.inverse_pivots[slot(pivot.state)];
        }
    }
}

#[cfg(test)]
mod tests;
