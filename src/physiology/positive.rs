//! Relative quantities and their powers: smooth floors, ceilings and shared logarithms.
//!
//! Most influences of the model are powers of a few relative quantities. A [`Power`] keeps the
//! logarithm, so that each is taken once per evaluation and a product of powers costs one
//! exponential. This file knows no biology.

use crate::real::Real;

/// A smooth, strictly positive stand-in for a relative quantity that may reach zero.
///
/// floored(x) = (x + √(x² + d²)) / (1 + √(1 + d²)), `floor` = d; exactly 1 at x = 1, about d/2
/// at x = 0, positive below. *Definition.*
#[inline(always)]
pub(crate) fn floored<R: Real>(x: R, floor: R::Scalar) -> R {
    let one = R::Scalar::one();
    let square = floor * floor;
    (x + (x * x + square).sqrt()) / (one + (one + square).sqrt())
}

/// A quantity that follows x while small and never passes ± `limit`.
///
/// saturating(x) = x / √(1 + (x / limit)²). *Definition.*
#[inline(always)]
pub(crate) fn saturating<R: Real>(x: R, limit: R::Scalar) -> R {
    let share = x / limit;
    x / (share * share + R::Scalar::one()).sqrt()
}

/// e^x, bent: the solution of y' = y^(1 − q) that begins with 1, at x.
///
/// growth_power(q, x) = (1 + q·x)^(1/q), its limit e^x at q = 0; 1 + q·x > 0. Computed as
/// exp(x·L(q·x)), L(z) = ln(1 + z)/z, near z = 0 by its series. *Definition.*
#[inline(always)]
pub(crate) fn growth_power<R: Real>(q: R::Scalar, x: R) -> R {
    let z = x * q;
    let one = R::Scalar::one();
    let series = z * z * R::Scalar::number(1.0 / 3.0) - z * R::Scalar::number(0.5) + one;
    // ln w/(w − 1) for the rounded w = 1 + z: no digit of a small z is lost.
    let beyond_series = z * z - R::Scalar::number(1e-12);
    let w = beyond_series.select_positive(z, R::one()) + one;
    let quotient = beyond_series.select_positive(w.ln() / (w - one), series);
    (x * quotient).exp()
}

/// A relative effect that equals 1 at x = 1 and never passes `ceiling`.
///
/// approaching(x) = C·x / (C − 1 + x), C = `ceiling` > 1, x ≥ 0. *Definition.*
#[inline(always)]
pub(crate) fn approaching<R: Real>(x: R, ceiling: R::Scalar) -> R {
    x * ceiling / (x + (ceiling - R::Scalar::one()))
}

/// The saturated share x / (half + x) of a binding site, 0 at zero, ½ at `half`, below 1.
#[inline(always)]
pub(crate) fn share<R: Real>(x: R, half: R::Scalar) -> R {
    x / (x + half)
}

/// A positive quantity held as its logarithm, ready to be raised to powers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Power<R> {
    pub(super) ln: R,
}

impl<R: Real> Power<R> {
    /// Takes the logarithm of `base`; a `base` below zero makes every later value NaN.
    #[inline(always)]
    pub(crate) fn of(base: R) -> Self {
        Self { ln: base.ln() }
    }

    /// base^exponent, still as a logarithm.
    #[inline(always)]
    pub(crate) fn raised(self, exponent: R::Scalar) -> Self {
        Self { ln: self.ln * exponent }
    }

    #[inline(always)]
    pub(crate) fn times(self, other: Self) -> Self {
        Self { ln: self.ln + other.ln }
    }

    /// The quantity as a multiple of a constant.
    #[inline(always)]
    pub(crate) fn relative_to(self, constant: Power<R::Scalar>) -> Self {
        Self { ln: self.ln - constant.ln }
    }

    /// The quantity multiplied by a constant.
    #[inline(always)]
    pub(crate) fn times_constant(self, constant: Power<R::Scalar>) -> Self {
        Self { ln: self.ln + constant.ln }
    }

    /// Takes the logarithms of several numbers side by side.
    #[inline(always)]
    pub(crate) fn of_each<const N: usize>(bases: [R; N]) -> [Self; N] {
        let mut powers = [Self { ln: R::zero() }; N];
        for (power, ln) in powers.iter_mut().zip(&R::ln_each(bases)) {
            power.ln = *ln;
        }
        powers
    }

