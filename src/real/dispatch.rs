//! Kernels compiled for several register widths, one of which is chosen at run time.
//!
//! A [`Kernel`] is compiled once for each width. Width changes how many numbers one instruction
//! handles, never a bit of a result: nothing is reordered, and no multiplication is fused with
//! an addition.

/// A computation that is compiled for every width.
///
/// `run` and every hot function below it must be `#[inline(always)]`: only inlined code is compiled
/// for the width.
pub trait Kernel {
    type Output;

    fn run(self) -> Self::Output;
}

/// Width of the registers that a kernel may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// The registers that every machine of this architecture has.
    Baseline,
    /// Four numbers, AVX2.
    Four,
    /// Eight numbers, AVX-512.
    Eight,
}

impl Width {
    /// Every width, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Baseline, Self::Four, Self::Eight];

    /// True if this machine has it; takes a nanosecond.
    #[inline(always)]
    pub fn is_available(self) -> bool {
        match self {
            Self::Baseline => true,
            #[cfg(target_arch = "x86_64")]
            Self::Four => is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Self::Eight => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
            }
            #[cfg(not(target_arch = "x86_64"))]
            Self::Four | Self::Eight => false,
        }
    }

    /// The widest that this machine has.
    #[inline(always)]
    pub fn widest() -> Self {
        if Self::Eight.is_available() {
            Self::Eight
        } else if Self::Four.is_available() {
            Self::Four
        } else {
            Self::Baseline
        }
    }

    /// Runs a kernel with registers of this width, or of the baseline where it is missing.
    #[allow(unsafe_code)]
    #[inline(always)]
    pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self {
            // SAFETY: `eight` needs exactly the instructions that the guard has found.
            #[cfg(target_arch = "x86_64")]
            Self::Eight if Self::Eight.is_available() => unsafe { eight(kernel) },
            // SAFETY: `four` needs exactly the instructions that the guard has found.
            #[cfg(target_arch = "x86_64")]
            Self::Four if Self::Four.is_available() => unsafe { four(kernel) },
            _ => baseline(kernel),
        }
    }
}

/// Registers that this machine is known to have: a kernel is compiled for these alone.
///
/// For kernels too large to be compiled for widths that they never run with.
pub(crate) trait Registers: Copy {
    fn run<K: Kernel>(self, kernel: K) -> K::Output;
}

/// The registers that every machine has.
#[cfg_attr(target_arch = "x86_64", allow(dead_code))] // a test on x86-64, all there is elsewhere
#[derive(Clone, Copy, Debug)]
pub(crate) struct Baseline;

/// AVX2, found on this machine.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Four(());

/// AVX-512, found on this machine.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Eight(());

impl Registers for Baseline {
    fn run<K: Kernel>(self, kernel: K) -> K::Output {
        baseline(kernel)
    }
}

#[cfg(target_arch = "x86_64")]
impl Four {
    /// The registers, if this machine has them.
    pub(crate) fn detect() -> Option<Self> {
        Width::Four.is_available().then_some(Self(()))
    }
}

#[cfg(target_arch = "x86_64")]
impl Registers for Four {
    #[allow(unsafe_code)]
    fn run<K: Kernel>(self, kernel: K) -> K::Output {
        // SAFETY: only `detect` makes a `Four`, after it has found the instructions that `four`
        // needs.
        unsafe { four(kernel) }
    }
}

#[cfg(target_arch = "x86_64")]
impl Eight {
    /// The registers, if this machine has them.
    pub(crate) fn detect() -> Option<Self> {
        Width::Eight.is_available().then_some(Self(()))
    }
}

#[cfg(target_arch = "x86_64")]
impl Registers for Eight {
    #[allow(unsafe_code)]
    fn run<K: Kernel>(self, kernel: K) -> K::Output {
        // SAFETY: only `detect` makes an `Eight`, after it has found the instructions that `eight`
        // needs.
        unsafe { eight(kernel) }
    }
}

#[inline(never)]
fn baseline<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline(never)]
fn four<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
#[inline(never)]
fn eight<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::real::{Dual, Real};

    struct Series([Dual<f64, 8>; 24]);

    impl Kernel for Series {
        type Output = [u64; 24 * 9];

        #[inline(always)]
        fn run(self) -> Self::Output {
            let mut bits = [0; 24 * 9];
            let mut places = bits.iter_mut();
            for x in self.0 {
                let y = (x * x + 1.0).ln() * x.exp() / (x + 3.0).sqrt() - x.cos_turns() * 0.1;
                for (number, place) in std::iter::once(y.value).chain(y.tangent).zip(&mut places) {
                    *place = number.to_bits();
                }
            }
            bits
        }
    }

    #[test]
    fn every_width_gives_the_same_bits() {
        let numbers = std::array::from_fn(|i| Dual::seeded(0.37 * i as f64 - 2.5, i % 8));
        let expected = Series(numbers).run();
        for width in Width::ALL {
            assert_eq!(width.run(Series(numbers)), expected, "{width:?}");
        }
    }
}
