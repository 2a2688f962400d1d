use super::*;
use crate::solver::jacobian_plan::JacobianPlan;
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

/// A pattern with entries, and a plan that has the entries in the order of elimination.
fn factor_and_solve(rows: &[Vec<(usize, f64)>], shift: f64, right: &[f64]) -> Vec<f64> {
    let bits: Vec<u128> =
        rows.iter().map(|row| row.iter().fold(0, |bits, (column, _)| bits | 1 << column)).collect();
    let plan = Elimination::new(&bits);
    let jacobian = JacobianPlan::new(&[], &[], rows.len(), &plan.order, &bits);
    let mut entries = Vec::new();
    for &row in &plan.order {
        let mut row = rows[usize::from(row)].clone();
        row.sort_by_key(|&(column, _)| column);
        entries.extend(row.into_iter().map(|(_, value)| value));
    }
    let mut factors = Factors::new(&plan);
    factors.factor(&plan, &jacobian, &entries, shift);
    let mut x = [0.0; STATE_CAPACITY];
    x[..right.len()].copy_from_slice(right);
    factors.solve(&plan, &mut x);
    x[..right.len()].to_vec()
}

fn sparse_rows() -> impl Strategy<Value = Vec<Vec<(usize, f64)>>> {
    (1_usize..40).prop_flat_map(|count| {
        let row = proptest::collection::btree_map(0..count, -1.0..1.0_f64, 0..6)
            .prop_map(|row| row.into_iter().collect::<Vec<_>>());
        proptest::collection::vec(row, count)
    })
}

proptest! {
    #[test]
    fn agrees_with_a_dense_pivoted_factorization(rows in sparse_rows(), shift in 6.0..60.0_f64) {
        let count = rows.len();
        let mut matrix = DMatrix::from_diagonal_element(count, count, shift);
        for (row, entries) in rows.iter().enumerate() {
            for &(column, value) in entries {
                matrix[(row, column)] -= value;
            }
        }
        let right: Vec<f64> = (0..count).map(|i| (i as f64).cos()).collect();
        let expected = matrix.lu().solve(&DVector::from_column_slice(&right)).unwrap();
        let found = factor_and_solve(&rows, shift, &right);
        for (found, expected) in found.iter().zip(expected.iter()) {
            prop_assert!((found - expected).abs() < 1e-13);
        }
    }
}

#[test]
fn an_arrow_fills_nothing_when_its_head_goes_last() {
    let mut rows: Vec<u128> = (0..30).map(|state| 1 << state | 1).collect();
    rows[0] = (1 << 30) - 1;
    let plan = Elimination::new(&rows);
    assert_eq!(plan.lower_columns.len() + plan.upper_columns.len(), 2 * 29);
}
