//! All statements: by topic on the terminal, as JSON, as Markdown.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::about::{DISCLAIMER, PROGRAM};
use crate::cli::session::extent::Extent;
use crate::cli::table::{Align, list};
use crate::cli::terminal::Terminal;
use crate::cli::verdicts::card::{heading, paragraphs, says, test};
use crate::evidence::table::{observed, predicted, treatment};
use crate::printed::in_markdown;
use crate::verdicts::evaluation::{InSet, Judged, topics};
use crate::verdicts::judgement::DRAWS;
use crate::verdicts::judgement::Verdict;
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
    let head = [
        ("verdict", Align::Left),
        ("id", Align::Left),
        ("paradox", Align::Left),
        ("conservative", Align::Left),
        ("statement", Align::Left),
    ];
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
pub(super) fn document(judged: &[Judged], extent: &Extent) -> String {
    let objects = |headings: &[&str], rows: Vec<Vec<String>>| -> Vec<Map<String, Value>> {
        let object = |row: Vec<String>| {
            headings.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), value(name, cell)))
        };
        rows.into_iter().map(|row| object(row).collect()).collect()
    };
    let with_card = |(mut object, one): (Map<String, Value>, &Judged)| {
        object.insert("physiologist".to_owned(), json!(physiologist(one)));
        let own = std::slice::from_ref(one);
        object.insert("tests".to_owned(), json!(objects(&TESTS, tests(own))));
        let rows = one.rows.iter().map(|row| {
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
        object.insert("trials".to_owned(), json!(rows.collect::<Vec<_>>()));
        object
    };
    let all = objects(&STATEMENTS, statements(judged));
    let document = json!({
        "program": PROGRAM,
        "disclaimer": DISCLAIMER,
        "complete": extent.is_complete(),
        "extent": extent.document(),
        "statements": all.into_iter().zip(judged).map(with_card).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn value(name: &str, cell: String) -> Value {
    let is_number = name.ends_with("percent") || matches!(name, "test" | "value" | "other");
    match (cell.parse::<f64>(), cell.parse::<bool>()) {
        (Ok(number), _) if is_number => json!(number),
        (_, Ok(truth)) if name == "decides" => json!(truth),
        _ if cell.is_empty() => Value::Null,
        _ => json!(cell),
    }
}

/// The same as a Markdown document: a card for each statement, by topic.
pub(super) fn markdown(judged: &[Judged], extent: &Extent) -> String {
    let mut text = String::from("# Statements about calcium and vitamin K2, put to the test\n");
    extent.mark().iter().for_each(|mark| text += &format!("\n**{mark}.**\n"));
    for topic in topics(judged) {
        let _ = write!(text, "\n## {}\n", in_markdown(topic));
        for one in judged.iter().filter(|one| one.file.statement.topic == topic) {
            text += &card(one);
        }
    }
    let _ = write!(text, "\n{DISCLAIMER}\n");
    text
}

fn card(one: &Judged) -> String {
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
