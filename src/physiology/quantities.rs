//! Every number that a run reports: name, unit, short names, label, normal range.
//!
//! One table serves trajectories, claims, outcomes, figures and terminal tables alike.

/// Where a quantity stands in a trajectory's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A state, by its index.
    State(usize),
    /// A flow, by its index.
    Flow(usize),
    /// A read-out, by its index.
    ReadOut(usize),
}

/// A reported number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Name of `model.md`, with its unit.
    pub name: &'static str,
    /// Unit, `1` for none.
    pub unit: &'static str,
    /// Short names that files may use instead; the first is the usual one.
    pub aliases: &'static [&'static str],
    /// Words for tables and figures, without the unit.
    pub label: &'static str,
    /// Usual range of a healthy adult, if there is one.
    pub normal: Option<(f64, f64)>,
    /// Range that a living person can have, if known; a run warns when it is left.
    pub livable: Option<(f64, f64)>,
    /// Decimals that a clinic writes.
    pub decimals: usize,
    /// Its column.
    pub column: Column,
}

pub use crate::physiology::readouts::READ_OUT_COUNT;
