//! Published trials beside what the model says of them, as a table.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::problem::Problems;
use crate::evidence::SHIPPED;
use crate::evidence::prediction::compare;
use crate::evidence::table::{HEADINGS, NUMBERS, rows};
use crate::library::listings::table_of_texts;
use crate::storage::evidence_table::read;
use crate::sweep::results_table::ColumnType::{Number, Word};
use crate::sweep::results_table::Table;

/// Runs each published trial in both hypothesis sets: one row per comparison.
///
/// `file` is the name and text of a table of your own instead of the shipped one. `watch` is called
/// now and then with the share done; `false` ends the runs, and trials that were not run are left
/// out.
///
/// ```
/// // Ends before the first trial.
/// let none = calcifate::evidence(None, &|_| false)?;
/// assert!(none.is_empty() && none.columns().iter().any(|column| column.name == "observed"));
/// # Ok::<(), calcifate::Problems>(())
/// ```
///
/// # Errors
/// Every problem of the table.
pub fn evidence(
    file: Option<(&str, &str)>,
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Result<Table, Problems> {
    let (name, text) = file.unwrap_or(SHIPPED);
    let trials = read(name, text).map_err(|problems| Problems::of(problems, Vec::new()))?;
    let done = AtomicUsize::new(0);
    let share = || done.load(Ordering::Relaxed) as f64 / trials.len().max(1) as f64;
    let count = || {
        done.fetch_add(1, Ordering::Relaxed);
    };
    let compared = compare(&trials, &|| watch(share()), &count);
    let columns = HEADINGS.map(|name| {
        (name, if NUMBERS.contains(&name) { Number } else { Word }, "1", "of the evidence table")
    });
    Ok(table_of_texts(&columns, rows(&compared)))
}
