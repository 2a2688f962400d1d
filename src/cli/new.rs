//! `calcifate new`: a commented scenario file to start from.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::arguments::commands::NewArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::library::lessons::{LESSONS, lesson};
use crate::printed::{shell_path, shown_path, visible_line};
use crate::scenario::new_scenario::new_scenario;

/// Writes the starter, or a copy of a lesson, under a name that is still free.
pub(crate) fn new(arguments: &NewArguments, terminal: &Terminal) -> CommandResult {
    let path = with_extension(&arguments.name);
    let text = match &arguments.from {
        None => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            new_scenario(&name)
        }
        Some(name) => match lesson(name) {
            Some(lesson) => lesson.text.to_owned(),
            None => {
                let known: Vec<_> = LESSONS.iter().map(|lesson| lesson.name).collect();
                let known = known.join(", ");
                let message = format!("unknown lesson \"{name}\"; known: {known}");
                return Err(CommandError::bad_input(message));
            }
        },
    };
    match write_new(&path, &text) {
        Ok(()) => {
            let path = path.display().to_string();
            let command = format!("calcifate run {}", shell_path(&path));
            terminal.result(&format!("{} written. Next: {command}\n", visible_line(&path)));
            Ok(ExitStatus::Success)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let path = shown_path(&path);
            let message = format!("{path}: exists already; choose another name");
            Err(CommandError::bad_input(message))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message = format!("{}: there is no such folder; make it first", shown_path(&path));
            Err(CommandError::bad_input(message))
        }
        Err(source) => Err(StorageFailure::new(&path, source).into()),
    }
}

fn with_extension(name: &Path) -> PathBuf {
    if name.extension().is_some_and(|extension| extension == "toml") {
        return name.to_owned();
    }
    let mut name = name.as_os_str().to_owned();
    name.push(".toml");
    PathBuf::from(name)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a starter is worse than none; the first error is the one to tell.
        let _ = std::fs::remove_file(path);
    }
    written
}
