//! The pages of folders of published trials and of statements: their few runs are made once more.

use std::path::Path;

use crate::cli::report::doubts::{command_on_file, command_on_files, file_word, with_parent};
use crate::cli::report::{Reason, Subject, doubts};
use crate::cli::session::input_files::kept;
use crate::cli::session::interrupt;
use crate::error::problem::Problem;
use crate::evidence::prediction::compare;
use crate::evidence::table::{HEADINGS, rows};
use crate::evidence::trial::Trial;
use crate::evidence::{SHIPPED, shipped_trials};
use crate::library::verdicts::trials_of;
use crate::report::{evidence, verdicts};
use crate::storage::evidence_table::{self, csv_text};
use crate::storage::stored_table::beginning;
use crate::verdicts::VERDICTS;
use crate::verdicts::evaluation::judge_all;
use crate::verdicts::file::read as read_file;
use crate::verdicts::table::{STATEMENTS, TESTS, statements, take_robustness, tests};

/// The comparisons of the folder, made once more.
pub(super) fn of_evidence(folder: &Path, texts: &[(String, String)]) -> Result<Subject, Reason> {
    let told = |problems: Vec<Problem>| {
        problems.first().map_or_else(String::new, |problem| problem.message.clone())
    };
    let (name, text) = texts.first().ok_or("it keeps no table of trials")?;
    let mut trials = evidence_table::read(name, text).map_err(told)?;
    // A part of the table may have been asked for.
    let stored = beginning(folder, "evidence.csv", usize::MAX)?;
    let is_stored = |trial: &Trial| {
        stored.iter().flat_map(|table| &table.rows).any(|row| row.first() == Some(&trial.id))
    };
    if trials.iter().any(is_stored) {
        trials.retain(is_stored);
    }
    let compared = compare(&trials, &|| !interrupt::requested(), &|| ());
    let own = (name != SHIPPED.0).then_some((name.as_str(), text.as_str()));
    let document = evidence::document(&compared, own);
    let table = csv_text(&HEADINGS, &rows(&compared))?;
    let command = match own {
        Some(file) => command_on_file("calcifate evidence --file", folder, file),
        None => command_on_files(&format!("calcifate evidence {}", with_parent(folder, "")), &[]),
    };
    let doubt = doubts::of_tables(folder, &[("evidence.csv", table)], &command)?;
    Ok(Subject { doubt, ..Subject::whole(document) })
}

/// The statements of the folder, judged once more.
pub(super) fn of_verdicts(folder: &Path, texts: &[(String, String)]) -> Result<Subject, Reason> {
    let trials = shipped_trials();
    let (ids, texts) = texts.split_first().ok_or("it keeps no statement")?;
    let (mut files, mut words, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids.1.lines() {
        let read = texts.iter().find_map(|(name, text)| {
            let file = read_file(name, text, &trials, &kept(texts)).file?;
            let is_shipped = VERDICTS.iter().any(|shipped| shipped.text == text);
            let word = if is_shipped { (id.to_owned(), None) } else { file_word((name, text)) };
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
    if let Some(stored) = beginning(folder, "verdicts.csv", usize::MAX)? {
        take_robustness(&mut judged, &stored.header, &stored.rows);
    }
    let tables = [
        ("verdicts.csv", csv_text(&STATEMENTS, &statements(&judged))?),
        ("tests.csv", csv_text(&TESTS, &tests(&judged))?),
    ];
    let command = format!("calcifate verdicts {}", with_parent(folder, &words));
    let command = command_on_files(&command, &lost);
    let doubt = doubts::of_tables(folder, &tables, &command)?;
    let document = verdicts::document(&judged);
    Ok(Subject { doubt, ..Subject::whole(document) })
}
