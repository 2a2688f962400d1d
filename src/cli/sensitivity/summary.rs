//! The summary of a sensitivity analysis on the terminal: first on which grades the variance rests.

use std::path::Path;

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::cli::sensitivity::numbers::{self, OPEN};
use crate::cli::sweep::summary::implausible;
use crate::cli::table::{Align, README_WIDTH, TableColumn, list, paragraphs, side_by_side, titled};
use crate::cli::terminal::{Emphasis, Terminal, mark};
use crate::printed::shown_path;
use crate::sweep::sensitivity::estimate::Reliability;
use crate::sweep::sensitivity::indices::{
    ClassShare, IndexKind, OutcomeIndices, most_detailed, outcomes,
};
use crate::sweep::sensitivity::{EvidenceClass, Sensitivity, SensitivityMethod, class_word};
use crate::words::names;
use crate::words::numbers::{count, fixed, short};

/// Inputs that are listed for each outcome; all stand in `indices.csv`.
const LISTED: usize = 8;

/// Inputs whose index is a smaller part of the largest are not listed.
const NEGLIGIBLE: f64 = 0.01;

/// Lists of inputs need this much, also where a terminal is narrower: it wraps them.
const LEAST_WIDTH: usize = 120;

/// The summary. `failed` counts the failed runs of each method.
pub(crate) fn summary(
    sensitivity: &Sensitivity,
    indices: &[OutcomeIndices],
    failed: &[u64],
    folder: &Path,
    terminal: &Terminal,
) -> String {
    let on = terminal.colored_results;
    let mut text = format!("{}\n", Emphasis::Bold.paint(&sensitivity.title, on));
    if !sensitivity.question.is_empty() {
        text += &format!("{}\n", sensitivity.question);
    }
    text += &format!("\n{}", headline(sensitivity, indices, terminal));
    for outcome in outcomes(indices) {
        text += &format!("\n{}", listing(sensitivity, indices, outcome, terminal));
    }
    text.push('\n');
    if !sensitivity.answer.is_empty() {
        text += &titled("Answer", std::slice::from_ref(&sensitivity.answer), terminal.width());
    }
    text + &ending(sensitivity, failed, folder, on)
}

/// The outcome's name with its unit, in words.
fn outcome_heading(sensitivity: &Sensitivity, outcome: usize) -> String {
    let analysis = sensitivity.analyses.first();
    let found = analysis.and_then(|analysis| analysis.sweep.outcomes.get(outcome));
    found.map_or_else(String::new, |outcome| {
        let column = outcome.column();
        names::heading_in(&column.name, &column.unit, outcome.shown_unit())
    })
}

/// The grades on which the variance of each outcome rests; always shown.
fn headline(sensitivity: &Sensitivity, indices: &[OutcomeIndices], terminal: &Terminal) -> String {
    let on = terminal.colored_results;
    let best: Vec<&OutcomeIndices> =
        outcomes(indices).iter().filter_map(|at| most_detailed(indices, *at).1).collect();
    let names: Vec<String> =
        best.iter().map(|indices| outcome_heading(sensitivity, indices.outcome)).collect();
    let mut columns: Vec<TableColumn> =
        sensitivity.classes().flat_map(|class| of_class(&best, class)).collect();
    let sampled = best.iter().any(|indices| indices.method == SensitivityMethod::Grades);
    if sampled && sensitivity.classes().count() > 1 {
        let cells = best.iter().map(|indices| between(indices)).collect();
        columns.push(("between grades".to_owned(), cells));
    }
    let heading = "On what the variance rests, by the grade of the parameters";
    let mut text = format!("{}\n", Emphasis::Bold.paint(heading, on));
    text += &side_by_side(&names, &columns, terminal.width());
    text += &bases(&best, &names);
    let reliabilities: Vec<Reliability> = best
        .iter()
        .flat_map(|indices| &indices.shares)
        .flat_map(|share| std::iter::once(share.alone).chain(share.with_others))
        .map(|(_, reliability)| reliability)
        .collect();
    text + &numbers::marks(&reliabilities, sensitivity.precision, "grade_samples")
}

/// The columns of a class: first with its interactions, where a method tells them.
fn of_class(best: &[&OutcomeIndices], class: EvidenceClass) -> Vec<TableColumn> {
    let share = |indices: &OutcomeIndices| {
        indices.shares.iter().find(|share| share.class == class).copied()
    };
    let column = |heading: String, of: &dyn Fn(ClassShare) -> String| {
        let cell = |indices: &&OutcomeIndices| share(indices).map_or_else(String::new, of);
        (heading, best.iter().map(cell).collect())
    };
    let word = class_word(class);
    let alone = |share: ClassShare| numbers::share(share.alone);
    let with = |share: ClassShare| share.with_others.map_or_else(|| "–".to_owned(), numbers::share);
    if best.iter().filter_map(|indices| share(indices)).all(|share| share.with_others.is_none()) {
        return vec![column(word.to_owned(), &alone)];
    }
    vec![
        column(format!("{word} with interactions"), &with),
        column(format!("{word} alone"), &alone),
    ]
}

