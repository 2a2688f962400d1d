//! The numbers that trials report: read-outs of the model, and a few made from two of them.

use crate::physiology::quantities::{Quantity, quantity};
use crate::trajectory::Row;
use crate::units::Matter;

/// How a read-out of trials follows from two of the model.
type Formula = fn(f64, f64) -> f64;

/// Read-outs that only trials use: name, the two quantities, the formula, words, unit.
pub(crate) const READ_OUTS_OF_TRIALS: &[(&str, [&str; 2], Formula, &str, &str)] = &[
    (
        "ucoc_to_coc_ratio",
        ["ucoc_percent", "ucoc_percent"],
        |ucoc, _| ucoc / (100.0 - ucoc),
        "ucOC/cOC ratio",
        "1",
    ),
    (
        "pulse_amplification_mmhg",
        ["systolic_pressure_mmhg", "central_systolic_pressure_mmhg"],
        |brachial, central| brachial - central,
        "pulse amplification",
        "mmHg",
    ),
];

/// A number of a row of a trajectory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadOut {
    pub name: &'static str,
    pub words: &'static str,
    /// `1` for none.
    pub unit: &'static str,
    /// Substance by which masses convert to amounts.
    pub matter: Matter,
    /// The quantity that it is; none of one made of two.
    pub quantity: Option<&'static Quantity>,
    of: [&'static Quantity; 2],
    formula: Formula,
}

impl ReadOut {
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        if let Some(&(name, [first, second], formula, words, unit)) =
            READ_OUTS_OF_TRIALS.iter().find(|made| made.0 == name)
        {
            let of = [quantity(first)?, quantity(second)?];
            let (matter, quantity) = (Matter::Any, None);
            return Some(Self { name, words, unit, matter, quantity, of, formula });
        }
        let own = quantity(name)?;
        let Quantity { name, label: words, unit, matter, .. } = *own;
        let (quantity, of, formula): (_, _, Formula) = (Some(own), [own; 2], |value, _| value);
        Some(Self { name, words, unit, matter, quantity, of, formula })
    }

    pub(crate) fn value(&self, row: &Row) -> f64 {
        let [first, second] = self.of.map(|quantity| row.value(quantity.column));
        (self.formula)(first, second)
    }
}
