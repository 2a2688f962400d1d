//! An axis of a sweep's grid, as figures name and number it.

use crate::plots::{numbers, story};
use crate::sweep::results_table::CellValue;
use crate::units::amount::display_unit;

/// An axis of the grid.
#[derive(Clone, Debug)]
pub(crate) struct AxisData {
    /// Words: "MK-7 from pills".
    pub label: String,
    /// Unit: "µg/day"; empty for none.
    pub unit: String,
    /// Its values, ascending if they are numbers.
    pub values: Values,
    /// The scenario's own value.
    pub own: Option<f64>,
}

/// Values of an axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Values {
    Numbers(Vec<f64>),
    Words(Vec<String>),
}

impl AxisData {
    /// The axis of these cells, numbers or words.
    pub(crate) fn of<'a>(
        label: String,
        unit: &str,
        cells: impl Iterator<Item = &'a CellValue>,
        own: Option<f64>,
    ) -> Self {
        let cells: Vec<&CellValue> = cells.collect();
        let words = || cells.iter().map(|cell| cell.text().replace('_', " ")).collect();
        let numbers = cells.iter().map(|cell| number(cell)).collect::<Option<Vec<f64>>>();
        let values = numbers.map_or_else(|| Values::Words(words()), Values::Numbers);
        Self { label, unit: pretty(unit), values, own }
    }

    pub(crate) const fn len(&self) -> usize {
        match &self.values {
            Values::Numbers(numbers) => numbers.len(),
            Values::Words(words) => words.len(),
        }
    }

    /// The numbers; none if it holds words.
    pub(crate) fn numbers(&self) -> &[f64] {
        match &self.values {
            Values::Numbers(numbers) => numbers,
            Values::Words(_) => &[],
        }
    }

    /// A value as people write it, with its unit.
    pub(crate) fn name(&self, position: usize) -> String {
        match &self.values {
            Values::Numbers(numbers) => {
                numbers.get(position).map_or_else(String::new, |value| self.told(*value))
            }
            Values::Words(words) => words.get(position).cloned().unwrap_or_default(),
        }
    }

    /// "25 values from 0 to 720 µg/day", or the words.
    pub(crate) fn extent(&self) -> String {
        match (&self.values, self.numbers()) {
            (Values::Words(words), _) => words.join(", "),
            (_, [first, .., last]) => {
                let (count, from) = (self.len(), numbers::short(*first));
                format!("{count} values from {from} to {}", self.told(*last))
            }
            _ => self.name(0),
        }
    }

    /// A short name inside a sentence: "eGFR", "age", "calcium from pills".
    pub(crate) fn brief(&self) -> String {
        let label = self.label.replace(" at the start", "").replace("elemental ", "");
        let label = label.split(" from 0").next().unwrap_or_default();
        let (before, rest) = label.split_once(" (").unwrap_or((label, ""));
        let inner = rest.split(')').next().unwrap_or_default();
        let is_name = (2..=6).contains(&inner.len()) && !inner.contains(' ');
        let name = if is_name { inner } else { before };
        story::inside(name)
    }

    /// A number on this axis with its unit: "360 µg/day".
    pub(crate) fn told(&self, value: f64) -> String {
        let short = numbers::short(value);
        // Points at equal ratios have endless decimals that tell nobody anything.
        let number = if short.len() > 6 { numbers::significant(value, 3) } else { short };
        if self.unit.is_empty() { number } else { format!("{number}\u{A0}{}", self.unit) }
    }

    /// Words for the title of an axis: "MK-7 from pills [µg/day]".
    pub(crate) fn titled(&self) -> String {
        if self.unit.is_empty() {
            self.label.clone()
        } else {
            format!("{} [{}]", self.label, self.unit)
        }
    }
}

const fn number(cell: &CellValue) -> Option<f64> {
    match cell {
        CellValue::Number(value) => Some(*value),
        _ => None,
    }
}

/// A unit as figures write it: `ug/d` is "µg/day".
pub(crate) fn pretty(unit: &str) -> String {
    match unit {
        "" | "1" => String::new(),
        unit => display_unit(unit).replace("ug", "µg"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brief_names_are_those_that_people_say() {
        let brief = |label: &str| {
            let (label, unit, values) =
                (label.to_owned(), String::new(), Values::Words(Vec::new()));
            AxisData { label, unit, values, own: None }.brief()
        };
        assert_eq!(brief("kidney function (eGFR) at the start"), "eGFR");
        assert_eq!(brief("age at the start"), "age");
        assert_eq!(brief("elemental calcium from pills"), "calcium from pills");
        assert_eq!(
            brief("factor on vitamin K absorption (0.36 with binders)"),
            "factor on vitamin K absorption"
        );
        assert_eq!(brief("exercise from 0 (none) to 1 (much)"), "exercise");
    }
}
