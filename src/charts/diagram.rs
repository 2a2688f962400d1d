//! Diagrams on the sheet: boxes, arrows as wide as what flows, and the scale of the arrows.

use crate::charts::arrows::{THINNEST, arrow, hollow, key};
use crate::charts::chart::{Arrow, Diagram, DiagramBox, Side};
use crate::plots::canvas::{Frame, Point, Sheet};
use crate::plots::cells::{Arrangement, cells};
use crate::plots::font::{self, Weight};
use crate::plots::numbers::float;
use crate::plots::page::{Page, words};
use crate::plots::style::{self, BLACK, CAPTION};

/// Widest arrow at the size of a quarter of the page.
const WIDEST: f64 = 40.0;

/// Height of the scale of the arrows where each of its parts has a line.
pub(crate) const KEY: f64 = 80.0;
/// Narrower pages have it so.
const KEY_IN_LINE: f64 = 800.0;
/// Narrower diagrams have no room for remarks.
const NARROW: f64 = 600.0;

/// Height of so many diagrams below each other, and of the scale of their arrows.
pub(crate) fn height(width: f64, count: usize) -> f64 {
    float(count) * 0.55 * width.max(NARROW) + KEY
}

/// Columns and rows of so many diagrams.
pub(crate) const fn shape(count: usize) -> (usize, usize) {
    match count {
        0 | 1 => (1, 1),
        2 => (2, 1),
        _ => (2, 2),
    }
}

/// An arrow as it lies on the sheet, and what flows along it \[mg/d\].
pub(crate) type Drawn = (Vec<Point>, f64);

/// Draws as many diagrams as the shape holds and, below them, the scale of their arrows.
pub(crate) fn draw(
    page: &mut Page,
    diagrams: &[Diagram],
    widest: f64,
    (columns, rows): (usize, usize),
) -> Vec<Drawn> {
    let below = if page.room.width() < KEY_IN_LINE { KEY } else { 30.0 };
    let room = Frame { bottom: page.room.bottom - below, ..page.room };
    let arrangement = Arrangement::of(Some(columns), &vec![(1.0, 1.0); columns * rows]);
    let cells = cells(room, &arrangement, 0.0, (56.0, 18.0));
    let (mut scale, mut drawn) = (1.0, Vec::new());
    for (cell, diagram) in cells.iter().zip(diagrams) {
        let picture = Picture::new(cell.frame, widest);
        scale = picture.per_unit;
        picture.draw(&mut page.sheet, diagram);
        let at = |arrow: &Arrow| arrow.points.iter().map(|point| picture.at(*point)).collect();
        drawn.extend(diagram.arrows.iter().map(|arrow| (at(arrow), arrow.flow)));
    }
    key(&mut page.sheet, &page.room, scale);
    drawn
}

/// Place of a diagram and width of its arrows.
struct Picture {
    cell: Frame,
    /// The part of the cell below the heading.
    map: Frame,
    per_unit: f64,
    widest: f64,
    /// Width of hollow arrows, as a share of the widest.
    hollow: f64,
    size: f64,
}

impl Picture {
    fn new(cell: Frame, most: f64) -> Self {
        let grown = (cell.width() / 724.0).min(cell.height() / 320.0);
        let size = (16.0 * grown.powf(0.6)).clamp(CAPTION, 24.0);
        let tall = cell.height().min(1.1 * cell.width());
        let map = Frame::new(cell.left, cell.top + 1.9 * size, cell.right, cell.top + tall);
        let widest = (WIDEST * grown).min(70.0);
        // Two of them and their numbers lie below each other.
        let hollow = if grown < 1.0 { 0.26 } else { 0.42 };
        Self { cell, map, per_unit: widest / most, widest, hollow, size }
    }

    /// A place given in shares of the map.
    fn at(&self, (x, y): (f64, f64)) -> Point {
        (self.map.left + x * self.map.width(), self.map.top + y * self.map.height())
    }

