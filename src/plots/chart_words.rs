//! Parts of every chart beside its lines: heading with unit, key of colors, and range of values.

use super::canvas::{Frame, Sheet};
use super::font::{self, Weight};
use super::page::words;
use super::style::{BLACK, CAPTION, GREY, LABEL, TICK};
use crate::words::numbers::last_digit;

/// Share of the values that an axis spans at least: a change of 1 % fills no more than a tenth.
const LEAST_SPAN: f64 = 0.1;

/// Name and unit above a chart; returns the lower edge.
pub(crate) fn heading(sheet: &mut Sheet, cell: &Frame, name: &str, unit: &str) -> f64 {
    let mut size = LABEL;
    while size > CAPTION && !font::fits(name, size, Weight::Bold, cell.width(), 1) {
        size -= 0.5;
    }
    let name = font::shorten(name, size, Weight::Bold, cell.width());
    let beside = cell.left + font::width(&name, size, Weight::Bold) + 8.0;
    let mut y = cell.top + LABEL;
    sheet.text(words((cell.left, y), name, size, BLACK).bold());
    let wide = font::width(unit, TICK, Weight::Regular);
    if cell.width() >= 300.0 && beside + wide <= cell.right {
        sheet.text(words((beside, y), unit, TICK, GREY));
    } else {
        y += TICK * 1.2;
        let unit = font::shorten(unit, TICK, Weight::Regular, cell.width());
        sheet.text(words((cell.left, y), unit, TICK, GREY));
    }
    y
}

/// Lowest and highest of finite values, widened to the whole normal band if that is near, and the
/// least span of an axis on which neither rounding nor a change of 1 % looks like drama.
pub(crate) fn value_range(
    values: impl Iterator<Item = f64>,
    decimals: usize,
    band: Option<(f64, f64)>,
) -> (f64, f64, f64) {
    let nothing = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut low, mut high) = values.fold(nothing, |(a, b), value| (a.min(value), b.max(value)));
    let size = low.abs().max(high.abs());
    let least = (8.0 * last_digit(decimals)).max(LEAST_SPAN * size);
    if let Some((floor, ceiling)) = band {
        let wide = (4.0 * (high - low).max(least)).max(ceiling - floor);
        if floor.is_finite() && (low - floor).abs() < wide {
            low = low.min(floor);
        }
        if ceiling.is_finite() && (ceiling - high).abs() < wide {
            high = high.max(ceiling);
        }
    }
    (low, high, least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_one_percent_fills_a_tenth_of_an_axis() {
        let (low, high, least) = value_range([100.0, 101.0].into_iter(), 1, None);
        assert_eq!((low, high), (100.0, 101.0));
        assert!(high - low <= 0.1 * least, "{least}");
    }
}
