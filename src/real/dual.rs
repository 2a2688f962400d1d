//! Forward-mode dual numbers: a value and its derivatives in `N` directions at once.

use super::Real;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A value with `N` directional derivatives, over any scalar (`f64` or lanes).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dual<S, const N: usize> {
    pub value: S,
    /// Derivative of the value in each direction.
    pub tangent: [S; N],
}

impl<S: Real<Scalar = S>, const N: usize> Dual<S, N> {
    /// A value with derivative 0 in every direction.
    #[inline(always)]
    pub(crate) fn fixed(value: S) -> Self {
        Self { value, tangent: [S::zero(); N] }
    }

    /// A value with derivative 1 in `direction` (no direction if it is not below `N`).
    #[inline(always)]
    pub(crate) fn seeded(value: S, direction: usize) -> Self {
        let mut dual = Self::fixed(value);
        if let Some(entry) = dual.tangent.get_mut(direction) {
            *entry = S::one();
        }
        dual
    }

    /// Chain rule: value `value`, tangent scaled by `slope`.
    #[inline(always)]
    fn chain(self, value: S, slope: S) -> Self {
        let mut tangent = self.tangent;
        for entry in &mut tangent {
            *entry = *entry * slope;
        }
        Self { value, tangent }
    }

    #[inline(always)]
    fn zip(self, other: Self, value: S, combine: impl Fn(S, S) -> S) -> Self {
        let mut tangent = self.tangent;
        for (a, b) in tangent.iter_mut().zip(&other.tangent) {
            *a = combine(*a, *b);
        }
        Self { value, tangent }
    }
}

// Loops by reference throughout, neither `map` nor arrays by value: those copy, are not always
// inlined, and cost minutes of compile time when the scalar is several lanes wide.

/// The values without their derivatives.
#[inline(always)]
fn values_of<S: Real<Scalar = S>, const N: usize, const K: usize>(
    numbers: &[Dual<S, N>; K],
) -> [S; K] {
    let mut values = [S::zero(); K];
    for (value, number) in values.iter_mut().zip(numbers) {
        *value = number.value;
    }
    values
}

impl<S: Real<Scalar = S>, const N: usize> Neg for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        let mut tangent = self.tangent;
        for entry in &mut tangent {
            *entry = -*entry;
        }
        Self { value: -self.value, tangent }
    }
}

impl<S: Real<Scalar = S>, const N: usize> Add for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, self.value + other.value, |a, b| a + b)
    }
}

impl<S: Real<Scalar = S>, const N: usize> Sub for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, self.value - other.value, |a, b| a - b)
    }
}

// The product rule adds.
#[allow(clippy::suspicious_arithmetic_impl)]
impl<S: Real<Scalar = S>, const N: usize> Mul for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
        self.zip(other, x * y, |a, b| a * y + b * x)
    }
}

impl<S: Real<Scalar = S>, const N: usize> Div for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        let inverse = S::one() / other.value;
        let quotient = self.value / other.value;
        self.zip(other, quotient, |a, b| (a - b * quotient) * inverse)
    }
}

impl<S: Real<Scalar = S>, const N: usize> Add<S> for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: S) -> Self {
        Self { value: self.value + other, tangent: self.tangent }
    }
}

impl<S: Real<Scalar = S>, const N: usize> Sub<S> for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: S) -> Self {
        Self { value: self.value - other, tangent: self.tangent }
    }
}

impl<S: Real<Scalar = S>, const N: usize> Mul<S> for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: S) -> Self {
        self.chain(self.value * other, other)
    }
}

impl<S: Real<Scalar = S>, const N: usize> Div<S> for Dual<S, N> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: S) -> Self {
        self.chain(self.value / other, S::one() / other)
    }
}

impl<S: Real<Scalar = S>, const N: usize> Real for Dual<S, N> {
    type Scalar = S;

    #[inline(always)]
    fn number(value: f64) -> Self {
        Self::fixed(S::number(value))
    }

