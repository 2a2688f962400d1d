//! Verdict: where each test of a statement stands in both sets, against its margin.

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, Place, RowName, Scale, Side, Size, Words, sentences,
};
use crate::charts::{forest, layout};
use crate::checks::claims::standing::standing;
use crate::library::answer::numbers;
use crate::plots::canvas::Ink;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK, GREY, NORMAL};
use crate::plots::{Figure, FigureError};
use crate::scenario::claims::Claim;
use crate::verdicts::evaluation::{InSet, Judged};
use crate::words::catalogue::message;
use crate::words::names::capital;

/// Rows of a figure at most.
const MOST_ROWS: usize = 9;
/// Half width of the band without a difference, on an axis with "not so" at 0 and "so" at 2.
const BAND: f64 = 0.3;
/// Ends of that axis.
const ENDS: (f64, f64) = (-0.75, 2.75);
/// Distance of a number from its dot.
const BESIDE: f64 = 0.03;

/// A test with its place in each set.
struct Row<'a> {
    claim: &'a Claim,
    /// For each set: the place on the axis, the numbers, and whether it holds.
    sets: Vec<(Option<f64>, String, bool)>,
}

struct Facts<'a> {
    judged: &'a Judged,
    rows: Vec<Row<'a>>,
}

/// The figure of a statement; `None` if neither a test nor a trial belongs to it.
pub(crate) fn draw(judged: &Judged) -> Option<Result<Figure, FigureError>> {
    let facts = facts(judged);
    if facts.rows.is_empty() {
        let (_, chart) = forest::charts(&judged.rows).into_iter().next()?;
        let title = title(judged);
        return Some(forest::draw(&chart.titled(title)));
    }
    let chart = chart(&facts);
    Some(layout::page(&chart).map(|sheet| sheet.finish("verdict", chart.description.clone())))
}

fn facts(judged: &Judged) -> Facts<'_> {
    let claims = || judged.claims().iter().enumerate();
    let any = claims().any(|(_, claim)| claim.decides);
    let shown = claims().filter(|(_, claim)| claim.decides || !any).take(MOST_ROWS);
    let row = |(position, claim)| Row {
        claim,
        sets: judged.sets.iter().map(|own| in_set(claim, position, own)).collect(),
    };
    let rows = if judged.rows.is_empty() || any { shown.map(row).collect() } else { Vec::new() };
    Facts { judged, rows }
}

fn in_set(claim: &Claim, position: usize, own: &InSet) -> (Option<f64>, String, bool) {
    let find = |name: &str| own.run.arm(name).map(|run| &run.trajectory);
    let all = std::iter::once(&claim.comparison).chain(&claim.comparison.also);
    let standings: Option<Vec<f64>> = all.map(|one| standing(one, &find)).collect();
    // Of several comparisons the one that is farthest from holding counts.
    let least = standings.and_then(|all| all.into_iter().reduce(f64::min));
    let judged = own.claim(position);
    let numbers = judged.map_or_else(String::new, |judged| numbers(claim, judged));
    (least.map(place), numbers, judged.is_some_and(|judged| judged.holds() == Some(true)))
}

/// The place of a standing: the band is linear, beyond it each doubling of the distance is a step.
fn place(standing: f64) -> f64 {
    const STEP: f64 = 0.22;
    let size = standing.abs();
    let out = if size <= 1.0 { BAND * size } else { BAND + STEP * size.log2() };
    (1.0 + out.copysign(standing)).clamp(ENDS.0 + 0.1, ENDS.1 - 0.1)
}

/// "False: “Vitamin K2 blocks the uptake of calcium”".
fn title(judged: &Judged) -> String {
    let verdict = capital(judged.verdict.words());
    message!(verdict.title, verdict = verdict, statement = judged.file.statement.words)
}

fn words(facts: &Facts<'_>) -> Words {
    let sets = |row: &Row<'_>| {
        let own = facts.judged.sets.iter().zip(&row.sets);
        let told = own.map(|(set, (_, numbers, _))| {
            message!(verdict.in_set, set = set.set.name(), numbers = numbers)
        });
        told.collect::<Vec<_>>().join("; ")
    };
    let rows = facts
        .rows
        .iter()
        .map(|row| message!(verdict.description_row, test = name(row.claim), sets = sets(row)));
    Words {
        title: title(facts.judged),
        subtitle: message!(verdict.subtitle),
        description: sentences(rows),
    }
}

fn name(claim: &Claim) -> String {
    if claim.case.is_empty() {
        return claim.says.clone();
    }
    message!(verdict.with_case, case = capital(&claim.case), test = claim.says)
}

fn chart(facts: &Facts<'_>) -> Chart {
    let count = facts.rows.len();
    let band = (1.0 - BAND, 1.0 + BAND);
    let grey: Ink = GREY.clear(0.16);
    let area = |from: f64, to: f64, ink| Layer::Area {
        from: (from, f64::NEG_INFINITY),
        to: (to, f64::INFINITY),
        ink,
    };
    let mut layers = vec![area(band.0, band.1, grey), area(band.1, f64::INFINITY, NORMAL)];
    let mut labels = Vec::new();
    let mut names = Vec::new();
    for (index, row) in facts.rows.iter().enumerate() {
        let middle = float(count) - float(index) - 0.5;
        let (name, text) = match row.claim.case.as_str() {
            "" => (row.claim.says.clone(), String::new()),
            case => (capital(case), row.claim.says.clone()),
        };
        names.push(RowName { name, text, ink: BLACK });
        for (position, (x, numbers, holds)) in row.sets.iter().enumerate() {
            let Some(x) = *x else { continue };
            let look = style::arm(position);
            let y = middle + if position == 0 { 0.18 } else { -0.18 };
            let (at, hollow) = ((x, y), !holds);
            layers.push(Layer::Dot { at, shape: look.shape, ink: look.ink, radius: 9.0, hollow });
            labels.push(number(numbers, (x, y), look.letters));
        }
    }
    let keys = facts.judged.sets.iter().enumerate().map(|(position, own)| {
        let key = message!(verdict.key, set = own.set.name(), outcome = own.outcome.words());
        (key, style::arm(position).ink)
    });
    let axis = [message!(verdict.not_so), message!(verdict.same), message!(verdict.so)];
    let panel = Panel {
        heading: String::new(),
        unit: String::new(),
        x: Scale {
            title: String::new(),
            low: ENDS.0,
            high: ENDS.1,
            ends: Ends::Words(axis.to_vec()),
        },
        y: Scale { title: String::new(), low: 0.0, high: float(count), ends: Ends::Rows(names) },
        layers,
        labels,
        keys: keys.collect(),
        shares: (1.0, 1.0),
    };
    let sets = message!(forest.sets);
    let id = &facts.judged.file.statement.id;
    Chart::about(id, &sets, words(facts), Picture::Panels { panels: vec![panel], columns: None })
}

/// The numbers of a dot, on the side where there is more room.
fn number(text: &str, (x, y): (f64, f64), ink: Ink) -> Label {
    let (side, x) = if x > 1.6 { (Side::Left, x - BESIDE) } else { (Side::Right, x + BESIDE) };
    Label {
        place: Place::At((x, y), side),
        name: String::new(),
        text: text.to_owned(),
        size: Size::Small,
        ink,
        priority: 5,
    }
}
