//! Tornado: what the ends of each input's range would change, along the slope at the scenario.

use crate::charts::chart::{Chart, Ends, Label, Panel, Scale, Side, Words, sentences};
use crate::charts::rows::{self, edges};
use crate::charts::sensitivity::{
    Findings, MOST_INPUTS, PALE, Ranked, factor_name, grade_keys, look, row_name,
};
use crate::plots::numbers::extremes;
use crate::plots::panel::Layer;
use crate::plots::style::GREY;
use crate::sweep::results_table::CellValue;
use crate::sweep::sensitivity::indices::IndexKind;
use crate::sweep::sensitivity::{Factor, SensitivityMethod, class_word};
use crate::words::catalogue::message;
use crate::words::names::{beside, bracketed, capital};
use crate::words::numbers::{significant, with_sign};

/// An input, and what its lower and its upper end change.
struct Slope<'a> {
    position: usize,
    factor: &'a Factor,
    low: f64,
    high: f64,
}

/// Whether its method looked at the outcome.
pub(crate) fn suits(findings: &Findings<'_>, outcome: usize) -> bool {
    findings.indices_of(outcome, SensitivityMethod::Local).is_some()
}

pub(crate) fn chart(findings: &Findings<'_>, outcome: usize) -> Chart {
    let slopes = facts(findings, outcome);
    let panel = (!slopes.is_empty()).then(|| panel(findings, outcome, &slopes));
    findings.chart(words(findings, outcome, &slopes), panel)
}

/// The steepest slopes, the steepest first.
fn facts<'a>(findings: &Findings<'a>, outcome: usize) -> Vec<Slope<'a>> {
    let analyses = &findings.sensitivity.analyses;
    let local = analyses.iter().find(|one| one.method == SensitivityMethod::Local);
    let centers = local.map(|one| one.sweep.plan.values(0)).unwrap_or_default();
    let slope = |one: Ranked<'a>| {
        let effect = one.index(IndexKind::RangeEffect)?.estimate.value;
        let Ranked { position, factor, .. } = one;
        let Some(CellValue::Number(center)) = centers.get(position) else { return None };
        let (from, to) = factor.range;
        let slope = effect / (to - from);
        let (low, high) = (slope * (from - center), slope * (to - center));
        (low.is_finite() && high.is_finite()).then_some(Slope { position, factor, low, high })
    };
    let ranked = findings.ranked(outcome, SensitivityMethod::Local).into_iter();
    ranked.take(MOST_INPUTS).filter_map(slope).collect()
}

/// The input that a method that looks at the whole range ranks first, if it is another one.
fn contradicted<'a>(
    findings: &Findings<'a>,
    outcome: usize,
    first: &Slope<'_>,
) -> Option<(SensitivityMethod, &'a Factor)> {
    [SensitivityMethod::Sobol, SensitivityMethod::Morris].into_iter().find_map(|method| {
        let strongest = findings.ranked(outcome, method).into_iter().next()?;
        (strongest.position != first.position).then_some((method, strongest.factor))
    })
}

fn words(findings: &Findings<'_>, outcome: usize, slopes: &[Slope<'_>]) -> Words {
    let name = capital(&findings.name(outcome));
    let title = match slopes {
        [] => findings.nothing(outcome, SensitivityMethod::Local),
        [only] => message!(tornado.only, name, input = factor_name(only.factor)),
        [first, second, ..] => {
            let (first, second) = (factor_name(first.factor), factor_name(second.factor));
            message!(tornado.title, name, first, second)
        }
    };
    let (text, person) = (findings.text(outcome), &findings.person);
    let subtitle = message!(tornado.subtitle, text, person);
    let other = slopes.first().and_then(|first| contradicted(findings, outcome, first));
    let subtitle = match other.map(|(method, factor)| (method.name(), factor_name(factor))) {
        Some((method, input)) => message!(tornado.contradicted, method, input, subtitle),
        None => subtitle,
    };
    let ends = slopes.iter().map(|slope| {
        let (input, grade) = (factor_name(slope.factor), class_word(slope.factor.class));
        let [low, high] = [slope.low, slope.high].map(change);
        message!(tornado.description, input, grade, low, high)
    });
    Words { title, subtitle, description: sentences(ends) }
}

/// A change as the picture and its description write it: "+12", "−0.34".
fn change(value: f64) -> String {
    with_sign(value, significant(value, 2))
}

fn panel(findings: &Findings<'_>, outcome: usize, slopes: &[Slope<'_>]) -> Panel {
    let mut layers = vec![Layer::Rule { x: Some(0.0), y: None, dash: &[] }];
    let mut labels = Vec::new();
    for (row, slope) in slopes.iter().enumerate() {
        let (bottom, top) = edges(row, slopes.len());
        let ink = look(slope.factor.class).ink;
        for (end, ink) in [(slope.low, ink.clear(PALE)), (slope.high, ink)] {
            layers.push(Layer::Bar { from: (0.0, bottom), to: (end, top), ink });
        }
        let middle = 0.5 * (bottom + top);
        labels.extend(numbers(slope, middle));
    }
    let ends = slopes.iter().flat_map(|slope| [0.0, slope.low, slope.high]);
    let (low, high) = extremes(ends).unwrap_or((0.0, 1.0));
    // Room for the numbers beside the longest bars.
    let space = 0.13 * (high - low);
    let changed = message!(tornado.across, name = findings.name(outcome));
    let title = beside(&changed, &bracketed(findings.unit(outcome)));
    let x = Scale::new(title, low - space, high + space, Ends::Exact(1e-9));
    let mut keys = grade_keys(findings.sensitivity);
    keys.push((message!(tornado.lower), GREY.clear(PALE)));
    keys.push((message!(tornado.upper), GREY));
    let names = slopes.iter().map(|slope| row_name(slope.factor));
    rows::panel(names.collect(), x, (layers, labels), keys)
}

/// The changes at both ends, beside the bar; of two on one side only the far one.
fn numbers(slope: &Slope<'_>, middle: f64) -> impl Iterator<Item = Label> {
    let (left, right) = (slope.low.min(slope.high).min(0.0), slope.low.max(slope.high).max(0.0));
    let ends = [(left, Side::Left), (right, Side::Right)].into_iter();
    let ends = ends.filter(|(end, _)| *end != 0.0);
    ends.map(move |(end, side)| Label::at((end, middle), side, change(end), GREY).small())
}
