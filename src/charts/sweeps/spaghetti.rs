//! Time courses of some people, one line each, with the median and the middle 50 and 90 %.

use crate::charts::sweeps::data::{CourseData, SweepData};
use crate::charts::sweeps::differences::first_point;
use crate::charts::sweeps::phrases;
use crate::plots::axis::Axis;
use crate::plots::canvas::Frame;
use crate::plots::cells::Grid;
use crate::plots::chart_words;
use crate::plots::font::{self, Weight};
use crate::plots::numbers::{count, extremes};
use crate::plots::page::{Page, words};
use crate::plots::panel::{Layer, Panel};
use crate::plots::style::{self, CAPTION, GREY, LABEL, TICK};
use crate::plots::{Drawing, FigureError};
use crate::sweep::quantile::quantile;
use crate::words::names::{capital, chart_unit, inside};
use crate::words::numbers::{at_most, clinical, measured};
use crate::words::time::TimeUnit;

pub(crate) const MOST_ARMS: usize = 4;
/// Most quantities one above the other.
pub(crate) const MOST_QUANTITIES: usize = 2;
/// Samples that are followed.
pub(crate) const FOLLOWED: u64 = 60;

/// The number of each time in ascending order over all lines, at these shares.
struct Middle {
    times: Vec<f64>,
    /// Of 5, 25, 50, 75 and 95 %.
    shares: [Vec<f64>; 5],
}

impl Middle {
    fn of(course: &CourseData, unit_days: f64) -> Self {
        let mut middle = Self {
            times: course.days.iter().map(|day| day / unit_days).collect(),
            shares: [const { Vec::new() }; 5],
        };
        for index in 0..course.days.len() {
            let all = course.lines.iter().filter_map(|line| line.get(index).copied());
            let mut all: Vec<f64> = all.filter(|value| value.is_finite()).collect();
            all.sort_by(f64::total_cmp);
            for (column, share) in middle.shares.iter_mut().zip([0.05, 0.25, 0.5, 0.75, 0.95]) {
                column.push(quantile(&all, share));
            }
        }
        middle
    }

    fn end(&self) -> [f64; 5] {
        self.shares.each_ref().map(|column| {
            column.iter().rev().copied().find(|value| value.is_finite()).unwrap_or(f64::NAN)
        })
    }
}

/// Whether samples differ, at a single point, in an outcome of which there are courses.
pub(crate) fn suits(data: &SweepData) -> bool {
    let followed = data.outcomes.iter().any(|outcome| outcome.about.is_some());
    data.compares_samples() && data.axes.is_empty() && followed
}

pub(crate) fn draw(data: &SweepData) -> Result<Drawing, FigureError> {
    let days = extremes(data.courses.iter().flat_map(|course| course.days.iter().copied()));
    let length = days.map_or(0.0, |(low, high)| high - low);
    let unit = TimeUnit::of_axis(length);
    let time = format!("time [{}]", unit.plural);
    let middles: Vec<Middle> =
        data.courses.iter().map(|course| Middle::of(course, unit.days)).collect();
    let title = title(data, &middles, &unit.times(&at_most(length / unit.days, 1)));
    let followed = data.courses.iter().map(|course| course.lines.len()).max().unwrap_or(0);
    let subtitle = format!(
        "{followed} of {} followed, evenly chosen · dark line: median, bands: the middle 50 and \
         90 % of those {followed}{}",
        phrases::whom(data),
        first_point(data)
    );
    let mut page = phrases::page(data, &title, &subtitle);
    let mut description = format!("{title}. {subtitle}.");
    if data.courses.iter().all(|course| course.lines.is_empty()) {
        page.note("There is nobody to follow: this needs samples whose runs complete.");
        return Ok((page, description));
    }
    let (columns, rows) = shape(data);
    let head = if data.arms.len() > 1 { 28.0 } else { 0.0 };
    let room = Frame { top: page.room.top + head, ..page.room };
    let grid = Grid::new(room, (columns.len(), rows.len()), (30.0, 20.0));
    if head > 0.0 {
        name_arms(&mut page, data, &columns, &grid);
    }
    for (course, middle) in data.courses.iter().zip(&middles) {
        let place = columns.iter().position(|arm| *arm == course.arm);
        let row = rows.iter().position(|name| *name == course.quantity.name);
        let (Some(column), Some(row)) = (place, row) else { continue };
        let cell = grid.cell(column, row);
        let same: Vec<&CourseData> =
            data.courses.iter().filter(|other| other.quantity == course.quantity).collect();
        panel(&mut page, course, middle, &same, cell, &time)?;
        let [low, .., high] = middle.end();
        let label = data.arms.get(course.arm).map_or("", |arm| arm.1.as_str());
        let text = |value: f64| measured(course.quantity, value);
        description.push_str(&format!(
            " {} at the end, {label}: median {}, the middle 90 % {} to {}.",
            course.quantity.label,
            text(middle.end()[2]),
            text(low),
            text(high)
        ));
    }
    Ok((page, description))
}

