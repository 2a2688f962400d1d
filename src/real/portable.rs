//! Elementary functions with the same bits on every platform.
//!
//! Only IEEE additions, multiplications, divisions and bit operations, no fused multiply-add,
//! no branch on the value: a loop over lanes of these functions vectorises to the same bits.

// Constants are written with all digits of their double.
#![allow(clippy::excessive_precision)]

// Choices are written with `select`, which stays one instruction: after an `if` the compiler likes
// to move the work into its arm, and then lanes no longer go side by side.
use std::hint::select_unpredictable as select;

const LOG2_E: f64 = std::f64::consts::LOG2_E;
const LN2_HIGH: f64 = 6.931_471_803_691_238_164_90e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_700_02e-10;
/// Adding and subtracting 1.5 · 2^52 rounds to the nearest whole number.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
const LARGEST_EXPONENT: f64 = 709.782_712_893_383_973_096;
const SMALLEST_EXPONENT: f64 = -708.0;

/// e^x to within 1 ulp or so (relative error below 3e-16).
///
/// x = n·ln 2 + r, |r| ≤ ln 2 / 2; e^r = 1 + r + r²·q(r), q the minimax polynomial of degree 9
/// (error 2e-17); scaled by 2^n.
/// Infinite above 709.78; zero below −708 (results that would be subnormal are flushed).
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    let shifted = x * LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (0.500_000_000_000_000_1 + r * 0.166_666_666_666_666_69)
        + r2 * (0.041_666_666_666_623_99 + r * 0.008_333_333_333_330_051);
    let middle = (0.001_388_888_891_728_179_4 + r * 0.000_198_412_698_631_058_68)
        + r2 * (2.480_152_119_021_773e-5 + r * 2.755_726_837_868_419_2e-6);
    let high = 2.762_013_871_973_399_4e-7 + r * 2.510_042_415_700_506_7e-8;
    let polynomial = 1.0 + (r + r2 * (low + r4 * (middle + r4 * high)));
    // The low bits of `shifted` hold n. Half of 2^n, so that n = 1024 does not overflow.
    let half_scale = f64::from_bits(shifted.to_bits().wrapping_add(1022) << 52);
    let value = (polynomial + polynomial) * half_scale;
    // Outside its range the scale is nonsense; a NaN goes through.
    let value = select(x > LARGEST_EXPONENT, f64::INFINITY, value);
    select(x < SMALLEST_EXPONENT, 0.0, value)
}

/// Natural logarithm to within 1 ulp or so.
///
/// x = 2^k·m, m in [√½, √2); s = (m − 1)/(m + 1); ln m = 2·artanh s by the odd series with the
/// minimax coefficients of the classic `log` of the Sun mathematical library (facts, not code).
/// NaN below zero, minus infinity at zero, infinity at infinity.
#[inline(always)]
pub(crate) fn ln(x: f64) -> f64 {
    const TWO_54: f64 = 18_014_398_509_481_984.0;
    let subnormal = x < f64::MIN_POSITIVE;
    let scaled = select(subnormal, x * TWO_54, x);
    let shift = select(subnormal, -54.0, 0.0);
    let bits = scaled.to_bits();
    // Moves the split from 1 down to √½, so that m lies around 1.
    let moved = bits.wrapping_add(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd);
    // Exponent as a double without an integer conversion (which has no vector form on SSE2).
    let exponent_bits = (moved >> 52) & 0x7ff;
    let k =
        f64::from_bits(exponent_bits | 0x4330_0000_0000_0000) - (4_503_599_627_370_496.0 + 1023.0);
    let k = k + shift;
    let m = f64::from_bits((moved & 0x000f_ffff_ffff_ffff) + 0x3fe6_a09e_667f_3bcd);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w
        * (3.999_999_999_940_941_908e-1
            + w * (2.222_219_843_214_978_396e-1 + w * 1.531_383_769_920_937_332e-1));
    let odd = z
        * (6.666_666_666_666_735_130e-1
            + w * (2.857_142_874_366_239_149e-1
                + w * (1.818_357_216_161_805_012e-1 + w * 1.479_819_860_511_658_591e-1)));
    let series = even + odd;
    let half_square = 0.5 * f * f;
    let value = k * LN2_HIGH - ((half_square - (s * (half_square + series) + k * LN2_LOW)) - f);
    let value = select(x < f64::INFINITY, value, x);
    let value = select(x > 0.0, value, f64::NAN);
    select(x == 0.0, f64::NEG_INFINITY, value)
}

