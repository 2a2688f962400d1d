//! Arms side by side: figures, table, values, balance, fingerprint.

use serde_json::{Map, Value, json};

use crate::charts::chart::Chart;
use crate::charts::layout;
use crate::charts::media::Screen;
use crate::charts::part::{Part, numbers};
use crate::error::defect::OrDefect as _;
use crate::error::problem::{Problem, Problems};
use crate::explorer::catalogue::normal;
use crate::explorer::request::{Comparison, State};
use crate::explorer::states::States;
use crate::explorer::{Answer, change, listed};
use crate::figure_kinds::{FigureLook, FigureSize};
use crate::library::arm_looks::looks;
use crate::library::run::Run;
use crate::physiology::quantities::{QUANTITIES, quantity};
use crate::plots::svg::base64;
use crate::plots::{FigureError, style};
use crate::scenario::Arm;
use crate::scenario::figures::FigureRequest;
use crate::units::number::exact;
use crate::words::catalogue::message;
use crate::words::names::unit;
use crate::words::numbers::{clinical, error_size};

/// The kind of the page that is the time course of serum calcium alone.
const CALCIUM: &str = "calcium";

/// Forms of a figure as a file: text, or a picture in base64.
const SVG: &str = "svg";
const FILES: [&str; 2] = [SVG, "png"];

pub(super) fn told(states: &mut States, wanted: &Comparison) -> Answer {
    let resolved = states.together(&wanted.arms)?;
    let run = states.run(&resolved.scenario);
    complete(&run)?;
    let mut figures = Map::new();
    for kind in &wanted.figures {
        let request = FigureRequest { arms: wanted.shown.clone(), ..request(kind) };
        let chart = run.chart(&request).map_err(undrawn)?;
        figures.insert(kind.clone(), figure(&chart, &wanted.form, kind)?.into());
    }
    let remarks = Problems::of(resolved.remarks, resolved.scenario.texts.clone());
    Ok(json!({
        "arms": arms(&resolved.scenario.arms),
        "figures": figures,
        "suiting": run.figure_names(),
        "table": summary(&run),
        "values": values(&run),
        "change": change::told(&run, &wanted.what),
        "outcomes": change::outcomes(&run),
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
    Ok(json!({ "text": csv_text(&run) }))
}

/// Refuses a run of which an arm ended early.
/// Errors: Why arms ended early.
pub(super) fn complete(run: &Run) -> Result<(), Problems> {
    let told: Vec<Problem> =
        run.failures().map(|failure| Problem::without_span(failure, "")).collect();
    if told.is_empty() { Ok(()) } else { Err(Problems::of(told, Vec::new())) }
}

fn undrawn(error: FigureError) -> Problems {
    Problem::without_span(error, "").into()
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

/// A chart in the form that is wanted: as a part of the page, with its words and numbers, or as a
/// file.
pub(super) fn figure(chart: &Chart, form: &str, id: &str) -> Result<Map<String, Value>, Problems> {
    let told = if FILES.contains(&form) {
        let look = FigureLook { size: FigureSize::Page, ..chart.look };
        let page = layout::page(&Chart { look, ..chart.clone() }).map_err(undrawn)?;
        let file = page.finish("figure", chart.description.clone());
        let content = if form == SVG { file.svg } else { base64(&file.png().map_err(undrawn)?) };
        json!({ "title": chart.title, "file": content })
    } else {
        let screen = Screen::BOTH.into_iter().find(|screen| screen.name() == form);
        let screen = screen.unwrap_or(Screen::Wide);
        let part = Part::of(chart, screen, &format!("described-{id}")).map_err(undrawn)?;
        json!({
            "svg": part.svg,
            "title": chart.title,
            "subtitle": chart.subtitle,
            "description": chart.description,
            "panels": numbers(chart),
            "places": part.places,
            "flows": part.flows,
        })
    };
    Ok(told.as_object().cloned().or_defect("a figure that is no object"))
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
            "look": look,
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

/// The usual rows of a summary, one column for each quantity.
fn summary(run: &Run) -> Value {
    let quantities = run.summary_quantities();
    let columns = quantities.iter().map(|quantity| {
        json!({
            "name": quantity.name,
            "label": quantity.label,
            "unit": unit(quantity.unit),
            "normal": normal(quantity),
        })
    });
    let rows = run.arms().map(|(arm, result)| {
        let values = quantities.iter().map(|quantity| {
            run.summary_value(result, quantity).map_or_else(String::new, |v| clinical(quantity, v))
        });
        (arm.name.clone(), values.collect::<Vec<_>>().into())
    });
    json!({
        "columns": columns.collect::<Vec<_>>(),
        "rows": rows.collect::<Map<String, Value>>(),
        "last_day": run.is_resolved(),
    })
}

/// Every quantity of every arm in its last row.
fn values(run: &Run) -> Map<String, Value> {
    let told = run.arms().map(|(arm, result)| {
        let last = result.trajectory.rows.last();
        let ends = QUANTITIES.iter().map(|quantity| {
            let end = last.map(|row| row.value(quantity.column)).filter(|end| end.is_finite());
            (quantity.name.to_owned(), end.into())
        });
        (arm.name.clone(), Value::Object(ends.collect()))
    });
    told.collect()
}

/// Every row of every arm, all quantities, with digits that read back as the same bits.
fn csv_text(run: &Run) -> String {
    // Names of arms and quantities have no comma and no quote.
    let mut text = String::from("arm,time_days");
    for quantity in &QUANTITIES {
        text.push(',');
        text.push_str(quantity.name);
    }
    text.push('\n');
    for (arm, result) in run.arms() {
        for row in &result.trajectory.rows {
            text.push_str(&arm.name);
            text.push(',');
            text.push_str(&exact(row.time_days));
            for quantity in &QUANTITIES {
                text.push(',');
                text.push_str(&exact(row.value(quantity.column)));
            }
            text.push('\n');
        }
    }
    text
}
