//! Time courses: small multiples of chosen read-outs, all arms.

use crate::physiology::quantities::{Quantity, in_order, quantity};

use super::cells::cells;
use super::course::{self, Course};
use super::page::Page;
use super::span::Clock;
use super::{Drawing, FigureError, Subject, story};

/// Most panels on one page.
const MOST: usize = 15;

/// Whether a run has something to show: every run has.
pub(crate) const fn suits(_: &Subject) -> bool {
    true
}

pub(crate) fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
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
    for (quantity, cell) in chosen.iter().zip(cells(page.room, chosen.len(), labels)) {
        let mut course = Course::new(subject, quantity, &clock, cell.frame);
        course.beside = if direct && cell.ends_row { labels } else { 0.0 };
        course.draw(&mut page.sheet)?;
    }
    Ok((page, description))
}

fn chosen(subject: &Subject) -> Vec<&'static Quantity> {
    let mut chosen: Vec<_> = subject.timeline.iter().filter_map(|name| quantity(name)).collect();
    if subject.timeline.is_empty() {
        chosen = in_order(|quantity| quantity.time_course_place);
    }
    chosen.truncate(MOST);
    chosen
}
