//! The vitamins of the kinetics figure: which there are, and which of them have news.

use crate::nutrition::regimen::Substance;
use crate::physiology::quantities::{Quantity, quantity};
use crate::plots::numbers::extremes;
use crate::plots::{ArmData, Subject};

/// A vitamin and where its plasma level stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vitamin {
    /// "MK-7".
    pub name: &'static str,
    pub plasma: &'static Quantity,
    /// As pills hold it.
    pub substance: Substance,
}

const VITAMINS: [(&str, &str, Substance); 3] = [
    ("K1", "k1_plasma_nm", Substance::K1),
    ("MK-4", "mk4_plasma_nm", Substance::Mk4),
    ("MK-7", "mk7_plasma_nm", Substance::Mk7),
];

/// Share of change that counts as a change of vitamin K.
const NEWS: f64 = 0.1;

/// Levels below this are no news \[nM\].
pub(crate) const UNSEEN: f64 = 1e-4;

fn vitamins() -> Vec<Vitamin> {
    let vitamin = |(name, full, substance)| {
        let plasma = quantity(full)?;
        Some(Vitamin { name, plasma, substance })
    };
    VITAMINS.into_iter().filter_map(vitamin).collect()
}

/// The vitamins that change or differ; all if none does.
pub(crate) fn shown(subject: &Subject) -> Vec<Vitamin> {
    let all = vitamins();
    let moving = all.iter().filter(|vitamin| moves(subject, vitamin));
    let moving: Vec<Vitamin> = moving.copied().collect();
    if moving.is_empty() { all } else { moving }
}

/// True if vitamin K differs between arms or changes in one.
pub(crate) fn any_moves(subject: &Subject) -> bool {
    vitamins().iter().any(|vitamin| moves(subject, vitamin))
}

fn moves(subject: &Subject, vitamin: &Vitamin) -> bool {
    let values = subject.arms.iter().flat_map(|arm| levels(arm, vitamin));
    extremes(values).is_some_and(|(low, high)| high > UNSEEN && high - low > NEWS * high)
}

/// The finite plasma levels of an arm, row by row.
pub(crate) fn levels(arm: &ArmData, vitamin: &Vitamin) -> impl Iterator<Item = f64> {
    arm.course(vitamin.plasma).into_iter().map(|point| point.1)
}

/// True if a level falls below half its peak again, which is seen best as a slope of decades.
pub(crate) fn clears(subject: &Subject, vitamin: &Vitamin) -> bool {
    subject.arms.iter().any(|arm| {
        let mut peak = 0.0_f64;
        levels(arm, vitamin).any(|level| {
            peak = peak.max(level);
            peak > UNSEEN && level < 0.5 * peak
        })
    })
}

/// Start of an axis in decades, and whether it is needed.
#[derive(Clone, Copy)]
pub(crate) struct Floor {
    pub lowest: f64,
    highest: f64,
    /// The lowest of the peaks that doses make.
    peak: f64,
}

impl Floor {
    /// True if one arm's peaks would flatten another's.
    pub(crate) fn is_far(self) -> bool {
        self.highest > 20.0 * self.peak
    }
}

/// Three decades below the lowest peak that any dose makes, at most six below the highest.
pub(crate) fn floor(subject: &Subject, vitamin: &Vitamin) -> Option<Floor> {
    let peaks = subject.arms.iter().filter_map(|arm| {
        let peak = levels(arm, vitamin).fold(0.0, f64::max);
        let start = levels(arm, vitamin).next()?;
        (peak > 1.5 * start && peak > UNSEEN).then_some(peak)
    });
    let (low, high) =
        peaks.fold((f64::MAX, 0.0), |(low, high): (f64, f64), p| (low.min(p), high.max(p)));
    let lowest = (1e-3 * low).max(1e-6 * high);
    (low <= high).then_some(Floor { lowest, highest: high, peak: low })
}
