//! The statements that a command line names: shipped ones by id or topic, and files.

use std::path::Path;

use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::session::Session;
use crate::error::problem::{Problem, Problems};
use crate::error::render::render_each;
use crate::error::suggest::{did_you_mean, listed_words};
use crate::evidence::trial::Trial;
use crate::library::input_files::{normal, read as text_of, read_beside};
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
    let is_path = |word: &&String| word.ends_with(".toml") || word.contains(['/', '\\']);
    let (paths, words): (Vec<_>, Vec<_>) = wanted.iter().partition(is_path);
    let mut reads = named(&words, shipped(trials), wanted.is_empty())?;
    for path in paths {
        let path = Path::new(path);
        let text = text_of(path)?;
        reads.push(read_file(&normal(path).display().to_string(), &text, trials, &read_beside));
    }
    gathered(reads, session)
}

/// The shipped files with these ids or of these topics.
fn named(
    words: &[&String],
    shipped: Vec<ReadFile>,
    all: bool,
) -> Result<Vec<ReadFile>, CommandError> {
    let fits = |read: &ReadFile, word: &str| {
        let own = read.file.as_ref().map(|file| &file.statement);
        own.is_some_and(|own| own.id == word || own.topic.eq_ignore_ascii_case(word))
    };
    for word in words {
        if !shipped.iter().any(|read| fits(read, word)) {
            let statements = || shipped.iter().filter_map(|read| read.file.as_ref());
            let mut topics: Vec<&str> =
                statements().map(|file| file.statement.topic.as_str()).collect();
            topics.sort_unstable();
            topics.dedup();
            let ids = statements().map(|file| file.statement.id.as_str());
            let meant = did_you_mean(word, ids.chain(topics.iter().copied()));
            let message = format!("no statement and no topic is called \"{word}\"");
            let help = listed_words("Topics", &topics);
            let own = "a file of your own has its path with .toml";
            return Err(CommandError::bad_input(format!("{message}; {meant}{help} {own}")));
        }
    }
    let keep = |read: &ReadFile| all || words.iter().any(|word| fits(read, word));
    Ok(shipped.into_iter().filter(keep).collect())
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
        chosen.texts.extend(read.texts.into_iter().next());
        chosen.files.push(file);
    }
    let list: Vec<Problem> = problems.sorted();
    session.terminal.talk(&render_each(&list, &texts, session.terminal.colored_talk));
    if chosen.files.is_empty() {
        return Err(CommandError::printed(ExitStatus::BadInput));
    }
    Ok(chosen)
}
