//! Verdict: where each test of a statement stands in both sets, against its margin.

use crate::charts::chart::{
    Chart, Ends, Label, Picture, RowName, Scale, Side, Size, Words, sentences,
};
use crate::charts::{forest, rows};
use crate::plots::canvas::Ink;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK, GREY, NORMAL};
use crate::verdicts::evaluation::{InSet, Judged};
use crate::verdicts::shown::{Shown, shown, verdict_words};
use crate::words::catalogue::message;
use crate::words::names::capital;

/// Rows of a figure at most.
const MOST_ROWS: usize = 9;
/// Numbers are small where there are more rows.
const FEW_ROWS: usize = 5;
/// Half width of the band without a difference, on an axis with "not so" at 0 and "so" at 2.
const BAND: f64 = 0.3;
/// Ends of that axis.
const ENDS: (f64, f64) = (-0.75, 2.75);
/// Distance of a number from its dot.
const BESIDE: f64 = 0.03;

/// The figure of a statement: its tests, else its trials, else what would be needed to judge it.
pub(crate) fn chart(judged: &Judged) -> Chart {
    let rows: Vec<Shown> = shown(judged).into_iter().take(MOST_ROWS).collect();
    let forest = || forest::charts(&judged.rows).into_iter().next();
    match (rows.is_empty(), forest()) {
        (false, _) => of_tests(judged, &rows),
        (true, Some((_, chart))) => keyed(chart.titled(Some(title(judged))), judged),
        (true, None) => note(judged),
    }
}

/// The chart of trials with the outcome of each set beside its color, as the title has it.
fn keyed(mut chart: Chart, judged: &Judged) -> Chart {
    if let Picture::Panels { panels, .. } = &mut chart.picture {
        panels.iter_mut().for_each(|panel| panel.keys = keys(judged));
    }
    chart
}

fn keys(judged: &Judged) -> Vec<(String, Ink)> {
    let key = |(position, own): (usize, &InSet)| {
        let key = message!(verdict.key, set = own.set.name(), outcome = own.outcome.words());
        (key, style::arm(position).ink)
    };
    judged.sets.iter().enumerate().map(key).collect()
}

/// What would be needed, instead of a picture.
fn note(judged: &Judged) -> Chart {
    let statement = &judged.file.statement;
    let needed = message!(verdict.needed, needs = statement.needs.trim());
    let (title, subtitle) = (title(judged), message!(verdict.no_test));
    let words = Words { title, subtitle, description: needed.clone() };
    Chart::about(&statement.id, &message!(forest.sets), words, Picture::Note(needed))
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
    let verdict = verdict_words(judged);
    message!(verdict.title, verdict, statement = judged.file.statement.words)
}

fn words(judged: &Judged, rows: &[Shown]) -> Words {
    let sets = |row: &Shown| {
        let own = judged.sets.iter().zip(&row.sets);
        let told = own.map(|(set, own)| {
            message!(verdict.in_set, set = set.set.name(), numbers = own.numbers)
        });
        told.collect::<Vec<_>>().join("; ")
    };
    let rows = rows
        .iter()
        .map(|row| message!(verdict.description_row, test = name(row), sets = sets(row)));
    Words {
        title: title(judged),
        subtitle: message!(verdict.subtitle),
        description: sentences(rows),
    }
}

fn name(row: &Shown) -> String {
    if row.case.is_empty() {
        return row.says.clone();
    }
    message!(verdict.with_case, case = capital(&row.case), test = row.says)
}

fn of_tests(judged: &Judged, rows: &[Shown]) -> Chart {
    let count = rows.len();
    let band = (1.0 - BAND, 1.0 + BAND);
    let area = |from: f64, to: f64, ink| Layer::Area {
        from: (from, f64::NEG_INFINITY),
        to: (to, f64::INFINITY),
        ink,
    };
    let mut layers =
        vec![area(band.0, band.1, GREY.clear(0.16)), area(band.1, f64::INFINITY, NORMAL)];
    let mut labels = Vec::new();
    let mut names = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let middle = float(count) - float(index) - 0.5;
        let (name, text) = match row.case.as_str() {
            "" => (row.says.clone(), String::new()),
            case => (capital(case), row.says.clone()),
        };
        names.push(RowName { name, text, ink: BLACK });
        for (position, own) in row.sets.iter().enumerate() {
            let Some(x) = own.standing.map(place) else { continue };
            let look = style::arm(position);
            let y = middle + if position == 0 { 0.18 } else { -0.18 };
            let (at, hollow) = ((x, y), !own.holds);
            layers.push(Layer::Dot { at, shape: look.shape, ink: look.ink, radius: 9.0, hollow });
            let size = if count > FEW_ROWS { Size::Small } else { Size::Usual };
            labels.push(number(&own.numbers, (x, y), size, look.letters));
        }
    }
    let axis = [message!(verdict.not_so), message!(verdict.same), message!(verdict.so)];
    let x = Scale::untitled(ENDS.0, ENDS.1, Ends::Words(axis.to_vec()));
    let panel = rows::panel(names, x, (layers, labels), keys(judged));
    let id = &judged.file.statement.id;
    Chart::about(id, &message!(forest.sets), words(judged, rows), Picture::of(panel))
}

/// The numbers of a dot, on the side where there is more room.
fn number(text: &str, (x, y): (f64, f64), size: Size, ink: Ink) -> Label {
    let (side, x) = if x > 1.6 { (Side::Left, x - BESIDE) } else { (Side::Right, x + BESIDE) };
    Label { size, ..Label::at((x, y), side, text.to_owned(), ink) }
}
