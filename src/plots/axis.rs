//! An axis with its round numbers, as plotters wants it.

use crate::error::defect::OrDefect as _;
use crate::plots::numbers::{count, float, powers_of_ten, step, stepped, ticks};
use crate::words::numbers::{fixed, significant};
use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

/// Beyond this an axis would run out of numbers.
const LARGEST: f64 = 1e200;

/// An axis from `low` to `high`, linear or logarithmic.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    /// Left or lower end.
    pub low: f64,
    /// Right or upper end.
    pub high: f64,
    pub ticks: Vec<f64>,
    /// Decimals of these numbers.
    pub decimals: usize,
    /// True if equal ratios are equally long.
    pub decades: bool,
    /// Words that stand at 0, 1, 2 and so on instead of numbers.
    pub names: Vec<String>,
}

impl Axis {
    /// An axis that shows `low` to `high`, widened to at least `span` around its middle, with
    /// about `count` round numbers. Ends that are not numbers become 0 to 1.
    pub(crate) fn new(low: f64, high: f64, span: f64, count: usize) -> Self {
        let usable = low.abs() < LARGEST && high.abs() < LARGEST && span < LARGEST;
        let (low, high) = if usable { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let span = if usable { span } else { 1.0 };
        let least = span.max(1e-9 * low.abs().max(high.abs())).max(1e-12);
        let widen = 0.5 * (least - (high - low)).max(0.0);
        let (low, high) = (low - widen, high + widen);
        Self::with_ticks(low, high, ticks(low, high, count))
    }

    /// From `low` to `high` with these numbers of so many decimals.
    fn with_ticks(low: f64, high: f64, (ticks, decimals): (Vec<f64>, usize)) -> Self {
        Self { low, high, ticks, decimals, decades: false, names: Vec::new() }
    }

    /// An axis whose ends are round numbers outside `low` to `high`; never below 0 if `low` is not.
    pub(crate) fn rounded(low: f64, high: f64, span: f64, count: usize) -> Self {
        let tight = Self::new(low, high, span, count);
        let Some(step) = step(tight.low, tight.high, count) else { return tight };
        let below = (tight.low / step + 1e-9).floor() * step;
        let down = if tight.low < 0.0 && low >= 0.0 { 0.0 } else { below };
        let up = (tight.high / step - 1e-9).ceil() * step;
        let parts = ((up - down) / step).round().max(1.0) as usize;
        Self::with_ticks(down, up, ticks(down, up, parts))
    }

    /// An axis with numbers at multiples of the first of `steps` that gives at most `count`.
    pub(crate) fn stepped(low: f64, high: f64, steps: &[f64], count: usize) -> Self {
        let mut axis = Self::new(low, high, 0.0, count);
        if axis.high - axis.low > 1.0 {
            axis.ticks = stepped(axis.low, axis.high, steps, count);
            if axis.ticks.iter().all(|tick| tick.fract() == 0.0) {
                axis.decimals = 0;
            }
        }
        axis
    }

    /// An axis of whole decades around `low` to `high`; smaller values lie on its lower end.
    pub(crate) fn in_decades(low: f64, high: f64) -> Self {
        let (low, high) = above_zero(low, high);
        // decades between -12 and 12
        let (from, to) = ((low.log10() + 1e-9).floor() as i32, (high.log10() - 1e-9).ceil() as i32);
        let ticks: Vec<f64> = (from..=to).map(|power| 10f64.powi(power)).collect();
        let (low, high) = (10f64.powi(from), 10f64.powi(to));
        Self { decades: true, ..Self::with_ticks(low, high, (ticks, 0)) }
    }

    /// From `low` to `high` with numbers at 1, 2 and 5 times each power of ten, as many as fit.
    pub(crate) fn logarithmic(low: f64, high: f64, count: usize) -> Self {
        let (low, high) = above_zero(low, high);
        let all = [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]]
            .map(|steps| powers_of_ten(low * 0.999, high * 1.001, steps));
        let fits = all.iter().find(|ticks| ticks.len() <= count).or(all.last());
        let ticks = fits.cloned().or_defect("a scale without numbers");
        // A trifle lower than the first number, which would else be called "at most".
        let low = low * (1.0 - 1e-9);
        Self { decades: true, ..Self::with_ticks(low, high, (ticks, 0)) }
    }

