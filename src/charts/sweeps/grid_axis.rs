//! An axis of a sweep's grid, as figures name and number it.

use crate::charts::chart::{Ends, Scale};
use crate::error::defect::OrDefect as _;
use crate::plots::numbers::{count, extremes, float};
use crate::sweep::results_table::CellValue;
use crate::words::catalogue::message;
use crate::words::names::{self, in_words};
use crate::words::numbers::{short, significant, with_unit};

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
        let words = || cells.iter().map(|cell| in_words(&cell.text())).collect();
        let numbers = cells.iter().map(|cell| number(cell)).collect::<Option<Vec<f64>>>();
        let values = numbers.map_or_else(|| Values::Words(words()), Values::Numbers);
        Self { label, unit: names::unit(unit), values, own }
    }

    pub(crate) const fn len(&self) -> usize {
        match &self.values {
            Values::Numbers(numbers) => numbers.len(),
            Values::Words(words) => words.len(),
        }
    }

    /// Whether it is long enough, and of numbers, to run along an edge of a figure.
    pub(crate) const fn is_scale(&self) -> bool {
        matches!(self.values, Values::Numbers(_)) && self.len() > 4
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
                self.measured(*numbers.get(position).or_defect("a place outside of its axis"))
            }
            Values::Words(words) => {
                words.get(position).cloned().or_defect("a place outside of its axis")
            }
        }
    }

    /// The word nearest to a place; empty on an axis of numbers.
    pub(crate) fn word_at(&self, place: f64) -> &str {
        match &self.values {
            Values::Words(words) => {
                words.get(count(place.round(), 0, words.len())).map_or("", String::as_str)
            }
            Values::Numbers(_) => "",
        }
    }

    /// "25 values from 0 to 720 µg/day", or the words.
    pub(crate) fn extent(&self) -> String {
        match (&self.values, self.numbers()) {
            (Values::Words(words), _) => words.join(", "),
            (_, [first, .., last]) => {
                let (from, to) = (short(*first, 6), self.measured(*last));
                message!(sweep.values, count = self.len(), from, to)
            }
            _ => self.name(0),
        }
    }

    /// Its first value, without the unit if it is a number: "0".
    pub(crate) fn first(&self) -> String {
        self.numbers().first().map_or_else(|| self.name(0), |value| short(*value, 6))
    }

    /// Its last value: "360 µg/day".
    pub(crate) fn last(&self) -> String {
        self.name(self.len().saturating_sub(1))
    }

    /// Positions of its values along an edge of a figure; words stand at 0, 1, 2 and so on.
    pub(crate) fn places(&self) -> Vec<f64> {
        match &self.values {
            Values::Numbers(numbers) => numbers.clone(),
            Values::Words(words) => (0..words.len()).map(float).collect(),
        }
    }

    /// The scale on which its values stand.
    pub(crate) fn scale(&self) -> Scale {
        let (low, high) = extremes(self.places().into_iter()).unwrap_or((0.0, 1.0));
        let (low, high, ends) = match &self.values {
            Values::Words(words) => (low - 0.4, high + 0.4, Ends::Words(words.clone())),
            Values::Numbers(numbers) if is_logarithmic(numbers) => (low, high, Ends::Logarithmic),
            Values::Numbers(_) if low < high => (low, high, Ends::Exact(0.0)),
            Values::Numbers(_) => (low, high, Ends::Exact((0.5 * low.abs()).max(1.0))),
        };
        Scale::new(self.title(), low, high, ends)
    }

    /// A short name inside a sentence: "eGFR", "age", "calcium from pills".
    pub(crate) fn short_label(&self) -> String {
        names::short_label(&self.label)
    }

    /// A number on this axis with its unit: "360 µg/day".
    pub(crate) fn measured(&self, value: f64) -> String {
        let number = short(value, 6);
        // Points at equal ratios have endless decimals.
        let number = if number.len() > 6 { significant(value, 3) } else { number };
        with_unit(&number, &self.unit)
    }

    /// A place on this axis: "360 µg/day", or its word.
    pub(crate) fn named(&self, place: f64) -> String {
        if self.numbers().is_empty() {
            self.word_at(place).to_owned()
        } else {
            self.measured(place)
        }
    }

    /// Words for the title of an axis: "MK-7 from pills [µg/day]".
    pub(crate) fn title(&self) -> String {
        names::beside(&self.label, &names::bracketed(&self.unit))
    }
}

/// Whether values stand evenly on a logarithmic scale and not on a linear one.
fn is_logarithmic(values: &[f64]) -> bool {
    let [first, second, .., last] = values else { return false };
    let ratio = second / first;
    let even = values.windows(2).all(|pair| match pair {
        [a, b] => ((b / a) / ratio - 1.0).abs() < 0.02,
        _ => true,
    });
    *first > 0.0 && even && last / first >= 8.0
}

const fn number(cell: &CellValue) -> Option<f64> {
    match cell {
        CellValue::Number(value) => Some(*value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_even_ratios_are_logarithmic() {
        assert!(is_logarithmic(&[1.0, 10.0, 100.0]) && is_logarithmic(&[45.0, 90.0, 180.0, 360.0]));
        assert!(!is_logarithmic(&[0.0, 90.0, 180.0]) && !is_logarithmic(&[10.0, 20.0, 30.0]));
        assert!(!is_logarithmic(&[1.0, 2.0]) && !is_logarithmic(&[]));
    }
}