    #[inline(always)]
    pub(crate) fn of_e(exponent: R) -> Self {
        Self { ln: exponent }
    }

    #[inline(always)]
    pub(crate) fn logarithm(self) -> R {
        self.ln
    }

    /// The plain number; takes the exponential.
    #[inline(always)]
    pub(crate) fn value(self) -> R {
        self.ln.exp()
    }

    /// The plain numbers of several powers; takes the exponentials side by side.
    #[inline(always)]
    pub(crate) fn value_each<const N: usize>(powers: [Self; N]) -> [R; N] {
        let mut exponents = [R::zero(); N];
        for (exponent, power) in exponents.iter_mut().zip(&powers) {
            *exponent = power.ln;
        }
        R::exp_each(exponents)
    }
}

/// Falling response 1 / (1 + power): 1 far below, ½ at power 1, 0 far above.
///
/// With a negative exponent it rises: xⁿ/(1 + xⁿ) = falling(x⁻ⁿ), which cannot overflow to NaN.
#[inline(always)]
pub(crate) fn falling<R: Real>(power: R) -> R {
    R::one() / (power + R::Scalar::one())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::near;
    use approx::assert_relative_eq;

    #[test]
    fn the_floor_is_one_at_one_and_half_its_width_at_zero() {
        assert_eq!(floored(1.0, 1e-4), 1.0);
        assert_relative_eq!(floored(0.0, 1e-4), 5e-5, max_relative = 1e-8);
        assert!(floored(-1.0, 1e-4) > 0.0);
        assert_relative_eq!(floored(50.0, 1e-4), 50.0, max_relative = 1e-8);
    }

    #[test]
    fn saturation_follows_small_and_limits_large_values() {
        near(saturating(1e-9, 0.4), 1e-9);
        near(saturating(-1e9, 0.4), -0.4);
        assert_relative_eq!(saturating(0.4, 0.4), 0.4 / 2f64.sqrt(), max_relative = 1e-15);
    }

    #[test]
    fn a_bent_exponential_is_a_power_and_its_limit_the_exponential() {
        let power = |q: f64, x: f64| (1.0 + q * x).powf(1.0 / q);
        assert_relative_eq!(growth_power(0.3, 2.0), power(0.3, 2.0), max_relative = 1e-14);
        assert_relative_eq!(growth_power(0.5, 9.0), power(0.5, 9.0), max_relative = 1e-14);
        assert_relative_eq!(growth_power(0.0, 2.0), 2f64.exp(), max_relative = 1e-15);
        let just_below: f64 = growth_power(4.99e-7, 2.0);
        assert_relative_eq!(just_below, growth_power(5.01e-7, 2.0), max_relative = 1e-8);
        assert_relative_eq!(growth_power(1e-5, 2.0), power(1e-5, 2.0), max_relative = 1e-10);
    }

    #[test]
    fn a_ceiling_is_approached_from_one() {
        assert_relative_eq!(approaching(1.0, 2.2), 1.0, max_relative = 1e-15);
        assert_eq!(approaching(0.0, 2.2), 0.0);
        near(approaching(1e15, 2.2), 2.2);
    }

    #[test]
    fn products_of_powers_take_one_exponential() {
        let product = Power::of(2.0).raised(3.0).times(Power::of(5.0).raised(-1.0));
        assert_relative_eq!(product.value(), 1.6, max_relative = 1e-15);
        assert_relative_eq!(product.relative_to(Power::of(0.8)).value(), 2.0, max_relative = 1e-14);
        assert_relative_eq!(
            product.times_constant(Power::of(5.0)).value(),
            8.0,
            max_relative = 1e-14
        );
    }

    #[test]
    fn responses_stay_between_zero_and_one() {
        let response = |base: f64, exponent| falling(Power::of(base).raised(exponent).value());
        assert_relative_eq!(response(2.0, -3.0), 8.0 / 9.0, max_relative = 1e-15);
        assert_relative_eq!(response(2.0, 3.0), 1.0 / 9.0, max_relative = 1e-15);
        assert_eq!(response(1e300, -12.0), 1.0);
        assert_eq!(response(1e300, 12.0), 0.0);
        assert_eq!(response(0.0, -12.0), 0.0);
    }
}
