//! Sobol′ bars: which share of an outcome's variance rests on each input, alone and with all
//! interactions, with intervals. What has not converged is drawn as its interval only.

use crate::charts::sensitivity::rows::{MOST_ROWS, Rows, note};
use crate::charts::sensitivity::{Findings, factor_name, look};
use crate::plots::axis::Axis;
use crate::plots::panel::Layer;
use crate::plots::style::{BLACK, GREY};
use crate::plots::{Drawing, FigureError};
use crate::sweep::sensitivity::estimate::Reliability;
use crate::sweep::sensitivity::indices::{Index, IndexKind, OutcomeIndices};
use crate::sweep::sensitivity::{Factor, SensitivityMethod, class_word};
use crate::words::names::capital;
use crate::words::numbers::fixed;

struct IndexBar<'a> {
    position: usize,
    factor: &'a Factor,
    first: Index,
    total: Index,
}

/// Whether its method looked at the outcome.
pub(crate) fn suits(findings: &Findings<'_>, outcome: usize) -> bool {
    findings.indices_of(outcome, SensitivityMethod::Sobol).is_some()
}

pub(crate) fn draw(findings: &Findings<'_>, outcome: usize) -> Result<Drawing, FigureError> {
    let indices = findings.indices_of(outcome, SensitivityMethod::Sobol);
    let bars = indices.map(|indices| bars(findings, indices)).unwrap_or_default();
    let name = findings.name(outcome);
    let title = match bars.first() {
        Some(first) => title(&name, first),
        None => findings.nothing(outcome, indices),
    };
    let subtitle =
        format!("Share of the variance of {} that rests on each input", findings.text(outcome));
    let mut page = findings.page(&title, &subtitle, bars.is_empty());
    let description = format!("{title}. {}", in_words(&bars));
    if bars.is_empty() {
        return Ok((page, description));
    }
    let confidence = fixed(100.0 * findings.sensitivity.bootstrap.confidence, 0);
    note(
        &mut page,
        &format!(
            "full: alone (first order) · pale: with all interactions (total order) · lines: {confidence} % \
             intervals; without a bar: not converged"
        ),
    );
    let end = |index: &Index| {
        let interval = index.estimate.interval_of_share(index.reliability);
        interval.map_or(0.0, |(_, high)| high).max(index.estimate.value)
    };
    let most = bars.iter().map(|bar| end(&bar.total).max(end(&bar.first)));
    let axis = Axis::rounded(0.0, 100.0 * most.fold(0.02, f64::max).min(1.0), 1.0, 6);
    let positions: Vec<usize> = bars.iter().map(|bar| bar.position).collect();
    let rows = Rows::of_inputs(findings, &page, &positions, axis);
    let layers: Vec<Layer> =
        bars.iter().enumerate().flat_map(|(row, bar)| layers(&rows, row, bar)).collect();
    rows.draw(&mut page.sheet, &layers, "share of the variance [%]")?;
    Ok((page, description))
}

/// The largest, the largest first.
fn bars<'a>(findings: &Findings<'a>, indices: &OutcomeIndices) -> Vec<IndexBar<'a>> {
    let bar = |position: usize| {
        let factor = findings.sensitivity.factors.get(position)?;
        let of = |measure| indices.index(position, measure).copied();
        let (first, total) = (of(IndexKind::FirstOrder)?, of(IndexKind::TotalOrder)?);
        Some(IndexBar { position, factor, first, total })
    };
    indices.ranked().into_iter().take(MOST_ROWS).filter_map(bar).collect()
}

