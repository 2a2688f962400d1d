//! Outcomes over one dial: the sweep of the dial in hand, its present value, published trials of it.

use serde_json::{Map, Value, json};

use crate::charts;
use crate::charts::chart::{Chart, Label, Picture, Place, Size};
use crate::charts::kinds::SweepKind;
use crate::charts::sweeps::SweepData;
use crate::charts::sweeps::data::MOST_OUTCOMES;
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::trials::Shown;
use crate::error::problem::{Problem, Problems};
use crate::evidence::over_dose::{Found, over_dose};
use crate::explorer::request::Curve;
use crate::explorer::states::States;
use crate::explorer::{Answer, comparison, file};
use crate::library::why::usual_outcomes;
use crate::plots::panel::Layer;
use crate::plots::style::{BLACK, Shape};
use crate::scenario::Scenario;
use crate::scenario::dial::{Dial, DialKind, Number, ScenarioPart, ScopedDial};
use crate::sweep::Sweep;
use crate::units::DAYS_PER_YEAR;
use crate::units::number::exact_decimal;
use crate::words::catalogue::message;

/// Points of a curve unless said otherwise, and at most.
const USUAL_POINTS: usize = 21;
const MOST_POINTS: usize = 201;

/// The name of an outcome in tables of results begins with this.
const OUTCOME: &str = "outcome";

pub(super) fn told(states: &mut States, wanted: &Curve) -> Answer {
    let (dial, number, spelling) = dial(&wanted.dial)?;
    let values = values(number, wanted)?;
    let outcomes = match wanted.outcomes.as_slice() {
        [] => usual_outcomes(),
        own => own.to_vec(),
    };
    let base = Scenario::parse(&file::of(states, std::slice::from_ref(&wanted.state))?)?;
    let years = base.arms.first().map_or(0.0, |arm| arm.duration_days) / DAYS_PER_YEAR;
    let found = match dial.part {
        ScenarioPart::FromStart(input) if values.first() == Some(&0.0) => over_dose(input.name),
        _ => Vec::new(),
    };
    // As many as a sweep draws.
    let room = MOST_OUTCOMES.saturating_sub(outcomes.len()) / 2;
    let found: Vec<Found> = found.into_iter().take(room).collect();
    let ends = found.iter().flat_map(|found| {
        ["end", "change"].map(|function| format!("{function}({})", found.quantity.name))
    });
    let all: Vec<String> = outcomes.iter().cloned().chain(ends).collect();
    let run = Sweep::parse(&text(number, &spelling, &values, &all), &base)?.run()?;
    if let Some((_, failure)) = run.failures().next() {
        return Err(Problem::without_span(failure, "").into());
    }
    let mut data = run.data();
    data.looks.fill(wanted.look);
    let names: Vec<String> = data.outcomes.iter().map(|one| one.column.clone()).collect();
    let mut columns = run.columns(&names, |run| usize::try_from(run).ok(), values.len());
    let of_trials = columns.split_off(outcomes.len().min(columns.len()));
    data.outcomes.truncate(outcomes.len());
    let mut told = figure(&data, wanted)?;
    let trials = trials(&data, found, &values, (&of_trials, years), &wanted.form)?;
    let columns = outcomes.into_iter().zip(columns.into_iter().map(Value::from));
    told.insert("outcomes".to_owned(), columns.collect::<Map<_, _>>().into());
    told.insert("x".to_owned(), values.into());
    told.insert("trials".to_owned(), trials);
    Ok(told.into())
}

/// Published trials of the dial beside the line of this person, and their numbers; nothing without
/// any.
fn trials(
    data: &SweepData,
    found: Vec<Found>,
    values: &[f64],
    (columns, years): (&[Vec<f64>], f64),
    form: &str,
) -> Answer {
    let Some(axis) = data.axes.first().filter(|_| !found.is_empty() && years > 0.0) else {
        return Ok(Value::Null);
    };
    let shown: Vec<Shown> = found
        .into_iter()
        .zip(columns.chunks(2))
        .map(|(found, columns)| {
            let at = |place: usize| {
                let value = |column: &Vec<f64>| column.get(place).copied().unwrap_or(f64::NAN);
                let mut pair = columns.iter().map(value);
                (pair.next().unwrap_or(f64::NAN), pair.next().unwrap_or(f64::NAN))
            };
            let of = |(place, dose): (usize, &f64)| {
                (*dose, found.measure.value(at(place), at(0), years))
            };
            let line = values.iter().enumerate().map(of).collect();
            Shown { found, line }
        })
        .collect();
    let chart = charts::trials::chart(data, axis, &shown);
    let mut told = comparison::figure(&chart, form, "trials")?;
    told.insert("rows".to_owned(), json!(charts::trials::rows(&shown, axis)));
    Ok(told.into())
}

