//! `calcifate new`: a commented scenario file to start from.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::arguments::New;
use crate::cli::lessons::{LESSONS, lesson};
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;

const STARTER: &str = include_str!("starter.toml");

/// Writes the starter, or a copy of a lesson, under a name that is still free.
pub fn new(wanted: &New, terminal: &Terminal) -> Outcome {
    let text = match &wanted.from {
        None => STARTER,
        Some(name) => match lesson(name) {
            Some(lesson) => lesson.text,
            None => {
                let known: Vec<_> = LESSONS.iter().map(|lesson| lesson.name).collect();
                terminal.error(&format!("unknown lesson \"{name}\"; known: {}", known.join(", ")));
                return Outcome::BadInput;
            }
        },
    };
    let path = with_extension(&wanted.name);
    match write_new(&path, text) {
        Ok(()) => {
            let path = path.display();
            terminal.result(&format!("{path} written. Next: calcifate run {path}\n"));
            Outcome::Fine
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            terminal.error(&format!("{}: exists already; choose another name", path.display()));
            Outcome::BadInput
        }
        Err(source) => {
            terminal.error(&StorageFailure::new(&path, source).to_string());
            Outcome::Failed
        }
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