/// The name of each arm above its column.
fn name_arms(page: &mut Page, data: &SweepData, columns: &[usize], grid: &Grid) {
    for (column, arm) in columns.iter().enumerate() {
        let at = (grid.cell(column, 0).left, page.room.top + 12.0);
        let label = data.arms.get(*arm).map_or("", |arm| arm.1.as_str());
        let label = font::shorten_middle(label, LABEL, Weight::Bold, grid.width);
        page.sheet.text(words(at, label, LABEL, style::arm(*arm).letters).bold());
    }
}

/// Arms from left to right and quantities from top to bottom.
fn shape(data: &SweepData) -> (Vec<usize>, Vec<&'static str>) {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    for course in &data.courses {
        if !columns.contains(&course.arm) {
            columns.push(course.arm);
        }
        if !rows.contains(&course.quantity.name) {
            rows.push(course.quantity.name);
        }
    }
    (columns, rows)
}

/// One arm, one quantity: all lines pale, then bands and median.
fn panel(
    page: &mut Page,
    course: &CourseData,
    middle: &Middle,
    same: &[&CourseData],
    cell: Frame,
    time: &str,
) -> Result<(), FigureError> {
    let quantity = course.quantity;
    let head = chart_words::heading(&mut page.sheet, &cell, quantity.label, &chart_unit(quantity));
    let outer = Frame::new(cell.left, head + 14.0, cell.right, cell.bottom - 22.0);
    let ends = extremes(middle.times.iter().copied()).unwrap_or((0.0, 1.0));
    let count = count(cell.width() / 70.0, 2, 10);
    let x = Axis::new(ends.0, ends.1, 1e-3, count);
    // One axis of values for all arms, so that they can be compared.
    let y = shared_axis(same, outer.height());
    let panel = Panel::inside(outer, x, y, TICK);
    let look = style::arm(course.arm);
    let mut layers: Vec<Layer> = Vec::new();
    layers.extend(chart_words::band(&panel, quantity.normal));
    let line = |values: &[f64]| -> Vec<(f64, f64)> {
        middle.times.iter().copied().zip(values.iter().copied()).collect()
    };
    layers.extend(course.lines.iter().map(|values| Layer::Line {
        points: below(&line(values), panel.y.high),
        ink: look.ink.clear(0.28),
        width: 1.25,
        dash: &[],
    }));
    let [low, lower, center, upper, high] = &middle.shares;
    let top = panel.y.high;
    let inside =
        |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value.min(top)).collect() };
    for (from, to) in [(low, high), (lower, upper)] {
        let (from, to) = (line(&inside(from)), line(&inside(to)));
        let points: Vec<(f64, f64)> = from.into_iter().chain(to.into_iter().rev()).collect();
        if points.iter().all(|point| point.1.is_finite()) {
            layers.push(Layer::Shape { points, ink: look.ink.clear(0.2) });
        }
    }
    let ink = look.ink.darker(0.6);
    layers.push(Layer::Line { points: below(&line(center), top), ink, width: 5.0, dash: &[] });
    panel.draw(&mut page.sheet, &layers)?;
    chart_words::normal_word(&mut page.sheet, &panel, quantity.normal, &[line(center)]);
    let count = leaving(course, top);
    if count > 0 {
        let text = format!("↑ {count} leave the top");
        let at = (panel.frame.left + 8.0, panel.frame.top + 18.0);
        page.sheet.text(words(at, text, CAPTION, GREY).rimmed());
    }
    let at = panel.frame.center().0;
    let title = font::shorten(time, CAPTION, Weight::Regular, panel.frame.width());
    page.sheet.text(words((at, cell.bottom - 3.0), title, CAPTION, GREY).middle());
    Ok(())
}

