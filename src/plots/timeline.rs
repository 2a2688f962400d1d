//! Time courses: small multiples of chosen read-outs, all arms.

use crate::physiology::quantities::{Quantity, quantity};

use super::canvas::Frame;
use super::course::{self, Course};
use super::page::Page;
use super::span::Clock;
use super::{Drawing, FigureError, Subject, story};

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
    let title = story::headline(subject, &chosen, &clock);
    let band = chosen.iter().any(|quantity| quantity.normal.is_some());
    let band = if band { " · pale band: usual range of healthy adults" } else { "" };
    let subtitle = format!("{}{band}", subject.person);
    let mut page = Page::new(subject, &title, &subtitle);
    let description = format!("{title}. {}", story::ends(subject, &chosen, &clock));
    if !story::has_rows(subject) {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    let labels = course::room_for_labels(subject);
    let direct = labels > 0.0;
    if subject.arms.len() > 1 && !direct {
        page.legend(subject);
    }
    let (columns, rows) = grid(chosen.len());
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
        let mut course = Course::new(subject, quantity, &clock, cell);
        course.beside = if direct && last { labels } else { 0.0 };
        course.draw(&mut page.sheet)?;
        column += 1.0;
        if column + 0.5 > columns {
            (column, row) = (0.0, row + 1.0);
        }
    }
    Ok((page, description))
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
