//! `calcifate evidence`: published trials as virtual ones, in both hypothesis sets.

mod files;
mod print;

use std::path::Path;

use crate::cli::arguments::EvidenceArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::chosen::chosen_by_word;
use crate::cli::session::extent::Extent;
use crate::cli::session::input_files::scenario_name;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::failure::InputFailure;
use crate::error::problem::Problem;
use crate::error::render::render;
use crate::evidence::SHIPPED;
use crate::evidence::prediction::{Compared, compare};
use crate::evidence::trial::Trial;
use crate::library::input_files::read;
use crate::storage::evidence_table;
use crate::storage::run_folder::RunFolder;

/// Name of the folder of the shipped table.
const NAME: &str = "evidence";

/// An evidence table: the name of its folder, its own name, its text.
struct TableFile {
    folder: String,
    name: String,
    text: String,
}

/// Runs the trials, writes their folder and prints how far the model agrees.
pub(crate) fn evidence(arguments: &EvidenceArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let table = table(arguments)?;
    let trials = chosen(trials(&table, session)?, &arguments.chosen)?;
    if arguments.scenario {
        let texts: Vec<String> = trials.iter().map(Trial::scenario).collect();
        terminal.result(&texts.join("\n"));
        return Ok(ExitStatus::Success);
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let wanted = &arguments.folder;
    let folder = RunFolder::begin(&wanted.output, &table.folder, &table.name, wanted.force)?;
    let bar = PatientBar::new(trials.len() as u64, "trials {bar:40} {pos}/{len}", session);
    let compared =
        threads.install(|| compare(&trials, &|| !interrupt::requested(), &|| bar.advance(1)));
    bar.end();
    let extent = Extent::of("trials", compared.len(), trials.len());
    let letters = Some(&wanted.letters).filter(|_| !wanted.no_figures);
    if let Some(letters) = letters {
        letters.warn(&format!("the table {}", table.name), &table.text, terminal);
    }
    let stored = files::store(&table, &compared, &extent, folder, letters)?;
    terminal.remarks(&stored.notes);
    print(&compared, &extent, arguments, &stored.path, session);
    extent.mark().iter().for_each(|mark| terminal.error(mark));
    let failed = compared.iter().flat_map(|one| &one.predictions).any(|one| one.value.is_err());
    Ok(ExitStatus::failed_if(failed).max(interrupt::status()))
}

/// The table of the user, or the shipped one.
fn table(arguments: &EvidenceArguments) -> Result<TableFile, CommandError> {
    let Some(path) = &arguments.file else {
        let (name, text) = SHIPPED;
        let folder = NAME.to_owned();
        return Ok(TableFile { folder, name: name.to_owned(), text: text.to_owned() });
    };
    let name = path.display().to_string();
    let text = read(path).map_err(|failure| match failure {
        InputFailure::NotFound { .. } | InputFailure::Empty { .. } => {
            CommandError::bad_input(format!(
                "{failure}; calcifate evidence --no-figures -o . writes the shipped table, whose \
                     columns it has"
            ))
        }
        other => other.into(),
    })?;
    Ok(TableFile { folder: scenario_name(path)?, name, text })
}

/// The trials of a table; its problems are printed.
fn trials(table: &TableFile, session: &Session) -> Result<Vec<Trial>, CommandError> {
    evidence_table::read(&table.name, &table.text).map_err(|problems: Vec<Problem>| {
        session.terminal.talk(&render(&problems, &[], session.terminal.colored_talk));
        CommandError::printed(ExitStatus::BadInput)
    })
}

/// The trials with these ids or of these topics; all if there are none.
fn chosen(trials: Vec<Trial>, wanted: &[String]) -> Result<Vec<Trial>, CommandError> {
    chosen_by_word(trials, |trial| Some((&trial.id, &trial.topic)), wanted, "trial")
        .map_err(CommandError::bad_input)
}

fn print(
    compared: &[Compared],
    extent: &Extent,
    arguments: &EvidenceArguments,
    path: &Path,
    session: &Session,
) {
    let terminal = &session.terminal;
    if arguments.answer.json {
        terminal.json(&print::document(compared, extent));
    } else if arguments.markdown {
        terminal.result(&print::markdown(compared, extent));
    } else {
        session.print_summary(&print::summary(compared, extent, path, terminal));
    }
}
