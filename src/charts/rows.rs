//! Rows of bars: where they stand, and their names left of the axis.

use crate::charts::chart::{Ends, Panel, RowName};
use crate::plots::canvas::{Frame, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::labels;
use crate::plots::numbers::float;
use crate::plots::page::words;
use crate::plots::panel::Panel as Plotted;
use crate::plots::style::{GREY, TICK};

/// Widest name.
const WIDEST: f64 = 230.0;
/// Room between names and axis.
const GAP: f64 = 16.0;
/// Height of a row at most.
const TALLEST: f64 = 250.0;
/// Height of headings and axes.
const FRAME: f64 = 130.0;

/// The part of the room that panels of few rows fill, in its middle; else all of it.
pub(crate) fn room(room: &Frame, panels: &[Panel]) -> Frame {
    let rows = |panel: &Panel| matches!(panel.y.ends, Ends::Rows(_)).then_some(panel.y.high);
    let most = panels.iter().filter_map(rows).reduce(f64::max);
    let spare = most.map_or(0.0, |rows| room.height() - FRAME - TALLEST * rows).max(0.0);
    Frame { top: room.top + 0.5 * spare, bottom: room.bottom - 0.5 * spare, ..*room }
}

/// Lower and upper edge of the bar of a row, counted from the top, in units of the axis.
pub(crate) fn edges(row: usize, count: usize) -> (f64, f64) {
    let low = float(count) - 1.0 - float(row);
    (low + 0.21, low + 0.79)
}

/// Room that names need left of the axis.
pub(crate) fn room_for_names(names: &[RowName]) -> f64 {
    if names.is_empty() {
        return 0.0;
    }
    let bold: Vec<&str> = names.iter().map(|row| row.name.as_str()).collect();
    let texts = names.iter().map(|row| font::width(&row.text, 0.9 * TICK, Weight::Regular));
    let texts = texts.fold(90.0, f64::max).min(WIDEST);
    labels::width(&bold, TICK, WIDEST).max(texts) + GAP
}

/// Writes the names, each before the middle of its row.
pub(crate) fn write_names(sheet: &mut Sheet, names: &[RowName], panel: &Plotted, left: f64) {
    let high = panel.frame.height() / float(names.len().max(1));
    let room = panel.frame.left - left - GAP + 2.0;
    let size = TICK.min(0.4 * high);
    let limit = if high > 4.4 * size { 2 } else { 1 };
    let all: Vec<&str> = names.iter().map(|row| row.name.as_str()).collect();
    let distinct = labels::distinct(&all, |name| font::fits(name, size, Weight::Bold, room, limit));
    let mut middle = panel.frame.top + 0.5 * high;
    for (row, name) in names.iter().zip(&distinct) {
        let lines = if limit == 1 {
            vec![font::shorten_middle(name, size, Weight::Bold, room)]
        } else {
            font::wrap(name, size, Weight::Bold, room, limit)
        };
        let half = 0.5 * (float(lines.len()) + 1.0) * 1.12 * size;
        let mut y = middle - half + 0.85 * size;
        for line in lines {
            sheet.text(words((left, y), line, size, row.ink).bold());
            y += 1.12 * size;
        }
        let text = font::shorten(&row.text, 0.9 * size, Weight::Regular, room);
        sheet.text(words((left, y), text, 0.9 * size, GREY));
        middle += high;
    }
}
