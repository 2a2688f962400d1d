//! Statements by topic or one by one: on the terminal, as JSON, as Markdown.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::about::{DISCLAIMER, PROGRAM};
use crate::cli::session::extent::Extent;
use crate::cli::table::{headings, list, object, wrapped};
use crate::cli::terminal::Terminal;
use crate::evidence::table::{observed, predicted, short_citation, treatment};
use crate::library::answer::numbers;
use crate::parameters::source;
use crate::printed::in_markdown;
use crate::scenario::claims::Claim;
use crate::verdicts::evaluation::{InSet, Judged, topics};
use crate::verdicts::judgement::{DRAWS, Verdict};
use crate::verdicts::shown::{robustness, verdict_words};
use crate::verdicts::table::{STATEMENTS, TESTS, key_numbers, physiologist, statements, tests};
use crate::words::numbers::fixed;

/// Every statement on a line, by topic, and how many there are of each verdict.
pub(super) fn overview(judged: &[Judged], extent: &Extent, terminal: &Terminal) -> String {
    let mut text = String::from("What survives of what people say about calcium and vitamin K2?\n");
    extent.mark().iter().for_each(|mark| text += &format!("{mark}\n"));
    let counts = Verdict::ALL.into_iter().filter_map(|verdict| {
        let count = judged.iter().filter(|one| one.verdict == verdict).count();
        (count > 0).then(|| format!("{} {} {count}", verdict.mark(), verdict.words()))
    });
    let _ = writeln!(text, "{}", counts.collect::<Vec<_>>().join(" · "));
    let head = headings("verdict|id|paradox|conservative|statement");
    for topic in topics(judged) {
        let _ = write!(text, "\n{topic}\n");
        let own = judged.iter().filter(|one| one.file.statement.topic == topic);
        let rows = own.map(|one| {
            let verdict = format!("{} {}", one.verdict.mark(), one.verdict.words());
            let mut row = vec![verdict, one.file.statement.id.clone()];
            row.extend(one.sets.iter().map(|own| in_short(one, own)));
            row.push(one.file.statement.words.clone());
            row
        });
        text += &list(&head, &rows.collect::<Vec<_>>(), terminal.list_width());
    }
    text +=
        "\nNumbers are those of the first test, or of the first trial beside what was observed.\n";
    if judged.iter().flat_map(|one| &one.sets).any(|own| own.robustness.is_some()) {
        let _ = writeln!(
            text,
            "[%]: the share of {DRAWS} draws of the other parameters with that verdict."
        );
    }
    text += "A card with all tests: calcifate verdicts ID\n";
    text
}

/// "true: 76 against 114 AU", with the robustness if it is known.
fn in_short(judged: &Judged, own: &InSet) -> String {
    if judged.verdict == Verdict::NotInThisModel {
        return String::new();
    }
    let numbers = key_numbers(judged, own).map(|numbers| format!(": {numbers}"));
    let share = own.robustness.map(|share| match judged.verdict {
        Verdict::ByAssumption => " [assumed]".to_owned(), // never "100 %"
        _ => format!(" [{} %]", fixed(share.percent(), 0)),
    });
    format!("{}{}{}", own.outcome.words(), numbers.unwrap_or_default(), share.unwrap_or_default())
}

/// The same as one JSON document.
pub(super) fn document(judged: &[Judged], extent: &Extent) -> Value {
    let is_typed = |name: &str| {
        name.ends_with("percent") || matches!(name, "test" | "value" | "other" | "decides")
    };
    let card = |(row, one): (&Vec<String>, &Judged)| {
        let tests = tests(std::slice::from_ref(one));
        let tests: Vec<_> = tests.iter().map(|row| object(TESTS, row, is_typed)).collect();
        let trials = one.rows.iter().map(|row| {
            json!({
                "id": row.trial.id,
                "citation": row.trial.citation,
                "observed": observed(&row.trial),
                "predictions": row.predictions.iter().map(|own| json!({
                    "set": own.set.name(),
                    "value": own.value.as_ref().ok(),
                    "agreement": own.agreement.words(),
                })).collect::<Vec<_>>(),
            })
        });
        let mut card = object(STATEMENTS, row, is_typed);
        card.insert("physiologist".to_owned(), json!(physiologist(one)));
        card.insert("tests".to_owned(), json!(tests));
        card.insert("trials".to_owned(), trials.collect());
        card
    };
    json!({
        "program": PROGRAM,
        "disclaimer": DISCLAIMER,
        "complete": extent.is_complete(),
        "extent": extent.document(),
        "statements": statements(judged).iter().zip(judged).map(card).collect::<Vec<_>>(),
    })
}

