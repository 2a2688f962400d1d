//! Statements and their tests as text cells, for tables and other programs.

use crate::evidence::table::{observed, predicted};
use crate::library::answer::numbers;
use crate::printed::cell;
use crate::scenario::claims::Claim;
use crate::units::number::exact;
use crate::verdicts::evaluation::{InSet, Judged};
use crate::verdicts::judgement::Robustness;

/// Headings of [`statements`]; the sets follow in their order.
pub(crate) const STATEMENTS: [&str; 16] = [
    "id",
    "topic",
    "kind",
    "statement",
    "verdict",
    "paradox",
    "paradox_numbers",
    "paradox_without_assumption",
    "paradox_same_verdict_percent",
    "conservative",
    "conservative_numbers",
    "conservative_without_assumption",
    "conservative_same_verdict_percent",
    "by_assumption",
    "needs",
    "references",
];

/// Headings of [`tests`].
pub(crate) const TESTS: [&str; 11] = [
    "id",
    "set",
    "test",
    "case",
    "decides",
    "says",
    "condition",
    "value",
    "other",
    "unit",
    "judgement",
];

/// One row for each statement.
pub(crate) fn statements(judged: &[Judged]) -> Vec<Vec<String>> {
    judged.iter().map(statement).collect()
}

fn statement(judged: &Judged) -> Vec<String> {
    let own = &judged.file.statement;
    let mut row = vec![own.id.clone(), own.topic.clone(), own.kind.name().to_owned()];
    row.extend([own.words.clone(), judged.verdict.words().to_owned()]);
    for in_set in &judged.sets {
        row.push(in_set.outcome.words().to_owned());
        row.push(key_numbers(judged, in_set).unwrap_or_default());
        row.push(in_set.otherwise.map(|other| other.words().to_owned()).unwrap_or_default());
        row.push(in_set.robustness.map(|own| exact(own.percent())).unwrap_or_default());
    }
    row.push(own.assumption.as_ref().map(|one| one.words.clone()).unwrap_or_default());
    row.extend([own.needs.clone(), own.references.join(" ")]);
    row.iter().map(|words| cell(words).into_owned()).collect()
}

/// Gives statements the robustness that rows of such a table hold, where set and outcome are the
/// same.
pub(crate) fn take_robustness(judged: &mut [Judged], header: &[String], rows: &[Vec<String>]) {
    for one in judged {
        let id = &one.file.statement.id;
        let Some(row) = rows.iter().find(|row| row.first() == Some(id)) else { continue };
        let cell = |name: &str| row.get(header.iter().position(|heading| heading == name)?);
        for own in &mut one.sets {
            let set = own.set.name();
            let same = cell(set).is_some_and(|words| words == own.outcome.words());
            let percent = cell(&format!("{set}_same_verdict_percent")).filter(|_| same);
            let percent = percent.and_then(|text| text.parse::<f64>().ok());
            own.robustness = percent.and_then(Robustness::of_percent);
        }
    }
}

/// One row for each test in each set.
pub(crate) fn tests(judged: &[Judged]) -> Vec<Vec<String>> {
    let of = |judged: &Judged| {
        let sets = judged.sets.iter();
        sets.flat_map(|in_set| tests_in(judged, in_set)).collect::<Vec<_>>()
    };
    judged.iter().flat_map(of).collect()
}

fn tests_in(judged: &Judged, in_set: &InSet) -> Vec<Vec<String>> {
    let claims = judged.claims().iter().enumerate();
    let row = |(position, claim): (usize, &Claim)| {
        let own = in_set.claim(position)?;
        let words = [
            judged.file.statement.id.clone(),
            in_set.set.name().to_owned(),
            (position + 1).to_string(),
            claim.case.clone(),
            claim.decides.to_string(),
            claim.says.clone(),
            claim.text.clone(),
            exact(own.left),
            exact(own.right),
            own.unit.clone(),
            own.judgement.word().to_owned(),
        ];
        Some(words.iter().map(|words| cell(words).into_owned()).collect())
    };
    claims.filter_map(row).collect()
}

/// The numbers of a statement in a set, in short: of the tests that made its outcome, or of its
/// first trial.
pub(crate) fn key_numbers(judged: &Judged, in_set: &InSet) -> Option<String> {
    if let Some(alone) = in_set.missed_alone {
        return Some(format!("misses {alone} rows that the other meets"));
    }
    let claims = in_set.key_claims(judged.claims());
    if !claims.is_empty() {
        let several = claims.len() > 1;
        let told = claims.iter().map(|(claim, own)| match claim.case.as_str() {
            case if several && !case.is_empty() => format!("{} ({case})", numbers(claim, own)),
            _ => numbers(claim, own),
        });
        return Some(told.collect::<Vec<_>>().join("; "));
    }
    let row = judged.rows.first()?;
    let prediction = in_set.prediction(row)?;
    let beside =
        || format!("{} beside {}", predicted(&row.trial, prediction), observed(&row.trial));
    judged.file.statement.needs.is_empty().then(beside)
}

/// What a physiologist says; numbers that differ between the sets are given in both.
pub(crate) fn physiologist(judged: &Judged) -> String {
    let Some(sentence) = &judged.file.statement.physiologist else { return String::new() };
    let told = judged.sets.iter().map(|own| own.run.told_parts(sentence));
    let Some(told) = told.collect::<Option<Vec<Vec<String>>>>() else {
        return "cannot be told: an arm ended early, or a time lies outside the run".to_owned();
    };
    let in_both = |position: usize| {
        let own = judged.sets.iter().zip(&told);
        let mut own = own.filter_map(|(set, parts)| Some((set.set.name(), parts.get(position)?)));
        let Some((_, first)) = own.next() else { return String::new() };
        let others = own.filter(|(_, text)| *text != first);
        let others = others.map(|(set, text)| format!(" [{set}: {text}]"));
        std::iter::once(first.clone()).chain(others).collect()
    };
    let words: String = (0..sentence.parts.len()).map(in_both).collect();
    words.trim().to_owned()
}
