//! The exercises that a command line names: shipped ones and files.

use std::path::{Path, PathBuf};

use crate::class::exercise::Exercise;
use crate::class::reading::{ReadExercise, read as read_file};
use crate::class::{EXERCISES, shipped};
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::session::Session;
use crate::cli::session::input_files::scenario_name;
use crate::cli::terminal::Terminal;
use crate::error::problem::Problems;
use crate::error::render::render_each;
use crate::error::suggest::did_you_mean;
use crate::library::input_files::{normal, read as text_of, read_beside};
use crate::printed::visible_line;

/// An exercise that could be read.
pub(super) struct Chosen {
    pub exercise: Exercise,
    pub texts: Vec<(String, String)>,
    /// As the user names it.
    pub file: String,
}

/// Reads what is named, every shipped exercise if nothing is.
/// Errors: A file that cannot be read, or a problem of one, all printed; two of one name.
pub(super) fn read(files: &[PathBuf], session: &Session) -> Result<Vec<Chosen>, CommandError> {
    let all: Vec<PathBuf> = EXERCISES.iter().map(|file| PathBuf::from(file.name)).collect();
    let wanted = if files.is_empty() { &all } else { files };
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut is_sound = true;
    for path in wanted {
        let (file, read) = read_one(path)?;
        print(&read, &session.terminal);
        let Some(exercise) = read.exercise else {
            is_sound = false;
            continue;
        };
        if let Some(other) = chosen.iter().find(|other| other.exercise.id == exercise.id) {
            let message = format!(
                "{} and {file} would both write {}.html; rename one",
                other.file, exercise.id
            );
            return Err(CommandError::bad_input(message));
        }
        chosen.push(Chosen { exercise, texts: read.texts, file });
    }
    if is_sound { Ok(chosen) } else { Err(CommandError::printed(ExitStatus::BadInput)) }
}

/// A shipped exercise by its name, else a file.
fn read_one(path: &Path) -> Result<(String, ReadExercise), CommandError> {
    let shown = normal(path).display().to_string();
    if let Some(read) = shipped(&shown) {
        return Ok((shown, read));
    }
    let is_path = shown.ends_with(".toml") || shown.contains(['/', '\\']);
    if !is_path && !path.exists() {
        let names: Vec<&str> = EXERCISES.iter().map(|file| file.name).collect();
        let meant = did_you_mean(&shown, names.iter().copied());
        let message = format!(
            "no shipped exercise is called \"{}\"; {meant}shipped are {}; a file of your own has its path with .toml",
            visible_line(&shown),
            names.join(", ")
        );
        return Err(CommandError::bad_input(message));
    }
    scenario_name(path)?;
    let text = text_of(path)?;
    Ok((shown.clone(), read_file(&shown, &text, &read_beside)))
}

/// Reads an exercise with all its problems, which are printed.
pub(crate) fn check(path: &Path, terminal: &Terminal) -> Result<Exercise, CommandError> {
    let (_, read) = read_one(path)?;
    print(&read, terminal);
    read.exercise.ok_or(CommandError::printed(ExitStatus::BadInput))
}

fn print(read: &ReadExercise, terminal: &Terminal) {
    let problems = Problems::of(read.problems.clone(), read.texts.clone());
    if !problems.is_empty() {
        terminal.talk(&render_each(&read.problems, &read.texts, terminal.colored_talk));
    }
}
