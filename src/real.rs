//! The number type for which the model is written.
//!
//! The right-hand side is written once, generic over [`Real`]. With `f64` it gives derivatives,
//! with [`Dual`] exact partial derivatives, with [`Pattern`] the sparsity of the Jacobian, with
//! [`Lanes`] several runs side by side, with [`recording::Recorded`] the expressions themselves.
//! `exp`, `ln` and powers come from [`portable`], so that the bits of a result depend on neither
//! platform nor lane width.
//! This module knows no biology and no solver.

pub(crate) mod dispatch;
mod dual;
mod lanes;
mod pattern;
pub(crate) mod portable;
pub(crate) mod recording;

pub(crate) use dual::Dual;
pub(crate) use lanes::Lanes;
pub(crate) use pattern::Pattern;

use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number type for the evaluation of the right-hand side.
///
/// `Scalar` is the type of the constants while derivatives are taken (parameters, inputs):
/// `f64` for `f64` and for `Dual<f64, N>`. Mixed arithmetic with it costs no tangent work.
/// A mechanism never branches on a value: it uses [`Real::select_positive`].
pub(crate) trait Real:
    Copy
    + Debug
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<<Self as Real>::Scalar, Output = Self>
    + Sub<<Self as Real>::Scalar, Output = Self>
    + Mul<<Self as Real>::Scalar, Output = Self>
    + Div<<Self as Real>::Scalar, Output = Self>
{
    /// The number type of parameters and inputs.
    type Scalar: Real<Scalar = Self::Scalar>;

    /// The number `value`, the same in every lane, without a derivative.
    fn number(value: f64) -> Self;

    /// A constant (parameter or input) as a number of this type, without a derivative.
    fn constant(value: Self::Scalar) -> Self;

    /// e to the power of `self`; infinite above 709.78, zero below -708.
    fn exp(self) -> Self;

    /// Natural logarithm; NaN below zero, minus infinity at zero.
    fn ln(self) -> Self;

    /// [`Real::exp`] of each, to the same bits; side by side where the registers are wide.
    #[inline(always)]
    fn exp_each<const N: usize>(exponents: [Self; N]) -> [Self; N] {
        exponents.map(Self::exp)
    }

    /// [`Real::ln`] of each, to the same bits; side by side where the registers are wide.
    #[inline(always)]
    fn ln_each<const N: usize>(values: [Self; N]) -> [Self; N] {
        values.map(Self::ln)
    }

    /// Square root; NaN below zero.
    fn sqrt(self) -> Self;

    /// Cosine of `self` full turns: cos(2π·self).
    fn cos_turns(self) -> Self;

    /// `positive` where `self` > 0, else `otherwise` (also where `self` is NaN).
    fn select_positive(self, positive: Self, otherwise: Self) -> Self;

    #[inline(always)]
    fn one() -> Self {
        Self::number(1.0)
    }

    #[inline(always)]
    fn zero() -> Self {
        Self::number(0.0)
    }

    /// `self` to a constant real power, exp(exponent · ln self); NaN for a negative base.
    #[inline(always)]
    fn powf(self, exponent: Self::Scalar) -> Self {
        (self.ln() * exponent).exp()
    }

    /// The larger of two numbers (`other` where `self` is NaN).
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        (self - other).select_positive(self, other)
    }

    /// The smaller of two numbers (`other` where `self` is NaN).
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        (other - self).select_positive(self, other)
    }

    /// `self` kept within 0 and 1.
    #[inline(always)]
    fn clamp_unit(self) -> Self {
        self.max(Self::zero()).min(Self::one())
    }

    /// ln(1 + e^self) without overflow.
    ///
    /// max(x, 0) + ln(1 + exp(−|x|)).
    #[inline(always)]
    fn softplus(self) -> Self {
        let magnitude = self.max(-self);
        self.max(Self::zero()) + (Self::one() + (-magnitude).exp()).ln()
    }

    /// The logistic function 1 / (1 + e^−self).
    #[inline(always)]
    fn logistic(self) -> Self {
        Self::one() / (Self::one() + (-self).exp())
    }
}

impl Real for f64 {
    type Scalar = f64;

    #[inline(always)]
    fn number(value: f64) -> Self {
        value
    }

    #[inline(always)]
    fn constant(value: f64) -> Self {
        value
    }

    #[inline(always)]
    fn exp(self) -> Self {
        portable::exp(self)
    }

    #[inline(always)]
    fn ln(self) -> Self {
        portable::ln(self)
    }

    #[inline(always)]
    fn exp_each<const N: usize>(exponents: [Self; N]) -> [Self; N] {
        portable::each(exponents, portable::exp)
    }

    #[inline(always)]
    fn ln_each<const N: usize>(values: [Self; N]) -> [Self; N] {
        portable::each(values, portable::ln)
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }

    #[inline(always)]
    fn cos_turns(self) -> Self {
        portable::cos_turns(self)
    }

    #[inline(always)]
    fn select_positive(self, positive: Self, otherwise: Self) -> Self {
        std::hint::select_unpredictable(self > 0.0, positive, otherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn softplus_and_logistic_do_not_overflow() {
        assert_relative_eq!(Real::softplus(800.0_f64), 800.0);
        assert_relative_eq!(Real::softplus(0.0_f64), 2.0_f64.ln(), max_relative = 1e-15);
        assert_eq!(Real::softplus(-800.0_f64), 0.0);
        assert_relative_eq!(Real::logistic(800.0_f64), 1.0);
        assert!(Real::logistic(-700.0_f64) > 0.0);
    }

    #[test]
    fn clamp_keeps_the_unit_interval() {
        assert_eq!(Real::clamp_unit(-3.0_f64), 0.0);
        assert_eq!(Real::clamp_unit(0.25_f64), 0.25);
        assert_eq!(Real::clamp_unit(7.0_f64), 1.0);
    }
}