/// The meaning of the shares; by the name of the outcome where outcomes differ.
fn bases(best: &[&OutcomeIndices], names: &[String]) -> String {
    let known = |indices: &OutcomeIndices| {
        indices.shares.iter().any(|share| share.alone.0.value.is_finite())
    };
    let indices: Vec<(&OutcomeIndices, &str)> =
        best.iter().copied().zip(names.iter().map(String::as_str)).collect();
    let (known, unknown): (Vec<_>, Vec<_>) =
        indices.into_iter().partition(|(indices, _)| known(indices));
    let mut text = String::new();
    for method in SensitivityMethod::ALL.into_iter().rev() {
        let own = known.iter().filter(|(indices, _)| indices.method == method);
        let own: Vec<&str> = own.map(|(_, name)| *name).collect();
        if own.len() < known.len() && !own.is_empty() {
            text += &format!("{}: ", own.join(", "));
        }
        text += if own.is_empty() { "" } else { basis(method) };
    }
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().map(|(_, name)| *name).collect();
        text += &format!(
            "{}: no shares, as no run gave a number or nothing changes it.\n",
            names.join(", ")
        );
    }
    text
}

/// The share that no grade explains alone; only where all others are known well enough.
fn between(indices: &OutcomeIndices) -> String {
    let known =
        |reliability| matches!(reliability, Reliability::Converged | Reliability::Noise { .. });
    let all_told = indices.shares.iter().all(|share| known(share.alone.1));
    let sum: f64 = indices.shares.iter().map(|share| share.alone.0.value.max(0.0)).sum();
    match indices.shares.first().map(|share| share.alone.1) {
        _ if all_told && sum >= 1.0 => "0 %".to_owned(),
        _ if all_told => format!("{} %", fixed(100.0 * (1.0 - sum), 0)),
        Some(Reliability::Undefined) | None => "–".to_owned(),
        Some(_) => OPEN.to_owned(),
    }
}

fn basis(method: SensitivityMethod) -> &'static str {
    match method {
        SensitivityMethod::Sobol => "All inputs are of one grade, which has all of the variance.\n",
        SensitivityMethod::Grades => {
            "Sobol′ indices of each grade as a whole: with interactions, or alone (with those inside the \
             grade). With interactions is the honest number; it counts what grades do together for each.\n"
        }
        SensitivityMethod::Morris => {
            "Without Sobol′ samples: shares of the sum of mean squared effects (Morris); right only as \
             far as outcomes are straight lines in the inputs.\n"
        }
        SensitivityMethod::Local => {
            "Without samples: variance carried along the slopes at the scenario's values; right only \
             as far as outcomes are straight lines.\n"
        }
    }
}

/// The inputs that matter most for an outcome.
fn listing(
    sensitivity: &Sensitivity,
    indices: &[OutcomeIndices],
    outcome: usize,
    terminal: &Terminal,
) -> String {
    let Some(leading) = most_detailed(indices, outcome).0 else { return String::new() };
    let name = outcome_heading(sensitivity, outcome);
    let mut heading = Emphasis::Bold.paint(&name, terminal.colored_results);
    if !leading.mean.is_finite() {
        return format!("{heading}\nNo run gave a number for it, so nothing is known about it.\n");
    }
    if leading.deviation.is_finite() {
        let (mean, deviation) = (short(leading.mean, 3), short(leading.deviation, 3));
        heading += &format!(" · {mean} ± {deviation} (mean, standard deviation)");
    }
    let ranked = leading.ranked();
    if ranked.is_empty() {
        return format!("{heading}\nNothing that varies changes it.\n");
    }
    let columns = columns(indices, outcome);
    let mut headings = vec![("parameter", Align::Left)];
    headings.extend(columns.iter().map(|(heading, ..)| (*heading, Align::Right)));
    headings.extend([("grade", Align::Left), ("source", Align::Left)]);
    let mut reliabilities = Vec::new();
    let strongest = size_of(leading, ranked.first().copied());
    let rows: Vec<Vec<String>> = ranked
        .iter()
        .take(LISTED)
        .filter(|position| size_of(leading, Some(**position)) >= NEGLIGIBLE * strongest)
        .filter_map(|position| {
            let factor = sensitivity.factors.get(*position)?;
            let mut row = vec![factor.name.clone()];
            for (_, indices, measure) in &columns {
                let index = indices.index(*position, *measure);
                reliabilities.extend(index.map(|index| index.reliability));
                row.push(numbers::index(index));
            }
            row.extend([class_word(factor.class), factor.source].map(str::to_owned));
            Some(row)
        })
        .collect();
    let mut text =
        format!("{heading}\n{}", list(&headings, &rows, terminal.width().max(LEAST_WIDTH)));
    let rest = ranked.len() - rows.len();
    if rest > 0 {
        let idle = sensitivity.factors.len() - ranked.len();
        text += &format!("and {rest} more with an effect; {idle} without\n");
    }
    if rows.iter().flatten().any(|cell| cell == "–") {
        text += "– no such number: an elasticity needs an input and an outcome that are not 0\n";
    }
    text + &numbers::marks(&reliabilities, sensitivity.precision, "samples")
}

