//! Vitamin kinetics: K1, MK-4 and MK-7 in plasma, after the first doses and at steady state.

use crate::physiology::quantities::Quantity;
use crate::plots::numbers::extremes;

use super::canvas::Frame;
use super::cells::Grid;
use super::course::{self, Course};
use super::page::Page;
use super::span::Clock;
use super::vitamins::{self, UNSEEN, Vitamin, levels, shown};
use super::{ArmData, Drawing, FigureError, Subject, clearance, story};

/// One row of panels: which days, and what it is called.
struct Window {
    clock: Clock,
    name: &'static str,
}

/// Whether vitamin K differs between arms or changes in one.
pub(crate) fn suits(subject: &Subject) -> bool {
    vitamins::any_moves(subject)
}

pub(crate) fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let vitamins = shown(subject);
    let clock = Clock::of(subject);
    let title = clearance::title(subject, &vitamins, &clock);
    let plasma: Vec<&'static Quantity> = vitamins.iter().map(|vitamin| vitamin.plasma).collect();
    let description = format!("{title}. {}", story::ends(subject, &plasma, &clock));
    let wide = vitamins.iter().any(|vitamin| {
        floor(subject, vitamin).is_some_and(Floor::is_far) && clears(subject, vitamin)
    });
    let axes =
        if wide { "each grid line ten times the one below" } else { "each on its own axis from 0" };
    let subtitle = format!("Vitamin K in plasma, {axes} · {}", subject.person);
    let mut page = Page::new(subject, &title, &subtitle);
    if !story::has_rows(subject) {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    let labels = course::room_for_labels(subject);
    if subject.arms.len() > 1 && labels == 0.0 {
        page.legend(subject);
    }
    Panels { subject, vitamins: &vitamins, labels, wide }
        .draw(&mut page, &windows(subject, &vitamins, clock))?;
    Ok((page, description))
}

/// A panel for each vitamin in each window.
struct Panels<'a> {
    subject: &'a Subject<'a>,
    vitamins: &'a [Vitamin],
    /// Room for the names beside the last column.
    labels: f64,
    wide: bool,
}

impl Panels<'_> {
    fn draw(&self, page: &mut Page, windows: &[Window]) -> Result<(), FigureError> {
        let room = Frame { right: page.room.right - self.labels, ..page.room };
        let mut grid = Grid::new(room, (self.vitamins.len(), windows.len()), (46.0, 26.0));
        grid.height = grid.height.min(0.4 * page.room.width());
        for (row, window) in windows.iter().enumerate() {
            for (column, vitamin) in self.vitamins.iter().enumerate() {
                let is_last = column + 1 == self.vitamins.len();
                let beside = if is_last { self.labels } else { 0.0 };
                self.course(vitamin, window, grid.cell(column, row), beside, page)?;
            }
        }
        Ok(())
    }

    fn course(
        &self,
        vitamin: &Vitamin,
        window: &Window,
        cell: Frame,
        beside: f64,
        page: &mut Page,
    ) -> Result<(), FigureError> {
        let heading = format!("{}{}", vitamin.name, window.name);
        let mut course = Course::new(self.subject, vitamin.plasma, &window.clock, cell);
        course.heading = &heading;
        let arms = self.subject.arms.iter();
        let most = arms.flat_map(|arm| levels(arm, vitamin)).fold(0.0, f64::max);
        course.shows = vec![0.0, most];
        course.decades_from =
            floor(self.subject, vitamin).filter(|_| self.wide).map(|floor| floor.lowest);
        course.beside = beside;
        let (from, to) = window.clock.days();
        course.keep(window.clock.at(from), window.clock.at(to));
        course.draw(&mut page.sheet)?;
        Ok(())
    }
}

/// True if a level falls below half its peak again, which is seen best as a slope of decades.
fn clears(subject: &Subject, vitamin: &Vitamin) -> bool {
    subject.arms.iter().any(|arm| {
        let mut peak = 0.0_f64;
        levels(arm, vitamin).any(|level| {
            peak = peak.max(level);
            peak > UNSEEN && level < 0.5 * peak
        })
    })
}

/// The lower end of an axis in decades, and whether such an axis is needed.
#[derive(Clone, Copy)]
struct Floor {
    lowest: f64,
    highest: f64,
    /// The lowest of the peaks that doses make.
    peak: f64,
}

impl Floor {
    /// True if one arm's peaks would flatten another's.
    fn is_far(self) -> bool {
        self.highest > 20.0 * self.peak
    }
}

/// Three decades below the lowest peak that any dose makes, at most six below the highest.
fn floor(subject: &Subject, vitamin: &Vitamin) -> Option<Floor> {
    let peaks = subject.arms.iter().filter_map(|arm| {
        let peak = levels(arm, vitamin).fold(0.0, f64::max);
        let start = levels(arm, vitamin).next()?;
        (peak > 1.5 * start && peak > UNSEEN).then_some(peak)
    });
    let (low, high) =
        peaks.fold((f64::MAX, 0.0), |(low, high): (f64, f64), p| (low.min(p), high.max(p)));
    let lowest = (1e-3 * low).max(1e-6 * high);
    (low <= high).then_some(Floor { lowest, highest: high, peak: low })
}

/// First week, and last week (where doses still make waves) or the whole run.
fn windows(subject: &Subject, vitamins: &[Vitamin], whole: Clock) -> Vec<Window> {
    let (first, last) = whole.days();
    let (start, end) = (Clock::part(first, first + 7.0), Clock::part(last - 7.0, last));
    let resolved = |clock: &Clock| {
        let (from, to) = clock.days();
        let rows = |arm: &ArmData| {
            let times = arm.trajectory.rows.iter().map(|row| row.time_days);
            times.filter(|time| (from..=to).contains(time)).count()
        };
        subject.arms.iter().all(|arm| rows(arm) >= 8)
    };
    if whole.length_days() <= 14.0 || !resolved(&start) {
        return vec![Window { clock: whole, name: "" }];
    }
    let first = Window { clock: start, name: ", first week" };
    if resolved(&end) && makes_waves(subject, vitamins, &end) {
        vec![first, Window { clock: end, name: ", last week" }]
    } else {
        vec![first, Window { clock: whole, name: ", whole run" }]
    }
}

fn makes_waves(subject: &Subject, vitamins: &[Vitamin], clock: &Clock) -> bool {
    let (from, to) = clock.days();
    subject.arms.iter().any(|arm| {
        vitamins.iter().any(|vitamin| {
            let rows =
                arm.trajectory.rows.iter().filter(|row| (from..=to).contains(&row.time_days));
            let values = rows.map(|row| row.value(vitamin.plasma.column));
            extremes(values).is_some_and(|(low, high)| high - low > 0.05 * high)
        })
    })
}