    /// From `low` to `high` with these words at 0, 1, 2 and so on.
    pub(crate) fn of_words(low: f64, high: f64, names: Vec<String>) -> Self {
        let ticks = (0..names.len()).map(float).collect();
        Self { ticks, names, ..Self::new(low, high, 0.0, 1) }
    }

    /// Position between the ends, 0 to 1 inside.
    pub(crate) fn share(&self, value: f64) -> f64 {
        if self.decades {
            let span = (self.high / self.low).log10();
            return (value.max(self.low) / self.low).log10() / span;
        }
        (value - self.low) / (self.high - self.low)
    }

    /// The value at a position between the ends.
    pub(crate) fn value(&self, share: f64) -> f64 {
        if self.decades {
            return self.low * (self.high / self.low).powf(share);
        }
        self.low + share * (self.high - self.low)
    }

    /// The number as it stands along the axis.
    pub(crate) fn label(&self, value: f64) -> String {
        if !self.names.is_empty() {
            let place = count(value.round(), 0, self.names.len());
            return self.names.get(place).cloned().or_defect("a place without a name");
        }
        if !self.decades {
            return fixed(value, self.decimals);
        }
        let below = if value <= self.low { "≤\u{A0}" } else { "" };
        format!("{below}{}", significant(value, 1))
    }
}

/// The ends of a logarithmic axis, or some where these cannot be.
fn above_zero(low: f64, high: f64) -> (f64, f64) {
    let usable = low > 1e-12 && high < 1e12 && low < high;
    if usable { (low, high) } else { (0.1, 10.0) }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    // within the limit
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
        significant(*value, 3)
    }

    fn format_ext(&self, value: &f64) -> String {
        self.label(*value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_ends_no_negative_amounts_and_no_drama_of_rounding() {
        let axis = Axis::rounded(2.4, 2.4 + 1e-9, 0.05, 4);
        assert!(axis.high - axis.low >= 0.05);
        let axis = Axis::rounded(0.0, 113.0, 1.0, 4);
        assert_eq!((axis.low, axis.high), (0.0, 150.0));
        assert_eq!(Axis::rounded(0.0, 0.0, 10.0, 4).low, 0.0);
    }

    #[test]
    fn decades_are_evenly_spaced() {
        let axis = Axis::in_decades(0.014, 610.0);
        let labels: Vec<String> = axis.ticks.iter().map(|tick| axis.label(*tick)).collect();
        assert_eq!(labels, ["≤\u{A0}0.01", "0.1", "1", "10", "100", "1000"]);
        assert!((axis.share(1.0) - 0.4).abs() < 1e-12 && axis.share(0.0) == 0.0);
        assert!(Axis::in_decades(f64::NAN, 0.0).high > 0.0);
    }

    #[test]
    fn a_logarithmic_axis_ends_where_the_values_do() {
        let axis = Axis::logarithmic(45.0, 360.0, 6);
        let names: Vec<String> = axis.ticks.iter().map(|tick| axis.label(*tick)).collect();
        assert_eq!(names, ["50", "100", "200"]);
        assert!(axis.share(45.0).abs() < 1e-6 && (axis.share(360.0) - 1.0).abs() < 1e-9);
        assert!((axis.value(axis.share(100.0)) - 100.0).abs() < 1e-6);
    }

    #[test]
    fn nonsense_still_gives_an_axis() {
        for (low, high) in
            [(f64::NAN, 1.0), (f64::INFINITY, 0.0), (-f64::MAX, f64::MAX), (0.0, 1e199)]
        {
            let axis = Axis::rounded(low, high, 1.0, 4);
            assert!(axis.low < axis.high && axis.ticks.len() < 60);
        }
    }
}
