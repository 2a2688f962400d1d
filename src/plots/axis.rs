//! An axis with its round numbers, as plotters wants it.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use super::numbers;

/// A linear axis from `low` to `high`.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Left or lower end.
    pub low: f64,
    /// Right or upper end.
    pub high: f64,
    /// Where numbers stand.
    pub ticks: Vec<f64>,
    /// Decimals of these numbers.
    pub decimals: usize,
}

impl Axis {
    /// An axis that shows `low` to `high`, widened to at least `span` around its middle, with
    /// about `count` round numbers. Ends that are not numbers become 0 to 1.
    #[must_use]
    pub fn new(low: f64, high: f64, span: f64, count: usize) -> Self {
        let usable = low.is_finite() && high.is_finite() && (high - low).is_finite();
        let (low, high) = if usable { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let least = span.max(1e-9 * low.abs().max(high.abs())).max(1e-12);
        let widen = 0.5 * (least - (high - low)).max(0.0);
        let (low, high) = (low - widen, high + widen);
        let (ticks, decimals) = numbers::ticks(low, high, count);
        Self { low, high, ticks, decimals }
    }

    /// An axis whose ends are round numbers outside `low` to `high`; never below 0 if `low` is not.
    #[must_use]
    pub fn rounded(low: f64, high: f64, span: f64, count: usize) -> Self {
        let tight = Self::new(low, high, span, count);
        let step = match tight.ticks.as_slice() {
            [first, second, ..] => second - first,
            _ => tight.high - tight.low,
        };
        let down = if tight.low < 0.0 && low >= 0.0 {
            0.0
        } else {
            (tight.low / step + 1e-9).floor() * step
        };
        let up = (tight.high / step - 1e-9).ceil() * step;
        let (ticks, decimals) =
            numbers::ticks(down, up, ((up - down) / step).round().max(1.0) as usize);
        Self { low: down, high: up, ticks, decimals }
    }

    /// Position between the ends, 0 to 1 inside.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// The number as it stands along the axis.
    #[must_use]
    pub fn label(&self, value: f64) -> String {
        numbers::fixed(value, self.decimals)
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    #[allow(clippy::cast_possible_truncation)]
    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let (from, to) = (f64::from(limit.0), f64::from(limit.1));
        (from + self.share(*value) * (to - from)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis {
    fn format(value: &f64) -> String {
        numbers::significant(*value, 3)
    }

    fn format_ext(&self, value: &f64) -> String {
        self.label(*value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_noise_is_no_drama() {
        let axis = Axis::rounded(2.4, 2.4 + 1e-9, 0.05, 4);
        assert!(axis.high - axis.low >= 0.05);
    }

    #[test]
    fn round_ends_and_no_negative_amounts() {
        let axis = Axis::rounded(0.0, 113.0, 1.0, 4);
        assert_eq!((axis.low, axis.high), (0.0, 150.0));
        assert_eq!(Axis::rounded(0.0, 0.0, 10.0, 4).low, 0.0);
    }

    #[test]
    fn nonsense_still_gives_an_axis() {
        for (low, high) in [(f64::NAN, 1.0), (f64::INFINITY, 0.0), (-f64::MAX, f64::MAX)] {
            let axis = Axis::rounded(low, high, 1.0, 4);
            assert!(axis.low < axis.high && axis.ticks.len() < 60);
        }
    }
}
