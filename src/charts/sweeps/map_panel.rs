//! One map: an outcome over two axes, as steps of color with lines of equal value and numbers.

use crate::charts::sweeps::curve::{places, scale};
use crate::charts::sweeps::field::{Field, Position};
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::outcome::OutcomeData;
use crate::charts::sweeps::plane::{Plane, Region};
use crate::charts::sweeps::shades::{BAR, Shades};
use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Ink, Point, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::page::words;
use crate::plots::panel::Panel;
use crate::plots::style::{self, AXIS, BLACK, CAPTION, GREY, TICK, WHITE};
use crate::plots::{FigureError, chart_words};

/// Pixels of a step of the picture; even, so that edges stay sharp.
const PIXEL: f64 = 2.0;
/// Pixels of a cell in which lines are sought.
const CELL: f64 = 6.0;

/// A map to be drawn.
#[derive(Clone, Debug)]
pub(crate) struct Map<'a> {
    pub outcome: &'a OutcomeData,
    pub plane: &'a Plane<'a>,
    /// One number for each point: those of the first value across, then those of the next.
    pub values: Vec<f64>,
    pub shades: &'a Shades,
    /// The region to be marked.
    pub region: Option<&'a Region>,
    /// Place of the ring of the reference on both axes.
    pub ring: Option<(f64, f64)>,
    /// Whether it has a bar of colors.
    pub bar: bool,
    pub cell: Frame,
}

