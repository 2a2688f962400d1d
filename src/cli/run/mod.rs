//! `calcifate run`: load, run, judge, draw, write, print.

mod answer;
mod arms;
mod document;
mod figures;
pub(crate) mod finished;
pub(crate) mod page;
mod repeat;
pub(crate) mod store;
mod summary;

use rayon::ThreadPool;

use crate::cli::arguments::RunArguments;
use crate::cli::arguments::options::ResultFolder;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::run::finished::FinishedRun;
use crate::cli::run::repeat::WantedRuns;
use crate::cli::session::input_files::ScenarioFile;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::terminal::Terminal;
use crate::error::defect::OrDefect as _;
use crate::library::run::Run;
use crate::simulation::Options;
use crate::storage::manifest::RunSettings;
use crate::storage::run_folder::RunFolder;

/// Runs scenario files and writes, prints and judges the results.
pub(crate) fn run(arguments: &RunArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let json = arguments.answer.json;
    let WantedRuns { scenarios, overrides, options } = repeat::wanted(arguments, terminal)?;
    if !arguments.folder.no_figures {
        let letters = &arguments.folder.letters;
        scenarios.iter().for_each(|file| letters.warn_of_scenario(&file.scenario, terminal));
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let wanted = scenarios.len();
    let (scenarios, folders) = begin_folders(&arguments.folder, scenarios, terminal);
    let mut status = ExitStatus::failed_if(folders.len() < wanted);

    let mut finished = run_all(scenarios, &options, &threads, session);
    let integration = session.elapsed();
    let with_figures = !arguments.folder.no_figures;
    if with_figures {
        figures::draw_all(&mut finished, arguments.folder.letters.font.as_ref());
    }
    threads.install(|| page::make_all(&mut finished, &overrides, &options, with_figures));
    let timing = session.timing(integration, &threads);
    let settings = RunSettings {
        overrides: &overrides,
        method: options.method.name(),
        relative_tolerance: options.relative_tolerance,
    };
    let lines = finished.iter().map(store::line_count).sum();
    let bar = PatientBar::new(lines, "writing {bar:40} {percent:>3} %  {eta}", session);
    for (run, folder) in finished.iter_mut().zip(folders) {
        status = status.max(store::store(run, folder, &settings, &timing, &bar, terminal));
        status = status.max(run.status(arguments.strict, !overrides.arms.is_empty()));
    }
    bar.end();
    print(&finished, json, status, session);
    Ok(status)
}

/// Runs scenarios, each also under the other hypothesis set if its answer asks for that.
pub(crate) fn run_all(
    scenarios: Vec<ScenarioFile>,
    options: &Options,
    threads: &ThreadPool,
    session: &Session,
) -> Vec<FinishedRun> {
    let others: Vec<_> = scenarios.iter().map(|file| file.scenario.under_other_set()).collect();
    let own = scenarios.iter().map(|file| &file.scenario);
    let all: Vec<_> = own.chain(others.iter().flatten()).collect();
    let mut runs = arms::run_all(&all, options, threads, session).into_iter();
    let own: Vec<_> = runs.by_ref().take(scenarios.len()).collect();
    let others: Vec<_> = others
        .into_iter()
        .map(|other| {
            Some(Run::judged(other?, runs.next().or_defect("a scenario without its runs")))
        })
        .collect();
    let finished = scenarios.into_iter().zip(own.into_iter().zip(others));
    finished
        .map(|(file, (own, other))| {
            FinishedRun::new(file.path, Run::judged(file.scenario, own), other)
        })
        .collect()
}

/// A folder per scenario; scenarios whose folder cannot be had are reported and left out.
fn begin_folders(
    wanted: &ResultFolder,
    scenarios: Vec<ScenarioFile>,
    terminal: &Terminal,
) -> (Vec<ScenarioFile>, Vec<RunFolder>) {
    let begin = |file: ScenarioFile| {
        let scenario = &file.scenario;
        let source = scenario.texts.first().map_or("", |(name, _)| name);
        match RunFolder::begin(&wanted.output, &scenario.name, source, wanted.force) {
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
        terminal.result(&document::document(finished, status, &terminal.errors()));
        return;
    }
    let seconds = session.elapsed().as_secs_f64();
    let shown: Vec<String> =
        finished.iter().map(|run| summary::summary(run, seconds, terminal)).collect();
    if !shown.is_empty() {
        session.print_summary(&shown.join("\n"));
    }
}
