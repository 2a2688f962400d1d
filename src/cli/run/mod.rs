//! `calcifate run`: load, run, judge, draw, write, print.

mod answer;
mod document;
pub(crate) mod finished;
pub(crate) mod page;
mod repeat;
pub(crate) mod store;
mod summary;

use rayon::ThreadPool;

use crate::cli::arguments::commands::RunArguments;
use crate::cli::arguments::options::ResultFolder;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::run::finished::FinishedRun;
use crate::cli::run::repeat::WantedRuns;
use crate::cli::session::input_files::ScenarioFile;
use crate::cli::session::progress_bar::{PatientBar, STEPS};
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::terminal::Terminal;
use crate::library::run::{Run, run_all as run_arms};
use crate::scenario::Scenario;
use crate::simulation::Options;
use crate::storage::run_folder::RunFolder;

/// Runs scenario files and writes, prints and judges the results.
pub(crate) fn run(arguments: &RunArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let WantedRuns { scenarios, overrides, options } = repeat::wanted(arguments, terminal)?;
    let with_figures = !arguments.folder.no_figures;
    let letters = &arguments.folder.letters;
    for file in scenarios.iter().filter(|_| with_figures) {
        letters.warn_of_scenario(&file.scenario, terminal);
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let wanted = scenarios.len();
    let (scenarios, folders) = begin_folders(&arguments.folder, scenarios, terminal);
    let mut status = ExitStatus::failed_if(folders.len() < wanted);

    let mut finished = run_all(scenarios, &options, &threads, session);
    let integration = session.elapsed();
    if with_figures {
        page::draw_all(&mut finished, letters.font.as_ref());
    }
    threads.install(|| page::make_all(&mut finished, &overrides, &options, with_figures));
    let timing = session.timing(integration, &threads);
    let settings = (&overrides, &options);
    let lines = finished.iter().map(store::line_count).sum();
    let bar = PatientBar::new(lines, "writing {bar:40} {percent:>3} %  {eta}", session);
    for (run, folder) in finished.iter_mut().zip(folders) {
        status = status.max(store::store(run, folder, settings, &timing, &bar, terminal));
        status = status.max(run.status(arguments.strict, !overrides.arms.is_empty()));
    }
    bar.end();
    print(&finished, arguments.answer.json, status, session);
    Ok(status)
}

/// Runs all arms of scenarios side by side, each scenario also under the other hypothesis set if its
/// answer asks for that.
pub(crate) fn run_all(
    files: Vec<ScenarioFile>,
    options: &Options,
    threads: &ThreadPool,
    session: &Session,
) -> Vec<FinishedRun> {
    let others: Vec<_> = files.iter().map(|file| file.scenario.under_other_set()).collect();
    let scenarios = files.iter().map(|file| &file.scenario).chain(others.iter().flatten());
    let arms: Vec<_> = scenarios.flat_map(|scenario| &scenario.arms).collect();
    let bar = PatientBar::new(STEPS, "running {bar:40} {percent:>3} %  {eta}", session);
    let runs = threads.install(|| run_arms(&arms, options, &|share| bar.goes_on(share)));
    bar.end();
    let mut runs = runs.into_iter();
    let mut judged = |scenario: Scenario| {
        let own: Vec<_> = runs.by_ref().take(scenario.arms.len()).collect();
        Run::judged(scenario, own)
    };
    let own: Vec<_> = files.into_iter().map(|file| (file.path, judged(file.scenario))).collect();
    let others = others.into_iter().map(|other| other.map(&mut judged));
    own.into_iter()
        .zip(others)
        .map(|((path, run), other)| FinishedRun::new(path, run, other))
        .collect()
}

/// A folder per scenario; scenarios whose folder cannot be had are reported and left out.
fn begin_folders(
    wanted: &ResultFolder,
    scenarios: Vec<ScenarioFile>,
    terminal: &Terminal,
) -> (Vec<ScenarioFile>, Vec<RunFolder>) {
    let begin = |file: ScenarioFile| {
        let begun =
            RunFolder::begin(&wanted.output, &file.scenario.name, file.source(), wanted.force);
        match begun {
            Ok(folder) => Some((file, folder)),
            Err(failure) => {
                terminal.error(&failure.to_string());
                None
            }
        }
    };
    scenarios.into_iter().filter_map(begin).unzip()
}

fn print(finished: &[FinishedRun], json: bool, status: ExitStatus, session: &Session) {
    let terminal = &session.terminal;
    for run in finished {
        run.print_warnings(terminal);
    }
    if json {
        terminal.json(&document::document(finished, status, &terminal.errors()));
        return;
    }
    let seconds = session.elapsed().as_secs_f64();
    let shown: Vec<String> =
        finished.iter().map(|run| summary::summary(run, seconds, terminal)).collect();
    if !shown.is_empty() {
        session.print_summary(&shown.join("\n"));
    }
}
