//! The question turned round: the value found along an axis, and where none is enough.

use crate::charts::sweeps::curve::{Series, scale};
use crate::charts::sweeps::data::{SearchData, SweepData};
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::lines::{Fixed, Lines};
use crate::charts::sweeps::phrases;
use crate::charts::sweeps::series::{names, one_series, room_beside};
use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Ink};
use crate::plots::labels::{self, EndLabel};
use crate::plots::numbers::float;
use crate::plots::page::{Page, words};
use crate::plots::panel::{Layer, Panel};
use crate::plots::style::{self, GREY, LABEL, TICK};
use crate::plots::{Drawing, FigureError};
use crate::sweep::quantile::quantile;
use crate::words::names::capital;
use crate::words::numbers::short;

/// Tint of the band in which what is out of reach stands.
const BEYOND: Ink = Ink::new(0xEE, 0xEE, 0xEE);

/// A curve of answers and the places at which most samples have none.
struct Answers {
    series: Series,
    unreached: Vec<f64>,
}

/// Whether a sweep looks for a value.
pub(crate) const fn suits(data: &SweepData) -> bool {
    data.search.is_some()
}

pub(crate) fn draw(data: &SweepData) -> Result<Drawing, FigureError> {
    let Some(search) = &data.search else {
        return Ok(in_words(data, "This sweep looks for no value".to_owned(), ""));
    };
    let subtitle = subtitle(data, search);
    let lines = Lines::of(data);
    let Some(axis) = data.axes.get(lines.across) else {
        return Ok(in_words(data, alone(data, search), &subtitle));
    };
    let all: Vec<Answers> = lines
        .fixed
        .iter()
        .enumerate()
        .map(|(look, fixed)| answers_along(data, search, &lines, fixed, look))
        .collect();
    let title = title(data, search, &lines, &all);
    let held = lines.remark.as_deref().map_or_else(String::new, |text| format!(" · {text}"));
    let subtitle = format!("{subtitle}{held}");
    let mut page = phrases::page(data, &title, &subtitle);
    let description = format!("{title}. {subtitle}. {}", in_numbers(search, axis, &all));
    let labels = names(all.iter().map(|answers| &answers.series));
    let beside = room_beside(&labels);
    if labels.len() > 1 && beside == 0.0 {
        page.legend_of(&labels.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let room = page.room;
    let heading = format!("{} {}", search.found.heading, search.found.bracketed);
    page.sheet.text(words((room.left, room.top + 16.0), heading, LABEL, GREY));
    let outer = Frame::new(room.left, room.top + 36.0, room.right - beside, room.bottom - 30.0);
    let (y, beyond) = value_axis(search);
    let panel = Panel::inside(outer, padded(scale(axis, 0.6 * outer.width())), y, TICK);
    panel.draw(&mut page.sheet, &layers(&panel, search, &all, beyond))?;
    let top = panel.at(panel.x.low, panel.y.high).1;
    let end = search.far_end();
    let text = format!("out of reach: not met up to {end}");
    page.sheet.text(words((panel.frame.left + 14.0, top + 24.0), text, TICK, GREY));
    let title = words((panel.frame.right, room.bottom - 4.0), axis.title(), LABEL, GREY);
    page.sheet.text(title.end());
    if beside > 0.0 {
        end_labels(&mut page, &panel, &all, beyond, beside);
    }
    Ok((page, description))
}

/// A page of words, where there is no axis to draw over.
fn in_words(data: &SweepData, title: String, subtitle: &str) -> Drawing {
    let mut page = phrases::page(data, &title, subtitle);
    page.note("Nothing varies from run to run, so there is no curve to draw.");
    let description = format!("{title}. {subtitle}");
    (page, description)
}

fn alone(data: &SweepData, search: &SearchData) -> String {
    let sorted = data.at(&search.found.values, 0);
    let unreached = search.answers.iter().filter(|answer| **answer == 0.0).count();
    let noun = &search.found.noun;
    let text = |share| search.found.measured(quantile(&sorted, share));
    let none = match (unreached, data.sampled()) {
        (0, _) => String::new(),
        (count, true) => format!("; out of reach for {count} {}", data.who()),
        (_, false) => format!("; it is out of reach up to {}", search.far_end()),
    };
    match (sorted.is_empty(), data.sampled()) {
        (true, _) => capital(&format!("{noun} was not found{none}")),
        (false, false) => capital(&format!("{noun} is {}{none}", text(0.5))),
        (false, true) => capital(&format!(
            "{noun}: median {}, the middle 90\u{A0}% of {} need {} to {}{none}",
            text(0.5),
            data.who(),
            text(0.05),
            text(0.95)
        )),
    }
}

fn subtitle(data: &SweepData, search: &SearchData) -> String {
    let samples =
        if data.sampled() { " · line: median, bands: the middle 50 and 90 %" } else { "" };
    format!(
        "{} such that {} · {}{samples}{}",
        search.found.heading,
        search.condition,
        phrases::whom(data),
        phrases::rest(data, 0)
    )
}

fn answers_along(
    data: &SweepData,
    search: &SearchData,
    lines: &Lines,
    fixed: &Fixed,
    look: usize,
) -> Answers {
    let series = one_series(data, &search.found, lines, fixed);
    let label = fixed.label.clone().unwrap_or_default();
    let mut series = Series { look, label, ..series };
    let mut unreached = Vec::new();
    for (position, point) in series.points.iter_mut().enumerate() {
        let at = lines.point(data, fixed, position);
        let all = data.at(&search.answers, at);
        let none = all.iter().filter(|answer| **answer == 0.0).count();
        if none > 0 && 2 * none >= all.len() {
            unreached.push(point.0);
            point.1 = f64::NAN;
            for (low, _) in &mut series.bands {
                if let Some(low) = low.get_mut(position) {
                    *low = f64::NAN;
                }
            }
        }
    }
    Answers { series, unreached }
}

/// With some room at both ends, so that marks beside each other stay inside.
fn padded(axis: Axis) -> Axis {
    let margin = 0.03 * (axis.high - axis.low);
    if axis.decades {
        axis
    } else {
        Axis { low: axis.low - margin, high: axis.high + margin, ..axis }
    }
}

/// From end to end of where it was looked for, and the height at which the unreachable stands.
fn value_axis(search: &SearchData) -> (Axis, f64) {
    let (low, high) = search.between;
    let wide = (high - low).abs().max(1e-9);
    let inner = Axis::new(low, high, 0.0, 7);
    let (bottom, top) = (low, high + 0.14 * wide);
    (Axis { low: bottom, high: top, ..inner }, high + 0.055 * wide)
}

fn layers(panel: &Panel, search: &SearchData, all: &[Answers], beyond: f64) -> Vec<Layer> {
    let mut layers = vec![Layer::Area {
        from: (panel.x.low, search.between.1),
        to: (panel.x.high, panel.y.high),
        ink: BEYOND,
    }];
    layers.extend(all.iter().flat_map(|answers| answers.series.shapes()));
    let step = 0.012 * (panel.x.high - panel.x.low);
    for (index, answers) in all.iter().enumerate() {
        layers.extend(answers.series.layers());
        let look = style::arm(answers.series.look);
        // Marks of several lines at one place stand beside each other.
        let shift = if panel.x.decades {
            0.0
        } else {
            step * (float(index) - 0.5 * (float(all.len()) - 1.0))
        };
        layers.extend(answers.unreached.iter().map(|place| Layer::Dot {
            at: ((place + shift).clamp(panel.x.low, panel.x.high), beyond),
            shape: look.shape,
            ink: look.ink,
            radius: 9.0,
            hollow: true,
        }));
    }
    layers
}

fn end_labels(page: &mut Page, panel: &Panel, all: &[Answers], beyond: f64, beside: f64) {
    let ends: Vec<EndLabel> = all
        .iter()
        .filter_map(|answers| {
            let found = answers.series.points.iter().rev().find(|point| point.1.is_finite());
            let unreached = answers.unreached.last().map(|place| (*place, beyond));
            let end = found.copied().or(unreached)?;
            let ink = style::arm(answers.series.look).letters;
            let at = (panel.frame.right - 4.0, panel.at(end.0, end.1).1);
            Some(EndLabel { at, ink, text: &answers.series.label })
        })
        .collect();
    let height = (panel.frame.top, panel.frame.bottom);
    labels::beside(&mut page.sheet, &ends, &panel.frame, beside, height);
}

/// The course of the first line that has answers, and the lines that have none.
fn title(data: &SweepData, search: &SearchData, lines: &Lines, all: &[Answers]) -> String {
    let axis = data.axes.get(lines.across);
    let with = all.iter().find(|a| a.series.points.iter().any(|point| point.1.is_finite()));
    let several = all.len() > 1;
    let label = |answers: &Answers| answers.series.label.clone();
    let without: Vec<String> = all
        .iter()
        .filter(|a| a.series.points.iter().all(|p| !p.1.is_finite()) && !a.unreached.is_empty())
        .map(label)
        .collect();
    let end = search.far_end();
    let (Some(with), Some(axis)) = (with, axis) else {
        return format!("Out of reach everywhere: nothing up to {end} gives {}", search.condition);
    };
    let course = found_course(data, search, axis, with);
    let of = if several { format!(" ({})", label(with)) } else { String::new() };
    let some = with.unreached.len();
    let out = match (without.is_empty(), some) {
        (false, _) => format!("; nothing up to {end} is enough with {}", without.join(" or ")),
        (true, 0) => String::new(),
        (true, _) => format!("; elsewhere nothing up to {end} is enough"),
    };
    format!("{course}{of}{out}")
}

/// The course of the values found, and where the near end already holds.
fn found_course(data: &SweepData, search: &SearchData, axis: &AxisData, with: &Answers) -> String {
    let lowest = search.is_lowest();
    let near = if lowest { search.between.0 } else { search.between.1 };
    let points: Vec<(f64, f64)> =
        with.series.points.iter().copied().filter(|point| point.1.is_finite()).collect();
    let needed: Vec<(f64, f64)> = points.iter().copied().filter(|point| point.1 != near).collect();
    let (Some(first), Some(last)) = (needed.first(), needed.last()) else {
        return capital(&format!(
            "{} is {} everywhere",
            search.found.noun,
            search.found.measured(near)
        ));
    };
    if data.sampled() || needed.len() < 2 {
        return phrases::course(&search.found, axis, &points);
    }
    let beyond = |place: f64| points.iter().any(|p| p.1 == near && (p.0 > last.0) == (place > 0.0));
    let free = if near == 0.0 {
        "none is needed".to_owned()
    } else {
        format!("it is {}", search.found.measured(near))
    };
    let rest = if beyond(1.0) {
        let from = points.iter().find(|point| point.0 > last.0).map_or(last.0, |point| point.0);
        format!(", and {free} from {} on", axis.measured(from))
    } else if beyond(-1.0) {
        let to =
            points.iter().rev().find(|point| point.0 < first.0).map_or(first.0, |point| point.0);
        format!(", and {free} up to {}", axis.measured(to))
    } else {
        return phrases::course(&search.found, axis, &points);
    };
    let verb = if last.1 > first.1 { "rises" } else { "falls" };
    capital(&format!(
        "{} {verb} from {} to {} as {} goes from {} to {}{rest}",
        search.found.noun,
        search.found.number(first.1),
        search.found.measured(last.1),
        axis.short_label(),
        short(first.0, 6),
        axis.measured(last.0)
    ))
}

fn in_numbers(search: &SearchData, axis: &AxisData, all: &[Answers]) -> String {
    let mut out = String::new();
    for answers in all {
        let name = &answers.series.label;
        let found = answers.series.points.iter().filter(|point| point.1.is_finite());
        let cells = found.map(|point| {
            format!("{} at {}", search.found.measured(point.1), axis.measured(point.0))
        });
        let cells: Vec<String> = cells.take(40).collect();
        let lead = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let found = if cells.is_empty() { "nothing found".to_owned() } else { cells.join(", ") };
        out.push_str(&format!("{lead}{found}"));
        if !answers.unreached.is_empty() {
            out.push_str(&format!("; out of reach at {} places", answers.unreached.len()));
        }
        out.push_str(". ");
    }
    out
}
