//! On which grades the variance of each outcome rests: the honest headline of an analysis.

use crate::charts::sensitivity::rows::{RowName, Rows};
use crate::charts::sensitivity::{Findings, look};
use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Ink};
use crate::plots::font::{self, Weight};
use crate::plots::page::{Page, words};
use crate::plots::panel::{Layer, Panel};
use crate::plots::style::{self, BLACK, CAPTION, GREY, TICK};
use crate::plots::{Drawing, FigureError, chart_words};
use crate::sweep::sensitivity::estimate::{Estimate, Reliability, Shown};
use crate::sweep::sensitivity::indices::{ClassShare, OutcomeIndices, most_detailed, outcomes};
use crate::sweep::sensitivity::{EVIDENCE_CLASSES, EvidenceClass, SensitivityMethod, class_word};
use crate::words::names::capital;
use crate::words::numbers::fixed;

/// More rows than this do not fit.
const MOST_ROWS: usize = 10;

/// Color of the share that only several grades together explain.
const BETWEEN: Ink = Ink::new(0xD0, 0xD0, 0xD0);

/// Opacity of the color of what has not converged.
const PALE: f64 = 0.38;

/// A share below this is hardly anything.
const HARDLY: f64 = 0.02;

struct OutcomeBar<'a> {
    indices: &'a OutcomeIndices,
    name: String,
}

/// A piece of a bar \[%\].
struct Piece {
    from: f64,
    to: f64,
    ink: Ink,
    letters: Ink,
    word: String,
}

/// Whether an analysis has something to show: every one has.
pub(crate) const fn suits(_: &Findings<'_>) -> bool {
    true
}

pub(crate) fn draw(findings: &Findings<'_>) -> Result<Drawing, FigureError> {
    let bars = bars(findings);
    let known = findings.indices.iter().any(|indices| indices.mean.is_finite());
    let title =
        if known { title(&bars) } else { "No run gave a number for any outcome".to_owned() };
    let mut page = findings.page(&title, basis(&bars), bars.is_empty());
    let description = format!("{title}. {}", in_words(&bars));
    if bars.is_empty() {
        return Ok((page, description));
    }
    key(&mut page, findings, &bars);
    let room = Frame { top: page.room.top + 40.0, right: page.room.right - 20.0, ..page.room };
    let name = |bar: &OutcomeBar<'_>| RowName { name: bar.name.clone(), source: "", grade: None };
    let names = bars.iter().map(name).collect();
    let rows = Rows::new(room, names, Axis::new(0.0, 100.0, 100.0, 5), 120.0);
    let all: Vec<Vec<Piece>> = bars.iter().map(|bar| pieces(bar.indices)).collect();
    let mut layers = Vec::new();
    for (row, (bar, pieces)) in bars.iter().zip(&all).enumerate() {
        layers.extend(with_interactions(bar.indices, rows.edges(row, 0.62)));
        let (bottom, top) = rows.edges(row, 0.62);
        layers.extend(pieces.iter().map(|piece| Layer::Bar {
            from: (piece.from, bottom),
            to: (piece.to, top),
            ink: piece.ink,
        }));
    }
    rows.draw(&mut page.sheet, &layers, "share of the variance [%]")?;
    for (row, pieces) in all.iter().enumerate() {
        for piece in pieces {
            number(&mut page, &rows.panel, piece, rows.middle(row) + 0.33 * TICK);
        }
    }
    Ok((page, description))
}

fn bars<'a>(findings: &'a Findings<'_>) -> Vec<OutcomeBar<'a>> {
    let bar = |outcome: usize| {
        let indices = most_detailed(findings.indices, outcome).1?;
        let known = indices.shares.iter().any(|share| share.alone.0.value.is_finite());
        known.then(|| OutcomeBar { indices, name: findings.name(outcome) })
    };
    outcomes(findings.indices).into_iter().filter_map(bar).take(MOST_ROWS).collect()
}

/// The pieces of a bar from left to right; what is left of 100 % acts between grades.
///
/// What has not converged is pale, and then nothing is said of what is left.
fn pieces(indices: &OutcomeIndices) -> Vec<Piece> {
    let sizes = indices.shares.iter().map(|share| 100.0 * share.alone.0.value.max(0.0));
    let sum: f64 = sizes.clone().sum();
    // Sampling can make the parts a little more than the whole.
    let scale = if sum > 100.0 { 100.0 / sum } else { 1.0 };
    let mut from = 0.0;
    let mut pieces = Vec::new();
    for (share, size) in indices.shares.iter().zip(sizes) {
        let to = from + scale * size;
        let ink = look(share.class).ink;
        let (ink, letters) = match is_open(share.alone.1) {
            true => (ink.clear(PALE), BLACK),
            false => (ink, style::letters_on(ink)),
        };
        pieces.push(Piece { from, to, ink, letters, word: in_percent(share.alone) });
        from = to;
    }
    if indices.shares.iter().any(|share| is_open(share.alone.1)) {
        return pieces;
    }
    if indices.method == SensitivityMethod::Grades && from < 99.5 && indices.shares.len() > 1 {
        let word = fixed(100.0 - from, 0);
        let letters = style::letters_on(BETWEEN);
        pieces.push(Piece { from, to: 100.0, ink: BETWEEN, letters, word });
    } else if let Some(last) = pieces.last_mut().filter(|last| last.to > 99.0) {
        last.to = 100.0; // what is left is less than a line is wide
    }
    pieces
}

