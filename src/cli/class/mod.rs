//! `calcifate class`: pages of exercises for a class, and the overview of its answers.

mod collect;
pub(crate) mod exercises;

use std::path::Path;

use serde_json::json;

use crate::class::exercise::Exercise;
use crate::class::played::{Played, play};
use crate::cli::arguments::commands::ClassArguments;
use crate::cli::class::exercises::Chosen;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::explore;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::failure::StorageFailure;
use crate::evidence::shipped_trials;
use crate::explorer::one_text;
use crate::library::lessons::lesson;
use crate::library::verdicts::trials_of;
use crate::library::why::Why;
use crate::plots::svg::base64;
use crate::printed::shown_path;
use crate::report::document::Document;
use crate::report::exercise::ExercisePages;
use crate::report::explorer as explorer_page;
use crate::report::{MARKER, exercise, html, teacher};
use crate::simulation::Options;
use crate::storage::place::single_file::write;
use crate::verdicts::evaluation::{Judged, judge_all};
use crate::verdicts::file::{VerdictFile, shipped};

/// Name of the explorer beside the pages.
const EXPLORER: &str = "explore.html";

/// Writes the pages of exercises, or the overview of their answers.
pub(crate) fn class(arguments: &ClassArguments, session: &Session) -> CommandResult {
    let chosen = exercises::read(&arguments.files, session)?;
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    if let Some(folder) = &arguments.collect {
        return threads.install(|| collect::collect(folder, chosen, arguments, session));
    }
    let explorer = write_explorer(arguments, session)?;
    let bar = PatientBar::new(chosen.len() as u64, "exercises {bar:40} {pos}/{len}", session);
    let mut told = String::new();
    for one in chosen {
        let pages = threads.install(|| pages(one, explorer));
        bar.advance(1);
        if interrupt::requested() {
            bar.end();
            return Ok(ExitStatus::Interrupted);
        }
        for (name, text) in pages? {
            let path = arguments.output.join(name);
            put(&path, &text, MARKER, arguments.force, session)?;
            told += &format!("Page     {}\n", shown_path(&path));
        }
    }
    bar.end();
    session.print_summary(&told);
    Ok(ExitStatus::Success)
}

/// Puts the explorer beside the pages; false if it is not part of this program.
fn write_explorer(arguments: &ClassArguments, session: &Session) -> Result<bool, CommandError> {
    let Ok(page) = explore::page_of_lessons() else {
        let words = "the last step of the pages opens no explorer, which is not part of this \
                     program; `calcifate explore` says how it becomes one";
        session.terminal.remark(words);
        return Ok(false);
    };
    let path = arguments.output.join(EXPLORER);
    put(&path, &page, explorer_page::MARKER, arguments.force, session)?;
    Ok(true)
}

/// The model's answers to an exercise.
/// Errors: Why it cannot answer, with the file that asks.
fn played(chosen: Chosen) -> Result<Played, CommandError> {
    let Chosen { exercise, texts, file } = chosen;
    play(exercise, &texts, &|_| !interrupt::requested()).map_err(|why| {
        if interrupt::requested() {
            CommandError::printed(ExitStatus::Interrupted)
        } else {
            CommandError::bad_input(format!("{file}: {why}"))
        }
    })
}

/// The pages of an exercise for students and for their teacher, with the names of their files.
fn pages(chosen: Chosen, with_explorer: bool) -> Result<[(String, String); 2], CommandError> {
    let file = chosen.file.clone();
    let played = played(chosen)?;
    let judged = judged(&played);
    let why = why(&played, &file)?;
    let explorer = with_explorer.then(|| explorer(&played));
    let pages = ExercisePages {
        played: &played,
        judged: &judged,
        why: why.as_ref(),
        explorer: explorer.as_deref(),
    };
    let of_students = exercise::page(&pages).map_err(CommandError::failed)?;
    let of_teacher = page(&teacher::document(&pages, &file))?;
    let id = played.exercise.id;
    Ok([(format!("{id}.html"), of_students), (format!("{id}.teacher.html"), of_teacher)])
}

fn page(document: &Document) -> Result<String, CommandError> {
    html::page(document).map_err(CommandError::failed)
}

/// The address of the explorer, opened with the arms that the exercise explains: a state of version
/// 1 as its links have it.
fn explorer(played: &Played) -> String {
    let Exercise { scenario, why, .. } = &played.exercise;
    let arm = |name: &str| json!({ "arm": name, "label": played.label(name), "settings": {} });
    let first = || scenario.arm_names().next().unwrap_or_default().to_owned();
    let [from, to] =
        why.as_ref().map_or_else(|| [first(), first()], |why| [why.from.clone(), why.to.clone()]);
    let own = json!({ "name": scenario.name, "text": one_text(scenario) });
    let is_shipped = lesson(&scenario.name).is_some_and(|lesson| lesson.text == scenario.text());
    let state = json!({
        "lesson": scenario.name,
        "own": if is_shipped { json!(null) } else { own },
        "arm": to,
        "settings": {},
        "frozen": [arm(&from)],
        "set": "file",
        "tab": "",
        "dial": "",
        "shown": [],
    });
    let letters = base64(state.to_string().as_bytes()).replace('+', "-").replace('/', "_");
    format!("{EXPLORER}#v1.{}", letters.trim_end_matches('='))
}

/// The verdicts of the statements that steps name.
fn judged(played: &Played) -> Vec<Judged> {
    let named: Vec<&String> =
        played.exercise.steps.iter().filter_map(|step| step.verdict.as_ref()).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let trials = shipped_trials();
    let files = shipped(&trials).into_iter().filter_map(|read| read.file);
    let files: Vec<VerdictFile> =
        files.filter(|file| named.contains(&&file.statement.id)).collect();
    let watch = || !interrupt::requested();
    let evidence = trials_of(&files, &trials, &watch);
    judge_all(&files, &evidence, &watch, &|| {})
}

/// The difference that the exercise explains, shared out.
fn why(played: &Played, file: &str) -> Result<Option<Why>, CommandError> {
    let Some(pair) = &played.exercise.why else { return Ok(None) };
    let outcomes: Vec<&str> = pair.outcomes.iter().map(String::as_str).collect();
    let watch = |_| !interrupt::requested();
    let scenario = &played.exercise.scenario;
    let why = scenario.why(&pair.from, &pair.to, &outcomes, &Options::default(), &watch);
    let told = why.map_err(|problems| {
        let words = problems.iter().map(|problem| problem.message().to_owned());
        CommandError::bad_input(format!("{file}: [why]: {}", words.collect::<Vec<_>>().join("; ")))
    });
    told.map(Some)
}

/// Writes a file of ours and prints what became of another one.
fn put(
    path: &Path,
    text: &str,
    marker: &'static str,
    force: bool,
    session: &Session,
) -> Result<(), StorageFailure> {
    let remark = write(path, text, marker, force)?;
    session.terminal.remarks(remark.as_slice());
    Ok(())
}