fn dial(spelling: &str) -> Result<(&'static Dial, &'static Number, String), Problem> {
    let spelling = spelling.strip_prefix("foods.").unwrap_or(spelling);
    let found = ScopedDial::find(spelling, &[]).map_err(|unknown| {
        let message = unknown.reason.unwrap_or_else(|| format!("unknown name \"{spelling}\""));
        Problem::without_span(message, unknown.help)
    })?;
    match &found.dial.kind {
        DialKind::Number(number) => Ok((found.dial, number, spelling.to_owned())),
        DialKind::Word(_) => {
            let message = format!("{spelling} is a choice of words and has no curve");
            Err(Problem::without_span(message, "choose a dial with a number"))
        }
    }
}

/// The wanted values, or evenly spaced ones over the plausible range.
fn values(number: &Number, wanted: &Curve) -> Result<Vec<f64>, Problem> {
    let points = wanted.points.unwrap_or(USUAL_POINTS).max(2);
    if points.max(wanted.values.len()) > MOST_POINTS {
        let message = format!("a curve of more than {MOST_POINTS} points");
        return Err(Problem::without_span(message, "ask for fewer points"));
    }
    if !wanted.values.is_empty() {
        return Ok(with_present(wanted.values.clone(), wanted.now));
    }
    let (low, high) = number.plausible;
    if !(low.is_finite() && high.is_finite() && low < high) {
        let message = format!("{} has no plausible range", number.label);
        return Err(Problem::without_span(message, "say the values of the curve"));
    }
    let share = |at: usize| at as f64 / (points - 1) as f64;
    let mut values: Vec<f64> = (0..points).map(|at| low + share(at) * (high - low)).collect();
    if number.whole {
        values.iter_mut().for_each(|value| *value = value.round());
        values.dedup();
    }
    Ok(with_present(values, wanted.now))
}

/// Ascending values with the present one among them.
fn with_present(mut values: Vec<f64>, now: Option<f64>) -> Vec<f64> {
    let same = |value: &f64, now: f64| (value - now).abs() <= 1e-9 * now.abs();
    if let Some(now) = now.filter(|now| !values.iter().any(|value| same(value, *now))) {
        values.push(now);
        values.sort_by(f64::total_cmp);
    }
    values
}

/// The sweep file that asks for the curve.
fn text(number: &Number, spelling: &str, values: &[f64], outcomes: &[String]) -> String {
    let values = values.iter().map(|value| {
        let text = number.text(*value);
        if text.parse::<f64>().is_ok() { exact_decimal(*value) } else { format!("\"{text}\"") }
    });
    let values = values.collect::<Vec<_>>().join(", ");
    let outcomes = outcomes.iter().enumerate().map(|(at, outcome)| {
        format!("{OUTCOME}_{at} = {}\n", toml::Value::String(outcome.clone()))
    });
    let outcomes: String = outcomes.collect();
    format!("[vary]\n\"{spelling}\" = [{values}]\n[outcomes]\n{outcomes}")
}

fn figure(data: &SweepData, wanted: &Curve) -> Result<Map<String, Value>, Problems> {
    let kind = SweepKind::by_name("dose_response").filter(|kind| (kind.suits)(data));
    let kind = kind.ok_or_else(|| Problem::without_span("the curve cannot be drawn", ""))?;
    let mut chart = (kind.chart)(data);
    if let Some((now, axis)) = wanted.now.zip(data.axes.first()) {
        mark(&mut chart, data, axis, now);
    }
    comparison::figure(&chart, &wanted.form, "curve")
}

/// Marks the present value of the dial on every curve, with its number.
fn mark(chart: &mut Chart, data: &SweepData, axis: &AxisData, now: f64) {
    let Picture::Panels { panels, .. } = &mut chart.picture else { return };
    let same = |at: &&(f64, f64)| (at.0 - now).abs() <= 1e-9 * now.abs();
    let mut told = Vec::new();
    for (panel, outcome) in panels.iter_mut().zip(data.drawable()) {
        let lines = panel.layers.iter().filter_map(|layer| match layer {
            Layer::Line { points, ink, .. } => Some((*points.iter().find(same)?, *ink)),
            _ => None,
        });
        let spots: Vec<_> = lines.collect();
        panel.layers.push(Layer::Rule { x: Some(now), y: None, dash: &[4.0, 4.0] });
        let (place, name) = (Place::Above(now), String::new());
        let text = message!(explorer.now, value = axis.measured(now));
        let size = Size::Usual;
        panel.labels.push(Label { place, name, text, size, ink: BLACK, priority: 9 });
        for (at, ink) in spots {
            let (shape, radius, hollow) = (Shape::Disc, 9.0, false);
            panel.layers.push(Layer::Dot { at, shape, ink, radius, hollow });
            let number = outcome.number(at.1);
            told.push(message!(explorer.now_of, heading = panel.heading, number = number));
            panel.labels.retain(|label| !matches!(label.place, Place::Near(old) if old == at));
            panel.labels.push(Label { priority: 8, ..Label::number(0, at, number) });
        }
    }
    let value = axis.measured(now);
    chart.description += &message!(explorer.now_described, value = value, told = told.join("; "));
}
