//! Where the calcium of an arm went, and the hundred dots that show it.

use crate::physiology::ledger::Pool;
use crate::plots::canvas::Ink;
use crate::plots::numbers::{count, float};
use crate::plots::panel::Layer;
use crate::plots::style::{Shape, tint};

/// Parts of what was eaten: their pools, and the color and shape of their dots.
pub(super) const PARTS: [(&[Pool], Ink, Shape); 5] = [
    (&[Pool::Feces], tint::FECES, Shape::Disc),
    (&[Pool::Urine], tint::URINE, Shape::Square),
    (&[Pool::Sweat], tint::SWEAT, Shape::Triangle),
    (&[Pool::Cortical, Pool::Trabecular], tint::BONE, Shape::Diamond),
    (&[Pool::Stomach, Pool::Intestine, Pool::Ecf, Pool::Exchangeable], tint::BLOOD, Shape::Funnel),
];
/// Number of parts that have left the body.
const GONE: usize = 3;
/// Dots above each other, and so the percent of what was eaten that a column of them is.
const COLUMN: f64 = 5.0;
/// More dots than this no arm has.
const MOST_DOTS: usize = 1000;

/// Calcium that one arm ate, and its whereabouts \[mg\]; negative where a store shrank.
pub(super) struct Fate {
    pub arm: usize,
    pub eaten: f64,
    pub parts: [f64; PARTS.len()],
    pub coronary: f64,
    pub aortic: f64,
}

impl Fate {
    pub(super) fn percent(&self, amount: f64) -> f64 {
        100.0 * amount / self.eaten.max(1e-9)
    }

    pub(super) fn shares(&self) -> [f64; PARTS.len()] {
        self.parts.map(|part| self.percent(part))
    }

    /// Percent taken out of stores; not above 0.
    pub(super) fn lost(&self) -> f64 {
        self.shares().iter().map(|share| share.min(0.0)).sum()
    }

    pub(super) fn excreted(&self) -> f64 {
        self.shares().iter().take(GONE).sum()
    }

    pub(super) fn arterial(&self) -> f64 {
        self.coronary + self.aortic
    }

    /// Number of dots of each part, negative for those taken out of a store; the others come to the
    /// rounded sum of their shares.
    pub(super) fn dots(&self) -> [f64; PARTS.len()] {
        let gains = self.shares().map(|share| share.max(0.0));
        let mut counts =
            self.shares().map(|share| if share > 0.0 { share.floor() } else { share.round() });
        let spare =
            gains.iter().sum::<f64>().round() - gains.iter().map(|gain| gain.floor()).sum::<f64>();
        let rest = |part: &usize| gains.get(*part).map_or(0.0, |gain| gain.fract());
        let mut parts: Vec<usize> = (0..gains.len()).collect();
        parts.sort_by(|one, other| rest(other).total_cmp(&rest(one)));
        for part in parts.into_iter().take(count(spare, 0, PARTS.len())) {
            if let Some(own) = counts.get_mut(part) {
                *own += 1.0;
            }
        }
        counts
    }

    /// Ends of the dots \[%\]: whole columns of them.
    pub(super) fn ends(&self) -> (f64, f64) {
        let sum = |sign: f64| self.dots().iter().map(|dots| (sign * dots).max(0.0)).sum::<f64>();
        let columns = |dots: f64| COLUMN * (dots / COLUMN).ceil();
        (-columns(sum(-1.0)), columns(sum(1.0)))
    }

    /// The pieces of the bar \[%\]: gains to the right of 0, losses of stores to the left.
    pub(super) fn pieces(&self) -> Vec<(f64, f64, Ink)> {
        let (mut right, mut left) = (0.0, 0.0);
        let mut out = Vec::new();
        for ((_, ink, _), share) in PARTS.iter().zip(self.shares()) {
            let start = if share >= 0.0 { &mut right } else { &mut left };
            out.push((*start, *start + share, *ink));
            *start += share;
        }
        out
    }
}

/// The dots of an arm between these heights: gains from 0 to the right, losses of stores, hollow, to
/// the left.
pub(super) fn dots(fate: &Fate, (bottom, top): (f64, f64), arms: usize) -> Vec<Layer> {
    let radius = match arms {
        0..=2 => 8.0,
        3 | 4 => 7.5,
        _ => (36.0 / float(arms)).clamp(3.2, 5.0), // a slide is no higher for more arms
    };
    let (mut right, mut left) = (0.0, 0.0);
    let mut layers = Vec::new();
    for ((_, ink, shape), own) in PARTS.iter().zip(fate.dots()) {
        let (next, sign) = if own < 0.0 { (&mut left, -1.0) } else { (&mut right, 1.0) };
        let points = (0..count(own.abs(), 0, MOST_DOTS)).map(|position| {
            let dot = *next + float(position);
            let x = sign * COLUMN * ((dot / COLUMN).floor() + 0.5);
            (x, top - (dot % COLUMN + 0.5) / COLUMN * (top - bottom))
        });
        let (points, hollow) = (points.collect::<Vec<_>>(), own < 0.0);
        *next += own.abs();
        if !points.is_empty() {
            layers.push(Layer::Dots { points, shape: *shape, ink: *ink, radius, hollow });
        }
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_whole_percents_and_a_loss_of_bone_has_its_own() {
        let parts = [85.4, 14.9, 1.6, -1.9, 0.0].map(|share| 10.0 * share);
        let fate = Fate { arm: 0, eaten: 1000.0, parts, coronary: 0.0, aortic: 0.1 };
        assert_eq!(fate.dots(), [85.0, 15.0, 2.0, -2.0, 0.0]);
        assert_eq!(fate.ends(), (-5.0, 105.0));
        let layers = dots(&fate, (0.2, 0.8), 4);
        let drawn = |hollow: bool| {
            let count = |layer: &Layer| match layer {
                Layer::Dots { points, hollow: own, .. } if *own == hollow => points.len(),
                _ => 0,
            };
            layers.iter().map(count).sum::<usize>()
        };
        assert_eq!((drawn(false), drawn(true)), (102, 2));
        // A hundred percent are a hundred dots, whatever their parts.
        let parts = [333.4, 333.3, 333.3, 0.0, 0.0];
        assert_eq!(Fate { parts, ..fate }.dots(), [34.0, 33.0, 33.0, 0.0, 0.0]);
    }
}
