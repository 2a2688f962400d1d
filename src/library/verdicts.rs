//! Statements that people meet, put to the test, as a table.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::evidence::prediction::{Compared, compare};
use crate::evidence::shipped_trials;
use crate::evidence::trial::Trial;
use crate::library::listings::table_of_texts;
use crate::scenario::statement::DecidedBy;
use crate::sweep::results_table::ColumnType::{Number, Word};
use crate::sweep::results_table::Table;
use crate::verdicts::evaluation::judge_all;
use crate::verdicts::file::{VerdictFile, shipped};
use crate::verdicts::table::{STATEMENTS, statements};

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
    let trials = shipped_trials();
    let files: Vec<VerdictFile> =
        shipped(&trials).into_iter().filter_map(|read| read.file).collect();
    let done = AtomicUsize::new(0);
    let go_on = || watch(done.load(Ordering::Relaxed) as f64 / files.len().max(1) as f64);
    let evidence = trials_of(&files, &trials, &go_on);
    let judged = judge_all(&files, &evidence, &go_on, &|| {
        done.fetch_add(1, Ordering::Relaxed);
    });
    let columns = STATEMENTS.map(|name| {
        let is_number = name.ends_with("_percent");
        (name, if is_number { Number } else { Word }, "1", "of the table of verdicts")
    });
    table_of_texts(&columns, statements(&judged))
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