/// The size of a factor's leading index.
fn size_of(indices: &OutcomeIndices, position: Option<usize>) -> f64 {
    let index = position.and_then(|position| indices.index(position, indices.ranking()));
    index.map_or(0.0, |index| index.estimate.value.abs())
}

/// The listed columns: heading, source, measure.
fn columns(
    indices: &[OutcomeIndices],
    outcome: usize,
) -> Vec<(&'static str, &OutcomeIndices, IndexKind)> {
    let of = |method: SensitivityMethod| {
        indices.iter().find(|indices| indices.outcome == outcome && indices.method == method)
    };
    let sobol = of(SensitivityMethod::Sobol);
    let mut columns = Vec::new();
    if let Some(indices) = sobol {
        columns.push(("with interactions", indices, IndexKind::TotalOrder));
        columns.push(("alone", indices, IndexKind::FirstOrder));
    }
    if let Some(indices) = of(SensitivityMethod::Morris).filter(|_| sobol.is_none()) {
        columns.push(("effect μ*", indices, IndexKind::MuStar));
        columns.push(("spread σ", indices, IndexKind::Sigma));
    }
    if let Some(indices) = of(SensitivityMethod::Local) {
        columns.push(("elasticity", indices, IndexKind::Elasticity));
    }
    columns
}

/// The last lines: how many runs are complete, and where the files are.
fn ending(sensitivity: &Sensitivity, failed: &[u64], folder: &Path, on: bool) -> String {
    let mut text = String::new();
    for (analysis, failed) in sensitivity.analyses.iter().zip(failed) {
        let runs = analysis.sweep.plan.runs();
        let mark = mark(*failed == 0, on);
        let name = analysis.method.name();
        let complete = count(runs.saturating_sub(*failed));
        text += &format!("Runs     {mark} {name}: {complete} of {} complete", count(runs));
        if *failed > 0 {
            let list = folder.join(analysis.method.word()).join("failures.csv");
            text += &format!(
                "; the others are left out, so indices hold only for the rest of what varies; \
                 causes: {}",
                shown_path(&list)
            );
        }
        text.push('\n');
        let implausible = implausible(&folder.join(analysis.method.word()), runs);
        if !implausible.is_empty() {
            text += &format!("         {name}: {}", implausible.trim_start());
        }
    }
    text += &format!("Indices  {}\n", shown_path(&folder.join("indices.csv")));
    text + &format!("Grades   {}\n", shown_path(&folder.join("grades.csv")))
}

/// Text for a person who opens the folder.
pub(crate) fn readme(sensitivity: &Sensitivity) -> String {
    let answer = match sensitivity.answer.as_str() {
        "" => String::new(),
        answer => format!("Answer: {answer}"),
    };
    let texts = [sensitivity.question.as_str(), &answer];
    let texts = texts.iter().flat_map(|text| paragraphs(text, README_WIDTH));
    let mut text = format!(
        "{}\n{}\n\n\
         {DISCLAIMER}\n\n\
         indices.csv    every index of every input with its interval; without a number where it\n\
        \x20              has not converged, with the samples that would be wanted\n\
         grades.csv     which share of the variance rests on assumed, fitted, measured parameters\n\
         figures/       each as SVG and PNG, with a description in words\n\
         manifest.toml  all that is needed to repeat the analysis\n",
        sensitivity.title,
        texts.collect::<Vec<_>>().join("\n\n"),
    );
    for analysis in &sensitivity.analyses {
        let (word, name) = (analysis.method.word(), analysis.method.name());
        text +=
            &format!("{:<14} the runs of the method {name}, as of a sweep\n", format!("{word}/"));
    }
    text += "\n\
        elasticity       d ln y / d ln p at the values of the scenario\n\
        effect_of_range  slope there times the range of the input\n\
        mu, mu_star, sigma  mean, mean size and spread of the effects of the whole range (Morris)\n\
        first_order      share of the variance by the input alone (Sobol', Saltelli 2010)\n\
        total_order      the same with all interactions (Jansen 1999)\n";
    text + &format!("\nMade by {PROGRAM} with model {MODEL_VERSION}.\n")
}
