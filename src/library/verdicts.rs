//! Statements that people meet, put to the test, as a table.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::evidence::SHIPPED;
use crate::evidence::prediction::{Compared, compare};
use crate::evidence::trial::Trial;
use crate::form::stem;
use crate::library::lessons::lesson;
use crate::library::listings::table;
use crate::scenario::statement::DecidedBy;
use crate::storage::evidence_table;
use crate::sweep::results_table::ColumnType::{Number, Word};
use crate::sweep::results_table::{CellValue, Table};
use crate::verdicts::evaluation::judge_all;
use crate::verdicts::file::{ReadFile, VerdictFile, read};
use crate::verdicts::table::{STATEMENTS, statements};
use crate::verdicts::{Shipped, VERDICTS};

/// Judges the shipped statements in both hypothesis sets, each by its tests and trials: one row per
/// statement, the verdict and the numbers behind it.
///
/// `watch` is called now and then with the share done; `false` ends the runs, and statements that
/// were not judged are left out.
///
/// ```
/// // Ends before the first statement.
/// let none = calcifate::verdicts(&|_| false);
/// assert!(none.is_empty() && none.columns().iter().any(|column| column.name == "by_assumption"));
/// ```
pub fn verdicts(watch: &(dyn Fn(f64) -> bool + Sync)) -> Table {
    let (name, text) = SHIPPED;
    let trials = evidence_table::read(name, text).unwrap_or_default();
    let files: Vec<VerdictFile> =
        shipped(&trials).into_iter().filter_map(|read| read.file).collect();
    let done = AtomicUsize::new(0);
    #[allow(clippy::cast_precision_loss)] // counts of statements
    let go_on = || watch(done.load(Ordering::Relaxed) as f64 / files.len().max(1) as f64);
    let evidence = trials_of(&files, &trials, &go_on);
    let judged = judge_all(&files, &evidence, &go_on, &|| {
        done.fetch_add(1, Ordering::Relaxed);
    });
    let columns = STATEMENTS.map(|name| {
        let is_number = name.ends_with("_percent");
        (name, if is_number { Number } else { Word }, "1", "of the table of verdicts")
    });
    let rows = statements(&judged).into_iter().map(|row| {
        let cells = columns.iter().zip(row);
        cells
            .map(|((_, kind, ..), cell)| match kind {
                Number => CellValue::finite(cell.parse().ok()),
                _ => CellValue::Word(cell),
            })
            .collect()
    });
    table(&columns, rows.collect())
}

/// The shipped files.
pub(crate) fn shipped(trials: &[Trial]) -> Vec<ReadFile> {
    let text_of = |path: &str, _: &str| {
        let name = stem(path);
        let verdict = VERDICTS.iter().find(|own| own.name == name).map(|own| own.text);
        let text = lesson(&name).map(|lesson| lesson.text).or(verdict);
        let text = text.ok_or_else(|| format!("no lesson is called {name}"))?;
        Ok((path.to_owned(), text.to_owned()))
    };
    let own = |file: &Shipped| {
        let shown = format!("scenarios/verdicts/{}.toml", file.name);
        let read = read(&shown, file.text, trials, &text_of);
        // What is unusual in a shipped file is meant.
        let problems = read.problems.iter().filter(|problem| problem.is_error()).cloned().collect();
        ReadFile { problems, ..read }
    };
    VERDICTS.iter().map(own).collect()
}

/// The rows of the evidence table that files need.
pub(crate) fn trials_of(
    files: &[VerdictFile],
    trials: &[Trial],
    watch: &(dyn Fn() -> bool + Sync),
) -> Vec<Compared> {
    let all = files.iter().any(|file| matches!(file.statement.decided_by, DecidedBy::Misses(_)));
    let is_named = |trial: &&Trial| {
        let mut named = files.iter().flat_map(|file| &file.statement.trials);
        named.any(|(id, _)| *id == trial.id)
    };
    let wanted: Vec<Trial> =
        trials.iter().filter(|trial| all || is_named(trial)).cloned().collect();
    compare(&wanted, watch, &|| {})
}
