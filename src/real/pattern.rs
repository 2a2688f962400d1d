//! A number that records the states on which a result depends, for all parameter values at once.

use super::Real;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The set of variables (at most 128) that a result may depend on.
///
/// Arithmetic unites sets; a factor that happens to be zero removes nothing, and a choice keeps
/// both sides, so the pattern holds for every parameter value and every state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(u128);

impl Pattern {
    pub(crate) const NONE: Self = Self(0);

    /// Depends on variable `index` (below 128).
    pub(crate) const fn variable(index: usize) -> Self {
        Self(1 << index)
    }

    /// True if the result may depend on variable `index`.
    pub(crate) const fn contains(self, index: usize) -> bool {
        self.0 >> index & 1 == 1
    }

    pub(crate) fn variables(self) -> impl Iterator<Item = usize> {
        (0..128).filter(move |&index| self.contains(index))
    }
}

macro_rules! union {
    ($operation:ident, $method:ident) => {
        // For every operation the result depends on all variables of either side.
        #[allow(clippy::suspicious_arithmetic_impl)]
        impl $operation for Pattern {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }
        impl $operation<f64> for Pattern {
            type Output = Self;
            fn $method(self, _: f64) -> Self {
                self
            }
        }
    };
}
union!(Add, add);
union!(Sub, sub);
union!(Mul, mul);
union!(Div, div);

impl Neg for Pattern {
    type Output = Self;
    fn neg(self) -> Self {
        self
    }
}

impl Real for Pattern {
    type Scalar = f64;

    fn number(_: f64) -> Self {
        Self::NONE
    }
    fn constant(_: f64) -> Self {
        Self::NONE
    }
    fn exp(self) -> Self {
        self
    }
    fn ln(self) -> Self {
        self
    }
    fn sqrt(self) -> Self {
        self
    }
    fn cos_turns(self) -> Self {
        self
    }
    fn select_positive(self, positive: Self, otherwise: Self) -> Self {
        Self(self.0 | positive.0 | otherwise.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_a_choice_count() {
        let [a, b, c] = [0, 1, 2].map(Pattern::variable);
        let result = a.select_positive(b * 0.0, c.exp());
        assert_eq!(result.variables().collect::<Vec<_>>(), [0, 1, 2]);
    }
}
