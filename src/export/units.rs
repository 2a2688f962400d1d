//! Units as products of named ones, so that an exported equation can be checked for its units.
//!
//! The spelling of a table ("mmol/L", "mg^0.3/y") becomes a [`SbmlUnit`]; units multiply, divide and
//! take powers; a unit becomes a definition of the exported document.

use crate::error::defect::OrDefect as _;
use crate::parameters::Parameters;
use crate::units::DAYS_PER_YEAR;
use crate::units::exponents::worked_out;
use std::collections::BTreeMap;

/// A named unit in terms of a unit of SBML: (multiplier · 10^scale · kind).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct NamedUnit {
    pub name: &'static str,
    pub kind: &'static str,
    pub scale: i32,
    pub multiplier: f64,
}

const fn base(name: &'static str, kind: &'static str, scale: i32, multiplier: f64) -> NamedUnit {
    NamedUnit { name, kind, scale, multiplier }
}

/// Seconds of a day and of a year.
const DAY: f64 = 86_400.0;
const YEAR: f64 = DAYS_PER_YEAR * DAY;

const BASES: [NamedUnit; 21] = [
    base("AU", "dimensionless", 0, 1.0), // Agatston units
    base("T", "dimensionless", 0, 1.0),  // T-score units
    base("SD", "dimensionless", 0, 1.0), // standard deviations
    base("percent", "dimensionless", -2, 1.0),
    base("J", "joule", 0, 1.0),
    base("L", "litre", 0, 1.0),
    base("mL", "litre", -3, 1.0),
    base("d", "second", 0, DAY),
    base("g", "gram", 0, 1.0),
    base("m", "metre", 0, 1.0),
    base("mg", "gram", -3, 1.0),
    base("min", "second", 0, 60.0),
    base("mmHg", "pascal", 0, 133.322),
    base("mmol", "mole", -3, 1.0),
    base("mol", "mole", 0, 1.0),
    base("ng", "gram", -9, 1.0),
    base("nmol", "mole", -9, 1.0),
    base("pmol", "mole", -12, 1.0),
    base("s", "second", 0, 1.0),
    base("ug", "gram", -6, 1.0),
    base("y", "second", 0, YEAR),
];

/// Exponents closer than this are the same.
const SAME_EXPONENT: f64 = 1e-9;

/// A product of powers of [`BASES`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SbmlUnit {
    /// Index into [`BASES`] and exponent, which is not zero.
    powers: BTreeMap<usize, f64>,
}

/// The defect of a table whose units are not known here.
const NO_UNIT: &str = "a unit of a table that cannot be read";

