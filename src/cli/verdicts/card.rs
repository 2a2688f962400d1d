//! One statement with all that is known of it, on the terminal.

use crate::cli::table::{headings, list, wrapped};
use crate::cli::terminal::Terminal;
use crate::evidence::table::{observed, predicted, short_citation, treatment};
use crate::library::answer::numbers;
use crate::parameters::source;
use crate::scenario::claims::Claim;
use crate::verdicts::evaluation::{InSet, Judged};
use crate::verdicts::judgement::Verdict;
use crate::verdicts::shown::{robustness, verdict_words};
use crate::verdicts::table::{key_numbers, physiologist};

/// Width of texts where the terminal has none.
const WIDEST: usize = 100;

/// The card of a statement.
pub(super) fn card(judged: &Judged, terminal: &Terminal) -> String {
    let width = terminal.width().min(WIDEST);
    let own = &judged.file.statement;
    let mut text = format!("{} {}\n", judged.verdict.mark(), heading(judged));
    text += &format!("  {}: {} · {}\n", own.topic, own.kind.name(), own.id);
    for (name, words) in paragraphs(judged) {
        if !words.is_empty() {
            text += &format!("\n{name}\n  {}\n", wrapped(&words, width - 2).join("\n  "));
        }
    }
    text += &tests(judged, terminal.list_width());
    text += &trials(judged, terminal.list_width());
    let sources = own.references.iter().filter_map(|key| source(key));
    for (number, source) in sources.enumerate() {
        text += if number == 0 { "\nSources\n" } else { "" };
        text += &format!("  {}\n", source.citation);
    }
    text
}

/// "False: “Vitamin K2 blocks the uptake of calcium”".
pub(super) fn heading(judged: &Judged) -> String {
    format!("{}: “{}”", verdict_words(judged), judged.file.statement.words)
}

/// Headings with their texts; some may be empty.
pub(super) fn paragraphs(judged: &Judged) -> Vec<(&'static str, String)> {
    let own = &judged.file.statement;
    vec![
        ("In the sets", in_the_sets(judged)),
        ("What a physiologist says", physiologist(judged)),
        ("What the model assumes", assumption(judged)),
        ("What would be needed", own.needs.clone()),
        ("Robustness", robustness(judged)),
    ]
}

/// "paradox: no difference · conservative: no difference".
fn in_the_sets(judged: &Judged) -> String {
    if judged.verdict == Verdict::NotInThisModel {
        return String::new();
    }
    let sets = judged.sets.iter();
    let told = sets.map(|own| {
        let alone = own.missed_alone.and_then(|_| key_numbers(judged, own));
        let alone = alone.map_or_else(String::new, |alone| format!(" ({alone})"));
        format!("{}: {}{alone}", own.set.name(), own.outcome.words())
    });
    told.collect::<Vec<_>>().join(" · ")
}

/// The assumption, and what follows without it.
fn assumption(judged: &Judged) -> String {
    let Some(assumption) = &judged.file.statement.assumption else { return String::new() };
    let without = judged
        .sets
        .iter()
        .filter_map(|own| Some(format!("{} under {}", own.otherwise?.words(), own.set.name())));
    let without = without.collect::<Vec<_>>().join(", ");
    let changes = assumption.otherwise.iter().map(|(name, value)| format!("{name} = {value}"));
    let changes = changes.collect::<Vec<_>>().join(", ");
    format!("{} Without it ({changes}) the statement is: {without}.", assumption.words)
}

/// Every test in both sets.
fn tests(judged: &Judged, width: usize) -> String {
    let mut text = String::new();
    for (heading, decides) in [("Tests", true), ("Beside", false)] {
        let claims = judged.claims().iter().enumerate();
        let own: Vec<_> = claims.filter(|(_, claim)| claim.decides == decides).collect();
        if own.is_empty() {
            continue;
        }
        let rows = own.iter().map(|(position, claim)| {
            let mut row: Vec<String> =
                judged.sets.iter().map(|own| test(claim, own, *position)).collect();
            row.insert(0, format!("  {}", says(claim)));
            row.push(claim.text.trim().to_owned());
            row
        });
        let head = format!("{heading}|paradox|conservative|condition");
        text += "\n";
        text += &list(&headings(&head), &rows.collect::<Vec<_>>(), width);
    }
    text
}

/// What a test says, with its case.
pub(super) fn says(claim: &Claim) -> String {
    match claim.case.as_str() {
        "" => claim.says.clone(),
        case => format!("{case}: {}", claim.says),
    }
}

/// "29.2 against 29.2: no difference".
pub(super) fn test(claim: &Claim, own: &InSet, position: usize) -> String {
    own.claim(position).map_or_else(
        || "cannot be told".to_owned(),
        |judged| format!("{}: {}", numbers(claim, judged), judged.judgement.word()),
    )
}

/// The rows of the evidence table that the statement names.
fn trials(judged: &Judged, width: usize) -> String {
    if judged.rows.is_empty() {
        return String::new();
    }
    let rows = judged.rows.iter().map(|row| {
        let trial = &row.trial;
        let mut cells = vec![format!("  {}", trial.id), observed(trial)];
        cells.extend(
            row.predictions
                .iter()
                .map(|own| format!("{}: {}", predicted(trial, own), own.agreement.words())),
        );
        cells.push(format!("{}: {}", short_citation(trial), treatment(trial)));
        cells
    });
    let head = headings("Trials|observed [interval]|paradox|conservative|of");
    format!("\n{}", list(&head, &rows.collect::<Vec<_>>(), width))
}
