//! `calcifate why`: why two arms of a scenario end differently.

mod files;
mod print;

use crate::charts::waterfall::Facts;
use crate::cli::arguments::WhyArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::load_scenario;
use crate::cli::session::progress_bar::{PatientBar, STEPS};
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::problem::Problems;
use crate::printed::shown_path;

/// Shares out the difference between two arms among its causes, prints and draws it.
pub(crate) fn why(arguments: &WhyArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let overrides = arguments.changes.overrides(Vec::new());
    let json = arguments.answer.json;
    let file = load_scenario(&arguments.file, &overrides, json, terminal)?;
    if arguments.output.is_some() {
        arguments.letters.warn_of_scenario(&file.scenario, terminal);
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let folder = arguments.output.as_ref().map(|output| files::begin(output, arguments, &file));
    let folder = folder.transpose()?;
    let bar = PatientBar::new(STEPS, "running {bar:40} {percent:>3} %", session);
    let (from, to) = (&arguments.from, &arguments.to);
    let options = arguments.solver.options();
    let why = threads.install(|| {
        let outcomes = outcomes(&arguments.outcome);
        file.scenario.why(from, to, &outcomes, &options, &|share| bar.goes_on(share))
    });
    bar.end();
    if interrupt::requested() {
        return Err(interrupted());
    }
    let why = why.map_err(|problems| CommandError::bad_input(line(&problems)))?;
    if let Some(folder) = folder {
        let stored =
            files::store(&why, &file, &arguments.letters, folder)?.ok_or_else(interrupted)?;
        terminal.remarks(&stored.notes);
        terminal.remark(&format!("waterfalls: {}", shown_path(&stored.path)));
    }
    let facts: Vec<Facts> = why.told.into_iter().map(|(_, facts)| facts).collect();
    if json {
        terminal.json(&print::document(&facts, why.runs));
    } else {
        session.print_summary(&print::summary(&facts, terminal));
    }
    Ok(interrupt::status())
}

/// The shares of a part of the runs would sum to nothing.
fn interrupted() -> CommandError {
    let message = "interrupted: a difference is shared out as a whole, so nothing is shown and \
                   nothing was written";
    CommandError::new(ExitStatus::Interrupted, message)
}

/// The outcomes that were asked for, each once.
fn outcomes(wanted: &[String]) -> Vec<&str> {
    let mut once: Vec<&str> = Vec::new();
    for outcome in wanted.iter().map(|outcome| outcome.trim()) {
        if !once.contains(&outcome) {
            once.push(outcome);
        }
    }
    once
}

/// What is wrong with the arguments, in one line.
fn line(problems: &Problems) -> String {
    let told = problems.iter().map(|problem| match problem.help() {
        "" => problem.message().to_owned(),
        help => format!("{}; {help}", problem.message()),
    });
    told.collect::<Vec<_>>().join("; ")
}
