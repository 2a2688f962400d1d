//! Published trials as virtual ones: each row of the evidence table is run in both hypothesis sets
//! and set beside what was observed. Misses stay in.
//!
//! `columns` is the table of columns, `vocabulary` its words, `trial` a row and the scenario that repeats it, `prediction`
//! the runs and the judgement, `score` the counts by set. Reads no files.

mod columns;
pub(crate) mod prediction;
mod read_outs;
pub(crate) mod score;
pub(crate) mod table;
pub(crate) mod trial;
pub(crate) mod vocabulary;

pub(crate) use columns::{Record, read};

/// The table that is shipped, and its name.
pub(crate) const SHIPPED: (&str, &str) = ("evidence.csv", include_str!("evidence.csv"));

#[cfg(test)]
mod tests;
