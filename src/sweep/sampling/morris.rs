//! Morris's trajectories: from a random point of a grid, each dimension moves once.
//!
//! M. D. Morris, Technometrics 33, 161–174 (1991). On p levels 0, 1/(p − 1) … 1 every step is
//! Δ = (p/2)/(p − 1), so that all levels are equally likely. A trajectory follows from the seed
//! and its number alone.

use chacha20::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use crate::error::defect::OrDefect as _;
use crate::sweep::sampling::uniform_below;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MorrisDesign {
    pub seed: u64,
    pub count: u64,
    /// Number of levels, even and at least 2.
    pub levels: u64,
    /// Shares of each dimension between which the levels lie.
    pub ends: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub dimension: usize,
    /// True if it moves up.
    pub up: bool,
    /// The lower of its two levels.
    pub level: u64,
}

impl MorrisDesign {
    /// Points of a trajectory: one more than dimensions.
    pub(crate) fn length(&self) -> u64 {
        self.ends.len() as u64 + 1
    }

    /// Number of points of all trajectories.
    pub(crate) fn points(&self) -> u64 {
        self.count.saturating_mul(self.length())
    }

    /// The length of a step, Δ, as a share of the way from the lowest to the highest level.
    pub(crate) fn step(&self) -> f64 {
        (self.levels / 2) as f64 / (self.levels - 1) as f64
    }

    /// The steps of a trajectory in their order.
    pub(crate) fn moves(&self, trajectory: u64) -> Vec<Move> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(trajectory);
        let mut moves: Vec<Move> = (0..self.ends.len())
            .map(|dimension| {
                let level = uniform_below(random.next_u64(), self.levels / 2);
                Move { dimension, up: random.next_u64() >> 63 == 1, level }
            })
            .collect();
        // Fisher and Yates: every order is equally likely.
        for last in (1..moves.len()).rev() {
            let other = uniform_below(random.next_u64(), last as u64 + 1);
            moves.swap(last, usize::try_from(other).or_defect("a move that does not exist"));
        }
        moves
    }

    /// A point: trajectory = index / length, with the first index % length moves done.
    pub(crate) fn point(&self, index: u64) -> Vec<f64> {
        let (trajectory, done) = (index / self.length(), index % self.length());
        let moves = self.moves(trajectory);
        let mut shares = vec![0.0; self.ends.len()];
        for (order, step) in (0..).zip(&moves) {
            let high = (order < done) == step.up;
            let level = step.level + if high { self.levels / 2 } else { 0 };
            let share = level as f64 / (self.levels - 1) as f64;
            let place = shares.get_mut(step.dimension).zip(self.ends.get(step.dimension));
            if let Some((place, (low, high))) = place {
                *place = low + share * (high - low);
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design() -> MorrisDesign {
        MorrisDesign { seed: 3, count: 50, levels: 4, ends: vec![(0.0, 1.0); 6] }
    }

    #[test]
    fn each_dimension_moves_once_by_the_same_step() {
        let design = design();
        for trajectory in 0..design.count {
            let start = trajectory * design.length();
            let mut moved = vec![0; 6];
            for (order, step) in (0_u64..).zip(design.moves(trajectory)) {
                let (a, b) = (design.point(start + order), design.point(start + order + 1));
                for (dimension, (a, b)) in a.iter().zip(&b).enumerate() {
                    if a != b {
                        moved[dimension] += 1;
                        assert_eq!(dimension, step.dimension);
                        let expected = if step.up { design.step() } else { -design.step() };
                        assert!((b - a - expected).abs() < 1e-15);
                    }
                    assert!((0.0..=1.0).contains(b));
                }
            }
            assert_eq!(moved, [1; 6]);
        }
    }

    #[test]
    fn all_levels_and_orders_come() {
        let design = MorrisDesign { count: 400, ..design() };
        let mut levels = std::collections::BTreeMap::new();
        let mut firsts = [0; 6];
        for trajectory in 0..design.count {
            let point = design.point(trajectory * design.length());
            *levels.entry((point[0] * 3.0).round() as u64).or_insert(0) += 1;
            firsts[design.moves(trajectory)[0].dimension] += 1;
        }
        assert_eq!(levels.len(), 4);
        assert!(levels.values().all(|count| (70..130).contains(count)), "{levels:?}");
        assert!(firsts.iter().all(|count| (40..95).contains(count)), "{firsts:?}");
    }
}