/// The same as a Markdown document: a card for each statement, by topic.
pub(super) fn markdown(judged: &[Judged], extent: &Extent) -> String {
    let mut text = String::from("# Statements about calcium and vitamin K2, put to the test\n");
    extent.mark().iter().for_each(|mark| text += &format!("\n**{mark}.**\n"));
    for topic in topics(judged) {
        let _ = write!(text, "\n## {}\n", in_markdown(topic));
        for one in judged.iter().filter(|one| one.file.statement.topic == topic) {
            text += &markdown_card(one);
        }
    }
    let _ = write!(text, "\n{DISCLAIMER}\n");
    text
}

fn markdown_card(one: &Judged) -> String {
    let mut text = format!("\n### {}\n", in_markdown(&heading(one)));
    for (name, words) in paragraphs(one).iter().filter(|(_, words)| !words.is_empty()) {
        let _ = write!(text, "\n**{name}.** {}\n", in_markdown(words.trim()));
    }
    let cells = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| in_markdown(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    if !one.claims().is_empty() {
        text += "\n| test | paradox | conservative | condition |\n|---|---|---|---|\n";
    }
    for (position, claim) in one.claims().iter().enumerate() {
        let beside = if claim.decides { "" } else { " (beside)" };
        let mut row = vec![format!("{}{beside}", says(claim))];
        row.extend(one.sets.iter().map(|own| test(claim, own, position)));
        row.push(claim.text.trim().to_owned());
        text += &cells(row);
    }
    if !one.rows.is_empty() {
        text +=
            "\n| trial | observed \\[interval\\] | paradox | conservative |\n|---|---|---|---|\n";
    }
    for row in &one.rows {
        let mut own = vec![
            format!("{}: {}", row.trial.citation, treatment(&row.trial)),
            observed(&row.trial),
        ];
        own.extend(
            row.predictions
                .iter()
                .map(|one| format!("{} ({})", predicted(&row.trial, one), one.agreement.words())),
        );
        text += &cells(own);
    }
    text
}

/// Width of texts where the terminal has none.
const WIDEST: usize = 100;

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
    text += &table_of_tests(judged, terminal.list_width());
    text += &table_of_trials(judged, terminal.list_width());
    let sources = own.references.iter().filter_map(|key| source(key));
    for (number, source) in sources.enumerate() {
        text += if number == 0 { "\nSources\n" } else { "" };
        text += &format!("  {}\n", source.citation);
    }
    text
}

/// "False: “Vitamin K2 blocks the uptake of calcium”".
fn heading(judged: &Judged) -> String {
    format!("{}: “{}”", verdict_words(judged), judged.file.statement.words)
}

/// Headings with their texts; some may be empty.
fn paragraphs(judged: &Judged) -> Vec<(&'static str, String)> {
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
fn table_of_tests(judged: &Judged, width: usize) -> String {
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
fn says(claim: &Claim) -> String {
    match claim.case.as_str() {
        "" => claim.says.clone(),
        case => format!("{case}: {}", claim.says),
    }
}

/// "29.2 against 29.2: no difference".
fn test(claim: &Claim, own: &InSet, position: usize) -> String {
    own.claim(position).map_or_else(
        || "cannot be told".to_owned(),
        |judged| format!("{}: {}", numbers(claim, judged), judged.judgement.word()),
    )
}

/// The rows of the evidence table that the statement names.
fn table_of_trials(judged: &Judged, width: usize) -> String {
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
