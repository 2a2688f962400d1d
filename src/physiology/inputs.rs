//! What can be set from outside: name, unit, default, allowed and plausible range.
//!
//! The table is `inputs.csv`; the build turns each intake and condition into a field of
//! [`Inputs`] and every row into an [`InputInfo`] of [`INPUTS`].

include!(concat!(env!("OUT_DIR"), "/inputs.rs"));

/// Where an input is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputKind {
    /// Eaten or taken: in the habitual diet, arms and phases.
    Intake,
    /// Lived through: in the habitual conditions, arms and phases.
    Condition,
    /// A property of the person, for life.
    Person,
    /// A measured value that replaces the computed one at the start.
    Override,
}

/// A row of `inputs.csv`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct InputInfo {
    /// Name with its unit.
    pub name: &'static str,
    /// Unit, `1` for none.
    pub unit: &'static str,
    /// Where it is set.
    pub kind: InputKind,
    /// Default as written in the table: a number, a parameter's name, a difference, or empty.
    pub default: &'static str,
    /// Outside this range a value is refused; bounds included.
    pub allowed: (f64, f64),
    /// Outside this range a value is accepted with a warning; bounds included.
    pub plausible: (f64, f64),
    pub whole: bool,
    /// Key of the source of the plausible range.
    pub source: &'static str,
    /// What it is, in plain words.
    pub label: &'static str,
}

/// The input called `name`.
pub(crate) fn input(name: &str) -> Option<&'static InputInfo> {
    INPUTS.iter().find(|input| input.name == name)
}