fn layers(rows: &Rows, row: usize, bar: &IndexBar<'_>) -> Vec<Layer> {
    let ink = look(bar.factor.class).ink;
    let mut layers = Vec::new();
    // Pale and thick below, full and thin above.
    for (index, ink, share) in [(&bar.total, ink.clear(0.38), 0.66), (&bar.first, ink, 0.34)] {
        let (bottom, top) = rows.edges(row, share);
        if index.reliability == Reliability::Converged {
            let end = 100.0 * index.estimate.value.min(1.0);
            layers.push(Layer::Bar { from: (0.0, bottom), to: (end, top), ink });
        }
    }
    for (index, ink, share) in [(&bar.total, GREY, 0.54), (&bar.first, BLACK, 0.0)] {
        layers.extend(interval(rows, row, index, ink, share));
    }
    layers
}

/// A line from end to end of an interval, with caps; `share` says how far below the middle.
fn interval(
    rows: &Rows,
    row: usize,
    index: &Index,
    ink: crate::plots::canvas::Ink,
    share: f64,
) -> Vec<Layer> {
    let interval = index.estimate.interval_of_share(index.reliability);
    let Some((low, high)) = interval.filter(|(_, high)| *high > 0.0) else { return Vec::new() };
    let highest = rows.panel.x.high;
    let (low, high) = ((100.0 * low).min(highest), (100.0 * high).min(highest));
    let (y, (below, above)) = (rows.edges(row, share).0, rows.edges(row, 0.16));
    let cap = 0.5 * (above - below);
    let line = |points| Layer::Line { points, ink, width: 2.0, dash: &[] };
    vec![
        line(vec![(low, y), (high, y)]),
        line(vec![(low, y - cap), (low, y + cap)]),
        line(vec![(high, y - cap), (high, y + cap)]),
    ]
}

fn title(name: &str, first: &IndexBar<'_>) -> String {
    let who = factor_name(first.factor);
    let part = 100.0 * first.total.estimate.value;
    if first.total.reliability != Reliability::Converged {
        let interval = first.total.estimate.interval_of_share(first.total.reliability);
        let Some((low, high)) = interval else {
            return format!("{}: the part of {who} has not converged", capital(name));
        };
        let (low, high) = (fixed(100.0 * low, 0), fixed(100.0 * high, 0));
        return format!(
            "{}: {who} has a part in {low} to {high} % of the variance, not converged",
            capital(name)
        );
    }
    match first.first.reliability {
        Reliability::Converged if first.first.estimate.value >= 0.5 => {
            let alone = fixed(100.0 * first.first.estimate.value, 0);
            format!("{} rests on {who}: alone {alone} % of the variance", capital(name))
        }
        _ if part < 25.0 => {
            let part = fixed(part, 0);
            format!(
                "{} rests on many numbers: even {who} has a part in only {part} %",
                capital(name)
            )
        }
        _ => {
            let part = fixed(part, 0);
            format!("{}: {who} has a part in {part} % of the variance", capital(name))
        }
    }
}

fn in_words(bars: &[IndexBar<'_>]) -> String {
    let share = |index: &Index| {
        let interval = match index.estimate.interval_of_share(index.reliability) {
            Some((low, high)) => {
                format!("{} to {} %", fixed(100.0 * low, 1), fixed(100.0 * high, 1))
            }
            None => "no interval within 0 and 100 %".to_owned(),
        };
        match index.reliability {
            Reliability::Converged => {
                format!("{} % ({interval})", fixed(100.0 * index.estimate.value, 1))
            }
            Reliability::NotConverged { wanted } => {
                format!("not converged ({interval}; about {wanted} samples would be wanted)")
            }
            Reliability::Noise { wanted } => {
                format!(
                    "cannot be told from 0 ({interval}; about {wanted} samples would be wanted)"
                )
            }
            Reliability::Undefined => "unknown".to_owned(),
        }
    };
    let one = |bar: &IndexBar<'_>| {
        let (name, grade) = (factor_name(bar.factor), class_word(bar.factor.class));
        format!(
            "{name} ({grade}): alone {}, with interactions {}.",
            share(&bar.first),
            share(&bar.total)
        )
    };
    bars.iter().map(one).collect::<Vec<_>>().join(" ")
}
