//! Arms side by side: figures, table, values, balance, fingerprint.

use serde_json::{Map, Value, json};

use crate::charts::chart::Chart;
use crate::charts::part::{Part, Screen, numbers};
use crate::error::problem::{Problem, Problems};
use crate::explorer::request::{Comparison, Drawing, State};
use crate::explorer::states::States;
use crate::explorer::{Answer, change, listed, tables};
use crate::figure_kinds::{FigureLook, FigureSize};
use crate::library::arm_looks::looks;
use crate::library::run::Run;
use crate::physiology::quantities::quantity;
use crate::plots::svg::base64;
use crate::plots::{Figure, FigureError, style};
use crate::scenario::Arm;
use crate::scenario::figures::FigureRequest;
use crate::words::catalogue::message;
use crate::words::numbers::error_size;

/// The kind of the page that is the time course of serum calcium alone.
const CALCIUM: &str = "calcium";

pub(super) fn told(states: &mut States, wanted: &Comparison) -> Answer {
    let resolved = states.together(&wanted.arms)?;
    let run = states.run(&resolved.scenario);
    complete(&run)?;
    let screen = screen(&wanted.size);
    let mut figures = Map::new();
    for kind in &wanted.figures {
        let chart = run.chart(&request(kind)).map_err(undrawn)?;
        figures.insert(kind.clone(), figure(&chart, screen, kind).map_err(undrawn)?);
    }
    let remarks = Problems::of(resolved.remarks, resolved.scenario.texts.clone());
    Ok(json!({
        "arms": arms(&resolved.scenario.arms),
        "figures": figures,
        "suiting": run.figure_names(),
        "table": tables::summary(&run),
        "values": tables::values(&run),
        "change": change::told(&run, &wanted.what),
        "balance": balance(&run),
        "fingerprint": states.fingerprint(&run),
        "warnings": listed(&remarks),
        "departures": run.told_departures().collect::<Vec<_>>(),
    }))
}

/// The courses of the arms as a CSV file.
pub(super) fn csv(states: &mut States, arms: &[State]) -> Answer {
    let resolved = states.together(arms)?;
    let run = states.run(&resolved.scenario);
    complete(&run)?;
    Ok(json!({ "text": tables::csv(&run) }))
}

/// The figure as an SVG file.
pub(super) fn svg(states: &mut States, wanted: &Drawing) -> Answer {
    let figure = drawn(states, wanted)?;
    Ok(json!({ "name": figure.name, "svg": figure.svg }))
}

/// The figure as a PNG file.
pub(super) fn png(states: &mut States, wanted: &Drawing) -> Answer {
    let figure = drawn(states, wanted)?;
    Ok(json!({ "name": figure.name, "base64": base64(&figure.png().map_err(undrawn)?) }))
}

fn drawn(states: &mut States, wanted: &Drawing) -> Result<Figure, Problems> {
    let resolved = states.together(&wanted.arms)?;
    let run = states.run(&resolved.scenario);
    complete(&run)?;
    let size = FigureSize::by_name(&wanted.size).unwrap_or_default();
    let look = FigureLook { size, ..FigureLook::default() };
    run.draw(&FigureRequest { look, ..request(&wanted.figure) }).map_err(undrawn)
}

/// Refuses a run of which an arm ended early.
/// Errors: Why arms ended early.
pub(super) fn complete(run: &Run) -> Result<(), Problems> {
    let told: Vec<Problem> =
        run.failures().map(|failure| Problem::without_span(failure, "")).collect();
    if told.is_empty() { Ok(()) } else { Err(Problems::of(told, Vec::new())) }
}

pub(super) fn undrawn(error: FigureError) -> Problems {
    Problem::without_span(error, "").into()
}

/// The screen of this name; a wide one without a name.
pub(super) fn screen(name: &str) -> Screen {
    let found = Screen::BOTH.into_iter().find(|screen| screen.name() == name);
    found.unwrap_or(Screen::Wide)
}

/// A kind of the page as a figure of files.
fn request(kind: &str) -> FigureRequest {
    match quantity("serum_calcium").filter(|_| kind == CALCIUM) {
        Some(calcium) => {
            FigureRequest { readouts: vec![calcium.name], ..FigureRequest::plain("timeline") }
        }
        None => FigureRequest::plain(kind),
    }
}

/// A chart as a part of the page, with its words and numbers.
pub(super) fn figure(chart: &Chart, screen: Screen, id: &str) -> Result<Value, FigureError> {
    let part = Part::of(chart, screen, &format!("described-{id}"))?;
    Ok(json!({
        "svg": part.svg,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "description": chart.description,
        "panels": numbers(chart),
        "places": part.places,
        "flows": part.flows,
    }))
}

/// Name, words and color of each arm.
pub(super) fn arms(arms: &[Arm]) -> Vec<Value> {
    let told = arms.iter().zip(looks(arms)).map(|(arm, look)| {
        let style = style::arm(look);
        json!({
            "name": arm.name,
            "label": arm.label,
            "color": style.ink.hex(),
            "letters": style.letters.hex(),
            "hypothesis": arm.hypothesis.name(),
        })
    });
    told.collect()
}

fn balance(run: &Run) -> Value {
    let residuals = run.balances().map(|(_, balance)| balance.residual_mg);
    let worst =
        residuals.fold(0.0_f64, |worst, own| if own.abs() > worst.abs() { own } else { worst });
    let holds = run.balances().all(|(_, balance)| balance.holds());
    let text = if holds {
        message!(explorer.balanced, residual = error_size(worst))
    } else {
        message!(report.not_balanced)
    };
    json!({ "holds": holds, "worst_residual_mg": worst, "text": text })
}