const fn is_open(reliability: Reliability) -> bool {
    matches!(reliability, Reliability::NotConverged { .. })
}

/// "45", or the interval of what has not converged.
fn in_percent(share: (Estimate, Reliability)) -> String {
    let text = |share: f64| fixed(100.0 * share, 0);
    match Shown::share(share) {
        Shown::Number(value, _) => text(value),
        Shown::Interval(low, high) => format!("{}–{}", text(low), text(high)),
        Shown::NotConverged => "not converged".to_owned(),
        Shown::Below(high) => format!("below {}", text(high)),
        Shown::Undefined => String::new(),
    }
}

/// A line below a bar, as long as what rests on assumed parameters with all their interactions;
/// dashed over the interval of what has not converged.
fn with_interactions(indices: &OutcomeIndices, (bottom, top): (f64, f64)) -> Option<Layer> {
    let share = assumed(indices)?;
    let (estimate, reliability) = share.with_others?;
    let dash: &[f64] = if is_open(reliability) { &[6.0, 5.0] } else { &[] };
    let (from, to) = match reliability {
        Reliability::Converged => (0.0, estimate.value.min(1.0)),
        _ => estimate.interval_of_share(reliability)?,
    };
    let y = bottom - 0.12 * (top - bottom);
    let points = vec![(100.0 * from, y), (100.0 * to, y)];
    (to > from).then(|| Layer::Line { points, ink: look(share.class).ink, width: 5.0, dash })
}

/// The share that rests on assumed parameters.
fn assumed(indices: &OutcomeIndices) -> Option<&ClassShare> {
    indices.shares.iter().find(|share| Some(&share.class) == EVIDENCE_CLASSES.first())
}

/// The number of a piece, if it fits.
fn number(page: &mut Page, panel: &Panel, piece: &Piece, y: f64) {
    let (left, right) = (panel.at(piece.from, 0.0).0, panel.at(piece.to, 0.0).0);
    for size in [TICK, CAPTION] {
        if font::width(&piece.word, size, Weight::Regular) + 8.0 <= right - left {
            let at = (0.5 * (left + right), y - 0.33 * (TICK - size));
            let ink = piece.letters;
            page.sheet.text(words(at, piece.word.as_str(), size, ink).middle());
            return;
        }
    }
}

/// The grades with their colors.
fn key(page: &mut Page, findings: &Findings<'_>, bars: &[OutcomeBar<'_>]) {
    let at = (page.room.left, page.room.top + 14.0);
    let classes = findings.sensitivity.classes();
    let mut entries: Vec<(&str, Ink)> =
        classes.map(|class: EvidenceClass| (class_word(class), look(class).ink)).collect();
    let known =
        |bar: &OutcomeBar<'_>| !bar.indices.shares.iter().any(|share| is_open(share.alone.1));
    let grades = |bar: &&OutcomeBar<'_>| bar.indices.method == SensitivityMethod::Grades;
    if bars.iter().filter(grades).any(known) && entries.len() > 1 {
        entries.push(("only between grades", BETWEEN));
    }
    let x = chart_words::key(&mut page.sheet, at, &entries, BLACK, 30.0);
    let open = |bar: &OutcomeBar<'_>| bar.indices.shares.iter().any(|share| is_open(share.alone.1));
    let with = |bar: &OutcomeBar<'_>| {
        assumed(bar.indices).is_some_and(|share| share.with_others.is_some())
    };
    let hints = [
        (bars.iter().any(with), "line: assumed with interactions"),
        (bars.iter().any(open), "pale: not converged, the interval"),
    ];
    let hints: Vec<&str> =
        hints.iter().filter(|(shown, _)| *shown).map(|(_, hint)| *hint).collect();
    let hint = hints.join(" · ");
    let hint = font::shorten(&hint, CAPTION, Weight::Regular, (page.room.right - x).max(0.0));
    page.sheet.text(words((page.room.right, at.1), hint, CAPTION, GREY).end());
}

