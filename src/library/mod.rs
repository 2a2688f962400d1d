//! The crate's public face: scenarios from text, files and code, their runs and figures, sweeps.
//!
//! `builder` writes the text of a scenario, `lessons` are texts that travel along, `scenario` reads,
//! changes and runs it, `run` keeps the results, `run_tables` and `fingerprint` say them, `answer`
//! fills numbers into the lesson's sentences, `figures` draws them, `why` compares two arms. `sweep`
//! and `sensitivity` make tables of many runs, `courses` follows some of a sweep. `evidence`, `verdicts` and
//! `listings` are tables of what the model knows. `input_files` reads what paths name.

pub(crate) mod answer;
pub(crate) mod arm_looks;
pub(crate) mod builder;
pub(crate) mod courses;
#[cfg(feature = "files")]
pub(crate) mod evidence;
pub(crate) mod figures;
pub(crate) mod fingerprint;
#[cfg(feature = "files")]
pub(crate) mod input_files;
pub(crate) mod lessons;
pub(crate) mod listings;
pub(crate) mod run;
mod run_tables;
mod scenario;
pub(crate) mod sensitivity;
pub(crate) mod sweep;
#[cfg(feature = "cli")]
pub(crate) mod verdicts;
pub(crate) mod why;
