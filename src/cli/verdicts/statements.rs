//! The statements that a command line names: shipped ones by id or topic, and files.

use std::io;
use std::path::Path;

use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::session::Session;
use crate::cli::session::chosen::chosen_by_word;
use crate::cli::session::input_files::refuse_other_command;
use crate::error::failure::InputFailure;
use crate::error::problem::{Problem, Problems};
use crate::error::render::render_each;
use crate::evidence::trial::Trial;
use crate::library::input_files::{normal, read as read_text, read_beside, text_of as text_from};
use crate::verdicts::file::{ReadFile, VerdictFile, read as read_file, shipped};

/// The statements that could be read.
pub(super) struct Chosen {
    pub files: Vec<VerdictFile>,
    /// The names and texts of their files.
    pub texts: Vec<(String, String)>,
    /// False if some could not be read; their problems are printed.
    pub complete: bool,
}

/// Reads what is named: files, shipped ids and topics; every shipped one if nothing is.
/// Errors: An unknown word, or nothing that can be read.
pub(super) fn read(
    wanted: &[String],
    trials: &[Trial],
    session: &Session,
) -> Result<Chosen, CommandError> {
    let is_path = |word: &&String| {
        word.ends_with(".toml")
            || word.contains(['/', '\\'])
            || matches!(word.as_str(), "-" | "." | "..")
    };
    let (paths, words): (Vec<_>, Vec<_>) = wanted.iter().partition(is_path);
    let shipped = shipped(trials);
    let ids: Vec<String> = shipped.iter().filter_map(id).map(str::to_owned).collect();
    let mut reads = Vec::new();
    if paths.is_empty() || !words.is_empty() {
        reads = chosen_by_word(shipped, id_and_topic, &words, "statement").map_err(|unknown| {
            let own = "A file of your own is named by its path with .toml";
            CommandError::bad_input(format!("{unknown} {own}."))
        })?;
    }
    let mut names: Vec<String> = Vec::new();
    for path in paths {
        let (name, text) = text_of(Path::new(path))?;
        if names.contains(&name) {
            continue; // one answer is enough
        }
        refuse_other_command(&name, &text)?;
        let read = read_file(&name, &text, trials, &read_beside);
        if let Some(id) = id(&read).filter(|id| ids.iter().any(|own| own == id)) {
            session.terminal.remark(&format!(
                "{name}: a shipped statement has the id \"{id}\", too; the answer is about this file"
            ));
        }
        names.push(name);
        reads.push(read);
    }
    gathered(reads, session)
}

fn id(read: &ReadFile) -> Option<&str> {
    id_and_topic(read).map(|(id, _)| id)
}

fn id_and_topic(read: &ReadFile) -> Option<(&str, &str)> {
    read.file.as_ref().map(|file| (&*file.statement.id, &*file.statement.topic))
}

/// Name and text of a file; `-` is the standard input.
fn text_of(path: &Path) -> Result<(String, String), InputFailure> {
    if path == Path::new("-") {
        return Ok(("stdin".to_owned(), text_from("standard input", io::stdin().lock())?));
    }
    Ok((normal(path).display().to_string(), read_text(path)?))
}

/// What could be read; prints the problems of all, and refuses an id that is given twice.
fn gathered(reads: Vec<ReadFile>, session: &Session) -> Result<Chosen, CommandError> {
    let mut chosen = Chosen { files: Vec::new(), texts: Vec::new(), complete: true };
    let (mut problems, mut texts) = (Problems::default(), Vec::new());
    for read in reads {
        let shift = texts.len();
        texts.extend(read.texts.clone());
        problems.shifted(read.problems, shift);
        let Some(file) = read.file else {
            chosen.complete = false;
            continue;
        };
        let own = &file.statement;
        if chosen.files.iter().any(|other| other.statement.id == own.id) {
            let mut place = own.id_span.clone();
            place.text += shift;
            let help = "give each statement its own id; this one is left out";
            problems.error(&place, format!("two statements have the id \"{}\"", own.id), "", help);
            chosen.complete = false;
            continue;
        }
        for text in read.texts {
            if !chosen.texts.contains(&text) {
                chosen.texts.push(text); // several may extend one
            }
        }
        chosen.files.push(file);
    }
    let list: Vec<Problem> = problems.sorted();
    session.terminal.talk(&render_each(&list, &texts, session.terminal.colored_talk));
    if chosen.files.is_empty() {
        return Err(CommandError::printed(ExitStatus::BadInput));
    }
    Ok(chosen)
}
