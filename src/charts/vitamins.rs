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
    let all = VITAMINS.into_iter();
    all.filter_map(|(name, full, substance)| {
        Some(Vitamin { name, plasma: quantity(full)?, substance })
    })
    .collect()
}

/// The vitamins that change or differ; all if none does.
pub(crate) fn shown(subject: &Subject) -> Vec<Vitamin> {
    let all = vitamins();
    let moving: Vec<Vitamin> =
        all.iter().filter(|vitamin| moves(subject, vitamin)).copied().collect();
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

/// The plasma levels of an arm, row by row.
pub(crate) fn levels<'a>(arm: &'a ArmData, vitamin: &Vitamin) -> impl Iterator<Item = f64> + 'a {
    let column = vitamin.plasma.column;
    let rows = arm.trajectory.rows.iter();
    rows.map(move |row| row.value(column)).filter(|value| value.is_finite())
}
