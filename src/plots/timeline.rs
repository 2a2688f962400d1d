//! Time courses: small multiples of chosen read-outs, all arms.

use crate::physiology::quantities::{Quantity, quantity};

use super::axis::Axis;
use super::canvas::{Frame, Sheet};
use super::font::{self, Weight};
use super::labels::{self, EndLabel};
use super::page::{Page, words};
use super::panel::{Layer, Panel};
use super::span::Clock;
use super::style::{self, BLACK, CAPTION, GREY, LABEL, NORMAL, NORMAL_WORD, TICK};
use super::{Drawing, FigureError, Subject, numbers, story};

/// Read-outs of the usual time courses, from gut to artery.
const USUAL: [&str; 10] = [
    "serum_total_calcium_mmol_per_l",
    "fractional_absorption",
    "pth_pmol_per_l",
    "calcidiol_nmol_per_l",
    "calcitriol_pmol_per_l",
    "ucoc_percent",
    "dp_ucmgp_pmol_per_l",
    "lumbar_spine_bmd_percent",
    "cac_agatston",
    "pwv_m_per_s",
];

/// Most panels on one page.
const MOST: usize = 15;

/// Draws the figure.
pub fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let chosen = chosen(subject);
    let clock = Clock::of(subject);
    let title = story::largest_difference(subject, &chosen, &clock);
    let subtitle = format!("{} · pale band: usual range of healthy adults", subject.person);
    let mut page = Page::new(subject, &title, &subtitle);
    let description = format!("{title}. {}", story::ends(subject, &chosen, &clock));
    if !story::has_rows(subject) {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    let direct = direct(subject);
    if subject.arms.len() > 1 && !direct {
        page.legend(subject);
    }
    let (columns, rows) = grid(chosen.len());
    let arms: Vec<&str> = subject.arms.iter().map(|arm| arm.label).collect();
    let labels = if direct { labels::width(&arms, TICK, LABELS) + 22.0 } else { 0.0 };
    let room = page.room;
    let (gap_x, gap_y) = (34.0, 24.0);
    let width = (room.width() - labels - gap_x * (columns - 1.0)) / columns;
    let height = (room.height() - gap_y * (rows - 1.0)) / rows;
    let (mut column, mut row) = (0.0, 0.0);
    for (index, quantity) in chosen.iter().enumerate() {
        let left = room.left + column * (width + gap_x);
        let top = room.top + row * (height + gap_y);
        let cell = Frame::new(left, top, left + width, top + height);
        let last = column + 1.5 > columns || index + 1 == chosen.len();
        let course = Course { subject, clock: &clock, quantity, cell, labeled: direct && last };
        course.draw(&mut page.sheet, labels)?;
        column += 1.0;
        if column + 0.5 > columns {
            (column, row) = (0.0, row + 1.0);
        }
    }
    Ok((page, description))
}

/// Room for a label at the end of a line.
const LABELS: f64 = 190.0;

/// True if labels fit at the ends of lines.
fn direct(subject: &Subject) -> bool {
    let short = |label: &str| font::fits(label, TICK, Weight::Bold, LABELS, 2);
    let count = subject.arms.len();
    (2..=labels::MOST).contains(&count) && subject.arms.iter().all(|arm| short(arm.label))
}

fn chosen(subject: &Subject) -> Vec<&'static Quantity> {
    let wanted: &[&'static str] =
        if subject.timeline.is_empty() { &USUAL } else { subject.timeline };
    wanted.iter().filter_map(|name| quantity(name)).take(MOST).collect()
}

/// Columns and rows for a number of panels.
const fn grid(count: usize) -> (f64, f64) {
    match count {
        0 | 1 => (1.0, 1.0),
        2 => (2.0, 1.0),
        3 => (3.0, 1.0),
        4 => (2.0, 2.0),
        5 | 6 => (3.0, 2.0),
        7 | 8 => (4.0, 2.0),
        9 | 10 => (5.0, 2.0),
        11 | 12 => (4.0, 3.0),
        _ => (5.0, 3.0),
    }
}

/// One panel.
struct Course<'a> {
    subject: &'a Subject<'a>,
    clock: &'a Clock,
    quantity: &'static Quantity,
    cell: Frame,
    labeled: bool,
}

