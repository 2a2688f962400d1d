//! One value of a row of results.

use crate::units::number::exact_decimal;
use crate::units::suffix::suffix;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnType {
    /// Whole numbers from 0 on.
    Whole,
    Number,
    Truth,
    Word,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CellValue {
    Whole(u64),
    Number(f64),
    Truth(bool),
    Word(String),
    /// Nothing: the run failed or has no answer.
    Missing,
}

impl CellValue {
    /// A number, or nothing if it is none.
    pub(crate) fn finite(value: Option<f64>) -> Self {
        value.filter(|value| value.is_finite()).map_or(Self::Missing, Self::Number)
    }

    /// The value as text that reads back as the same bits; empty for nothing.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => exact_decimal(*number),
            Self::Truth(truth) => truth.to_string(),
            Self::Word(word) => word.clone(),
            Self::Missing => String::new(),
        }
    }
}

/// A column of the results.
///
/// ```
/// let base = calcifate::Scenario::parse("duration = \"1 year\"\n")?;
/// let text = "[vary]\nage = [40, 60]\n[outcomes]\nscore = \"end(cac)\"\n";
/// let table = calcifate::Sweep::parse(text, &base)?.run();
/// let score = table.columns().iter().find(|column| column.meaning == "end(cac)");
/// assert_eq!(score.map(|column| column.unit.as_str()), Some("AU"));
/// # Ok::<(), calcifate::Problems>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct ResultColumn {
    /// Heading, with the unit at its end.
    pub name: String,
    /// Unit, `1` for none.
    pub unit: String,
    pub(crate) kind: ColumnType,
    /// What it means: "varied", or an outcome as written.
    pub meaning: String,
}

impl ResultColumn {
    /// The name without the unit at its end.
    pub(crate) fn without_unit(&self) -> &str {
        crate::units::suffix::without_unit(&self.name, &self.unit)
    }
}

/// A name with the suffix of its unit, unless it ends with that already.
pub(crate) fn heading(name: &str, unit: &str) -> String {
    let suffix = suffix(unit);
    if name.ends_with(&suffix) { name.to_owned() } else { format!("{name}{suffix}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_carry_their_unit_once() {
        assert_eq!(heading("dp_ucmgp", "pmol/L"), "dp_ucmgp_pmol_per_l");
        assert_eq!(heading("bmd_percent", "%"), "bmd_percent");
        assert_eq!(heading("eaten", "mg/d"), "eaten_mg_per_day");
        assert_eq!(heading("ratio", ""), "ratio");
        assert_eq!(heading("time", "days"), "time_days");
    }
}
