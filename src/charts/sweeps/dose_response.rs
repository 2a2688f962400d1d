//! Dose–response: every outcome over one axis, as lines or as medians with bands of all samples.

use crate::charts::sweeps::curve::{Curves, Series};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::lines::Lines;
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::charts::sweeps::series::{names, one_series, room_beside};
use crate::charts::sweeps::{map, phrases, small_multiples};
use crate::plots::cells::{Arrangement, cells};
use crate::plots::numbers::extremes;
use crate::plots::{Drawing, FigureError};
use crate::words::names::{capital, inside};

/// A panel: the same number in one or more arms.
struct Shown<'a> {
    heading: String,
    outcomes: Vec<&'a OutcomeData>,
}

/// Whether no other figure of outcomes over axes suits a sweep that has any.
pub(crate) fn suits(data: &SweepData) -> bool {
    let varies = !data.axes.is_empty() || !data.sampled();
    data.search.is_none() && varies && !map::suits(data) && !small_multiples::suits(data)
}

pub(crate) fn draw(data: &SweepData) -> Result<Drawing, FigureError> {
    let shown = panels(data);
    let lines = Lines::of(data);
    let title = title(data, &shown, &lines);
    let subtitle = subtitle(data, &shown, &lines);
    let mut page = phrases::page(data, &title, &subtitle);
    let compared = shown.iter().any(|panel| panel.outcomes.len() > 1);
    let all: Vec<Vec<Series>> =
        shown.iter().map(|panel| series(data, panel, &lines, compared)).collect();
    let description = format!("{title}. {subtitle}. {}", numbers(&shown, &all));
    if data.axes.is_empty() {
        page.note("Nothing varies along an axis, so there is no curve to draw.");
        return Ok((page, description));
    }
    if all.is_empty() {
        page.note("No run gave a number, so there is nothing to draw. failures.csv tells why.");
        return Ok((page, description));
    }
    let names = names(all.iter().flatten());
    // Labels at the ends of rows must name every line; where a panel lacks some, a legend does.
    let named = names.iter().filter(|name| !name.is_empty()).count();
    let complete = all.iter().all(|series| series.len() == named);
    let beside = if complete { room_beside(&names) } else { 0.0 };
    if named > 1 && beside == 0.0 {
        page.legend_of(&names.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let Some(axis) = data.axes.get(lines.across) else { return Ok((page, description)) };
    for ((panel, series), cell) in
        shown.iter().zip(&all).zip(cells(page.room, &Arrangement::usual(all.len()), beside))
    {
        let Some(first) = panel.outcomes.first() else { continue };
        let curves = Curves {
            heading: &panel.heading,
            unit: &first.bracketed,
            decimals: first.decimals.unwrap_or(2),
            normal: first.normal,
            axis,
            series,
            shows: if first.kind == NumberKind::Condition { &[0.0, 100.0] } else { &[] },
            cell: cell.frame,
            beside: if cell.ends_row { beside } else { 0.0 },
        };
        curves.draw(&mut page.sheet)?;
    }
    Ok((page, description))
}

/// The outcomes that gave numbers; those that differ only in the arm share a panel.
fn panels(data: &SweepData) -> Vec<Shown<'_>> {
    let mut panels: Vec<Shown> = Vec::new();
    for outcome in data.drawable() {
        let same = |panel: &&mut Shown| {
            let about = panel.outcomes.first().and_then(|first| first.about.as_ref());
            about.zip(outcome.about.as_ref()).is_some_and(|(one, other)| {
                (one.quantity, one.statistic) == (other.quantity, other.statistic)
                    && one.reference_arm.is_none()
                    && other.reference_arm.is_none()
                    && one.arm != other.arm
            })
        };
        match panels.iter_mut().find(same) {
            Some(panel) => {
                panel.heading = capital(&outcome.noun);
                panel.outcomes.push(outcome);
            }
            None => {
                panels.push(Shown { heading: outcome.heading.clone(), outcomes: vec![outcome] });
            }
        }
    }
    panels
}

/// The curves of a panel. Where some panel compares arms, every arm keeps its look in all.
fn series(data: &SweepData, panel: &Shown, lines: &Lines, compared: bool) -> Vec<Series> {
    let mut all = Vec::new();
    for outcome in &panel.outcomes {
        let arm = outcome.about.as_ref().filter(|about| compared && about.reference_arm.is_none());
        let arm = arm.and_then(|about| data.arms.iter().position(|(name, _)| *name == about.arm));
        // What belongs to no single arm looks like none.
        let other = if compared { data.arms.len() } else { 0 };
        let shift = arm.unwrap_or(other) * lines.fixed.len();
        let label = arm.and_then(|arm| data.arms.get(arm)).map(|(_, label)| label.clone());
        for (index, fixed) in lines.fixed.iter().enumerate() {
            let words = [label.clone(), fixed.label.clone()];
            let label = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let one = one_series(data, outcome, lines, fixed);
            all.push(Series { look: shift + index, label, ..one });
        }
    }
    all
}

/// The course of the headline's outcome along the axis.
fn title(data: &SweepData, shown: &[Shown], lines: &Lines) -> String {
    let outcomes: Vec<&OutcomeData> =
        shown.iter().filter_map(|panel| panel.outcomes.first().copied()).collect();
    let outcome = phrases::headliner(&outcomes).or_else(|| data.outcomes.first());
    let (Some(outcome), Some(axis)) = (outcome, data.axes.get(lines.across)) else {
        return "There is no dose to respond to".to_owned();
    };
    // Of several lines the title tells the one that moves most.
    let curves = lines.fixed.iter().map(|fixed| (fixed, one_series(data, outcome, lines, fixed)));
    let moves = |series: &Series| {
        extremes(series.points.iter().map(|point| point.1)).map_or(0.0, |(low, high)| high - low)
    };
    let most =
        curves.reduce(|best, other| if moves(&other.1) > moves(&best.1) { other } else { best });
    let Some((fixed, curve)) = most else { return "Nothing was computed".to_owned() };
    let course = phrases::course(outcome, axis, &curve.points);
    let median = match (data.sampled() && outcome.kind != NumberKind::Condition, data.people) {
        (false, _) => "",
        (true, true) => "In the median person, ",
        (true, false) => "In the median of all samples, ",
    };
    let course = if median.is_empty() { course } else { inside(&course) };
    let of = match &fixed.label {
        Some(label) if lines.fixed.len() > 1 => format!(" ({label})"),
        _ => String::new(),
    };
    format!("{median}{course}{of}")
}

fn subtitle(data: &SweepData, shown: &[Shown], lines: &Lines) -> String {
    let axis = data
        .axes
        .get(lines.across)
        .map_or_else(String::new, |axis| format!("{}: {}", capital(&axis.label), axis.extent()));
    let bands = match (data.sampled(), lines.fixed.len() <= 3) {
        (false, _) => "",
        (true, true) => " · line: median, bands: the middle 50 and 90 %",
        (true, false) => " · lines: medians",
    };
    let normal = shown.iter().any(|panel| panel.outcomes.iter().any(|o| o.normal.is_some()));
    let normal = if normal { " · green: usual range of healthy adults" } else { "" };
    let fixed = lines.remark.as_deref().map_or_else(String::new, |text| format!(" · {text}"));
    let missing = phrases::missing(data);
    let conditions = lines.turns(data);
    let rest = phrases::rest(data, 0);
    format!("{axis} · {}{fixed}{bands}{conditions}{normal}{missing}{rest}", phrases::whom(data))
}

/// The ends of every curve in plain text.
fn numbers(shown: &[Shown], all: &[Vec<Series>]) -> String {
    let mut out = String::from("Value at the lowest and the highest step of each curve.");
    for (panel, series) in shown.iter().zip(all) {
        let Some(outcome) = panel.outcomes.first() else { continue };
        out.push_str(&format!(" {}:", panel.heading));
        let ends = series.iter().map(|series| {
            let mut finite = series.points.iter().filter(|point| point.1.is_finite());
            let first = finite.next().map_or(f64::NAN, |point| point.1);
            let last = finite.next_back().map_or(first, |point| point.1);
            let name =
                if series.label.is_empty() { String::new() } else { format!("{} ", series.label) };
            format!(" {name}{} to {}", outcome.number(first), outcome.measured(last))
        });
        out.push_str(&ends.collect::<Vec<_>>().join(";"));
        out.push('.');
    }
    out
}
