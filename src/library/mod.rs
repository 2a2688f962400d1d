//! The crate's public face: scenarios from text, files and code, their runs and figures, sweeps.
//!
//! `builder` writes the text of a scenario, `scenario` reads and runs it, `run` keeps the results,
//! `answer` fills numbers into the lesson's sentences, `figures` draws them, `sweep` and `sensitivity` make
//! tables of many runs, `courses` follows some of a sweep, `input_files` reads what paths name.

mod answer;
mod arm_looks;
pub(crate) mod builder;
pub(crate) mod courses;
pub(crate) mod figures;
#[cfg(feature = "files")]
pub(crate) mod input_files;
pub(crate) mod run;
mod scenario;
pub(crate) mod sensitivity;
pub(crate) mod sweep;
