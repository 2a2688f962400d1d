//! Rows of bars: where they stand, and their names left of the axis.

use crate::charts::chart::{Ends, Label, Panel, RowName, Scale};
use crate::plots::canvas::{Frame, Ink, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::labels;
use crate::plots::numbers::float;
use crate::plots::page::words;
use crate::plots::panel::{Layer, Panel as Plotted};
use crate::plots::style::{CAPTION, GREY, TICK, WHITE};

/// Widest name, in two lines.
const WIDEST: f64 = 230.0;
/// Widest name where rows have room for one line only.
const WIDEST_LINE: f64 = 400.0;
/// More rows than this have room for one line only.
const TALL_ROWS: usize = 7;
/// Widest text below a name.
const WIDEST_TEXT: f64 = 330.0;
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

/// The vertical scale of so many rows; `names` is empty where they stand beside another panel.
pub(crate) fn scale(count: usize, names: Vec<RowName>) -> Scale {
    Scale { title: String::new(), low: 0.0, high: float(count), ends: Ends::Rows(names) }
}

/// A panel of rows without a heading.
pub(crate) fn panel(
    names: Vec<RowName>,
    x: Scale,
    (layers, labels): (Vec<Layer>, Vec<Label>),
    keys: Vec<(String, Ink)>,
) -> Panel {
    let y = scale(names.len(), names);
    let (heading, unit) = (String::new(), String::new());
    Panel { heading, unit, x, y, layers, labels, keys, shares: (1.0, 1.0) }
}

/// A line from end to end of an interval at the height `y`, with caps.
pub(crate) fn interval(
    (low, high): (f64, f64),
    y: f64,
    ink: Ink,
    dash: &'static [f64],
) -> Vec<Layer> {
    const CAP: f64 = 0.06;
    let cap =
        |x| Layer::Line { points: vec![(x, y - CAP), (x, y + CAP)], ink, width: 2.0, dash: &[] };
    let points = vec![(low, y), (high, y)];
    vec![Layer::Line { points, ink, width: 2.0, dash }, cap(low), cap(high)]
}

/// Height of a row that keeps dots of many a fifth of their width apart; 0 without such dots.
pub(crate) fn height_of_dots(panel: &Panel) -> f64 {
    let heights = panel.layers.iter().filter_map(|layer| match layer {
        Layer::Dots { points, radius, .. } => {
            let pairs = points.iter().zip(points.iter().skip(1));
            let apart = pairs.map(|(one, next)| (one.1 - next.1).abs());
            let apart = apart.filter(|apart| *apart > 0.0).reduce(f64::min)?;
            Some(2.4 * radius / apart)
        }
        _ => None,
    });
    heights.fold(0.0, f64::max)
}

/// Lower and upper edge of the bar of a row, counted from the top, in units of the axis.
pub(crate) fn edges(row: usize, count: usize) -> (f64, f64) {
    let low = float(count) - 1.0 - float(row);
    (low + 0.21, low + 0.79)
}

/// The panels with the names of rows at the beginning of each line of so many columns: where they
/// stand one below the other, each has its own.
pub(crate) fn named(panels: &[Panel], columns: usize) -> Vec<Panel> {
    let mut before: Vec<RowName> = Vec::new();
    let named = panels.iter().cloned().enumerate().map(|(index, mut panel)| {
        if let Ends::Rows(names) = &mut panel.y.ends {
            if names.is_empty() && index % columns == 0 {
                names.clone_from(&before);
            } else if !names.is_empty() {
                before.clone_from(names);
            }
        }
        panel
    });
    named.collect()
}

/// Room that names need left of the axis in a cell so wide.
pub(crate) fn room_for_names(names: &[RowName], cell: f64) -> f64 {
    if names.is_empty() {
        return 0.0;
    }
    let bold: Vec<&str> = names.iter().map(|row| row.name.as_str()).collect();
    let texts = names.iter().map(|row| font::width(&row.text, 0.9 * TICK, Weight::Regular));
    let texts = texts.fold(90.0, f64::max).min(WIDEST_TEXT);
    let bold = if names.len() > TALL_ROWS {
        let widths = bold.iter().map(|name| font::width(name, TICK, Weight::Bold));
        widths.fold(0.0, f64::max).min(WIDEST_LINE).ceil()
    } else {
        labels::width(&bold, TICK, WIDEST)
    };
    bold.max(texts).min(0.42 * cell) + GAP
}

/// The panels with the names of rows above what the rows show, for narrow pages; what rows leave
/// free at their lower edges is room for the names of the next.
pub(crate) fn under_names(mut panels: Vec<Panel>) -> Vec<Panel> {
    for panel in &mut panels {
        let (lowest, _) = filled(panel);
        if let Ends::Rows(names) = &mut panel.y.ends {
            panel.y.ends = Ends::RowsUnderNames(std::mem::take(names));
            let lower = 0.5 * lowest; // what is left is room for numbers beside the last dots
            (panel.y.low, panel.y.high) = (lower, panel.y.high + lower);
        }
    }
    panels
}

/// Height of rows with their names above them in a cell so wide: the lines of the longest name
/// fill what the rows leave free.
pub(crate) fn height_under_names(panel: &Panel, cell: f64) -> f64 {
    let Ends::RowsUnderNames(names) = &panel.y.ends else { return 0.0 };
    let lines = names.iter().map(|row| lines_above(row, cell - FRAME_EDGE).len());
    let words = LINE * float(lines.max().unwrap_or(0)) + 4.0;
    let (lowest, highest) = filled(panel);
    float(names.len()) * (words / (1.0 + 0.5 * lowest - highest)).clamp(SHORTEST, TALLEST)
}

/// Width that the axis of a panel does not fill.
const FRAME_EDGE: f64 = 40.0;
/// Height of a line of a name above its row.
const LINE: f64 = 1.15 * TICK;
/// Least height of a row.
const SHORTEST: f64 = 52.0;

/// From where to where data reach in their rows, of 0 to 1.
fn filled(panel: &Panel) -> (f64, f64) {
    let within = |y: f64| y - (y - 1e-9).floor();
    let ends = panel.layers.iter().filter_map(|layer| match layer {
        Layer::Bar { from, to, .. } => {
            Some((within(from.1.min(to.1) + 2e-9), within(from.1.max(to.1))))
        }
        Layer::Dot { at, .. } => Some((within(at.1) - 0.07, within(at.1) + 0.07)),
        _ => None,
    });
    let (low, high) = ends.fold((0.4, 0.6), |(low, high), end| (end.0.min(low), end.1.max(high)));
    (low.max(0.0), high.min(0.8))
}

/// The name and the text of a row in lines that fit, and whether each is bold.
fn lines_above(row: &RowName, room: f64) -> Vec<(String, Weight)> {
    let lines = |text: &str, weight| {
        let fitting = font::wrap(text, TICK, weight, room, 2);
        fitting.into_iter().filter(|line| !line.is_empty()).map(move |line| (line, weight))
    };
    lines(&row.name, Weight::Bold).chain(lines(&row.text, Weight::Regular)).collect()
}

/// Writes the names, each at the upper edge of its row.
pub(crate) fn write_names_above(sheet: &mut Sheet, names: &[RowName], panel: &Plotted) {
    let high = panel.frame.height() / float(names.len().max(1));
    let left = panel.frame.left + 6.0;
    let mut top = panel.frame.top;
    for row in names {
        let mut y = top;
        for (line, weight) in lines_above(row, panel.frame.right - left) {
            y += LINE;
            let ink = if weight == Weight::Bold { row.ink } else { GREY };
            let right = left + font::width(&line, TICK, weight) + 2.0;
            sheet.plate(
                Frame::new(left - 2.0, y - 0.85 * TICK, right, y + 0.25 * TICK),
                0.0,
                WHITE,
            );
            let text = words((left, y), line, TICK, ink);
            sheet.text(if weight == Weight::Bold { text.bold() } else { text });
        }
        top += high;
    }
}

/// The text below a name in lines that fit: a quantity may be cut, its value never.
fn lines_of_text(text: &str, size: f64, room: f64, limit: usize) -> Vec<String> {
    let lines = || font::wrap(text, size, Weight::Regular, room, limit);
    let Some((quantity, value)) = text.rsplit_once(": ") else { return lines() };
    if font::fits(text, size, Weight::Regular, room, limit) {
        return lines();
    }
    let short = |room: f64| font::shorten(quantity, size, Weight::Regular, room);
    if limit > 1 {
        return vec![format!("{}:", short(room - 0.5 * size)), value.to_owned()];
    }
    let room = room - font::width(&format!(": {value}"), size, Weight::Regular);
    vec![format!("{}: {value}", short(room))]
}

/// Writes the names, each before the middle of its row.
pub(crate) fn write_names(sheet: &mut Sheet, names: &[RowName], panel: &Plotted, left: f64) {
    let high = panel.frame.height() / float(names.len().max(1));
    let room = panel.frame.left - left - GAP + 2.0;
    let size = TICK.min(0.4 * high);
    let limit = match high / size {
        room if room > 6.0 => 3,
        room if room > 4.4 => 2,
        _ => 1,
    };
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
        let small = (0.9 * size).max(size.min(CAPTION));
        for line in lines_of_text(&row.text, small, room, limit) {
            sheet.text(words((left, y), line, small, GREY));
            y += 1.12 * small;
        }
        middle += high;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantity_is_cut_and_never_its_value() {
        let text = "Ratio of undercarboxylated to carboxylated osteocalcin: −60 [−65 to −55] %";
        for (limit, room) in [(1, 260.0), (2, 180.0), (3, 170.0)] {
            let lines = lines_of_text(text, 18.0, room, limit);
            assert!(lines.len() <= limit && lines.last().unwrap().ends_with("−60 [−65 to −55] %"));
            for line in lines {
                assert!(font::width(&line, 18.0, Weight::Regular) <= room, "{line}");
            }
        }
        assert_eq!(lines_of_text("CAC: 3 AU", 18.0, 400.0, 1), ["CAC: 3\u{a0}AU"]);
    }
}
