//! Choices by chance that can be repeated: a kind of input, a seed and a number give one input.

use crate::sweep::sampling::splitmix64;

pub(super) struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        Self { seed: splitmix64(seed, number), thrown: 0 }
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.thrown += 1;
        splitmix64(self.seed, self.thrown)
    }

    /// A whole number from 0, below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.bits() % end.max(1) as u64) as usize
    }

    /// A number from 0, below 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Some of these, in their order.
    pub(super) fn some<'a, T>(&mut self, of: &'a [T], share: f64) -> Vec<&'a T> {
        of.iter().filter(|_| self.chance(share)).collect()
    }
}
