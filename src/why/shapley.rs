//! Exact Shapley values of a game whose every coalition has been played.
//!
//! Player i gets Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S)); the shares sum to
//! v(all) − v(none). Source: Shapley 1953; interaction of pairs: Grabisch and Roubens 1999.

use crate::error::defect::OrDefect as _;

/// Values of all coalitions of `players`; bit i of the position says whether player i is in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Game {
    players: usize,
    values: Vec<f64>,
}

impl Game {
    /// `None` unless there is one value for each of the 2ⁿ coalitions.
    pub(crate) fn new(players: usize, values: Vec<f64>) -> Option<Self> {
        let coalitions = 1_usize.checked_shl(u32::try_from(players).ok()?)?;
        (values.len() == coalitions).then_some(Self { players, values })
    }

    fn value(&self, coalition: usize) -> f64 {
        self.values.get(coalition).copied().or_defect("a coalition without a value")
    }

    /// Value of nobody, and of all together.
    pub(crate) fn ends(&self) -> (f64, f64) {
        (self.value(0), self.value(self.values.len() - 1))
    }

    /// The share of each player.
    pub(crate) fn shares(&self) -> Vec<f64> {
        let weights = weights(self.players);
        let share = |player: usize| {
            let bit = 1 << player;
            let without = (0..self.values.len()).filter(|coalition| coalition & bit == 0);
            without
                .map(|coalition| {
                    let gain = self.value(coalition | bit) - self.value(coalition);
                    weight(&weights, coalition) * gain
                })
                .sum()
        };
        (0..self.players).map(share).collect()
    }

    /// The interaction of each pair: how much more both do together than each alone, averaged.
    pub(crate) fn interactions(&self) -> Vec<((usize, usize), f64)> {
        let pairs = (0..self.players).flat_map(|i| (i + 1..self.players).map(move |j| (i, j)));
        if self.players < 2 {
            return Vec::new();
        }
        let weights = weights(self.players - 1);
        pairs
            .map(|(i, j)| {
                let (one, other) = (1 << i, 1 << j);
                let both = one | other;
                let without = (0..self.values.len()).filter(|coalition| coalition & both == 0);
                let together = without.map(|coalition| {
                    let gain = self.value(coalition | both)
                        - self.value(coalition | one)
                        - self.value(coalition | other)
                        + self.value(coalition);
                    weight(&weights, coalition) * gain
                });
                ((i, j), together.sum())
            })
            .collect()
    }
}

/// The players of a coalition.
pub(crate) fn members<T>(players: &[T], coalition: usize) -> Vec<&T> {
    let all = players.iter().enumerate();
    all.filter(|(index, _)| coalition >> index & 1 == 1).map(|(_, player)| player).collect()
}

/// |S|! (n − |S| − 1)! / n! for each size of S.
fn weights(players: usize) -> Vec<f64> {
    let mut weights = Vec::with_capacity(players);
    let n = players as f64;
    let mut choose = 1.0;
    for size in 0..players {
        weights.push(1.0 / (n * choose));
        let size = size as f64;
        choose *= (n - 1.0 - size) / (size + 1.0);
    }
    weights
}

fn weight(weights: &[f64], coalition: usize) -> f64 {
    weights.get(coalition.count_ones() as usize).copied().or_defect("a coalition too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gloves_are_shared_as_in_the_textbook() {
        // Players 0 and 1 have a left glove, player 2 a right one; a pair is worth 1.
        let values = (0..8).map(|coalition: u32| {
            let left = (coalition & 1) + (coalition >> 1 & 1);
            f64::from(left.min(coalition >> 2 & 1))
        });
        let shares = Game::new(3, values.collect()).unwrap().shares();
        for (share, wanted) in shares.iter().zip([1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]) {
            assert!((share - wanted).abs() < 1e-15, "{shares:?}");
        }
    }

    #[test]
    fn shares_sum_to_the_difference_and_a_product_interacts() {
        // v = (1 + a)(1 + b) with gains 2 and 3: alone 2 and 3, together 11.
        let game = Game::new(2, vec![1.0, 3.0, 4.0, 12.0]).unwrap();
        assert_eq!(game.shares(), [5.0, 6.0]);
        assert_eq!(game.interactions(), [((0, 1), 6.0)]);
        assert_eq!(game.ends(), (1.0, 12.0));
        assert!(Game::new(2, vec![1.0]).is_none());
        assert_eq!(Game::new(0, vec![1.0]).unwrap().shares(), Vec::<f64>::new());
    }
}
