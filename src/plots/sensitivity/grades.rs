//! On which grades the variance of each outcome rests: the honest headline of an analysis.

use crate::plots::axis::Axis;
use crate::plots::canvas::{Frame, Ink};
use crate::plots::font::{self, Weight};
use crate::plots::numbers::fixed;
use crate::plots::page::{Page, words};
use crate::plots::panel::{Layer, Panel};
use crate::plots::sensitivity::{Findings, capital, look};
use crate::plots::style::{self, BLACK, CAPTION, GREY, TICK};
use crate::plots::{Drawing, FigureError};
use crate::sweep::sensitivity::estimate::Standing;
use crate::sweep::sensitivity::indices::{Told, best, outcomes};
use crate::sweep::sensitivity::{Approach, Class, class_word};

/// More rows than this do not fit.
const MOST_ROWS: usize = 10;

/// What acts only between grades.
const BETWEEN: Ink = Ink::new(0xD0, 0xD0, 0xD0);

/// One outcome's bar.
struct Bar<'a> {
    told: &'a Told,
    name: String,
}

/// A piece of a bar \[%\].
struct Piece {
    from: f64,
    to: f64,
    ink: Ink,
    word: String,
}

/// Draws the figure.
pub fn draw(findings: &Findings<'_>) -> Result<Drawing, FigureError> {
    let bars = bars(findings);
    let known = findings.told.iter().any(|told| told.mean.is_finite());
    let title = if known { title(&bars) } else { "No run could tell any outcome".to_owned() };
    let subtitle = format!("{}, {}", basis(&bars), findings.person);
    let mut page = Page::new(&findings.subject(), &title, &subtitle);
    let description = format!("{title}. {}", in_words(&bars));
    if bars.is_empty() {
        page.note(&format!("{title}."));
        return Ok((page, description));
    }
    key(&mut page, findings, &bars);
    let room = page.room;
    let names = bars.iter().map(|bar| font::width(&bar.name, TICK, Weight::Bold));
    let left = room.left + names.fold(120.0, f64::max).min(430.0) + 18.0;
    #[allow(clippy::cast_precision_loss)] // a few rows
    let count = bars.len() as f64;
    let top = room.top + 40.0;
    let height = ((room.bottom - 62.0 - top) / count).min(120.0);
    let frame = Frame::new(left, top, room.right - 20.0, top + height * count);
    let rows = Axis { low: 0.0, high: 1.0, ticks: Vec::new(), decimals: 0, decades: false };
    let panel = Panel { frame, x: Axis::new(0.0, 100.0, 100.0, 5), y: rows, tick: TICK };
    let all: Vec<Vec<Piece>> = bars.iter().map(|bar| pieces(bar.told)).collect();
    let mut layers = Vec::new();
    for (row, pieces) in (0_u32..).zip(&all) {
        let middle = 1.0 - (f64::from(row) + 0.5) / count;
        let half = 0.31 / count;
        layers.extend(pieces.iter().map(|piece| Layer::Bar {
            from: (piece.from, middle - half),
            to: (piece.to, middle + half),
            ink: piece.ink,
        }));
    }
    panel.draw(&mut page.sheet, &layers)?;
    let below = (frame.center().0, frame.bottom + 52.0);
    page.sheet.text(words(below, "share of the variance [%]", TICK, GREY).middle());
    for (row, (bar, pieces)) in (0_u32..).zip(bars.iter().zip(&all)) {
        let y = frame.top + (f64::from(row) + 0.5) * height + 0.33 * TICK;
        let name = font::shorten_middle(&bar.name, TICK, Weight::Bold, left - room.left - 16.0);
        page.sheet.text(words((left - 14.0, y), name, TICK, BLACK).bold().end());
        for piece in pieces {
            number(&mut page, &panel, piece, y);
        }
    }
    Ok((page, description))
}

fn bars<'a>(findings: &'a Findings<'_>) -> Vec<Bar<'a>> {
    let bar = |outcome: usize| {
        let told = best(findings.told, outcome).1?;
        let known = told.shares.iter().any(|share| share.alone.0.value.is_finite());
        known.then(|| Bar { told, name: findings.name(outcome) })
    };
    outcomes(findings.told).into_iter().filter_map(bar).take(MOST_ROWS).collect()
}

/// The pieces of a bar from left to right; what is left of 100 % acts between grades.
fn pieces(told: &Told) -> Vec<Piece> {
    let sizes = told.shares.iter().map(|share| 100.0 * share.alone.0.value.max(0.0));
    let sum: f64 = sizes.clone().sum();
    // Sampling can make the parts a little more than the whole.
    let scale = if sum > 100.0 { 100.0 / sum } else { 1.0 };
    let mut from = 0.0;
    let mut pieces = Vec::new();
    for (share, size) in told.shares.iter().zip(sizes) {
        let to = from + scale * size;
        let word = in_percent(share.alone);
        pieces.push(Piece { from, to, ink: look(share.class).ink, word });
        from = to;
    }
    if told.approach == Approach::Grades && from < 99.5 && told.shares.len() > 1 {
        let word = fixed(100.0 - from, 0);
        pieces.push(Piece { from, to: 100.0, ink: BETWEEN, word });
    } else if let Some(last) = pieces.last_mut().filter(|last| last.to > 99.0) {
        last.to = 100.0; // what is left is less than a line is wide
    }
    pieces
}

