//! One parameter with everything that is known about it.

use std::collections::HashMap;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/parameters.rs"));
include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The grade of evidence of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Evidence {
    /// Reported by the source.
    Measured,
    /// Chosen so that the model meets the source.
    Fitted,
    /// Our own assumption; the source only shows the direction.
    Assumed,
}

impl Evidence {
    /// The word used in tables.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Fitted => "fitted",
            Self::Assumed => "assumed",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ParameterKind {
    /// A property of bodies, in which people differ.
    Biology,
    /// Defines a unit, a reference or a zero of the model.
    Definition,
    /// Switches a hypothesis on or off.
    Switch,
    /// A constant of a formula that stands for a larger one or makes it smooth (how a day's calcium
    /// counts as single loads): the same in all people, so that it is not spread.
    Shape,
}

/// A row of `parameters.csv`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ParameterInfo {
    /// Name, as in the equations.
    pub name: &'static str,
    /// Value in the `paradox` set.
    pub value: f64,
    /// Unit, `1` for none.
    pub unit: &'static str,
    /// The unit where an exponent is a parameter: `mg^(1 - calcification_exponent)/y`.
    pub unit_formula: &'static str,
    pub kind: ParameterKind,
    /// Lower end of the range, if one is known.
    pub low: Option<f64>,
    /// Upper end of the range, if one is known.
    pub high: Option<f64>,
    pub evidence: Evidence,
    /// The mechanism that it belongs to.
    pub group: &'static str,
    /// Key into [`SOURCES`].
    pub source: &'static str,
    /// A remark, may be empty.
    pub note: &'static str,
    /// Value in the `conservative` set, where it differs.
    pub conservative_value: Option<f64>,
    /// The part of the source that was read: abstract, full, memory.
    pub checked: &'static str,
}

/// A row of `sources.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// Key used by parameters, foods and inputs.
    pub key: &'static str,
    pub citation: &'static str,
    /// The facts that were taken from it.
    pub used: &'static str,
    /// The part that was read: abstract, full, memory.
    pub checked: &'static str,
}

pub(crate) fn parameter_info(name: &str) -> Option<&'static ParameterInfo> {
    static BY_NAME: LazyLock<HashMap<&str, &ParameterInfo>> =
        LazyLock::new(|| PARAMETER_TABLE.iter().map(|entry| (entry.name, entry)).collect());
    BY_NAME.get(name).copied()
}

pub(crate) fn source(key: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_key_is_known_and_every_range_holds_its_value() {
        for entry in &PARAMETER_TABLE {
            assert!(source(entry.source).is_some(), "{}: {}", entry.name, entry.source);
            assert!(entry.low.is_none_or(|low| low <= entry.value), "{}", entry.name);
            assert!(entry.high.is_none_or(|high| high >= entry.value), "{}", entry.name);
        }
    }

    #[test]
    fn fields_and_entries_are_the_same_table() {
        for entry in &PARAMETER_TABLE {
            assert_eq!(Parameters::PARADOX.get(entry.name), Some(entry.value));
        }
        assert_eq!(Parameters::PARADOX.get("no_such_parameter"), None);
    }
}
