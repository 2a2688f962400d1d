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
    /// Places of its values along an edge of a figure: ascending numbers, or 0, 1, 2 and so on for
    /// words.
    pub places: Vec<f64>,
    /// The words, if its values are none of numbers.
    pub words: Option<Vec<String>>,
    /// The scenario's own value.
    pub own: Option<f64>,
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
        let numbers = cells.iter().map(|cell| cell.number()).collect::<Option<Vec<f64>>>();
        if let Some(places) = numbers {
            return Self { label, unit: names::unit(unit), places, words: None, own };
        }
        let words = cells.iter().map(|cell| in_words(&cell.text())).collect();
        Self { own, ..Self::of_words(label, unit, words) }
    }

    /// The axis of these words.
    pub(crate) fn of_words(label: String, unit: &str, words: Vec<String>) -> Self {
        let places = (0..words.len()).map(float).collect();
        Self { label, unit: names::unit(unit), places, words: Some(words), own: None }
    }

    pub(crate) const fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it is long enough, and of numbers, to run along an edge of a figure.
    pub(crate) const fn is_scale(&self) -> bool {
        self.words.is_none() && self.len() > 4
    }

    /// The numbers; none if it holds words.
    pub(crate) fn numbers(&self) -> &[f64] {
        if self.words.is_none() { &self.places } else { &[] }
    }

    /// A value as people write it, with its unit.
    pub(crate) fn name(&self, position: usize) -> String {
        let name = match &self.words {
            Some(words) => words.get(position).cloned(),
            None => self.places.get(position).map(|place| self.measured(*place)),
        };
        name.or_defect("a place outside of its axis")
    }

    /// The word nearest to a place; empty on an axis of numbers.
    pub(crate) fn word_at(&self, place: f64) -> &str {
        let words = self.words.as_deref().unwrap_or_default();
        words.get(count(place.round(), 0, words.len())).map_or("", String::as_str)
    }

    /// "25 values from 0 to 720 µg/day", or the words.
    pub(crate) fn extent(&self) -> String {
        match (&self.words, self.places.as_slice()) {
            (Some(words), _) => words.join(", "),
            (None, [first, .., last]) => {
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

    /// The scale on which its values stand.
    pub(crate) fn scale(&self) -> Scale {
        let (low, high) = extremes(self.places.iter().copied()).unwrap_or((0.0, 1.0));
        let (low, high, ends) = match &self.words {
            Some(words) => (low - 0.4, high + 0.4, Ends::Words(words.clone())),
            None if is_logarithmic(&self.places) => (low, high, Ends::Logarithmic),
            None if low < high => (low, high, Ends::Exact(0.0)),
            None => (low, high, Ends::Exact((0.5 * low.abs()).max(1.0))),
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
        if self.words.is_some() { self.word_at(place).to_owned() } else { self.measured(place) }
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
