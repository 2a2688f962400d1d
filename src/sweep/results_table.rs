//! One value of a row of results.

use crate::error::defect::OrDefect as _;
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

    pub(crate) const fn whole(&self) -> Option<u64> {
        match self {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) const fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            _ => None,
        }
    }

    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The values of a column, `None` where there is nothing.
///
/// ```
/// use calcifate::ColumnValues;
///
/// let foods = calcifate::foods();
/// let Some(ColumnValues::Word(names)) = foods.values(0) else { return Err("no names") };
/// assert!(names.contains(&Some("natto".to_owned())));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnValues {
    /// Whole numbers from 0 on.
    Whole(Vec<Option<u64>>),
    /// Numbers in the column's unit.
    Number(Vec<Option<f64>>),
    /// True or false.
    Truth(Vec<Option<bool>>),
    /// Words.
    Word(Vec<Option<String>>),
}

/// The number that figures draw of a cell as text; NaN for nothing.
pub(crate) fn number_in(cell: &str) -> f64 {
    match cell {
        "true" | "found" => 1.0,
        "false" | "not reachable" => 0.0,
        "already holds" => 2.0,
        other => other.parse().unwrap_or(f64::NAN),
    }
}

/// A column of the results.
///
/// ```
/// let base = calcifate::Scenario::parse("duration = \"1 year\"\n")?;
/// let text = "[vary]\nage = [40, 60]\n[outcomes]\nscore = \"end(cac)\"\n";
/// let table = calcifate::Sweep::parse(text, &base)?.run()?;
/// let score = table.table().columns().iter().find(|column| column.meaning == "end(cac)");
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
    pub(crate) fn new(
        name: impl Into<String>,
        kind: ColumnType,
        unit: &str,
        meaning: impl Into<String>,
    ) -> Self {
        Self { name: name.into(), unit: unit.to_owned(), kind, meaning: meaning.into() }
    }

    /// The name without the unit at its end.
    pub(crate) fn without_unit(&self) -> &str {
        crate::units::suffix::without_unit(&self.name, &self.unit)
    }
}

/// Results in memory, column by column.
///
/// ```
/// use calcifate::{Scenario, Sweep};
///
/// let base = Scenario::parse("duration = \"1 year\"\n[[arm]]\nname = \"k2\"\n")?;
/// let text = "[vary]\nmk7_supplement = [\"0 ug/day\", \"90 ug/day\", \"180 ug/day\"]\n\
///             [outcomes]\ndp_ucmgp = \"end(dp_ucmgp)\"\n";
/// let run = Sweep::parse(text, &base)?.run()?;
/// let table = run.table();
/// let doses = table.numbers("mk7_supplement_ug_per_day").ok_or("no such column")?;
/// assert_eq!(doses, [0.0, 90.0, 180.0]);
/// let inactive = table.numbers("dp_ucmgp").ok_or("no such column")?;
/// assert!(inactive[0] > inactive[2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    pub(crate) columns: Vec<ResultColumn>,
    pub(crate) rows: Vec<Vec<CellValue>>,
}

impl Table {
    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[ResultColumn] {
        &self.columns
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A column of numbers, NaN where there is none; `None` if there is no such column. Its name
    /// may leave out the unit: `dp_ucmgp` is `dp_ucmgp_pmol_per_l`.
    #[must_use]
    pub fn numbers(&self, column: &str) -> Option<Vec<f64>> {
        let number = |cell: &CellValue| match cell {
            CellValue::Number(number) => *number,
            CellValue::Whole(number) => *number as f64,
            CellValue::Truth(truth) => f64::from(u8::from(*truth)),
            CellValue::Word(_) | CellValue::Missing => f64::NAN,
        };
        Some(self.cells(column)?.map(number).collect())
    }

    /// A column as text, empty where there is nothing; `None` if there is no such column.
    #[must_use]
    pub fn texts(&self, column: &str) -> Option<Vec<String>> {
        Some(self.cells(column)?.map(CellValue::text).collect())
    }

    /// The values of the column at this position, by their type; `None` if there is no such column.
    #[must_use]
    pub fn values(&self, position: usize) -> Option<ColumnValues> {
        let kind = self.columns.get(position)?.kind;
        let cells = self.rows.iter().map(|row| row.get(position).unwrap_or(&CellValue::Missing));
        Some(match kind {
            ColumnType::Whole => ColumnValues::Whole(cells.map(CellValue::whole).collect()),
            ColumnType::Number => ColumnValues::Number(cells.map(CellValue::number).collect()),
            ColumnType::Truth => ColumnValues::Truth(cells.map(CellValue::truth).collect()),
            ColumnType::Word => {
                ColumnValues::Word(cells.map(|cell| cell.word().map(str::to_owned)).collect())
            }
        })
    }

    fn cells(&self, name: &str) -> Option<impl Iterator<Item = &CellValue>> {
        let whole = self.columns.iter().position(|column| column.name == name);
        let at = whole
            .or_else(|| self.columns.iter().position(|column| column.without_unit() == name))?;
        Some(self.rows.iter().map(move |row| row.get(at).or_defect("a row shorter than its table")))
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