impl SbmlUnit {
    /// The unit of a pure number.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// Reads the spelling of a table: factors after "/" or "per" divide; "1" is no unit, "nM" is
    /// nmol/L and "%" a hundredth. `None` for a word that is not known.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.replace("nM", "nmol/L").replace('%', "percent");
        // "a/b per c/d": the part after "per" divides as a whole.
        let mut quotients = text.split(" per ").map(Self::read_quotient);
        let first = quotients.next()??;
        quotients.try_fold(first, |unit, divisor| Some(unit.over(&divisor?)))
    }

    /// Reads the spelling of a table of ours, which is always a unit.
    pub(crate) fn of_table(text: &str) -> Self {
        Self::read(text).or_defect(NO_UNIT)
    }

    /// Reads a spelling whose exponents may be parameters: `mg^calcification_exponent`.
    pub(crate) fn at(text: &str, parameters: &Parameters<f64>) -> Self {
        let text = worked_out(text, &|name| parameters.get(name));
        text.and_then(|text| Self::read(&text)).or_defect(NO_UNIT)
    }

    fn read_quotient(text: &str) -> Option<Self> {
        let mut factors = text.split('/').map(|factor| Self::read_factor(factor.trim()));
        let first = factors.next()??;
        factors.try_fold(first, |unit, divisor| Some(unit.over(&divisor?)))
    }

    fn read_factor(text: &str) -> Option<Self> {
        if text == "1" {
            return Some(Self::none());
        }
        let (name, exponent) = match text.split_once('^') {
            Some((name, exponent)) => (name, exponent.parse().ok()?),
            None => (text, 1.0),
        };
        let index = BASES.iter().position(|base| base.name == name)?;
        Some(Self { powers: BTreeMap::from([(index, 1.0)]) }.power(exponent))
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut powers = self.powers.clone();
        for (index, exponent) in &other.powers {
            *powers.entry(*index).or_default() += exponent;
        }
        powers.retain(|_, exponent| exponent.abs() > SAME_EXPONENT);
        Self { powers }
    }

    pub(crate) fn over(&self, other: &Self) -> Self {
        self.times(&other.power(-1.0))
    }

    pub(crate) fn power(&self, exponent: f64) -> Self {
        let powers = self.powers.iter().map(|(index, own)| (*index, own * exponent));
        let powers = powers.filter(|(_, exponent)| exponent.abs() > SAME_EXPONENT);
        Self { powers: powers.collect() }
    }

    /// True if both are the same unit, however they are spelled.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.over(other).is_none()
    }

    /// True if it is the unit of a pure number, factor included.
    pub(crate) fn is_none(&self) -> bool {
        let mut dimensions: BTreeMap<&str, f64> = BTreeMap::new();
        let mut factor_ln = 0.0;
        for (base, exponent) in self.factors() {
            if base.kind != "dimensionless" {
                *dimensions.entry(base.kind).or_default() += exponent;
            }
            let scale = f64::from(base.scale) * std::f64::consts::LN_10;
            factor_ln += exponent * (scale + base.multiplier.ln());
        }
        factor_ln.abs() < SAME_EXPONENT && dimensions.values().all(|e| e.abs() < SAME_EXPONENT)
    }

    /// The bases with their exponents, numerators first.
    pub(crate) fn factors(&self) -> impl Iterator<Item = (&'static NamedUnit, f64)> {
        let all: Vec<(&'static NamedUnit, f64)> = self
            .powers
            .iter()
            .filter_map(|(index, exponent)| Some((BASES.get(*index)?, *exponent)))
            .collect();
        let (above, below): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, e)| *e > 0.0);
        above.into_iter().chain(below)
    }

    /// The identifier of its definition: `mg_per_d`, `mg_to_0_3_per_y`, `dimensionless`.
    pub(crate) fn id(&self) -> String {
        let word = |(base, exponent): (&NamedUnit, f64)| {
            let size = exponent.abs();
            let power = if size == 1.0 {
                String::new()
            } else {
                format!("_to_{}", rounded(size).replace('.', "_"))
            };
            let per = if exponent < 0.0 { "per_" } else { "" };
            format!("{per}{}{power}", base.name)
        };
        let words: Vec<String> = self.factors().map(word).collect();
        if words.is_empty() { "dimensionless".to_owned() } else { words.join("_") }
    }
}

/// An exponent without the noise of its arithmetic.
pub(crate) fn rounded(exponent: f64) -> String {
    format!("{}", (exponent * 1e6).round() / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::PARAMETER_TABLE;
    use crate::physiology::inputs::INPUTS;
    use crate::physiology::quantities::QUANTITIES;
    use crate::physiology::state::STATES;

    fn unit(text: &str) -> SbmlUnit {
        SbmlUnit::read(text).unwrap()
    }

    #[test]
    fn every_unit_of_every_table_can_be_read() {
        let spelled =
            PARAMETER_TABLE.iter().map(|row| row.unit).chain(STATES.iter().map(|row| row.unit));
        let spelled = spelled.chain(INPUTS.iter().map(|row| row.unit));
        for text in spelled.chain(QUANTITIES.iter().map(|row| row.unit)) {
            assert!(SbmlUnit::read(text).is_some(), "{text}");
        }
        assert_eq!(SbmlUnit::read("furlong"), None);
        assert_eq!(SbmlUnit::read(""), None);
        assert_eq!(SbmlUnit::read("mg/"), None);
        assert_eq!(SbmlUnit::read("mg^x"), None);
    }

    #[test]
    fn units_multiply_as_they_should() {
        assert_eq!(unit("mg/d").id(), "mg_per_d");
        assert_eq!(unit("AU^0.37/y").id(), "AU_to_0_37_per_y");
        assert_eq!(unit("1/d").id(), "per_d");
        assert!(unit("nM").is_same(&unit("pmol/mL")));
        assert!(!unit("nM").is_same(&unit("pmol/L")));
        assert!(unit("nmol/L per ug/d").is_same(&unit("nmol/L").over(&unit("ug/d"))));
        assert!(unit("d").over(&unit("d/y")).is_same(&unit("y")));
        assert!(unit("mg").power(0.3).times(&unit("mg").power(0.7)).is_same(&unit("mg")));
        assert!(unit("AU").is_none() && unit("1/SD").is_none() && !unit("%").is_none());
        assert!(unit("mg").over(&unit("mg")).factors().next().is_none());
    }
}
