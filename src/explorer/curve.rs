//! Outcomes over one dial: the sweep of the dial in hand.

use serde_json::{Map, Value, json};

use crate::charts::kinds::SweepKind;
use crate::error::problem::Problem;
use crate::explorer::request::Curve;
use crate::explorer::states::States;
use crate::explorer::{Answer, comparison, file};
use crate::library::sweep::SweepRun;
use crate::library::why::usual_outcomes;
use crate::scenario::Scenario;
use crate::scenario::dial::{DialKind, Number, ScopedDial};
use crate::sweep::Sweep;
use crate::units::number::exact_decimal;

/// Points of a curve unless said otherwise, and at most.
const USUAL_POINTS: usize = 21;
const MOST_POINTS: usize = 201;

/// The name of an outcome in tables of results begins with this.
const OUTCOME: &str = "outcome";

pub(super) fn told(states: &mut States, wanted: &Curve) -> Answer {
    let (number, spelling) = dial(&wanted.dial)?;
    let values = values(number, wanted)?;
    let outcomes = match wanted.outcomes.as_slice() {
        [] => usual_outcomes(),
        own => own.to_vec(),
    };
    let base = Scenario::parse(&file::of(states, std::slice::from_ref(&wanted.state))?)?;
    let sweep = Sweep::parse(&text(number, &spelling, &values, &outcomes), &base)?;
    figure(&sweep.run()?, &values, &outcomes, wanted)
}

fn dial(spelling: &str) -> Result<(&'static Number, String), Problem> {
    let spelling = spelling.strip_prefix("foods.").unwrap_or(spelling);
    let found = ScopedDial::find(spelling, &[]).map_err(|unknown| {
        let message = unknown.reason.unwrap_or_else(|| format!("unknown name \"{spelling}\""));
        Problem::without_span(message, unknown.help)
    })?;
    match &found.dial.kind {
        DialKind::Number(number) => Ok((number, spelling.to_owned())),
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
        return Ok(wanted.values.clone());
    }
    let (low, high) = number.plausible;
    if !(low.is_finite() && high.is_finite() && low < high) {
        let message = format!("{} has no plausible range", number.label);
        return Err(Problem::without_span(message, "say the values of the curve"));
    }
    #[allow(clippy::cast_precision_loss)] // a few points
    let share = |at: usize| at as f64 / (points - 1) as f64;
    let mut values: Vec<f64> = (0..points).map(|at| low + share(at) * (high - low)).collect();
    if number.whole {
        values.iter_mut().for_each(|value| *value = value.round());
        values.dedup();
    }
    Ok(values)
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

fn figure(run: &SweepRun, values: &[f64], outcomes: &[String], wanted: &Curve) -> Answer {
    if let Some((_, failure)) = run.failures().next() {
        return Err(Problem::without_span(failure, "").into());
    }
    let data = run.data();
    let kind = SweepKind::by_name("dose_response").filter(|kind| (kind.suits)(&data));
    let screen = comparison::screen(&wanted.size);
    let kind = kind.ok_or_else(|| Problem::without_span("the curve cannot be drawn", ""))?;
    let chart = comparison::figure(&(kind.chart)(&data), screen, "curve");
    let mut told = chart.map_err(comparison::undrawn)?;
    let columns = data.columns();
    let numbers = run.columns(&columns, |run| usize::try_from(run).ok(), values.len());
    let outcomes = outcomes.iter().cloned().zip(numbers.into_iter().map(Value::from));
    if let Some(told) = told.as_object_mut() {
        told.insert("x".to_owned(), values.into());
        told.insert("outcomes".to_owned(), outcomes.collect::<Map<_, _>>().into());
    }
    Ok(json!(told))
}
