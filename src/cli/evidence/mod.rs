//! `calcifate evidence`: published trials as virtual ones, in both hypothesis sets.

mod files;
mod print;

use std::path::Path;

use crate::cli::arguments::EvidenceArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::problem::Problem;
use crate::error::render::render;
use crate::error::suggest::did_you_mean;
use crate::evidence::prediction::{Compared, compare};
use crate::evidence::shipped;
use crate::evidence::trial::Trial;
use crate::library::input_files::read;
use crate::storage::evidence_table;
use crate::storage::run_folder::RunFolder;

/// Name of the folder of the shipped table.
const NAME: &str = "evidence";

/// Runs the trials, writes their folder and prints how far the model agrees.
pub(crate) fn evidence(arguments: &EvidenceArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let (name, trials) = trials(arguments, session)?;
    let trials = chosen(trials, &arguments.chosen)?;
    if arguments.scenario {
        let texts: Vec<String> = trials.iter().map(Trial::scenario).collect();
        terminal.result(&texts.join("\n"));
        return Ok(ExitStatus::Success);
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let source = arguments.file.as_deref().unwrap_or(Path::new("evidence.csv"));
    let source = source.display().to_string();
    let wanted = &arguments.folder;
    let folder = RunFolder::begin(&wanted.output, &name, &source, wanted.force)?;
    #[allow(clippy::cast_possible_truncation)] // some thousand rows
    let bar = PatientBar::new(trials.len() as u64, "trials {bar:40} {pos}/{len}", session);
    let compared =
        threads.install(|| compare(&trials, &|| !interrupt::requested(), &|| bar.advance(1)));
    bar.end();
    let stored = files::store(&compared, folder, !arguments.folder.no_figures)?;
    terminal.remarks(&stored.notes);
    print(&compared, arguments, &stored.path, session);
    let failed = compared.iter().flat_map(|one| &one.predictions).any(|one| one.value.is_err());
    if interrupt::requested() {
        return Ok(ExitStatus::Interrupted);
    }
    Ok(ExitStatus::failed_if(failed))
}

/// The folder's name, and the trials of the table of the user or of the shipped one.
fn trials(
    arguments: &EvidenceArguments,
    session: &Session,
) -> Result<(String, Vec<Trial>), CommandError> {
    let trials = match &arguments.file {
        Some(path) => {
            let stem = path.file_stem().map_or(NAME.into(), |stem| stem.to_string_lossy());
            let text = read(path)?;
            let file = path.display().to_string();
            evidence_table::read(&file, &text).map(|trials| (stem.into_owned(), trials))
        }
        None => shipped().map(|trials| (NAME.to_owned(), trials)),
    };
    trials.map_err(|problems: Vec<Problem>| {
        session.terminal.talk(&render(&problems, &[], session.terminal.colored_talk));
        CommandError::printed(ExitStatus::BadInput)
    })
}

/// The trials with these ids or of these topics; all if there are none.
fn chosen(trials: Vec<Trial>, wanted: &[String]) -> Result<Vec<Trial>, CommandError> {
    let fits =
        |trial: &Trial, word: &str| trial.id == word || trial.topic.eq_ignore_ascii_case(word);
    for word in wanted {
        if !trials.iter().any(|trial| fits(trial, word)) {
            let ids = trials.iter().flat_map(|trial| [trial.id.as_str(), trial.topic.as_str()]);
            let meant = did_you_mean(word, ids);
            let message = format!("no trial and no topic is called \"{word}\"");
            let help = "calcifate evidence without names shows all";
            return Err(CommandError::bad_input(format!("{message}; {meant}{help}")));
        }
    }
    let keep = |trial: &Trial| wanted.is_empty() || wanted.iter().any(|word| fits(trial, word));
    Ok(trials.into_iter().filter(keep).collect())
}

fn print(compared: &[Compared], arguments: &EvidenceArguments, path: &Path, session: &Session) {
    let terminal = &session.terminal;
    if arguments.answer.json {
        terminal.result(&print::document(compared));
    } else if arguments.markdown {
        terminal.result(&print::markdown(compared));
    } else {
        session.print_summary(&print::summary(compared, path, terminal));
    }
}