    #[inline(always)]
    fn constant(value: S) -> Self {
        Self::fixed(value)
    }

    #[inline(always)]
    fn exp(self) -> Self {
        let value = self.value.exp();
        self.chain(value, value)
    }

    #[inline(always)]
    fn ln(self) -> Self {
        self.chain(self.value.ln(), S::one() / self.value)
    }

    #[inline(always)]
    fn exp_each<const K: usize>(exponents: [Self; K]) -> [Self; K] {
        let mut results = exponents;
        for (result, value) in results.iter_mut().zip(&S::exp_each(values_of(&exponents))) {
            *result = result.chain(*value, *value);
        }
        results
    }

    #[inline(always)]
    fn ln_each<const K: usize>(values: [Self; K]) -> [Self; K] {
        let mut results = values;
        for (result, value) in results.iter_mut().zip(&S::ln_each(values_of(&values))) {
            *result = result.chain(*value, S::one() / result.value);
        }
        results
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.chain(root, S::number(0.5) / root)
    }

    /// The derivative −2π·sin(2πx) is taken as 2π·cos(2π(x + ¼)).
    #[inline(always)]
    fn cos_turns(self) -> Self {
        let slope = (self.value + S::number(0.25)).cos_turns();
        self.chain(self.value.cos_turns(), slope * S::number(std::f64::consts::TAU))
    }

    #[inline(always)]
    fn select_positive(self, positive: Self, otherwise: Self) -> Self {
        let value = self.value.select_positive(positive.value, otherwise.value);
        positive.zip(otherwise, value, |a, b| self.value.select_positive(a, b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    type D = Dual<f64, 2>;

    fn expression<R: Real>(x: R, y: R) -> R {
        let power = (x * y + R::one()).ln() * (x / (y + R::number(2.0))).exp();
        power + (x * x + y).sqrt() - (x - y).select_positive(x * x, y) + x.cos_turns()
    }

    proptest! {
        #[test]
        fn derivatives_agree_with_central_differences(x in 0.1..3.0_f64, y in 0.1..3.0_f64) {
            prop_assume!((x - y).abs() > 1e-3);
            let dual = expression(D::seeded(x, 0), D::seeded(y, 1));
            let h = 1e-6;
            let by_x = (expression(x + h, y) - expression(x - h, y)) / (2.0 * h);
            let by_y = (expression(x, y + h) - expression(x, y - h)) / (2.0 * h);
            prop_assert!((dual.tangent[0] - by_x).abs() < 1e-6 * (1.0 + by_x.abs()));
            prop_assert!((dual.tangent[1] - by_y).abs() < 1e-6 * (1.0 + by_y.abs()));
            prop_assert_eq!(dual.value, expression(x, y));
        }
    }

    #[test]
    fn power_rule() {
        let x = D::seeded(3.0, 0).powf(2.5);
        assert_relative_eq!(x.value, 3f64.powf(2.5), max_relative = 1e-14);
        assert_relative_eq!(x.tangent[0], 2.5 * 3f64.powf(1.5), max_relative = 1e-14);
    }

    #[test]
    fn side_by_side_gives_the_bits_of_one_by_one() {
        let numbers: [D; 11] = std::array::from_fn(|i| D::seeded(0.4 + 0.3 * i as f64, i % 2));
        let (powers, logarithms) = (D::exp_each(numbers), D::ln_each(numbers));
        for ((x, power), logarithm) in numbers.into_iter().zip(powers).zip(logarithms) {
            assert_eq!((power.value, power.tangent), (x.exp().value, x.exp().tangent));
            assert_eq!((logarithm.value, logarithm.tangent), (x.ln().value, x.ln().tangent));
        }
    }

    #[test]
    fn a_direction_out_of_range_seeds_nothing() {
        assert_eq!(D::seeded(1.0, 9).tangent, [0.0, 0.0]);
    }
}