impl Course<'_> {
    fn draw(&self, sheet: &mut Sheet, beside: f64) -> Result<(), FigureError> {
        let cell = self.cell;
        let head = self.head(sheet);
        let outer = Frame::new(cell.left, head + 14.0, cell.right, cell.bottom - 22.0);
        let lines = self.lines();
        let y = value_axis(self.quantity, &lines, outer.height());
        let panel = Panel::inside(outer, self.clock.axis(cell.width() - 50.0, 64.0), y, TICK);
        let mut layers = Vec::new();
        if let Some(band) = self.band(&panel) {
            layers.push(band);
        }
        for (index, points) in lines.iter().enumerate() {
            let look = style::arm(index);
            let (ink, dash) = (look.ink, look.dash);
            layers.push(Layer::Line { points: points.clone(), ink, width: style::LINE, dash });
        }
        panel.draw(sheet, &layers)?;
        self.normal_word(sheet, &panel, &lines);
        let middle = panel.frame.center().0;
        sheet.text(words((middle, cell.bottom - 3.0), self.clock.title, CAPTION, GREY).middle());
        if self.labeled {
            self.end_labels(sheet, &panel, &lines, beside);
        }
        Ok(())
    }

    /// Name and unit above the panel; returns the lower edge.
    fn head(&self, sheet: &mut Sheet) -> f64 {
        let cell = self.cell;
        let name = font::shorten(self.quantity.label, LABEL, Weight::Bold, cell.width());
        let unit = unit(self.quantity);
        let beside = cell.left + font::width(&name, LABEL, Weight::Bold) + 8.0;
        let mut y = cell.top + LABEL;
        sheet.text(words((cell.left, y), name, LABEL, BLACK).bold());
        let wide = font::width(&unit, TICK, Weight::Regular);
        if cell.width() >= 300.0 && beside + wide <= cell.right {
            sheet.text(words((beside, y), unit, TICK, GREY));
        } else {
            y += TICK * 1.2;
            let unit = font::shorten(&unit, TICK, Weight::Regular, cell.width());
            sheet.text(words((cell.left, y), unit, TICK, GREY));
        }
        y
    }

    /// The arms' points in the units of the panel.
    fn lines(&self) -> Vec<Vec<(f64, f64)>> {
        let points = |arm: &super::ArmData| {
            let rows = arm.trajectory.rows.iter();
            rows.map(|row| (self.clock.tell(row.time_days), row.value(self.quantity.column)))
                .collect()
        };
        self.subject.arms.iter().map(points).collect()
    }

    fn band(&self, panel: &Panel) -> Option<Layer> {
        let (low, high) = self.quantity.normal?;
        if high <= panel.y.low || low >= panel.y.high {
            return None;
        }
        Some(Layer::Area { from: (panel.x.low, low), to: (panel.x.high, high), ink: NORMAL })
    }

    /// The word "normal" where the band is, away from the lines if there is such a place.
    fn normal_word(&self, sheet: &mut Sheet, panel: &Panel, lines: &[Vec<(f64, f64)>]) {
        let Some((low, high)) = self.quantity.normal else { return };
        let frame = &panel.frame;
        let top = panel.at(panel.x.low, high.min(panel.y.high)).1.max(frame.top);
        let bottom = panel.at(panel.x.low, low.max(panel.y.low)).1.min(frame.bottom);
        if bottom - top < 20.0 {
            return;
        }
        let places = [(frame.left + 8.0, top + 15.0), (frame.left + 8.0, bottom - 6.0)];
        let free = |place: &&(f64, f64)| {
            let word = words(**place, "normal", CAPTION, NORMAL_WORD).bounds();
            let near = lines.iter().flatten().map(|(x, y)| panel.at(*x, *y));
            !near
                .into_iter()
                .any(|(x, y)| x < word.right + 4.0 && y > word.top - 4.0 && y < word.bottom + 4.0)
        };
        let place = places.iter().find(free).or(places.first());
        if let Some(place) = place {
            sheet.text(words(*place, "normal", CAPTION, NORMAL_WORD));
        }
    }

    fn end_labels(&self, sheet: &mut Sheet, panel: &Panel, lines: &[Vec<(f64, f64)>], beside: f64) {
        let finite = |point: &&(f64, f64)| point.0.is_finite() && point.1.is_finite();
        let mut ends = Vec::new();
        for (arm, (points, data)) in lines.iter().zip(&self.subject.arms).enumerate() {
            if let Some((x, y)) = points.iter().rev().find(finite) {
                ends.push(EndLabel { at: panel.at(*x, *y), arm, text: data.label });
            }
        }
        let x = panel.frame.right + 22.0;
        let room = Frame::new(x, self.cell.top, panel.frame.right + beside + 2.0, self.cell.bottom);
        labels::write(sheet, &ends, x, TICK, &room);
    }
}

/// The unit in brackets; "share" becomes nothing.
fn unit(quantity: &Quantity) -> String {
    if quantity.unit == "1" { "[relative]".to_owned() } else { format!("[{}]", quantity.unit) }
}

/// The axis of a read-out: all finite values and the whole normal band, never so narrow that
/// rounding looks like drama.
fn value_axis(quantity: &Quantity, lines: &[Vec<(f64, f64)>], height: f64) -> Axis {
    let values = lines.iter().flatten().map(|point| point.1).filter(|value| value.is_finite());
    let (mut low, mut high) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
    let size = low.abs().max(high.abs());
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    let least = (8.0 * 10f64.powi(-(quantity.decimals as i32))).max(0.02 * size);
    if let Some((floor, ceiling)) = quantity.normal {
        let wide = 4.0 * (high - low).max(least);
        if floor.is_finite() && (low - floor).abs() < wide.max(ceiling - floor) {
            low = low.min(floor);
        }
        if ceiling.is_finite() && (ceiling - high).abs() < wide.max(ceiling - floor) {
            high = high.max(ceiling);
        }
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let count = (height / 52.0).clamp(2.0, 7.0) as usize;
    let axis = Axis::rounded(low, high, least, count);
    let _ = numbers::fixed(axis.low, axis.decimals);
    axis
}
