//! Files of a folder that are not what its command wrote: a page must not be taken for theirs.

use std::path::Path;

use crate::cli::run::finished::FinishedRun;
use crate::cli::run::store::tables;
use crate::error::failure::StorageFailure;
use crate::printed::shell_path;
use crate::report::PAGE;
use crate::storage::place;
use crate::storage::trusted_results::{Fault, TrustedResults};
use crate::words::catalogue::message;

/// What the folder of a run holds otherwise than this repetition of it; `written` are the files
/// that it had.
pub(super) fn of_run(
    folder: &Path,
    written: &[String],
    run: &FinishedRun,
) -> Result<Option<String>, StorageFailure> {
    let tables = tables(run);
    let mut other = Vec::new();
    // The page itself is written now.
    for name in written.iter().filter(|name| *name != PAGE) {
        let fill = tables.iter().find(|(table, _)| table == name).map(|(_, fill)| fill);
        let mut own = Vec::new();
        let is_table = fill.is_some_and(|fill| fill(&mut own).is_ok());
        other.extend(departure(folder, name, is_table.then_some(own.as_slice()))?);
    }
    let command = format!(
        "calcifate run {}",
        with_parent(folder, &shell_path(&folder.join("manifest.toml").display().to_string()))
    );
    Ok(told(&other, &command))
}

/// The same of tables that `command` writes into a folder.
pub(super) fn of_tables(
    folder: &Path,
    tables: &[(&str, String)],
    command: &str,
) -> Result<Option<String>, StorageFailure> {
    let mut other = Vec::new();
    for (name, own) in tables {
        other.extend(departure(folder, name, Some(own.as_bytes()))?);
    }
    Ok(told(&other, command))
}

/// What is wrong with the table of many runs and how `command` mends it, and whether runs are
/// missing without it.
pub(super) fn of_results(
    results: &TrustedResults,
    command: &str,
) -> Result<Option<(String, bool)>, StorageFailure> {
    let Some(fault) = results.fault else { return Ok(None) };
    let (missing, chunks) = results.missing_chunks()?;
    let fault = match fault {
        Fault::Missing => message!(report.results_missing),
        Fault::Changed => message!(report.results_changed),
    };
    let held = chunks - missing;
    let text = if missing == 0 {
        message!(report.from_chunks, fault = fault, command = command)
    } else {
        message!(
            report.from_some_chunks,
            fault = fault,
            held = held,
            chunks = chunks,
            command = command
        )
    };
    Ok(Some((text, missing > 0)))
}

/// These words of a command, and the option by which its result is to stand where `folder` does.
pub(super) fn with_parent(folder: &Path, words: &str) -> String {
    let parent = folder.parent().unwrap_or(Path::new(""));
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let parent = shell_path(&parent.display().to_string());
    let option = format!("-o {parent}");
    let words = [words, if parent == "output" { "" } else { &option }];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The command that goes on in the folder, by its file.
pub(super) fn command_on_file(words: &str, folder: &Path, file: (&str, &str)) -> String {
    let (word, lost) = file_word(file);
    command_on_files(&format!("{words} {}", with_parent(folder, &word)), &Vec::from_iter(lost))
}

/// The word of a file in a command: its name where it is still found with the text that was run,
/// as a folder keeps only its name; else `FILE`, and the name.
pub(super) fn file_word((name, text): (&str, &str)) -> (String, Option<String>) {
    let found = place::read(Path::new("."), name).ok().flatten();
    let own = shell_path(name);
    if found.is_some_and(|found| found == text.as_bytes()) {
        return (own, None);
    }
    ("FILE".to_owned(), Some(own))
}

/// A command, with the names of the files for which it says `FILE`.
pub(super) fn command_on_files(command: &str, lost: &[String]) -> String {
    if lost.is_empty() {
        return command.trim_end().to_owned();
    }
    message!(report.command_on_file, command = command, file = lost.join(", "))
}

/// The name of a file that is missing, or does not hold its `own` bytes.
fn departure(
    folder: &Path,
    name: &str,
    own: Option<&[u8]>,
) -> Result<Option<String>, StorageFailure> {
    let stored = place::read(folder, name)?;
    Ok(match (stored, own) {
        (None, _) => Some(message!(report.file_missing, file = name)),
        (Some(stored), Some(own)) if stored != own => {
            Some(message!(report.file_changed, file = name))
        }
        _ => None,
    })
}

fn told(other: &[String], command: &str) -> Option<String> {
    /// So many files are named.
    const MOST: usize = 6;
    let (named, rest) = other.split_at(other.len().min(MOST));
    let more = if rest.is_empty() {
        String::new()
    } else {
        format!(" {}", message!(report.more_files, count = rest.len()))
    };
    let files = format!("{}{more}", named.join(", "));
    (!named.is_empty())
        .then(|| message!(report.files_differ, files = files, command = command.trim_end()))
}
