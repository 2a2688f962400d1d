//! The same content as the terminal's, as one JSON document for programs.

use serde_json::{Map, Value, json};

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::cli::exit_status::ExitStatus;
use crate::cli::run::finished::FinishedRun;
use crate::library::run::Run;
use crate::physiology::quantities::QUANTITIES;
use crate::simulation::ArmRun;
use crate::words::people;

/// The document of all scenarios; `errors` are those that were printed.
pub(crate) fn document(finished: &[FinishedRun], status: ExitStatus, errors: &[String]) -> Value {
    json!({
        "program": PROGRAM,
        "model": MODEL_VERSION,
        "note": SHORT_DISCLAIMER,
        "exit_code": status.code(),
        "errors": errors,
        "scenarios": finished.iter().map(scenario).collect::<Vec<_>>(),
    })
}

fn scenario(run: &FinishedRun) -> Value {
    let scenario = &run.run.scenario;
    let folder = run.folder.as_ref().map(|folder| folder.display().to_string());
    let figures = run.figures.iter().map(|figure| format!("figures/{}.svg", figure.name));
    let warnings = run.run.scenario.warnings.iter().map(|problem| problem.message.clone());
    let departures = run.run.departures.iter().map(|(arm, departure)| {
        json!({
            "arm": arm,
            "quantity": departure.quantity.name,
            "first_day": departure.first_day,
            "worst": departure.worst,
            "livable": [departure.livable.0, departure.livable.1],
        })
    });
    json!({
        "name": scenario.name,
        "file": run.path,
        "title": scenario.title,
        "question": scenario.question,
        "answer": run.run.answer(),
        "under_other_set": run.under_other_set.as_ref().map(|other| json!({
            "hypothesis": people::hypotheses(&other.scenario.arms),
            "answer": other.answer(),
            "claims": claims(other),
        })),
        "person": people::person(&scenario.arms),
        "hypothesis": people::hypotheses(&scenario.arms),
        "complete": run.run.is_complete(),
        "fingerprint": run.run.fingerprint(),
        "folder": folder,
        "arms": arms(run),
        "claims": claims(&run.run),
        "figures": figures.collect::<Vec<_>>(),
        "warnings": warnings.collect::<Vec<_>>(),
        "beyond_life": departures.collect::<Vec<_>>(),
    })
}

fn arms(run: &FinishedRun) -> Vec<Value> {
    let arms = run.run.arms().map(|(arm, result)| {
        let balance = run.run.balance(&arm.name);
        json!({
            "name": arm.name,
            "label": arm.label,
            "failure": result.failure.as_ref().map(ToString::to_string),
            "work": result.trajectory.work,
            "duration_days": arm.duration_days,
            "values": values(result),
            "balance": balance.map(|balance| json!({
                "eaten_mg": balance.eaten_mg,
                "excreted_mg": balance.excreted_mg(),
                "stored_mg": balance.total_stored_mg(),
                "residual_mg": balance.residual_mg,
                "tolerance_mg": balance.tolerance_mg(),
                "holds": balance.holds(),
            })),
        })
    });
    arms.collect()
}

/// Start, end and change of every state and read-out.
fn values(result: &ArmRun) -> Map<String, Value> {
    let rows = &result.trajectory.rows;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Map::new() };
    let reported = QUANTITIES.iter().filter(|quantity| !quantity.column.is_flow());
    reported
        .map(|quantity| {
            let (start, end) = (first.value(quantity.column), last.value(quantity.column));
            let value =
                json!({"unit": quantity.unit, "start": start, "end": end, "change": end - start});
            (quantity.name.to_owned(), value)
        })
        .collect()
}

fn claims(run: &Run) -> Vec<Value> {
    let judged = run.judged_claims();
    judged
        .map(|(claim, verdict)| {
            json!({
                "says": claim.says,
                "that": claim.text,
                "holds": verdict.holds(),
                "judgement": verdict.judgement.word(),
                "left": verdict.left,
                "right": verdict.right,
                "unit": verdict.unit,
                "text": verdict.text,
            })
        })
        .collect()
}