    fn draw(&self, sheet: &mut Sheet, diagram: &Diagram) {
        let size = 1.2 * self.size;
        let name = font::shorten_middle(&diagram.heading, size, Weight::Bold, self.cell.width());
        let at = (self.cell.left, self.cell.top + size);
        sheet.text(words(at, name, size, diagram.ink).bold());
        for arrow in &diagram.arrows {
            self.arrow(sheet, arrow);
        }
        for one in &diagram.boxes {
            self.plate(sheet, one);
        }
        for arrow in &diagram.arrows {
            self.words(sheet, arrow);
        }
    }

    fn plate(&self, sheet: &mut Sheet, one: &DiagramBox) {
        let (left, top, right, bottom) = one.place;
        let ((left, top), (right, bottom)) = (self.at((left, top)), self.at((right, bottom)));
        let frame = Frame::new(left, top, right, bottom);
        sheet.plate(frame, 10.0, one.ink);
        let letters = style::letters_on(one.ink);
        let (x, y) = frame.center();
        let size = 1.1 * self.size;
        let mut up = y - 0.1 * self.size;
        for line in font::wrap(&one.name, size, Weight::Bold, frame.width() - 6.0, 2).iter().rev() {
            sheet.text(words((x, up), line.as_str(), size, letters).bold().middle());
            up -= 1.1 * size;
        }
        let mut down = y;
        for line in font::wrap(&one.text, self.size, Weight::Regular, frame.width() - 6.0, 2) {
            down += 1.1 * self.size;
            sheet.text(words((x, down), line, self.size, letters).middle());
        }
    }

    /// An arrow; hollow where it is wider than drawn, dashed where it is too thin.
    fn arrow(&self, sheet: &mut Sheet, one: &Arrow) {
        let wide = one.flow * self.per_unit;
        let points: Vec<Point> = one.points.iter().map(|point| self.at(*point)).collect();
        if wide < THINNEST {
            arrow(sheet, &points, 2.0, 5.0, one.ink, &[7.0, 4.0]);
        } else if wide > 1.01 * self.widest {
            let shown = self.hollow * self.widest;
            arrow(sheet, &points, shown, 0.85 * shown, one.ink, &[]);
            hollow(sheet, &points, shown - 5.0, 0.85 * shown);
        } else {
            arrow(sheet, &points, wide, (0.5 * wide + 5.0).max(7.0), one.ink, &[]);
        }
    }

    fn words(&self, sheet: &mut Sheet, one: &Arrow) {
        let wide = one.flow * self.per_unit;
        let half = 0.5 * if wide > 1.01 * self.widest { self.hollow * self.widest } else { wide };
        let remark = if self.cell.width() < NARROW { "" } else { &one.remark };
        let number = format!("{}{remark}", one.number);
        let marked = !one.remark.is_empty();
        let (x, y) = self.at(one.at);
        let (x, end) = match one.side {
            Side::Above => {
                let up = half + 0.42 * self.size;
                let ends = one.points.iter().map(|point| point.0 * self.map.width());
                let gap = ends.clone().fold(0.0, f64::max) - ends.fold(f64::MAX, f64::min) - 6.0;
                let mut text = format!("{} {number}", one.word);
                if !font::fits(&text, self.size, Weight::Bold, gap, 1) {
                    text = format!("{} {}", one.word, one.number);
                }
                let text = words((x, y - up), text, self.size, BLACK).middle();
                sheet.text(if marked { text.bold() } else { text });
                return;
            }
            Side::Left => (x - half - 10.0, true),
            Side::Right => (x + half + 10.0, false),
            Side::On => (x, one.points.first().is_some_and(|start| start.0 > one.at.0)),
        };
        let first = words((x, y - 0.15 * self.size), one.word.as_str(), self.size, BLACK);
        let second = words((x, y + 0.95 * self.size), number, self.size, BLACK);
        let second = if marked { second.bold() } else { second };
        for text in [first, second] {
            sheet.text(if end { text.end() } else { text });
        }
    }
}
