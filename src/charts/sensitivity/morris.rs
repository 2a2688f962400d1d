//! Morris plane: how large the effect of an input is (μ*) against how much that depends on the
//! others and on the place (σ).

use crate::charts::sensitivity::{Findings, factor_name, look};
use crate::plots::axis::Axis;
use crate::plots::canvas::{Anchor, Frame, Point, Sheet, Text};
use crate::plots::page::{Page, words};
use crate::plots::panel::{Layer, Panel};
use crate::plots::style::{AXIS, CAPTION, GREY, LABEL, TICK};
use crate::plots::{Drawing, FigureError};
use crate::sweep::sensitivity::indices::{IndexKind, OutcomeIndices};
use crate::sweep::sensitivity::{EVIDENCE_CLASSES, Factor, SensitivityMethod, class_word};
use crate::words::names::{beside, capital};
use crate::words::numbers::{significant, with_unit};

/// Inputs that are named at most.
const MOST_NAMES: usize = 12;

const RADIUS: f64 = 8.0;

struct Effects<'a> {
    factor: &'a Factor,
    size: f64,
    spread: f64,
}

/// Whether its method looked at the outcome.
pub(crate) fn suits(findings: &Findings<'_>, outcome: usize) -> bool {
    findings.indices_of(outcome, SensitivityMethod::Morris).is_some()
}

pub(crate) fn draw(findings: &Findings<'_>, outcome: usize) -> Result<Drawing, FigureError> {
    let indices = findings.indices_of(outcome, SensitivityMethod::Morris);
    let spots = indices.map(|indices| spots(findings, indices)).unwrap_or_default();
    let name = findings.name(outcome);
    let unit = findings.unit(outcome);
    let title = match spots.first() {
        Some(first) => title(&name, &findings.plain_unit(outcome), first),
        None => findings.nothing(outcome, indices),
    };
    let subtitle = format!(
        "Effects of each input's whole range on {}: mean size and spread",
        findings.text(outcome)
    );
    let mut page = findings.page(&title, &subtitle, spots.is_empty());
    let description = format!("{title}. {}", in_words(&spots));
    if spots.is_empty() {
        return Ok((page, description));
    }
    key(&mut page, findings);
    let most = |of: fn(&Effects<'_>) -> f64| spots.iter().map(of).fold(0.0, f64::max);
    let (size, spread) = (most(|spot| spot.size), most(|spot| spot.spread));
    let x = Axis::rounded(0.0, 1.04 * size, 1e-9, 7);
    let y = Axis::rounded(0.0, 1.04 * spread.max(0.05 * size), 1e-9, 5);
    let room = page.room;
    let outer =
        Frame::new(room.left + 34.0, room.top + 40.0, room.right - 30.0, room.bottom - 32.0);
    let panel = Panel::inside(outer, x, y, TICK);
    let layers = layers(&panel, &spots);
    panel.draw(&mut page.sheet, &layers)?;
    axis_titles(&mut page.sheet, &panel, &room, &unit);
    // Names first: they have fewer places than the words of the line.
    names(&mut page.sheet, &panel, &spots);
    line_words(&mut page.sheet, &panel, &spots);
    Ok((page, description))
}

/// All inputs with an effect, the largest first.
fn spots<'a>(findings: &Findings<'a>, indices: &OutcomeIndices) -> Vec<Effects<'a>> {
    let spot = |position: usize| {
        let factor = findings.sensitivity.factors.get(position)?;
        let of = |measure| indices.index(position, measure).map(|index| index.estimate.value);
        let (size, spread) = (of(IndexKind::MuStar)?, of(IndexKind::Sigma)?);
        (size.is_finite() && spread.is_finite()).then_some(Effects { factor, size, spread })
    };
    indices.ranked().into_iter().filter_map(spot).collect()
}

/// Grades with their shapes and colors.
fn key(page: &mut Page, findings: &Findings<'_>) {
    let (mut x, y) = (page.room.left + 12.0, page.room.top + 8.0);
    for class in EVIDENCE_CLASSES {
        if !findings.sensitivity.factors.iter().any(|factor| factor.class == class) {
            continue;
        }
        let style = look(class);
        crate::plots::panel::spot(&mut page.sheet, (x, y), style.shape, RADIUS, style.ink);
        let word = class_word(class);
        page.sheet.text(words((x + 16.0, y + 6.0), word, TICK, style.letters).bold());
        x += 16.0 + crate::plots::font::width(word, TICK, crate::plots::font::Weight::Bold) + 34.0;
    }
}

