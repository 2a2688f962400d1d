//! Class exercises: predict, run, compare, explain.
//!
//! `reading` and `tasks` turn a file (`keys`) into an `exercise`, `played` lets the model answer it, `answers`
//! reads what students saved, `tally` counts it. The pages are written by `report`.

pub(crate) mod answers;
pub(crate) mod exercise;
pub(crate) mod keys;
pub(crate) mod played;
pub(crate) mod reading;
pub(crate) mod tally;
mod tasks;

use crate::class::reading::{ReadExercise, read};
use crate::form::ShippedFile;

include!(concat!(env!("OUT_DIR"), "/class_files.rs"));

/// Reads the shipped exercise of this name, if there is one.
pub(crate) fn shipped(name: &str) -> Option<ReadExercise> {
    let file = EXERCISES.iter().find(|file| file.name == name)?;
    let none = |_: &str, _: &str| Err("a shipped exercise names shipped lessons".to_owned());
    Some(read(&format!("scenarios/class/{name}.toml"), file.text, &none))
}

#[cfg(test)]
mod tests;
