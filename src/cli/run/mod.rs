//! `calcifate run`: load, run, judge, draw, write, tell.

mod arms;
mod document;
mod figures;
mod finished;
mod progress;
mod store;
mod summary;

use std::time::Instant;

use rayon::ThreadPool;

use crate::cli::arguments::Run;
use crate::cli::interrupt;
use crate::cli::outcome::Outcome;
use crate::cli::run::finished::FinishedRun;
use crate::cli::scenario_files::{self, ScenarioFile};
use crate::cli::terminal::Terminal;
use crate::scenario::Overrides;
use crate::simulation::Options;
use crate::storage::manifest::Timing;
use crate::storage::run_folder::RunFolder;

/// Runs scenario files and writes, prints and judges what came out.
pub fn run(wanted: &Run, terminal: &Terminal) -> Outcome {
    let started = Instant::now();
    let overrides = overrides(wanted);
    let scenarios = match scenario_files::load_all(&wanted.files, &overrides, wanted.json, terminal)
    {
        Ok(scenarios) => scenarios,
        Err(outcome) => return outcome,
    };
    interrupt::listen();
    let mut outcome = Outcome::Fine;
    let (scenarios, folders) = begin_folders(wanted, scenarios, &mut outcome, terminal);
    let Some(threads) = threads(wanted, terminal) else { return Outcome::Failed };

    let runs = arms::run_all(&scenarios, &options(wanted), &threads, terminal);
    let integration_seconds = started.elapsed().as_secs_f64();
    let mut finished: Vec<_> = scenarios
        .into_iter()
        .zip(runs)
        .map(|(file, runs)| FinishedRun::judge(file, runs))
        .collect();
    let drawing = Instant::now();
    if !wanted.no_figures {
        figures::draw_all(&mut finished);
    }
    let timing = Timing {
        integration_seconds,
        figures_seconds: drawing.elapsed().as_secs_f64(),
        threads: threads.current_num_threads(),
    };
    for (run, folder) in finished.iter_mut().zip(folders) {
        outcome = outcome.max(store::store(run, folder, wanted, &overrides, &timing, terminal));
        outcome = outcome.max(run.outcome(wanted.strict, !wanted.arm.is_empty()));
    }
    tell(&finished, wanted, outcome, started.elapsed().as_secs_f64(), terminal);
    outcome
}

fn overrides(wanted: &Run) -> Overrides {
    Overrides {
        set: wanted.set.clone(),
        hypothesis: wanted.hypothesis,
        arms: wanted.arm.clone(),
        beyond_range: wanted.beyond_range,
        ..Overrides::default()
    }
}

fn options(wanted: &Run) -> Options {
    Options { method: wanted.method, relative_tolerance: wanted.rtol, ..Options::default() }
}

/// A folder per scenario; scenarios whose folder cannot be had are told and left out.
fn begin_folders(
    wanted: &Run,
    scenarios: Vec<ScenarioFile>,
    outcome: &mut Outcome,
    terminal: &Terminal,
) -> (Vec<ScenarioFile>, Vec<RunFolder>) {
    let (mut kept, mut folders) = (Vec::new(), Vec::new());
    for file in scenarios {
        match RunFolder::begin(&wanted.output, &file.scenario.name, wanted.force) {
            Ok(folder) => {
                kept.push(file);
                folders.push(folder);
            }
            Err(failure) => {
                terminal.error(&failure.to_string());
                *outcome = Outcome::Failed;
            }
        }
    }
    (kept, folders)
}

fn threads(wanted: &Run, terminal: &Terminal) -> Option<ThreadPool> {
    let count = wanted.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
    pool.map_err(|error| terminal.error(&format!("cannot start {count} threads: {error}"))).ok()
}

fn tell(
    finished: &[FinishedRun],
    wanted: &Run,
    outcome: Outcome,
    seconds: f64,
    terminal: &Terminal,
) {
    for run in finished {
        run.tell_warnings(terminal);
    }
    if wanted.json {
        terminal.result(&document::document(finished, outcome, &terminal.errors()));
        return;
    }
    let shown: Vec<String> =
        finished.iter().map(|run| summary::summary(run, seconds, terminal)).collect();
    if !shown.is_empty() {
        let disclaimer = "Educational model, population average, not medical advice.\n";
        terminal.result(&(shown.join("\n") + disclaimer));
    }
}
