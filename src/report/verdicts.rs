//! The page of statements that were put to the test.

use crate::charts::{verdict, verdict_overview};
use crate::evidence::table::{in_words, predicted};
use crate::parameters::Hypothesis;
use crate::report::document::{Block, Claim, Document, Figure, Mark};
use crate::report::finished;
use crate::scenario::statement::DecidedBy;
use crate::verdicts::evaluation::{InSet, Judged, topics};
use crate::verdicts::judgement::{DRAWS, Outcome};
use crate::verdicts::shown::{robustness, verdict_words};
use crate::verdicts::table::{key_numbers, physiologist};
use crate::words::catalogue::message;
use crate::words::names::capital;

/// The page of all statements by topic.
pub(crate) fn document(judged: &[Judged]) -> Document {
    let mut document = Document::of_question(&message!(report.verdicts), "");
    if let [only] = judged {
        document.below = message!(report.below_verdict);
        let (name, chart) = (only.file.statement.id.clone(), verdict::chart(only));
        document.figure = Some(Figure { name, chart });
    } else {
        document.below = message!(report.below_verdicts, count = judged.len());
        let chart = verdict_overview::chart(judged);
        document.figure = Some(Figure { name: "overview".to_owned(), chart });
    }
    let mut blocks: Vec<Block> = of_robustness(judged).map(Block::Paragraph).into_iter().collect();
    for topic in topics(judged) {
        let own = judged.iter().filter(|one| one.file.statement.topic == topic);
        blocks.push(Block::Heading(capital(topic)));
        let claim = |one: &Judged| {
            let rests_on = one.rows.iter().map(|row| row.trial.id.clone()).collect();
            Claim { rests_on, ..claim(one) }
        };
        blocks.push(Block::Claims(own.map(claim).collect()));
    }
    document.section("statements", message!(report.statements), blocks);
    let entries = Some(entries(judged)).filter(|entries| !entries.is_empty());
    let trials = entries.map(Block::Entries).into_iter().collect();
    document.section("trials", message!(report.trials), trials);
    let sets = Hypothesis::ALL.map(Hypothesis::name).join(", ");
    finished(document, &sets, true, "calcifate verdicts".to_owned(), &[])
}

/// The meaning of robustness, or how to get it where there is none; nothing where no test decides.
fn of_robustness(judged: &[Judged]) -> Option<String> {
    let by_tests = |one: &&Judged| one.file.statement.decided_by == DecidedBy::Claims;
    let mut sets = judged.iter().filter(by_tests).flat_map(|one| &one.sets).peekable();
    sets.peek()?;
    Some(if sets.any(|own| own.robustness.is_some()) {
        message!(report.robustness, draws = DRAWS)
    } else {
        message!(report.robustness_missing, draws = DRAWS)
    })
}

/// The rows of the evidence table on which statements rest, each once.
fn entries(judged: &[Judged]) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for row in judged.iter().flat_map(|one| &one.rows) {
        let trial = &row.trial;
        if entries.iter().any(|(id, _)| *id == trial.id) {
            continue;
        }
        entries.push((trial.id.clone(), in_words(row, &|own| predicted(trial, own))));
    }
    entries
}

/// A statement with its verdict and what is to be said of it, without links.
pub(crate) fn claim(judged: &Judged) -> Claim {
    let own = &judged.file.statement;
    let told = |in_set: &InSet| {
        let words = in_set.outcome.words();
        let numbers = key_numbers(judged, in_set);
        let text =
            numbers.map_or_else(|| words.to_owned(), |numbers| format!("{words}: {numbers}"));
        (in_set.set.name().to_owned(), mark(in_set.outcome), text)
    };
    let assumption = own.assumption.as_ref().map(|assumption| assumption.words.clone());
    let needs = match own.needs.as_str() {
        "" => String::new(),
        needs => message!(verdict.needed, needs = needs),
    };
    let parts = [physiologist(judged), assumption.unwrap_or_default(), needs, robustness(judged)];
    let verdict = verdict_words(judged);
    Claim {
        says: message!(report.verdict, verdict = verdict, statement = own.words),
        judged: judged.sets.iter().map(told).collect(),
        remarks: parts.into_iter().filter(|part| !part.is_empty()).collect(),
        rests_on: Vec::new(),
    }
}

const fn mark(outcome: Outcome) -> Mark {
    match outcome {
        Outcome::True | Outcome::Reproduced => Mark::Yes,
        Outcome::False | Outcome::Missed => Mark::No,
        Outcome::NoDifference | Outcome::WithoutEffect => Mark::NoDifference,
        Outcome::Depends | Outcome::SignOnly => Mark::Partly,
        Outcome::NotJudged | Outcome::Untold => Mark::Unknown,
    }
}