/// "45", or the interval of what has not converged.
fn in_percent(
    (estimate, standing): (crate::sweep::sensitivity::estimate::Estimate, Standing),
) -> String {
    let (low, high) = estimate.interval_of_share();
    match standing {
        Standing::Told => fixed(100.0 * estimate.value, 0),
        Standing::NotConverged { .. } => {
            format!("{}–{}", fixed(100.0 * low, 0), fixed(100.0 * high.min(1.0), 0))
        }
        Standing::Noise { .. } => format!("below {}", fixed((100.0 * high).ceil().max(1.0), 0)),
        Standing::Undefined => String::new(),
    }
}

/// The number of a piece, if it fits.
fn number(page: &mut Page, panel: &Panel, piece: &Piece, y: f64) {
    let (left, right) = (panel.at(piece.from, 0.0).0, panel.at(piece.to, 0.0).0);
    for size in [TICK, CAPTION] {
        if font::width(&piece.word, size, Weight::Regular) + 8.0 <= right - left {
            let at = (0.5 * (left + right), y - 0.33 * (TICK - size));
            let ink = style::letters_on(piece.ink);
            page.sheet.text(words(at, piece.word.as_str(), size, ink).middle());
            return;
        }
    }
}

/// The grades with their colors.
fn key(page: &mut Page, findings: &Findings<'_>, bars: &[Bar<'_>]) {
    let (mut x, y) = (page.room.left, page.room.top + 14.0);
    let classes = findings.sensitivity.classes();
    let mut entries: Vec<(&str, Ink)> =
        classes.map(|class: Class| (class_word(class), look(class).ink)).collect();
    if bars.iter().any(|bar| bar.told.approach == Approach::Grades) && entries.len() > 1 {
        entries.push(("only between grades", BETWEEN));
    }
    for (word, ink) in entries {
        page.sheet.plate(Frame::new(x, y - 13.0, x + 18.0, y + 3.0), 2.0, ink);
        page.sheet.text(words((x + 25.0, y), word, TICK, BLACK));
        x += 25.0 + font::width(word, TICK, Weight::Regular) + 30.0;
    }
    let open = |bar: &Bar<'_>| {
        let is_open = |standing| matches!(standing, Standing::NotConverged { .. });
        bar.told.shares.iter().any(|share| is_open(share.alone.1))
    };
    let hint = "two numbers: not converged, the interval";
    let wide = font::width(hint, CAPTION, Weight::Regular);
    if bars.iter().any(open) && x + wide < page.room.right {
        page.sheet.text(words((page.room.right, y), hint, CAPTION, GREY).end());
    }
}

fn basis(bars: &[Bar<'_>]) -> &'static str {
    match bars.first().map(|bar| bar.told.approach) {
        Some(Approach::Morris) => {
            "Share of mean squared effects (Morris) by the grade of the parameters"
        }
        Some(Approach::Local) => "Variance along the slopes, by the grade of the parameters",
        _ => "Share of the variance (Sobol′) by the grade of the parameters",
    }
}

/// Tells where assumed parameters weigh most.
fn title(bars: &[Bar<'_>]) -> String {
    use crate::sweep::sensitivity::CLASSES;
    let assumed = CLASSES.first().copied().flatten();
    let share = |bar: &&Bar<'_>| {
        let found = bar.told.shares.iter().find(|share| share.class == assumed);
        found.map_or(0.0, |share| share.alone.0.value)
    };
    let Some(most) = bars.iter().max_by(|a, b| share(a).total_cmp(&share(b))) else {
        return "Nothing that varies changes any outcome".to_owned();
    };
    if bars.iter().all(|bar| bar.told.shares.iter().all(|share| share.class != assumed)) {
        return "No number that is only assumed varies here".to_owned();
    }
    let found = most.told.shares.iter().find(|share| share.class == assumed);
    let Some(found) = found.filter(|found| found.alone.0.value > 0.005) else {
        return "Hardly anything rests on numbers that are only assumed".to_owned();
    };
    let percent = in_percent(found.alone).replace('–', " to ");
    format!(
        "{}: {percent} % of its variance rests on numbers that are only assumed",
        capital(&most.name)
    )
}

fn in_words(bars: &[Bar<'_>]) -> String {
    let one = |bar: &Bar<'_>| {
        let parts: Vec<String> = bar
            .told
            .shares
            .iter()
            .map(|share| format!("{} {} %", class_word(share.class), in_percent(share.alone)))
            .collect();
        format!("{}: {}.", bar.name, parts.join(", "))
    };
    bars.iter().map(one).collect::<Vec<_>>().join(" ")
}
