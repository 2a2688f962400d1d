//! Statements that people meet, put to the test in both hypothesis sets.
//!
//! `file` reads a verdict file, `judgement` says what follows from tests and trials, `evaluation`
//! runs them, `robustness` repeats that with other parameters, `shown` has the tests as pictures
//! show them, `table` writes the results as cells.
//! A verdict follows from runs; none is written down. Reads no files.

pub(crate) mod evaluation;
pub(crate) mod file;
pub(crate) mod judgement;
pub(crate) mod robustness;
pub(crate) mod shown;
pub(crate) mod table;

use crate::form::ShippedFile;

include!(concat!(env!("OUT_DIR"), "/verdict_files.rs"));

#[cfg(test)]
mod tests;
