//! Tornado: what the ends of each input's range would change, along the slope at the scenario.

use crate::plots::axis::Axis;
use crate::plots::font::{self, Weight};
use crate::plots::numbers::significant;
use crate::plots::page::{Page, words};
use crate::plots::panel::Layer;
use crate::plots::sensitivity::rows::{MOST_ROWS, Rows, note};
use crate::plots::sensitivity::{Findings, capital, look, spoken};
use crate::plots::style::{BLACK, CAPTION, GREY};
use crate::plots::{Drawing, FigureError};
use crate::sweep::results_table::CellValue;
use crate::sweep::sensitivity::indices::{IndexKind, OutcomeIndices};
use crate::sweep::sensitivity::{Factor, SensitivityMethod};

/// One input's bar: what its lower and its upper end change.
struct Bar<'a> {
    position: usize,
    factor: &'a Factor,
    low: f64,
    high: f64,
}

pub(crate) fn draw(findings: &Findings<'_>, outcome: usize) -> Result<Drawing, FigureError> {
    let bars = findings.told(outcome, SensitivityMethod::Local).map(|told| bars(findings, told));
    let bars = bars.unwrap_or_default();
    let name = findings.name(outcome);
    let told = findings.told(outcome, SensitivityMethod::Local);
    let title = title(&name, &bars).unwrap_or_else(|| findings.nothing(outcome, told));
    let subtitle = format!(
        "{}{} when one input goes to the end of its range and the slope at the scenario goes on, {}",
        bars.first().map_or_else(String::new, |first| contradicted(findings, outcome, first)),
        findings.text(outcome),
        findings.person
    );
    let mut page = Page::new(&findings.subject(), &title, &subtitle);
    let description = format!("{title}. {}", told_bars(&bars));
    if bars.is_empty() {
        page.note(&format!("{title}."));
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
    let rows = Rows::new(findings, &page, &positions, axis);
    let layers: Vec<Layer> =
        bars.iter().enumerate().flat_map(|(row, bar)| layers(&rows, row, bar)).collect();
    let title = format!("change of {name}{}", findings.unit(outcome));
    rows.draw(&mut page.sheet, &layers, &title)?;
    for (row, bar) in bars.iter().enumerate() {
        numbers(&mut page, &rows, row, bar);
    }
    Ok((page, description))
}

/// The longest bars, the longest first.
fn bars<'a>(findings: &Findings<'a>, told: &OutcomeIndices) -> Vec<Bar<'a>> {
    let local = |one: &&crate::sweep::sensitivity::Analysis| one.method == SensitivityMethod::Local;
    let analysis = findings.sensitivity.analyses.iter().find(local);
    let centers = analysis.map(|one| one.sweep.plan.values(0)).unwrap_or_default();
    let bar = |position: usize| {
        let factor = findings.sensitivity.factors.get(position)?;
        let effect = told.index(position, IndexKind::RangeEffect)?.estimate.value;
        let Some(CellValue::Number(center)) = centers.get(position) else { return None };
        let (from, to) = factor.range;
        let slope = effect / (to - from);
        let (low, high) = (slope * (from - center), slope * (to - center));
        (low.is_finite() && high.is_finite()).then_some(Bar { position, factor, low, high })
    };
    told.ranked().into_iter().take(MOST_ROWS).filter_map(bar).collect()
}

fn layers(rows: &Rows<'_>, row: usize, bar: &Bar<'_>) -> Vec<Layer> {
    let (bottom, top) = rows.edges(row, 0.62);
    let ink = look(bar.factor.class).ink;
    let piece = |end: f64, ink| Layer::Bar { from: (0.0, bottom), to: (end, top), ink };
    let zero =
        Layer::Line { points: vec![(0.0, 0.0), (0.0, 1.0)], ink: BLACK, width: 1.5, dash: &[] };
    vec![piece(bar.low, ink.clear(0.38)), piece(bar.high, ink), zero]
}

/// The changes at both ends, beside the bar.
fn numbers(page: &mut Page, rows: &Rows<'_>, row: usize, bar: &Bar<'_>) {
    let y = rows.middle(row) + 0.33 * CAPTION;
    let (left, right) = (bar.low.min(bar.high), bar.low.max(bar.high));
    // Ends on the same side, or at the scenario itself: only the far one has a number.
    for (end, is_left) in [(left, true), (right, false)] {
        if end == 0.0 || (end < 0.0) != is_left {
            continue;
        }
        let text = significant(end, 2);
        let text = if end > 0.0 { format!("+{text}") } else { text };
        let x = rows.panel.at(end, 0.0).0;
        let shift = if is_left { -7.0 - font::width(&text, CAPTION, Weight::Regular) } else { 7.0 };
        page.sheet.text(words((x + shift, y), text, CAPTION, GREY));
    }
}

/// Says so if a method that looks at the whole range ranks another input first.
fn contradicted(findings: &Findings<'_>, outcome: usize, first: &Bar<'_>) -> String {
    for method in [SensitivityMethod::Sobol, SensitivityMethod::Morris] {
        let top = findings.told(outcome, method).and_then(|told| told.ranked().first().copied());
        let other = top.filter(|top| *top != first.position);
        if let Some(factor) = other.and_then(|other| findings.sensitivity.factors.get(other)) {
            let (method, name) = (method.name(), spoken(factor));
            return format!("{method}: {name} first, as slopes do not hold over ranges; ");
        }
    }
    String::new()
}

/// The two longest bars; `None` without bars.
fn title(name: &str, bars: &[Bar<'_>]) -> Option<String> {
    Some(match bars {
        [] => return None,
        [only] => format!("Along the slope only {} changes {name} here", spoken(only.factor)),
        [first, second, ..] => {
            let (one, two) = (spoken(first.factor), spoken(second.factor));
            format!("{}: along its slope, {one} would move it most, then {two}", capital(name))
        }
    })
}

fn told_bars(bars: &[Bar<'_>]) -> String {
    let one = |bar: &Bar<'_>| {
        format!(
            "{} ({}): {} at the lower end, {} at the upper end.",
            spoken(bar.factor),
            crate::sweep::sensitivity::class_word(bar.factor.class),
            significant(bar.low, 3),
            significant(bar.high, 3)
        )
    };
    bars.iter().map(one).collect::<Vec<_>>().join(" ")
}
