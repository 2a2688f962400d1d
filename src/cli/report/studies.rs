//! The pages of folders of published trials and of statements: their few runs are made once more.

use std::path::Path;

use crate::cli::report::doubts::{command_on_file, command_on_files, file_word, with_parent};
use crate::cli::report::{Subject, doubts};
use crate::cli::session::interrupt;
use crate::error::failure::StorageFailure;
use crate::error::problem::Problem;
use crate::evidence::prediction::compare;
use crate::evidence::table::{HEADINGS, rows};
use crate::evidence::trial::Trial;
use crate::evidence::{SHIPPED, shipped_trials};
use crate::library::input_files::beside;
use crate::library::verdicts::trials_of;
use crate::report::{evidence, verdicts};
use crate::storage::evidence_table::{self, write_rows};
use crate::storage::stored_table::beginning;
use crate::verdicts::VERDICTS;
use crate::verdicts::evaluation::judge_all;
use crate::verdicts::file::read as read_file;
use crate::verdicts::table::{STATEMENTS, TESTS, statements, take_robustness, tests};

/// The comparisons of the folder, made once more.
/// Errors: Why it cannot.
pub(super) fn of_evidence(folder: &Path, texts: &[(String, String)]) -> Result<Subject, String> {
    let told = |problems: Vec<Problem>| {
        problems.first().map_or_else(String::new, |problem| problem.message.clone())
    };
    let failed = |failure: StorageFailure| failure.to_string();
    let (name, text) = texts.first().ok_or("it keeps no table of trials")?;
    let mut trials = evidence_table::read(name, text).map_err(told)?;
    // A part of the table may have been asked for.
    let stored = beginning(folder, "evidence.csv", usize::MAX).map_err(failed)?;
    let is_stored = |trial: &Trial| {
        stored.iter().flat_map(|table| &table.rows).any(|row| row.first() == Some(&trial.id))
    };
    if trials.iter().any(is_stored) {
        trials.retain(is_stored);
    }
    let compared = compare(&trials, &|| !interrupt::requested(), &|| ());
    let own = (name != SHIPPED.0).then_some((name.as_str(), text.as_str()));
    let document = evidence::document(&compared, own);
    let mut table = Vec::new();
    write_rows(&HEADINGS, &rows(&compared), &mut table).map_err(|error| error.to_string())?;
    let command = match own {
        Some(file) => command_on_file("calcifate evidence --file", folder, file),
        None => command_on_files(&format!("calcifate evidence {}", with_parent(folder, "")), &[]),
    };
    let doubt = doubts::of_tables(folder, &[("evidence.csv", table)], &command).map_err(failed)?;
    Ok(Subject { doubt, ..Subject::whole(document, folder.join("report")) })
}

/// The statements of the folder, judged once more.
/// Errors: Why it cannot.
pub(super) fn of_verdicts(folder: &Path, texts: &[(String, String)]) -> Result<Subject, String> {
    let trials = shipped_trials();
    let (ids, texts) = texts.split_first().ok_or("it keeps no statement")?;
    let (mut files, mut words, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids.1.lines() {
        let read = texts.iter().find_map(|(name, text)| {
            let file = read_file(name, text, &trials, &kept(texts)).file?;
            let shipped = VERDICTS.iter().any(|shipped| shipped.text == text);
            let word = if shipped { (id.to_owned(), None) } else { file_word((name, text)) };
            (file.statement.id == id).then_some((file, word))
        });
        let (file, word) =
            read.ok_or_else(|| format!("the statement {id} cannot be read from its manifest"))?;
        files.push(file);
        words.push(word.0);
        lost.extend(word.1);
    }
    let words = if words.len() == VERDICTS.len() { String::new() } else { words.join(" ") };
    let watch = || !interrupt::requested();
    let mut judged = judge_all(&files, &trials_of(&files, &trials, &watch), &watch, &|| ());
    let stored = beginning(folder, "verdicts.csv", usize::MAX);
    if let Some(stored) = stored.map_err(|failure| failure.to_string())? {
        take_robustness(&mut judged, &stored.header, &stored.rows);
    }
    let written = |headings: &[&str], rows: &[Vec<String>]| {
        let mut table = Vec::new();
        write_rows(headings, rows, &mut table).map_err(|error| error.to_string())?;
        Ok::<_, String>(table)
    };
    let tables = [
        ("verdicts.csv", written(&STATEMENTS, &statements(&judged))?),
        ("tests.csv", written(&TESTS, &tests(&judged))?),
    ];
    let command = format!("calcifate verdicts {}", with_parent(folder, &words));
    let command = command_on_files(&command, &lost);
    let doubt = doubts::of_tables(folder, &tables, &command);
    let doubt = doubt.map_err(|failure| failure.to_string())?;
    let document = verdicts::document(&judged);
    Ok(Subject { doubt, ..Subject::whole(document, folder.join("report")) })
}

/// Hands out the texts of a manifest by the names of their files.
fn kept(
    texts: &[(String, String)],
) -> impl Fn(&str, &str) -> Result<(String, String), String> + '_ {
    |path, mentioned_in| {
        let wanted = beside(path, mentioned_in).display().to_string();
        let found = texts.iter().find(|(name, _)| *name == wanted).cloned();
        found.ok_or_else(|| "the manifest does not hold its text".to_owned())
    }
}