impl Map<'_> {
    /// Draws the map.
    /// Errors: [`FigureError::Drawing`] if plotters refuses.
    pub(crate) fn draw(&self, sheet: &mut Sheet) -> Result<(), FigureError> {
        let cell = self.cell;
        let unit = &self.outcome.bracketed;
        let head = chart_words::heading(sheet, &cell, &self.outcome.heading, unit);
        let bar = if self.bar { BAR } else { 0.0 };
        let outer = Frame::new(cell.left, head + 32.0, cell.right - bar, cell.bottom - 22.0);
        let x = scale(self.plane.across(), outer.width() - 50.0);
        let y = scale(self.plane.up(), 1.4 * outer.height());
        let mut panel = Panel::inside(outer, x, y, TICK);
        let even = |value: f64| 2.0 * (0.5 * value).round();
        let frame = panel.frame;
        panel.frame =
            Frame::new(even(frame.left), even(frame.top), even(frame.right), even(frame.bottom));
        panel.draw(sheet, &[])?;
        let field = self.field(&panel, &self.values);
        self.paint(sheet, &panel.frame, &field);
        let mut taken = self.hatch(sheet, &panel);
        if let Some((x, y)) = self.ring {
            let at = panel.at(x, y);
            sheet.disc(at, 9.0, BLACK);
            sheet.disc(at, 6.0, WHITE);
            taken.push(Frame::new(at.0 - 10.0, at.1 - 10.0, at.0 + 10.0, at.1 + 10.0));
        }
        self.lines(sheet, &panel.frame, &field, &mut taken);
        self.titles(sheet, &panel);
        if self.bar {
            let left = panel.frame.right + 14.0;
            let frame = Frame::new(left, panel.frame.top, left + BAR - 14.0, panel.frame.bottom);
            self.shades.bar(sheet, frame, self.outcome);
        }
        Ok(())
    }

    /// Numbers as shares of the panel's axes.
    fn field(&self, panel: &Panel, values: &[f64]) -> Field {
        let shares = |axis: &Axis, data: &AxisData| {
            places(data).into_iter().map(|place| axis.share(place)).collect()
        };
        Field {
            across: shares(&panel.x, self.plane.across()),
            up: shares(&panel.y, self.plane.up()),
            values: values.to_vec(),
        }
    }

    /// Rows of rectangles of one color; each reaches a pixel under its neighbors, which hides seams.
    fn paint(&self, sheet: &mut Sheet, frame: &Frame, field: &Field) {
        if self.shades.levels.is_empty() && field.values.iter().all(|value| value.is_finite()) {
            sheet.plate(*frame, 0.0, self.shades.ink(self.shades.low));
            return;
        }
        let mut top = frame.top;
        while top < frame.bottom {
            let up = (frame.bottom - top - 0.5 * PIXEL) / frame.height();
            let (mut from, mut left) = (None::<Ink>, frame.left);
            let flush = |sheet: &mut Sheet, ink: Option<Ink>, left: f64, right: f64| {
                let bottom = (top + PIXEL + 1.0).min(frame.bottom);
                if let Some(ink) = ink {
                    let right = (right + 1.0).min(frame.right);
                    sheet.plate(Frame::new(left, top, right, bottom), 0.0, ink);
                }
            };
            let mut x = frame.left;
            while x < frame.right {
                let across = (x - frame.left + 0.5 * PIXEL) / frame.width();
                let ink = Some(self.shades.ink(field.at((across, up))));
                if ink != from {
                    flush(sheet, from, left, x);
                    (from, left) = (ink, x);
                }
                x += PIXEL;
            }
            flush(sheet, from, left, frame.right);
            top += PIXEL;
        }
    }

    /// Lines of equal value with their numbers.
    fn lines(&self, sheet: &mut Sheet, frame: &Frame, field: &Field, taken: &mut Vec<Frame>) {
        let ink = BLACK.clear(0.75);
        let count = |pixels: f64| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a few hundred
            let count = (pixels / CELL).round().clamp(4.0, 400.0) as u32;
            count
        };
        for level in &self.shades.levels {
            let lines = field.contours(*level, count(frame.width()), count(frame.height()));
            let lines: Vec<Vec<Point>> = lines
                .iter()
                .map(|line| line.iter().map(|place| on(frame, *place)).collect())
                .collect();
            let width = if level.abs() < 1e-12 { 3.5 } else { 1.6 };
            for line in &lines {
                sheet.line(line, ink, width, &[]);
            }
            let name = self.shades.name(self.outcome, *level);
            if let Some(at) = place_for(&name, &lines, frame, taken) {
                sheet.text(words(at, name, CAPTION, BLACK).middle().rimmed());
            }
        }
    }

    /// Hatches the region and names it; returns where the name stands.
    fn hatch(&self, sheet: &mut Sheet, panel: &Panel) -> Vec<Frame> {
        let Some(region) = self.region else { return Vec::new() };
        let frame = &panel.frame;
        let above = self.field(panel, &region.above.0);
        let below = self.field(panel, &region.below.0);
        let inside = |(x, y): Point| {
            let place = ((x - frame.left) / frame.width(), (frame.bottom - y) / frame.height());
            above.at(place) > region.above.1 && below.at(place) < region.below.1
        };
        let mut longest: Option<(f64, Point)> = None;
        let mut start = frame.left - frame.height();
        while start < frame.right {
            let mut from: Option<Point> = None;
            let mut last = (start, frame.bottom);
            let mut end = |sheet: &mut Sheet, from: Option<Point>, to: Point| {
                let Some(from) = from else { return };
                sheet.line(&[from, to], BLACK.clear(0.55), 1.5, &[]);
                let middle = (0.5 * (from.0 + to.0), 0.5 * (from.1 + to.1));
                if longest.is_none_or(|(length, _)| to.0 - from.0 > length) {
                    longest = Some((to.0 - from.0, middle));
                }
            };
            let mut along = 0.0;
            while along <= frame.height() {
                let at = (start + along, frame.bottom - along);
                let on_map = at.0 >= frame.left && at.0 <= frame.right;
                match (on_map && inside(at), from) {
                    (true, None) => from = Some(at),
                    (false, Some(_)) => end(sheet, from.take(), last),
                    _ => {}
                }
                last = at;
                along += 2.0;
            }
            end(sheet, from, last);
            start += 14.0;
        }
        let Some((length, at)) = longest else { return Vec::new() };
        let wide = font::width(region.word, TICK, Weight::Bold);
        if length < 40.0 {
            return Vec::new();
        }
        let x = at.0.clamp(frame.left + 0.5 * wide + 6.0, frame.right - 0.5 * wide - 6.0);
        let y = at.1.clamp(frame.top + 20.0, frame.bottom - 10.0);
        let text = words((x, y), region.word, TICK, BLACK).middle().bold().rimmed();
        let bounds = text.bounds();
        sheet.text(text);
        vec![bounds]
    }

    /// Titles of the axes: the vertical one above the map, the horizontal one below.
    fn titles(&self, sheet: &mut Sheet, panel: &Panel) {
        let frame = &panel.frame;
        for edge in [
            [(frame.left, frame.top), (frame.left, frame.bottom)],
            [(frame.left, frame.bottom), (frame.right, frame.bottom)],
        ] {
            sheet.line(&edge, AXIS, 1.5, &[]);
        }
        let room = frame.right - self.cell.left;
        let up = font::shorten(
            &format!("↑ {}", self.plane.up().title()),
            CAPTION,
            Weight::Regular,
            room,
        );
        sheet.text(words((self.cell.left, frame.top - 12.0), up, CAPTION, GREY));
        let middle = frame.center().0;
        let room = 2.0 * (middle - self.cell.left).min(self.cell.right - middle);
        let title = font::shorten(&self.plane.across().title(), CAPTION, Weight::Regular, room);
        sheet.text(words((middle, self.cell.bottom - 3.0), title, CAPTION, GREY).middle());
        if self.shades.levels.is_empty() {
            let (low, high) = (self.shades.low, self.shades.high);
            let text = if self.outcome.number(low) == self.outcome.number(high) {
                format!("{} everywhere", self.outcome.measured(low))
            } else {
                format!("{} to {}", self.outcome.number(low), self.outcome.measured(high))
            };
            let text = font::shorten(&text, TICK, Weight::Regular, frame.width() - 8.0);
            let (x, y) = frame.center();
            let ink = style::letters_on(self.shades.ink(low));
            sheet.text(words((x, y), text, TICK, ink).middle());
        }
    }
}

fn on(frame: &Frame, (across, up): Position) -> Point {
    (frame.left + across * frame.width(), frame.bottom - up * frame.height())
}

/// A place on the longest line that is free for its number, which is then taken.
fn place_for(
    name: &str,
    lines: &[Vec<Point>],
    frame: &Frame,
    taken: &mut Vec<Frame>,
) -> Option<Point> {
    let line = lines.iter().max_by_key(|line| line.len()).filter(|line| line.len() > 8)?;
    let half = 0.5 * font::width(name, CAPTION, Weight::Regular) + 4.0;
    let middle = line.len() / 2;
    let mut order: Vec<usize> = (0..line.len()).collect();
    order.sort_by_key(|index| index.abs_diff(middle));
    for (x, y) in order.into_iter().filter_map(|index| line.get(index)) {
        let area = Frame::new(x - half, y - 9.0, x + half, y + 9.0);
        let inside = area.left > frame.left + 4.0
            && area.right < frame.right - 4.0
            && area.top > frame.top + 4.0
            && area.bottom < frame.bottom - 4.0;
        if inside && !taken.iter().any(|other| other.overlaps(&area, -6.0)) {
            taken.push(area);
            return Some((*x, y + 5.0));
        }
    }
    None
}
