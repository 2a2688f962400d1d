//! Several numbers side by side, each of an independent run.
#![allow(clippy::indexing_slicing)] // `for_each_index` gives indices below the length

use super::{Real, portable};
use crate::error::defect::OrDefect as _;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Repeats a statement for each index below a constant of at most 8, without a loop.
///
/// An operation on lanes is inlined thousands of times into one kernel. As loops they took the
/// optimizer 40 s for each kernel, written out 5 s, and the code is the same in the end.
macro_rules! for_each_index {
    ($count:ident, $index:ident => $statement:expr) => {
        const { assert!($count <= 8) }
        for_each_index!(@ $count, $index, $statement; 0 1 2 3 4 5 6 7)
    };
    (@ $count:ident, $index:ident, $statement:expr; $($at:literal)*) => {
        $(if $at < $count {
            const $index: usize = $at;
            $statement;
        })*
    };
}

/// `W` numbers, each with the arithmetic of `f64`, to the bit.
///
/// Inside a kernel for wide registers an operation on all lanes is one instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(crate) struct Lanes<const W: usize>([f64; W]);

impl<const W: usize> Lanes<W> {
    #[inline(always)]
    pub(crate) const fn new(numbers: [f64; W]) -> Self {
        Self(numbers)
    }

    #[inline(always)]
    pub(crate) const fn numbers(&self) -> &[f64; W] {
        &self.0
    }

    #[inline(always)]
    pub(crate) fn lane(&self, index: usize) -> f64 {
        self.0.get(index).copied().or_defect("a lane that does not exist")
    }

    #[inline(always)]
    pub(crate) fn set_lane(&mut self, index: usize, number: f64) {
        *self.0.get_mut(index).or_defect("a lane that does not exist") = number;
    }

    /// A function of the numbers of both in each lane.
    #[inline(always)]
    pub(crate) fn zip(mut self, other: Self, combine: impl Fn(f64, f64) -> f64) -> Self {
        for_each_index!(W, I => self.0[I] = combine(self.0[I], other.0[I]));
        self
    }

    /// A function of the number in each lane.
    #[inline(always)]
    pub(crate) fn each(mut self, function: impl Fn(f64) -> f64) -> Self {
        for a in &mut self.0 {
            *a = function(*a);
        }
        self
    }
}

macro_rules! arithmetic {
    ($($operation:ident, $method:ident, $assign:tt;)*) => {
        $(impl<const W: usize> $operation for Lanes<W> {
            type Output = Self;
            #[inline(always)]
            fn $method(mut self, other: Self) -> Self {
                for_each_index!(W, I => self.0[I] $assign other.0[I]);
                self
            }
        })*
    };
}
arithmetic! { Add, add, +=; Sub, sub, -=; Mul, mul, *=; Div, div, /=; }

impl<const W: usize> Neg for Lanes<W> {
    type Output = Self;
    #[inline(always)]
    fn neg(mut self) -> Self {
        for_each_index!(W, I => self.0[I] = -self.0[I]);
        self
    }
}

impl<const W: usize> Real for Lanes<W> {
    type Scalar = Self;

    #[inline(always)]
    fn number(value: f64) -> Self {
        Self([value; W])
    }

    #[inline(always)]
    fn constant(value: Self) -> Self {
        value
    }

    #[inline(always)]
    fn exp(self) -> Self {
        self.each(portable::exp)
    }

    #[inline(always)]
    fn ln(self) -> Self {
        self.each(portable::ln)
    }

    // Loops, not `map`: that is not always inlined, and then not compiled for wide registers.

    #[inline(always)]
    fn exp_each<const N: usize>(mut exponents: [Self; N]) -> [Self; N] {
        for number in &mut exponents {
            *number = number.exp();
        }
        exponents
    }

    #[inline(always)]
    fn ln_each<const N: usize>(mut values: [Self; N]) -> [Self; N] {
        for number in &mut values {
            *number = number.ln();
        }
        values
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        self.each(f64::sqrt)
    }

    #[inline(always)]
    fn cos_turns(self) -> Self {
        self.each(portable::cos_turns)
    }

    #[inline(always)]
    fn select_positive(self, positive: Self, otherwise: Self) -> Self {
        let mut result = otherwise;
        for_each_index!(W, I => result.0[I] = self.0[I].select_positive(positive.0[I], result.0[I]));
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = f64> {
        let special =
            [0.0, -0.0, 1.0, -1.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 5e-324, 709.8];
        prop_oneof![any::<f64>(), -800.0..800.0_f64, prop::sample::select(special.to_vec())]
    }

    /// Every operation of the trait once.
    fn all<R: Real<Scalar = R>>(x: R, y: R, z: R) -> [R; 20] {
        let [e, f] = R::exp_each([x, y]);
        let [l, m] = R::ln_each([x, y]);
        [
            x + y,
            x - y,
            x * y,
            x / y,
            -x,
            x.exp(),
            x.ln(),
            x.sqrt(),
            x.cos_turns(),
            x.select_positive(y, z),
            x.powf(y),
            x.max(y),
            x.min(y),
            x.clamp_unit(),
            x.softplus(),
            x.logistic(),
            e,
            f,
            l,
            m,
        ]
    }

    proptest! {
        #[test]
        fn every_lane_has_the_bits_of_the_scalar(numbers in prop::array::uniform8([number(), number(), number()])) {
            let [x, y, z] = [0, 1, 2].map(|i| Lanes(numbers.map(|lane| lane[i])));
            let side_by_side = all(x, y, z);
            for (lane, [x, y, z]) in numbers.into_iter().enumerate() {
                for (together, alone) in side_by_side.iter().zip(all(x, y, z)) {
                    let together = together.lane(lane);
                    // The sign and payload of a NaN is no result.
                    let same = together.to_bits() == alone.to_bits() || (together.is_nan() && alone.is_nan());
                    prop_assert!(same, "{together} {alone}");
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "a lane that does not exist")]
    fn a_lane_that_is_not_there_is_a_defect() {
        Lanes::new([1.0, 2.0]).set_lane(2, 3.0);
    }
}
