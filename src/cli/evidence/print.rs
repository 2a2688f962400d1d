//! Trials beside predictions: on the terminal, as JSON and as Markdown.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::about::{DISCLAIMER, PROGRAM};
use crate::cli::session::extent::Extent;
use crate::cli::table::{self, Align};
use crate::cli::terminal::Terminal;
use crate::evidence::prediction::{Agreement, Compared, Prediction};
use crate::evidence::score::{Score, surprises, topics};
use crate::evidence::table::{HEADINGS, NUMBERS, observed, predicted, rows, treatment};
use crate::evidence::trial::Trial;
use crate::parameters::Hypothesis;
use crate::printed::{in_markdown, shown_path};

/// Scores, and every comparison by topic.
pub(crate) fn summary(
    compared: &[Compared],
    extent: &Extent,
    path: &Path,
    terminal: &Terminal,
) -> String {
    let mut text = String::from("How far does the model agree with published trials?\n");
    extent.mark().iter().for_each(|mark| text += &format!("{mark}\n"));
    for score in scores(compared) {
        let _ = writeln!(text, "{}", score_line(&score));
    }
    let heading = [
        ("trial", Align::Left),
        ("observed [interval]", Align::Left),
        ("paradox", Align::Left),
        ("conservative", Align::Left),
        ("of", Align::Left),
    ];
    for topic in topics(compared) {
        let _ = write!(text, "\n{topic}\n");
        let own = compared.iter().filter(|one| one.trial.topic == topic);
        let cells = own.map(|one| {
            let mut row = vec![one.trial.id.clone(), observed(&one.trial)];
            row.extend(one.predictions.iter().map(|prediction| cell(&one.trial, prediction)));
            row.push(source(&one.trial));
            row
        });
        text.push_str(&table::list(&heading, &cells.collect::<Vec<_>>(), terminal.list_width()));
    }
    let surprises = surprises(compared);
    if !surprises.is_empty() {
        let _ = write!(text, "\nOther than expected_set says: {}\n", surprises.join(", "));
    }
    let _ = write!(
        text,
        "\n✓ hit · 0 null kept null · > direction only · ✗ miss\n\
         Tables and forest plots  {}\n",
        shown_path(path)
    );
    text
}

/// Citation and treatment of a trial.
fn source(trial: &Trial) -> String {
    let parts = [trial.citation.clone(), treatment(trial)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// The value with the mark of its agreement.
fn cell(trial: &Trial, prediction: &Prediction) -> String {
    let mark = match prediction.agreement {
        Agreement::Hit => "✓",
        Agreement::NullKeptNull => "0",
        Agreement::DirectionOnly => ">",
        Agreement::NoDifference => "≈",
        Agreement::Miss => "✗",
    };
    format!("{mark} {}", predicted(trial, prediction))
}

fn scores(compared: &[Compared]) -> impl Iterator<Item = Score> {
    Hypothesis::ALL.into_iter().map(|set| Score::of(set, compared.iter()))
}

/// "paradox: 95 of 101 hold (sizes 68 of 68, nulls 12 of 16, directions 15 of 17); 2 of 2 that no
/// study stands behind".
pub(crate) fn score_line(score: &Score) -> String {
    let [sizes, nulls, directions] = score.by_kind.map(|(holds, all)| format!("{holds} of {all}"));
    let beside = match score.unpublished {
        (_, 0) => String::new(),
        (holds, all) => format!("; {holds} of {all} that no study stands behind"),
    };
    format!(
        "{}: {} of {} hold (sizes {sizes}, nulls {nulls}, directions {directions}){beside}",
        score.set.name(),
        score.holds,
        score.all,
    )
}

/// The same as one JSON document.
pub(crate) fn document(compared: &[Compared], extent: &Extent) -> String {
    let object = |row: Vec<String>| -> Map<String, Value> {
        let cells = HEADINGS.iter().zip(row);
        let value = |name: &str, cell: String| match cell.parse::<f64>() {
            Ok(number) if NUMBERS.contains(&name) => json!(number),
            _ if cell.is_empty() => Value::Null,
            _ => json!(cell),
        };
        cells.map(|(name, cell)| ((*name).to_owned(), value(name, cell))).collect()
    };
    let score = |score: Score| {
        let (holds, all) = score.unpublished;
        let unpublished = json!({ "holds": holds, "of": all });
        let (set, of) = (score.set.name(), score.all);
        json!({ "set": set, "holds": score.holds, "of": of, "without_a_study": unpublished })
    };
    let document = json!({
        "program": PROGRAM,
        "disclaimer": DISCLAIMER,
        "complete": extent.is_complete(),
        "extent": extent.document(),
        "scores": scores(compared).map(score).collect::<Vec<_>>(),
        "comparisons": rows(compared).into_iter().map(object).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

/// The same as a Markdown document.
pub(crate) fn markdown(compared: &[Compared], extent: &Extent) -> String {
    let mut text = String::from("# The model beside published trials\n\n");
    extent.mark().iter().for_each(|mark| text += &format!("**{mark}.**\n\n"));
    for score in scores(compared) {
        let _ = writeln!(text, "- {}", score_line(&score));
    }
    for topic in topics(compared) {
        let _ = write!(
            text,
            "\n## {}\n\n| trial | read-out | observed [interval] | paradox | conservative | number read in | notes |\n|---|---|---|---|---|---|---|\n",
            in_markdown(topic)
        );
        for one in compared.iter().filter(|one| one.trial.topic == topic) {
            let trial = &one.trial;
            let [first, second] = [0, 1].map(|index| one.predictions.get(index));
            let cell = |prediction: Option<&Prediction>| {
                prediction.map_or_else(String::new, |one| {
                    format!("{} ({})", predicted(trial, one), one.agreement.words())
                })
            };
            let cells = [
                format!("{}: {}, {}", trial.citation, treatment(trial), trial.population),
                format!("{}, {}", trial.read_out.words, trial.comparison.name().replace('_', " ")),
                observed(trial),
                cell(first),
                cell(second),
                trial.checked.clone(),
                trial.notes.clone(),
            ];
            let _ = writeln!(text, "| {} |", cells.map(|cell| in_markdown(&cell)).join(" | "));
        }
    }
    let _ = write!(text, "\n{DISCLAIMER}\n");
    text
}
