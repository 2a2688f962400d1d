//! Published trials as virtual ones: each row of the evidence table is run in both hypothesis sets
//! and set beside what was observed. Misses stay in.
//!
//! `columns` is the table of columns, `vocabulary` its words, `trial` a row and the scenario that repeats it, `prediction`
//! the runs and the judgement, `score` the counts by set, `over_dose` the trials of one input. Reads no files.

mod columns;
pub(crate) mod over_dose;
pub(crate) mod prediction;
mod read_outs;
pub(crate) mod score;
pub(crate) mod table;
pub(crate) mod trial;
pub(crate) mod vocabulary;

pub(crate) use columns::{Record, read};

use crate::error::defect::OrDefect as _;

/// The table that is shipped, and its name.
pub(crate) const SHIPPED: (&str, &str) = ("evidence.csv", include_str!("evidence.csv"));

include!(concat!(env!("OUT_DIR"), "/evidence.rs"));

/// The trials of the shipped table, read without a file.
pub(crate) fn shipped_trials() -> Vec<trial::Trial> {
    let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let records: Vec<Record> = RECORDS.iter().map(|(line, row)| (*line, texts(row))).collect();
    read(SHIPPED.0, &texts(HEADER), &records)
        .ok()
        .or_defect("the shipped table of trials that cannot be read")
}

#[cfg(test)]
mod tests;