fn basis(bars: &[OutcomeBar<'_>]) -> &'static str {
    match bars.first().map(|bar| bar.indices.method) {
        Some(SensitivityMethod::Morris) => {
            "Share of mean squared effects (Morris) by the grade of the parameters"
        }
        Some(SensitivityMethod::Local) => {
            "Variance along the slopes, by the grade of the parameters"
        }
        _ => "Bars: share of the variance (Sobol′) by each grade of parameters alone",
    }
}

/// Tells where assumed parameters weigh most, with their interactions where those are known.
fn title(bars: &[OutcomeBar<'_>]) -> String {
    if bars.is_empty() {
        return "Nothing that varies changes any outcome".to_owned();
    }
    let shares = || bars.iter().filter_map(|bar| Some((bar, assumed(bar.indices)?)));
    if shares().next().is_none() {
        return "No number that is only assumed varies here".to_owned();
    }
    let whole = |share: &ClassShare| share.with_others.unwrap_or(share.alone);
    if shares().all(|(_, share)| most_of(whole(share)).is_some_and(|most| most < HARDLY)) {
        return "Hardly anything rests on numbers that are only assumed".to_owned();
    }
    let converged = shares().filter(|(_, share)| whole(share).1 == Reliability::Converged);
    let value = |share: &ClassShare| whole(share).0.value;
    let Some((bar, share)) = converged.max_by(|a, b| value(a.1).total_cmp(&value(b.1))) else {
        return open_title(shares().map(|(bar, share)| (bar, whole(share))));
    };
    // What has not converged but is larger all the same may not hide behind a small number.
    let least = |share| {
        let interval = share_interval(share).filter(|_| is_open(share.1));
        interval.map_or(0.0, |(low, _)| low)
    };
    let larger = || shares().filter(|(_, other)| least(whole(other)) > value(share));
    if larger().next().is_some() {
        return open_title(larger().map(|(bar, share)| (bar, whole(share))));
    }
    let name = capital(&bar.name);
    let percent = in_percent(whole(share));
    if share.with_others.is_none() {
        return format!(
            "{name}: {percent} % of its variance rests on numbers that are only assumed"
        );
    }
    if share.alone.0.value > value(share) {
        // Together is never less than alone: sampling has not separated them.
        return format!(
            "{name}: {percent} % of its variance rests on assumed numbers with interactions"
        );
    }
    let alone = match in_percent(share.alone).as_str() {
        "not converged" => "alone: not converged".to_owned(),
        found if is_open(share.alone.1) => {
            format!("alone {} %, not converged", found.replace('–', " to "))
        }
        found => format!("{found} % alone"),
    };
    format!(
        "{name}: {percent} % of its variance rests on assumed numbers with interactions ({alone})"
    )
}

/// The title where no share of assumed parameters has converged: the widest that it may be.
fn open_title<'a>(
    shares: impl Iterator<Item = (&'a OutcomeBar<'a>, (Estimate, Reliability))>,
) -> String {
    let most = |share: (Estimate, Reliability)| most_of(share).unwrap_or(0.0);
    let found = shares.max_by(|a, b| most(a.1).total_cmp(&most(b.1)));
    let Some((bar, (estimate, reliability))) = found else { return String::new() };
    let name = capital(&bar.name);
    match estimate.interval_of_share(reliability) {
        Some((low, high)) => format!(
            "{name}: between {} and {} % rests on numbers that are only assumed, not converged",
            fixed(100.0 * low, 0),
            fixed(100.0 * high, 0)
        ),
        None => "How much rests on numbers that are only assumed has not converged".to_owned(),
    }
}

fn share_interval((estimate, reliability): (Estimate, Reliability)) -> Option<(f64, f64)> {
    estimate.interval_of_share(reliability)
}

/// The most that a share can be; `None` if that is not known.
fn most_of((estimate, reliability): (Estimate, Reliability)) -> Option<f64> {
    let interval = estimate.interval_of_share(reliability).map(|(_, high)| high);
    let exact = (reliability == Reliability::Converged).then_some(estimate.value);
    interval.or(exact)
}

fn in_words(bars: &[OutcomeBar<'_>]) -> String {
    let percent = |share: (Estimate, Reliability)| match in_percent(share).as_str() {
        "not converged" => "not converged".to_owned(),
        "" => "unknown".to_owned(),
        found if is_open(share.1) => format!("{found} % (not converged)"),
        found => format!("{found} %"),
    };
    let part = |share: &ClassShare| {
        let alone = format!("{} {}", class_word(share.class), percent(share.alone));
        match share.with_others {
            Some(with) => format!("{alone} alone and {} with interactions", percent(with)),
            None => alone,
        }
    };
    let one = |bar: &OutcomeBar<'_>| {
        let parts: Vec<String> = bar.indices.shares.iter().map(part).collect();
        format!("{}: {}.", bar.name, parts.join(", "))
    };
    bars.iter().map(one).collect::<Vec<_>>().join(" ")
}
