//! What the ends of the paths say, in one sentence.

use crate::plots::{Subject, labels};
use crate::words::catalogue::message;
use crate::words::numbers::fixed;

/// Smallest difference of bone \[points\] worth a sentence.
pub(super) const BONE: f64 = 0.5;
/// Smallest difference of coronary calcium \[AU\] worth a sentence.
pub(super) const ARTERY: f64 = 3.0;

/// Two arms, and how far the ends of the one lie on the better side of the other's.
pub(super) struct Pair {
    pub better: usize,
    pub worse: usize,
    pub bone: f64,
    pub artery: f64,
    /// Smallest difference of coronary calcium worth a sentence beside what both gain.
    pub least_artery: f64,
}

/// Statements that a headline can make about the ends.
pub(super) enum Story {
    /// No arm has two numbers.
    Nothing,
    /// The end of the only arm.
    Alone((f64, f64)),
    /// One arm is better in both than another.
    Better { pair: Pair, same_calcium: bool },
    /// The two arms that the lesson compares, where neither is better in both.
    Compared(Pair),
    /// The arm with most bone and the one with softest arteries, where the arms differ in that; and
    /// the distance of the largest end from the smallest, of bone \[points\] and artery \[AU\].
    Apart { bone: Option<usize>, artery: Option<usize>, spans: (f64, f64) },
}

impl Pair {
    /// First the arm with more bone, or with softer arteries where the bones hardly differ.
    pub(super) fn with_the_better_first(self) -> Self {
        let first = if self.bone.abs() >= BONE { self.bone } else { self.artery };
        if first >= 0.0 {
            return self;
        }
        let (better, worse) = (self.worse, self.better);
        Self { better, worse, bone: -self.bone, artery: -self.artery, ..self }
    }
}

/// The finding in one sentence.
pub(super) fn title(subject: &Subject, story: &Story) -> String {
    let brief = |arm: &usize| labels::short(subject.label(*arm));
    match story {
        Story::Nothing => message!(none.computed),
        Story::Alone(end) => alone(*end),
        Story::Better { pair, same_calcium } => {
            let told = message!(
                paradox.pair,
                better = brief(&pair.better),
                bone = fixed(pair.bone, 1),
                artery = fixed(pair.artery, 0),
                worse = brief(&pair.worse)
            );
            if *same_calcium { message!(paradox.same_calcium, told) } else { told }
        }
        Story::Compared(pair) => compared(pair, &brief),
        Story::Apart { bone: Some(bone), artery: Some(artery), .. } => {
            message!(paradox.apart, bone = brief(bone), artery = brief(artery))
        }
        Story::Apart { bone: Some(bone), spans, .. } => {
            message!(paradox.bone_only, bone = brief(bone), span = fixed(spans.1, 0))
        }
        Story::Apart { artery: Some(artery), spans, .. } => {
            message!(paradox.artery_only, artery = brief(artery), span = fixed(spans.0, 1))
        }
        Story::Apart { spans: (0.0, 0.0), .. } => message!(paradox.alike),
        Story::Apart { spans: (bone, artery), .. } => {
            message!(paradox.even, bone = fixed(*bone, 1), artery = fixed(*artery, 0))
        }
    }
}

fn compared(pair: &Pair, brief: &dyn Fn(&usize) -> String) -> String {
    let (better, worse) = (brief(&pair.better), brief(&pair.worse));
    let (bone, artery) = (fixed(pair.bone, 1), fixed(pair.artery.abs(), 0));
    let near = fixed(pair.bone.abs(), 1);
    match (pair.bone.abs() >= BONE, pair.artery.abs() >= pair.least_artery) {
        // The numbers at the ends are rounded: a difference on the brink may count here only.
        (true, true) if pair.artery > 0.0 => {
            message!(paradox.pair, better, bone, artery, worse)
        }
        (true, true) => message!(paradox.pair_apart, better, bone, artery, worse),
        (true, false) => {
            message!(paradox.pair_bone, better, bone, worse, artery)
        }
        (false, true) => {
            message!(paradox.pair_artery, better, artery, worse, bone = near)
        }
        (false, false) if (pair.bone, pair.artery) == (0.0, 0.0) => {
            message!(paradox.pair_alike, better, worse)
        }
        (false, false) => message!(paradox.pair_even, better, worse, bone = near, artery),
    }
}

fn alone((bone, artery): (f64, f64)) -> String {
    let points = fixed(bone.abs(), 1);
    let bone = match bone {
        change if change.abs() < BONE => message!(paradox.bone_keeps),
        change if change < 0.0 => message!(paradox.bone_loses, points),
        _ => message!(paradox.bone_gains, points),
    };
    let amount = fixed(artery.abs(), 0);
    let artery = match artery {
        change if change.abs() < ARTERY => message!(paradox.artery_keeps),
        change if change < 0.0 => message!(paradox.artery_loses, amount),
        _ => message!(paradox.artery_gains, amount),
    };
    message!(paradox.alone, bone, artery)
}
