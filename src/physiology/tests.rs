//! Shared by the tests of the mechanisms.

use crate::parameters::Parameters;

pub(crate) const P: Parameters<f64> = Parameters::PARADOX;

/// Asserts that two numbers agree but for rounding.
#[track_caller]
pub(crate) fn near(found: f64, expected: f64) {
    approx::assert_relative_eq!(found, expected, max_relative = 1e-12);
}
