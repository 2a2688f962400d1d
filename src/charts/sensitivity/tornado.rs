//! Tornado: what the ends of each input's range would change, along the slope at the scenario.

use crate::charts::sensitivity::rows::{MOST_ROWS, Rows, note};
use crate::charts::sensitivity::{Findings, factor_name, look};
use crate::plots::axis::Axis;
use crate::plots::font::{self, Weight};
use crate::plots::page::{Page, words};
use crate::plots::panel::Layer;
use crate::plots::style::{BLACK, CAPTION, GREY};
use crate::plots::{Drawing, FigureError};
use crate::sweep::results_table::CellValue;
use crate::sweep::sensitivity::indices::{IndexKind, OutcomeIndices};
use crate::sweep::sensitivity::{Factor, SensitivityMethod};
use crate::words::names::{beside, capital};
use crate::words::numbers::{significant, with_sign};

/// One input's bar: what its lower and its upper end change.
struct SlopeBar<'a> {
    position: usize,
    factor: &'a Factor,
    low: f64,
    high: f64,
}

/// Whether its method looked at the outcome.
pub(crate) fn suits(findings: &Findings<'_>, outcome: usize) -> bool {
    findings.indices_of(outcome, SensitivityMethod::Local).is_some()
}

pub(crate) fn draw(findings: &Findings<'_>, outcome: usize) -> Result<Drawing, FigureError> {
    let bars = findings
        .indices_of(outcome, SensitivityMethod::Local)
        .map(|indices| bars(findings, indices));
    let bars = bars.unwrap_or_default();
    let name = findings.name(outcome);
    let indices = findings.indices_of(outcome, SensitivityMethod::Local);
    let title = title(&name, &bars).unwrap_or_else(|| findings.nothing(outcome, indices));
    let subtitle = format!(
        "{}{} when one input goes to the end of its range and the slope at the scenario goes on",
        bars.first().map_or_else(String::new, |first| contradicted(findings, outcome, first)),
        findings.text(outcome)
    );
    let mut page = findings.page(&title, &subtitle, bars.is_empty());
    let description = format!("{title}. {}", in_words(&bars));
    if bars.is_empty() {
        return Ok((page, description));
    }
    note(
        &mut page,
        "pale: lower end of the range · full: upper end · right: how well the number is known",
    );
    let ends = bars.iter().flat_map(|bar| [bar.low, bar.high]);
    let (low, high) = ends.fold((0.0, 0.0), |(a, b): (f64, f64), end| (a.min(end), b.max(end)));
    // Room for the numbers beside the longest bars.
    let space = 0.09 * (high - low);
    let axis = Axis::new(low - space, high + space, 1e-9, 7);
    let positions: Vec<usize> = bars.iter().map(|bar| bar.position).collect();
    let rows = Rows::of_inputs(findings, &page, &positions, axis);
    let layers: Vec<Layer> =
        bars.iter().enumerate().flat_map(|(row, bar)| layers(&rows, row, bar)).collect();
    let title = beside(&format!("change of {name}"), &findings.unit(outcome));
    rows.draw(&mut page.sheet, &layers, &title)?;
    for (row, bar) in bars.iter().enumerate() {
        numbers(&mut page, &rows, row, bar);
    }
    Ok((page, description))
}

/// The longest bars, the longest first.
fn bars<'a>(findings: &Findings<'a>, indices: &OutcomeIndices) -> Vec<SlopeBar<'a>> {
    let local = |one: &&crate::sweep::sensitivity::Analysis| one.method == SensitivityMethod::Local;
    let analysis = findings.sensitivity.analyses.iter().find(local);
    let centers = analysis.map(|one| one.sweep.plan.values(0)).unwrap_or_default();
    let bar = |position: usize| {
        let factor = findings.sensitivity.factors.get(position)?;
        let effect = indices.index(position, IndexKind::RangeEffect)?.estimate.value;
        let Some(CellValue::Number(center)) = centers.get(position) else { return None };
        let (from, to) = factor.range;
        let slope = effect / (to - from);
        let (low, high) = (slope * (from - center), slope * (to - center));
        (low.is_finite() && high.is_finite()).then_some(SlopeBar { position, factor, low, high })
    };
    indices.ranked().into_iter().take(MOST_ROWS).filter_map(bar).collect()
}

fn layers(rows: &Rows, row: usize, bar: &SlopeBar<'_>) -> Vec<Layer> {
    let (bottom, top) = rows.edges(row, 0.62);
    let ink = look(bar.factor.class).ink;
    let piece = |end: f64, ink| Layer::Bar { from: (0.0, bottom), to: (end, top), ink };
    let zero =
        Layer::Line { points: vec![(0.0, 0.0), (0.0, 1.0)], ink: BLACK, width: 1.5, dash: &[] };
    vec![piece(bar.low, ink.clear(0.38)), piece(bar.high, ink), zero]
}

/// The changes at both ends, beside the bar.
fn numbers(page: &mut Page, rows: &Rows, row: usize, bar: &SlopeBar<'_>) {
    let y = rows.middle(row) + 0.33 * CAPTION;
    let (left, right) = (bar.low.min(bar.high), bar.low.max(bar.high));
    // Ends on the same side, or at the scenario itself: only the far one has a number.
    for (end, is_left) in [(left, true), (right, false)] {
        if end == 0.0 || (end < 0.0) != is_left {
            continue;
        }
        let text = with_sign(end, significant(end, 2));
        let x = rows.panel.at(end, 0.0).0;
        let shift = if is_left { -7.0 - font::width(&text, CAPTION, Weight::Regular) } else { 7.0 };
        page.sheet.text(words((x + shift, y), text, CAPTION, GREY));
    }
}

/// Says so if a method that looks at the whole range ranks another input first.
fn contradicted(findings: &Findings<'_>, outcome: usize, first: &SlopeBar<'_>) -> String {
    for method in [SensitivityMethod::Sobol, SensitivityMethod::Morris] {
        let top = findings
            .indices_of(outcome, method)
            .and_then(|indices| indices.ranked().first().copied());
        let other = top.filter(|top| *top != first.position);
        if let Some(factor) = other.and_then(|other| findings.sensitivity.factors.get(other)) {
            let (method, name) = (method.name(), factor_name(factor));
            return format!("{method}: {name} first, as slopes do not hold over ranges; ");
        }
    }
    String::new()
}

/// The two longest bars; `None` without bars.
fn title(name: &str, bars: &[SlopeBar<'_>]) -> Option<String> {
    Some(match bars {
        [] => return None,
        [only] => format!("Along the slope only {} changes {name} here", factor_name(only.factor)),
        [first, second, ..] => {
            let (one, two) = (factor_name(first.factor), factor_name(second.factor));
            format!("{}: along its slope, {one} would move it most, then {two}", capital(name))
        }
    })
}

fn in_words(bars: &[SlopeBar<'_>]) -> String {
    let one = |bar: &SlopeBar<'_>| {
        format!(
            "{} ({}): {} at the lower end, {} at the upper end.",
            factor_name(bar.factor),
            crate::sweep::sensitivity::class_word(bar.factor.class),
            significant(bar.low, 3),
            significant(bar.high, 3)
        )
    };
    bars.iter().map(one).collect::<Vec<_>>().join(" ")
}