fn layers(panel: &Panel, spots: &[Effects<'_>]) -> Vec<Layer> {
    let end = panel.x.high.min(panel.y.high);
    let diagonal = Layer::Line {
        points: vec![(0.0, 0.0), (end, end)],
        ink: AXIS,
        width: 1.5,
        dash: &[6.0, 5.0],
    };
    // The largest last, so that none of the many small ones covers it.
    let dots = spots.iter().rev().map(|spot| {
        let style = look(spot.factor.class);
        let at = (spot.size, spot.spread);
        Layer::Dot { at, shape: style.shape, ink: style.ink, radius: RADIUS, hollow: false }
    });
    std::iter::once(diagonal).chain(dots).collect()
}

fn axis_titles(sheet: &mut Sheet, panel: &Panel, room: &Frame, unit: &str) {
    let frame = &panel.frame;
    let below = (frame.center().0, room.bottom - 2.0);
    let text = beside("mean size of the effect, μ*", unit);
    sheet.text(words(below, text, LABEL, GREY).middle());
    let left = (room.left + 14.0, frame.center().1);
    let text = beside("spread of the effect, σ", unit);
    sheet.text(Text { upwards: true, ..words(left, text, LABEL, GREY).middle() });
}

/// Writes the meaning of the dashed line below it, where no point is.
fn line_words(sheet: &mut Sheet, panel: &Panel, spots: &[Effects<'_>]) {
    let end = panel.x.high.min(panel.y.high);
    let taken = taken(sheet, panel, spots);
    let text = |(share, is_below): (f64, bool)| {
        let (x, y) = panel.at(share * end, share * end);
        let words = |at| words(at, "σ = μ*: as uncertain as large", CAPTION, GREY);
        if is_below { words((x + 16.0, y + 20.0)) } else { words((x - 16.0, y - 10.0)).end() }
    };
    let shares = [0.94, 0.85, 0.76, 0.67, 0.58, 0.49, 0.4, 0.31];
    let places = [true, false].into_iter().flat_map(|side| shares.map(|share| (share, side)));
    let free = places.map(text).find(|text| is_free(panel, &taken, &text.bounds()));
    if let Some(text) = free {
        sheet.text(text);
    }
}

/// Boxes around words, points and the dashed line.
fn taken(sheet: &Sheet, panel: &Panel, spots: &[Effects<'_>]) -> Vec<Frame> {
    let end = panel.x.high.min(panel.y.high);
    let ((x, y), (right, top)) = (panel.at(0.0, 0.0), panel.at(end, end));
    let steps = 200_u32; // boxes along the line that touch each other
    let line = (0..=steps).map(|step| {
        let share = f64::from(step) / f64::from(steps);
        let (x, y) = (x + share * (right - x), y + share * (top - y));
        Frame::new(x - 3.0, y - 3.0, x + 3.0, y + 3.0)
    });
    let points = spots.iter().map(|spot| around(panel.at(spot.size, spot.spread)));
    points.chain(line).chain(sheet.texts().map(Text::bounds)).collect()
}

/// Whether a text lies inside the panel and on nothing else.
fn is_free(panel: &Panel, taken: &[Frame], bounds: &Frame) -> bool {
    let frame = &panel.frame;
    let inside = bounds.left > frame.left + 4.0
        && bounds.right < frame.right - 2.0
        && bounds.top > frame.top
        && bounds.bottom < frame.bottom - 2.0;
    let wide = Frame::new(bounds.left - 3.0, bounds.top, bounds.right + 3.0, bounds.bottom);
    inside && !taken.iter().any(|other| other.overlaps(&wide, 0.0))
}

/// Names of the outstanding inputs, each beside its point where nothing is in the way.
fn names(sheet: &mut Sheet, panel: &Panel, spots: &[Effects<'_>]) {
    let place = |spot: &Effects<'_>| panel.at(spot.size, spot.spread);
    let mut taken = taken(sheet, panel, spots);
    let outstanding =
        |spot: &&Effects<'_>| spot.size > 0.1 * panel.x.high || spot.spread > 0.25 * panel.y.high;
    for spot in spots.iter().filter(outstanding).take(MOST_NAMES) {
        let at = place(spot);
        let own = around(at);
        let others = taken.iter().copied().filter(|other| *other != own).collect::<Vec<_>>();
        let free = candidates(spot, at, panel)
            .into_iter()
            .find(|text| is_free(panel, &others, &text.bounds()));
        if let Some(text) = free {
            taken.push(text.bounds());
            sheet.text(text);
        }
    }
}

fn around((x, y): Point) -> Frame {
    Frame::new(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)
}

/// Places for a name: right, left, above, below, then further up and down.
fn candidates(spot: &Effects<'_>, (x, y): Point, panel: &Panel) -> Vec<Text> {
    let ink = look(spot.factor.class).letters;
    let name = factor_name(spot.factor);
    let text = |dx: f64, dy: f64, anchor: Anchor| Text {
        anchor,
        ..words((x + dx, y + dy), name.as_str(), TICK, ink).rimmed()
    };
    let side = RADIUS + 6.0;
    let mut found = vec![text(side, 6.0, Anchor::Start), text(-side, 6.0, Anchor::End)];
    for step in [0.0, 8.0] {
        found.push(text(0.0, -side - 4.0 - step, Anchor::Middle));
        found.push(text(0.0, side + 14.0 + step, Anchor::Middle));
        found.push(text(side, -8.0 - step, Anchor::Start));
        found.push(text(side, 20.0 + step, Anchor::Start));
        found.push(text(-side, -8.0 - step, Anchor::End));
        found.push(text(-side, 20.0 + step, Anchor::End));
    }
    // Near the edge a name may stand below or above, ending where the panel ends.
    let edge = panel.frame.right - 4.0;
    if found.first().is_some_and(|right| right.bounds().right > edge) {
        found.extend([24.0, 32.0, 40.0, -14.0].map(|dy| text(edge - x, dy, Anchor::End)));
    }
    found
}

fn title(name: &str, unit: &str, first: &Effects<'_>) -> String {
    let size = with_unit(&significant(first.size, 2), unit);
    let others = if first.spread > 0.5 * first.size {
        ", and how much depends on the other numbers"
    } else {
        ", nearly whatever the other numbers are"
    };
    format!(
        "{}: the range of {} moves it by {size}{others}",
        capital(name),
        factor_name(first.factor)
    )
}

fn in_words(spots: &[Effects<'_>]) -> String {
    let one = |spot: &Effects<'_>| {
        format!(
            "{} ({}): mean size {}, spread {}.",
            factor_name(spot.factor),
            class_word(spot.factor.class),
            significant(spot.size, 3),
            significant(spot.spread, 3)
        )
    };
    spots.iter().take(MOST_NAMES).map(one).collect::<Vec<_>>().join(" ")
}
