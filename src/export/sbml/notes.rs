//! The notes of a document for its readers.

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::export::sbml::ExportedArm;
use crate::parameters::{parameter_info, source};
use crate::physiology::inputs::input;
use crate::physiology::ledger::{LEDGER, Pool};
use crate::physiology::state::STATES;
use crate::xml::Element;

const XHTML: &str = "http://www.w3.org/1999/xhtml";

fn notes(paragraphs: impl IntoIterator<Item = String>) -> Element {
    let paragraphs = paragraphs.into_iter().map(|text| Element::new("p").text(text));
    let body = Element::new("body").with("xmlns", XHTML).holding_all(paragraphs);
    Element::new("notes").holding(body)
}

/// Disclaimer, origin, and how the document differs from a run of the program.
pub(crate) fn of_model(subject: &ExportedArm<'_>) -> Element {
    let ExportedArm { scenario, arm, .. } = subject;
    let of_set = arm.hypothesis.differences().unwrap_or_default();
    let changed = of_set
        .iter()
        .chain(&arm.parameter_changes)
        .map(|(name, value)| format!("{name} = {value}"));
    let changed = changed.collect::<Vec<_>>().join(", ");
    let changed = if changed.is_empty() { "none".to_owned() } else { changed };
    let mut paragraphs = vec![
        format!("Calcifate: {SHORT_DISCLAIMER}. A population average, for teaching."),
        format!("Scenario: {}. Arm: {} ({}).", scenario.title, arm.label, arm.name),
        format!(
            "Written by {PROGRAM}, model {MODEL_VERSION}, hypothesis set {}; changed parameters: {changed}.",
            arm.hypothesis.name()
        ),
        format!(
            "Time is in days from the start of the scenario, at the age of {} years; the scenario ends \
             on day {}. The initial values are the state after the lived past (prelude, life history); \
             they are numbers and do not follow a parameter that is changed here.",
            arm.person.start_age_years, arm.duration_days
        ),
        "Eating is a constant rate (averaged intake): stomach and intestine stay empty. Inputs are \
         parameters that change at the start of a phase (events). The person's numbers are \
         constants. A parameter that acts only through them, through the past or through \
         meals is left out."
            .to_owned(),
        "Calcium moves only along the rows of the ledger: each flow leaves one pool and enters \
         another, so the sum of all pools is constant. Accumulators (intake, feces, urine, sweat) \
         count from day 0."
            .to_owned(),
        "Integrate with a stiff method and a relative tolerance of 1e-6 or less.".to_owned(),
    ];
    if !scenario.question.trim().is_empty() {
        paragraphs.insert(1, scenario.question.trim().to_owned());
    }
    notes(paragraphs)
}

/// The source and target pool of a flow of the ledger.
pub(crate) fn of_flow(rule: &str) -> Option<Element> {
    let movement = LEDGER.iter().find(|row| rule.strip_suffix("_mg_per_day") == Some(row.name))?;
    let pool = |pool: Pool| STATES.get(pool.state()).map(|state| state.name);
    let (from, to) = (pool(movement.from)?, pool(movement.to)?);
    Some(notes([format!("Row of the ledger of calcium: from {from} to {to}.")]))
}

/// Grade, range and source of a parameter of the table, or the range of an input.
pub(crate) fn of_parameter(name: &str) -> Option<Element> {
    let Some(row) = parameter_info(name) else {
        return input(name).map(|row| {
            let (low, high) = row.allowed;
            notes([format!("Input. Allowed: {low} to {high}.")])
        });
    };
    let mut text = format!("Grade: {}. Source: {}", row.evidence.word(), row.source);
    if let Some(source) = source(row.source) {
        text += &format!(" ({})", source.citation);
    }
    text += ".";
    if let (Some(low), Some(high)) = (row.low, row.high) {
        text += &format!(" Range: {low} to {high}.");
    }
    if !row.note.is_empty() {
        text += &format!(" Note: {}.", row.note.trim_end_matches('.'));
    }
    Some(notes([text]))
}
