//! `[verdict]`: a statement that people meet, which the claims of the file put to the test.

use crate::error::problem::SourceSpan;
use crate::error::suggest::did_you_mean;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Node, get, list, table, text};
use crate::form::vocabulary::vocabulary;
use crate::parameters::{SOURCES, source};
use crate::scenario::claims::sentence::{RunNumber, Sentence};
use crate::scenario::claims::{Claim, Comparison, Scope, Test};
use crate::scenario::safe_name::unsafe_name;

vocabulary! {
    /// The origin of a statement, which decides how it is judged.
    StatementKind {
        Misconception: "misconception",
        Claim: "claim",
        /// The result of a published trial, judged by its rows of the evidence table.
        Trial: "trial",
    }
}

/// What the model assumes, and the changes that give it up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Assumption {
    pub words: String,
    /// Names and values of parameters, as `--set` takes them.
    pub otherwise: Vec<(String, String)>,
}

/// What decides whether a statement is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecidedBy {
    Claims,
    Trials,
    /// Each hypothesis set misses at least so many rows of the evidence table that the other meets.
    Misses(u64),
    /// Nothing: it is not in the model.
    Nothing,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    pub id: String,
    pub id_span: SourceSpan,
    pub topic: String,
    pub kind: StatementKind,
    /// In a student's words.
    pub words: String,
    pub physiologist: Option<Sentence<RunNumber>>,
    pub assumption: Option<Assumption>,
    /// For what is not in the model: what would be needed; else empty.
    pub needs: String,
    pub decided_by: DecidedBy,
    /// Rows of the evidence table with their places.
    pub trials: Vec<(String, SourceSpan)>,
    /// Keys of the table of sources.
    pub references: Vec<String>,
}

const WHAT_DECIDES: &str = "write a [[claim]] that is true if the statement is, or `needs` if \
                            it is not in this model";

impl Statement {
    /// Reads `[verdict]` of a file with these claims; `None` if there is none, or a wrong one.
    pub(super) fn read(
        root: &Entries,
        claims: &[Claim],
        scope: Scope<'_>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let node = get(root, "verdict")?;
        let own = node.entries();
        let words = |key: &str| text(own, key).unwrap_or_default().trim().to_owned();
        for key in ["id", "topic", "kind", "statement", "physiologist"] {
            if words(key).is_empty() && !problems.was_refused(&node.span, key) {
                let message = format!("[verdict] has no {key}");
                let help = "a verdict needs id, topic, kind, statement and physiologist";
                problems.error(&node.span, message, "", help);
            }
        }
        let id = get(own, "id")?;
        if let Some(reason) = unsafe_name(id.text().unwrap_or_default()) {
            let help = "an id has letters, digits, _ and -, such as \"blocks_calcium\"";
            problems.error(&id.span, format!("the id {reason}"), "", help);
        }
        let kind = StatementKind::by_name(text(own, "kind")?)?;
        let assumption = assumption(node, problems);
        Some(Self {
            id: words("id"),
            id_span: id.span.clone(),
            topic: words("topic"),
            kind,
            words: words("statement"),
            physiologist: Sentence::at(own, "physiologist", root, scope, problems),
            needs: words("needs"),
            decided_by: decided_by(node, kind, claims, assumption.is_some(), problems)?,
            assumption,
            trials: named(own, "trials"),
            references: references(own, problems),
        })
    }
}

/// The texts of a list with their places.
fn named(entries: &Entries, key: &str) -> Vec<(String, SourceSpan)> {
    let texts = list(entries, key).iter();
    texts.filter_map(|node| Some((node.text()?.to_owned(), node.span.clone()))).collect()
}

fn references(entries: &Entries, problems: &mut Problems) -> Vec<String> {
    let named = named(entries, "references");
    for (key, span) in named.iter().filter(|(key, _)| source(key).is_none()) {
        let meant = did_you_mean(key, SOURCES.iter().map(|source| source.key));
        let help = format!("{meant}`calcifate list sources` shows all.");
        problems.error(span, format!("unknown source \"{key}\""), "", help);
    }
    named.into_iter().map(|(key, _)| key).collect()
}

fn assumption(verdict: &Node, problems: &mut Problems) -> Option<Assumption> {
    let own = verdict.entries();
    let words = text(own, "by_assumption").unwrap_or_default().trim();
    let otherwise: Vec<(String, String)> = table(own, "otherwise")
        .iter()
        .map(|entry| (entry.key.clone(), entry.node.text_or_number().into_owned()))
        .collect();
    match (words.is_empty(), otherwise.is_empty()) {
        (true, true) => None,
        (false, false) => Some(Assumption { words: words.to_owned(), otherwise }),
        _ => {
            let help = "by_assumption says in words what the model assumes, [verdict.otherwise] \
                        which parameters give it up; the verdict must change with them";
            let message = "by_assumption and otherwise stand together";
            problems.error(&verdict.span, message, "", help);
            None
        }
    }
}

/// What decides; reports none, and more than one.
fn decided_by(
    verdict: &Node,
    kind: StatementKind,
    claims: &[Claim],
    assumed: bool,
    problems: &mut Problems,
) -> Option<DecidedBy> {
    let own = verdict.entries();
    let misses = get(own, "misses_of_each_set").and_then(|node| {
        problems.whole(node, "misses_of_each_set", 1, 1000).map(DecidedBy::Misses)
    });
    let is_given = |key: &str| text(own, key).is_some_and(|text| !text.trim().is_empty());
    let mut found = Vec::new();
    let mut tests = claims.iter().filter(|claim| claim.decides).peekable();
    found.extend(tests.peek().map(|_| DecidedBy::Claims));
    found.extend(misses);
    found.extend(is_given("needs").then_some(DecidedBy::Nothing));
    let is_trial = kind == StatementKind::Trial && found != [DecidedBy::Nothing];
    found.extend(is_trial.then_some(DecidedBy::Trials));
    if is_trial && list(own, "trials").is_empty() {
        let help = "name its rows of the evidence table: trials = [\"knapen2013_ls\"]";
        let message = "the statement of a trial has no row to judge it by";
        problems.error(&verdict.span, message, "", help);
    }
    for claim in tests.filter(|claim| without_margin(&claim.comparison)) {
        let message = format!("the test `{}` declares no margin", claim.text.trim());
        let help = "say how far apart the values must be: end(cac) in a < end(cac) in b by 5 %";
        problems.error(&verdict.span, message, "", help);
    }
    let help = match found.as_slice() {
        [only] if assumed && *only != DecidedBy::Claims => {
            "by_assumption needs a [[claim]] that changes with `otherwise`"
        }
        [only] => return Some(*only),
        [] => WHAT_DECIDES,
        _ => {
            "it is decided by claims (others have beside = true), by the rows of a trial, by \
              misses_of_each_set, or by nothing (needs): leave one of them"
        }
    };
    let what = if found.is_empty() { "nothing decides" } else { "not one thing alone decides" };
    problems.error(&verdict.span, format!("{what} this statement"), "", help);
    None
}

/// True if a comparison of two values has no margin.
fn without_margin(comparison: &Comparison) -> bool {
    let bare = matches!(comparison.test, Test::Against { margin: None, .. });
    bare || comparison.also.iter().any(without_margin)
}
