//! `calcifate why`: why two arms of a scenario end differently.

mod print;

use crate::charts::waterfall::{Facts, View};
use crate::cli::arguments::WhyArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::load_scenarios;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::problem::Problems;
use crate::storage::figure_files::FigureFiles;
use crate::storage::place::write;

/// Length of the progress bar.
const STEPS: u64 = 1000;

/// Shares out the difference between two arms among its causes, prints and draws it.
pub(crate) fn why(arguments: &WhyArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let overrides = arguments.changes.overrides(Vec::new());
    let json = arguments.answer.json;
    let files = load_scenarios(std::slice::from_ref(&arguments.file), &overrides, json, terminal)?;
    let Some(file) = files.into_iter().next() else {
        return Err(CommandError::bad_input("there is no scenario"));
    };
    if arguments.output.is_some() {
        arguments.letters.warn_of_scenario(&file.scenario, terminal);
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let bar = PatientBar::new(STEPS, "running {bar:40} {percent:>3} %", session);
    let outcomes: Vec<&str> = arguments.outcome.iter().map(String::as_str).collect();
    let (from, to) = (&arguments.from, &arguments.to);
    let options = arguments.solver.options();
    let why = threads.install(|| {
        file.scenario.why(from, to, &outcomes, &options, &|share| {
            bar.reach(share);
            !interrupt::requested()
        })
    });
    bar.end();
    if interrupt::requested() {
        return Ok(ExitStatus::Interrupted);
    }
    let why = why.map_err(|problems| CommandError::bad_input(line(&problems)))?;
    if let Some(folder) = &arguments.output {
        let figures = why.figures().map_err(CommandError::failed)?;
        for (figure, (outcome, facts)) in figures.into_iter().zip(&why.told) {
            let files = FigureFiles::of(figure, arguments.letters.font.as_ref())
                .map_err(CommandError::failed)?;
            let view = match facts.view {
                View::Cause => "",
                View::Effect => "_by_effect",
            };
            for (ending, bytes) in &files.contents {
                write(folder, format!("why_{}{view}.{ending}", plain(outcome)), bytes)?;
            }
        }
    }
    let facts: Vec<Facts> = why.told.into_iter().map(|(_, facts)| facts).collect();
    if json {
        terminal.result(&print::document(&facts, why.runs));
    } else {
        session.print_summary(&print::summary(&facts, terminal));
    }
    Ok(ExitStatus::Success)
}

/// What is wrong with the arguments, in one line.
fn line(problems: &Problems) -> String {
    let told = problems.iter().map(|problem| match problem.help() {
        "" => problem.message().to_owned(),
        help => format!("{}; {help}", problem.message()),
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Letters and digits of an outcome, for the name of a file.
fn plain(text: &str) -> String {
    let letters =
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' });
    letters.collect::<String>().trim_matches('_').to_owned()
}
