//! Inputs that can be set from outside: name, unit, default, allowed and plausible range.
//!
//! The table is `inputs.csv`; the build turns each intake and condition into a field of
//! [`Inputs`] and every row into an [`InputInfo`] of [`INPUTS`].

use crate::units::Matter;

include!(concat!(env!("OUT_DIR"), "/inputs.rs"));

/// The kind of an input; it decides in which sections of a file the input is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputKind {
    Food,
    Sunlight,
    Supplement,
    Drug,
    /// A condition of the body or of daily life.
    Condition,
    /// The number of doses of a supplement.
    Dosing,
    /// A property of the person, for life.
    Person,
    /// A measured value that replaces the computed one at the start.
    Override,
}

impl InputKind {
    /// True for intakes and conditions, which arms and phases change; false for what holds for life.
    pub(crate) const fn changes_over_time(self) -> bool {
        !matches!(self, Self::Person | Self::Override)
    }
}

/// Limits of the doses of a supplement.
///
/// Vitamin D stays for weeks: 15,000 ug (600,000 IU) have been given at once. The others are
/// *assumed*: calcium stays for hours, vitamin K for hours to days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DoseLimit {
    /// Largest single dose.
    pub largest: f64,
    /// The mean over so many days lies within the allowed range of the daily amount \[d\].
    pub mean_days: f64,
}

/// A row of `inputs.csv`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct InputInfo {
    /// Name with its unit.
    pub name: &'static str,
    /// Name in files, without the unit.
    pub key: &'static str,
    /// Other spellings of the key.
    pub aliases: &'static [&'static str],
    /// Unit, `1` for none.
    pub unit: &'static str,
    /// The substance that it measures.
    pub matter: Matter,
    pub kind: InputKind,
    /// Default as written in the table: a number, a parameter's name, a difference, or empty.
    pub default: &'static str,
    /// Outside this range a value is refused; bounds included.
    pub allowed: (f64, f64),
    /// Limits of its doses, of a supplement.
    pub dose: Option<DoseLimit>,
    /// Outside this range a value is accepted with a warning; bounds included.
    pub plausible: (f64, f64),
    pub whole: bool,
    /// Key of the source of the plausible range.
    pub source: &'static str,
    /// Its name in plain words.
    pub label: &'static str,
}

pub(crate) fn food_inputs() -> impl Iterator<Item = &'static InputInfo> {
    INPUTS.iter().filter(|info| info.kind == InputKind::Food)
}

pub(crate) fn input(name: &str) -> Option<&'static InputInfo> {
    INPUTS.iter().find(|input| input.name == name)
}
