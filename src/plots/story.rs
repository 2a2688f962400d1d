//! Labels and values inside sentences.

use crate::physiology::quantities::Quantity;
use crate::words::names::inside;

use super::font::{self, Weight};
use super::{ArmData, Subject};

/// True if any arm has a row.
pub(crate) fn has_rows(subject: &Subject) -> bool {
    subject.arms.iter().any(|arm| !arm.trajectory.rows.is_empty())
}

/// First and last finite value of a quantity in an arm.
pub(crate) fn ends_of(arm: &ArmData, quantity: &Quantity) -> Option<(f64, f64)> {
    let rows = arm.trajectory.rows.iter();
    let mut values = rows.map(|row| row.value(quantity.column)).filter(|value| value.is_finite());
    let first = values.next()?;
    Some((first, values.next_back().unwrap_or(first)))
}

/// An arm's label, short enough for a title.
pub(crate) fn short_label(label: &str) -> String {
    font::shorten_middle(label, 1.0, Weight::Regular, 18.0)
}

/// A label in a sentence's beginning: "Relative hip fracture risk".
pub(crate) fn name(quantity: &Quantity) -> String {
    match quantity.label.strip_suffix(", relative") {
        Some(label) => format!("Relative {}", inside(label)),
        None => quantity.label.to_owned(),
    }
}
