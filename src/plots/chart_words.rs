//! Parts of every chart beside its lines: heading with unit, normal band, and the axis of values.

use super::axis::Axis;
use super::canvas::{Frame, Sheet};
use super::font::{self, Weight};
use super::page::words;
use super::panel::{Layer, Panel};
use super::style::{BLACK, CAPTION, GREY, LABEL, NORMAL, NORMAL_WORD, TICK};
use crate::plots::numbers::count;

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

/// The pale band of the normal range, where the chart shows any of it.
pub(crate) fn band(panel: &Panel, normal: Option<(f64, f64)>) -> Option<Layer> {
    let (low, high) = normal?;
    if high <= panel.y.low || low >= panel.y.high {
        return None;
    }
    Some(Layer::Area { from: (panel.x.low, low), to: (panel.x.high, high), ink: NORMAL })
}

/// The word "normal" where the band is, away from the lines if there is such a place.
pub(crate) fn normal_word(
    sheet: &mut Sheet,
    panel: &Panel,
    normal: Option<(f64, f64)>,
    lines: &[Vec<(f64, f64)>],
) {
    let Some((low, high)) = normal else { return };
    let frame = &panel.frame;
    let top = panel.at(panel.x.low, high.min(panel.y.high)).1.max(frame.top);
    let bottom = panel.at(panel.x.low, low.max(panel.y.low)).1.min(frame.bottom);
    if bottom - top < 20.0 {
        return;
    }
    let right = frame.right - 8.0 - font::width("normal", CAPTION, Weight::Regular);
    let places = [frame.left + 8.0, right].map(|x| [(x, top + 15.0), (x, bottom - 6.0)]);
    let points: Vec<Vec<_>> =
        lines.iter().map(|line| line.iter().map(|(x, y)| panel.at(*x, *y)).collect()).collect();
    let free = |place: &&(f64, f64)| {
        let word = words(**place, "normal", CAPTION, NORMAL_WORD).bounds();
        !points.iter().any(|line| line.windows(2).any(|pair| crosses(pair, &word)))
    };
    let place = places.as_flattened().iter().find(free).or(places.as_flattened().first());
    if let Some(place) = place {
        sheet.text(words(*place, "normal", CAPTION, NORMAL_WORD));
    }
}

/// True if the box around two neighbouring points touches a word.
fn crosses(pair: &[(f64, f64)], word: &Frame) -> bool {
    let [a, b] = pair else { return false };
    let line = Frame::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1));
    b.0 >= a.0 && line.overlaps(word, -5.0)
}

/// Lowest and highest of finite values, widened to the whole normal band if that is near, and the
/// least span of an axis on which rounding does not look like drama.
pub(crate) fn value_range(
    values: impl Iterator<Item = f64>,
    decimals: usize,
    band: Option<(f64, f64)>,
) -> (f64, f64, f64) {
    let (mut low, mut high) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
    let size = low.abs().max(high.abs());
    let decimals = i32::try_from(decimals).unwrap_or(0);
    let least = (8.0 * 10f64.powi(-decimals)).max(0.02 * size);
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

/// The axis of these values, `height` pixels long.
pub(crate) fn value_axis(
    values: impl Iterator<Item = f64>,
    decimals: usize,
    band: Option<(f64, f64)>,
    height: f64,
) -> Axis {
    let (low, high, least) = value_range(values, decimals, band);
    let count = count(height / 52.0, 2, 7);
    Axis::rounded(low, high, least, count)
}