/// A function of each number, in groups of eight that wide registers hold at once.
#[inline(always)]
pub(crate) fn each<const N: usize>(numbers: [f64; N], function: impl Fn(f64) -> f64) -> [f64; N] {
    let mut results = numbers;
    let (groups, rest) = results.as_chunks_mut::<8>();
    for group in groups {
        for number in group {
            *number = function(*number);
        }
    }
    for number in rest {
        *number = function(*number);
    }
    results
}

/// cos(2π·turns), absolute error below 1e-15 for |turns| below 10⁹.
///
/// The turns are reduced to u in [−½, ½]; cos 2πu = 1 − 2·sin²(πu), sin by its Taylor series.
#[inline(always)]
pub(crate) fn cos_turns(turns: f64) -> f64 {
    let u = turns - ((turns + ROUNDER) - ROUNDER);
    let magnitude = select(u < 0.0, -u, u);
    // sin(πu) = cos(π(½ − u)): use the smaller angle of the half turn for accuracy.
    let far = magnitude > 0.25;
    let near = select(far, 0.5 - magnitude, magnitude);
    let a = near * std::f64::consts::PI;
    let q = a * a;
    let sine = a
        * (1.0
            + q * (-1.0 / 6.0
                + q * (1.0 / 120.0
                    + q * (-1.0 / 5_040.0
                        + q * (1.0 / 362_880.0
                            + q * (-1.0 / 39_916_800.0
                                + q * (1.0 / 6_227_020_800.0
                                    + q * (-1.0 / 1_307_674_368_000.0))))))));
    let value = 1.0 - 2.0 * sine * sine;
    select(far, -value, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn relative(a: f64, b: f64) -> f64 {
        if a == b { 0.0 } else { ((a - b) / b).abs() }
    }

    #[test]
    fn edges_of_exp() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(710.0), f64::INFINITY);
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(-800.0), 0.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert!(exp(f64::NAN).is_nan());
        assert!(relative(exp(709.7), 709.7_f64.exp()) < 1e-15);
    }

    #[test]
    fn edges_of_ln() {
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(ln(-1.0).is_nan());
        assert!(ln(f64::NAN).is_nan());
        assert!(relative(ln(5e-324), 5e-324_f64.ln()) < 1e-15);
    }

    #[test]
    fn cosine_of_simple_turns() {
        for (turns, expected) in [(0.0, 1.0), (0.25, 0.0), (0.5, -1.0), (1.0, 1.0), (-3.5, -1.0)] {
            assert!((cos_turns(turns) - expected).abs() < 1e-15, "{turns}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn exp_agrees_with_the_standard_library(x in -700.0..709.0_f64) {
            prop_assert!(relative(exp(x), x.exp()) < 4e-16 * 2.0);
        }
        #[test]
        fn ln_agrees_with_the_standard_library(e in -300.0..300.0_f64, m in 1.0..10.0_f64) {
            let x = m * 10f64.powf(e);
            prop_assert!(relative(ln(x), x.ln()) < 4e-16 * 2.0);
        }
        #[test]
        fn ln_near_one(d in -1e-3..1e-3_f64) {
            prop_assert!(relative(ln(1.0 + d), (1.0 + d).ln()) < 4e-16);
        }
        #[test]
        fn power_is_good_to_1e_13(base in 1e-8..1e8_f64, exponent in -20.0..20.0_f64) {
            let expected = base.powf(exponent);
            prop_assume!(expected > 1e-290 && expected < 1e290);
            prop_assert!(relative(exp(exponent * ln(base)), expected) < 2e-13);
        }
        #[test]
        fn cosine_agrees(turns in -1000.0..1000.0_f64) {
            let exact = (2.0 * std::f64::consts::PI * (turns - turns.round())).cos();
            prop_assert!((cos_turns(turns) - exact).abs() < 2e-15);
        }
    }
}
