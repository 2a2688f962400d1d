//! `calcifate run`: load, run, judge, draw, write, print.

mod document;
pub(crate) mod finished;
pub(crate) mod page;
pub(crate) mod store;
mod summary;

use rayon::ThreadPool;

use crate::cli::arguments::commands::RunArguments;
use crate::cli::arguments::options::ResultFolder;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::run::finished::FinishedRun;
use crate::cli::session::input_files::{ScenarioFile, load_repeated, load_scenarios};
use crate::cli::session::progress_bar::{PatientBar, STEPS};
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::terminal::Terminal;
use crate::library::input_files::read;
use crate::library::run::{Run, run_all as run_arms};
use crate::printed::shown_path;
use crate::scenario::{Overrides, Scenario};
use crate::simulation::Options;
use crate::storage::repeat::{RepeatedRun, is_manifest};
use crate::storage::run_folder::RunFolder;

/// Runs scenario files and writes, prints and judges the results.
pub(crate) fn run(arguments: &RunArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let WantedRuns { scenarios, overrides, options } = wanted(arguments, terminal)?;
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

/// What is to be run, and how.
struct WantedRuns {
    pub scenarios: Vec<ScenarioFile>,
    pub overrides: Overrides,
    pub options: Options,
}

/// Loads what the arguments name.
fn wanted(arguments: &RunArguments, terminal: &Terminal) -> Result<WantedRuns, CommandError> {
    let (files, json) = (&arguments.scenarios.files, arguments.answer.json);
    for path in files {
        let text = read(path).ok().filter(|text| is_manifest(text));
        if let Some(text) = text {
            let shown = shown_path(path);
            if files.len() > 1 || changes_something(arguments) {
                return Err(CommandError::bad_input(format!(
                    "{shown}: a manifest repeats its run exactly: it takes no other file and none of \
                     --arm, --set, --hypothesis, --beyond-range, --method, --rtol"
                )));
            }
            let repeated = RepeatedRun::read(&text)
                .map_err(|why| CommandError::failed(format!("{shown}: {why}")))?;
            let scenarios = vec![load_repeated(path, &repeated, json, terminal)?];
            let RepeatedRun { overrides, options, .. } = repeated;
            return Ok(WantedRuns { scenarios, overrides, options });
        }
    }
    let overrides = arguments.changes.overrides(arguments.arm.clone());
    let scenarios = load_scenarios(files, &overrides, json, terminal)?;
    Ok(WantedRuns { scenarios, overrides, options: arguments.solver.options() })
}

/// True if an argument says what the manifest says too.
fn changes_something(arguments: &RunArguments) -> bool {
    let changes = &arguments.changes;
    let of_scenario =
        !changes.set.is_empty() || changes.beyond_range || changes.hypothesis.is_some();
    of_scenario || !arguments.arm.is_empty() || arguments.solver.options() != Options::default()
}