/// The axis of all arms' values. A few lines far above nine tenths of all do not squeeze these.
fn shared_axis(same: &[&CourseData], height: f64) -> Axis {
    let Some(quantity) = same.first().map(|course| course.quantity) else {
        return Axis::new(0.0, 1.0, 0.0, 4);
    };
    let values = same.iter().flat_map(|course| course.lines.iter().flatten().copied());
    let finite: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    let ends = same.iter().flat_map(|course| course.lines.iter().filter_map(|line| line.last()));
    let mut ends: Vec<f64> = ends.copied().filter(|value| value.is_finite()).collect();
    ends.sort_by(f64::total_cmp);
    let (inner, outer) = (quantile(&ends, 0.75), quantile(&ends, 1.0));
    let cut = if outer > 8.0 * inner && inner > 0.0 { 3.0 * inner } else { f64::INFINITY };
    let shown = finite.into_iter().map(|value| value.min(cut));
    chart_words::value_axis(shown, quantity.decimals, quantity.normal, height)
}

/// Number of lines of a course that leave the panel at its top.
fn leaving(course: &CourseData, high: f64) -> usize {
    course.lines.iter().filter(|line| line.iter().any(|value| *value > high)).count()
}

/// A line cut where it passes above `high`.
fn below(points: &[(f64, f64)], high: f64) -> Vec<(f64, f64)> {
    let mut cut = Vec::with_capacity(points.len());
    let mut before: Option<(f64, f64)> = None;
    for point in points {
        if let Some(last) = before.filter(|last| (last.1 > high) != (point.1 > high)) {
            let share = (high - last.1) / (point.1 - last.1);
            let edge = (last.0 + share * (point.0 - last.0), high);
            cut.extend(if last.1 > high {
                [(f64::NAN, f64::NAN), edge]
            } else {
                [edge, (f64::NAN, f64::NAN)]
            });
        }
        if point.1 <= high {
            cut.push(*point);
        }
        before = Some(*point);
    }
    cut
}

/// Whether people or arms differ more in the end.
fn title(data: &SweepData, middles: &[Middle], length: &str) -> String {
    let Some(first) = data.courses.first() else { return "Nobody was followed".to_owned() };
    let of_first: Vec<[f64; 5]> = data
        .courses
        .iter()
        .zip(middles)
        .filter(|(course, _)| course.quantity == first.quantity)
        .map(|(_, middle)| middle.end())
        .filter(|end| end.iter().all(|value| value.is_finite()))
        .collect();
    let medians = extremes(of_first.iter().map(|end| end[2]));
    let (Some((low, high)), Some(own)) = (medians, of_first.first()) else {
        return "Nobody was followed to the end".to_owned();
    };
    let after = format!("after {length}");
    let text = |value: f64| measured(first.quantity, value);
    let number = |value: f64| clinical(first.quantity, value);
    let noun = inside(first.quantity.label);
    let within = own[4] - own[0];
    if of_first.len() < 2 {
        return capital(&format!(
            "{after}, {noun} is {} in the middle; 90\u{A0}% of all {} lie between {} and {}",
            text(own[2]),
            data.who(),
            number(own[0]),
            text(own[4])
        ));
    }
    let compare = if within > 1.5 * (high - low) {
        format!("{} differ more than arms do", data.who())
    } else {
        format!("arms differ about as much as {} do", data.who())
    };
    capital(&format!(
        "{compare}: {after}, the medians of {noun} lie from {} to {}, but the middle 90\u{A0}% of \
         one arm from {} to {}",
        number(low),
        text(high),
        number(own[0]),
        text(own[4])
    ))
}
