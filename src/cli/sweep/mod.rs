//! `calcifate sweep`: load, run what is missing, write, tell.

mod command;
pub mod dry_run;
pub mod figures;
mod follow;
mod progress;
pub mod summary;

use std::time::Instant;

use crate::cli::arguments::Sweep as Wanted;
use crate::cli::interrupt;
use crate::cli::outcome::Outcome;
use crate::cli::scenario_files::{normal, read, read_beside, scenario_name};
use crate::cli::sweep::figures::Drawn;
use crate::cli::sweep::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::error::failure::{InputFailure, StorageFailure};
use crate::error::render::render;
use crate::simulation::Options;
use crate::storage::manifest::Timing;
use crate::storage::sweep_folder::{Found, SweepFolder};
use crate::sweep::Sweep;
use crate::sweep::engine::InLanes;
use crate::sweep::file::load;
use crate::sweep::runner::{Ended, FinishedChunk, run_chunks};

/// Runs a sweep, or goes on with it.
pub fn sweep(wanted: &Wanted, terminal: &Terminal) -> Outcome {
    let started = Instant::now();
    let Some(sweep) = loaded(wanted, terminal) else { return Outcome::BadInput };
    if let Some(run) = wanted.show_run {
        return show(&sweep, run, terminal);
    }
    let threads = wanted.threads.map_or(0, usize::from);
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool,
        Err(error) => {
            terminal.error(&format!("cannot start {threads} threads: {error}"));
            return Outcome::Failed;
        }
    };
    if wanted.dry_run {
        return dry_run::tell(&sweep, wanted, pool.current_num_threads(), terminal);
    }
    interrupt::listen();
    match run(&sweep, wanted, &pool, started, terminal) {
        Ok(outcome) => outcome,
        Err(failure) => {
            terminal.error(&failure.to_string());
            if failure.can_go_on() {
                terminal.remark("what is stored stays; the same command goes on from there");
            }
            Outcome::Failed
        }
    }
}

/// Prints the command that repeats a run.
fn show(sweep: &Sweep, run: u64, terminal: &Terminal) -> Outcome {
    let runs = sweep.plan.runs();
    if run >= runs {
        let last = runs.saturating_sub(1);
        terminal.error(&format!("there is no run {run}: runs are numbered from 0 to {last}"));
        return Outcome::BadInput;
    }
    terminal.result(&format!("{}\n", command::command(sweep, run)));
    Outcome::Fine
}

/// The sweep, unless something is wrong with its file; all problems are told.
fn loaded(wanted: &Wanted, terminal: &Terminal) -> Option<Sweep> {
    let options =
        Options { method: wanted.method, relative_tolerance: wanted.rtol, ..Options::default() };
    let text = || -> Result<(String, String), InputFailure> {
        Ok((scenario_name(&wanted.file)?, read(&wanted.file)?))
    };
    let (name, text) = match text() {
        Ok(found) => found,
        Err(failure) => {
            terminal.error(&failure.to_string());
            return None;
        }
    };
    let shown = normal(&wanted.file).display().to_string();
    let loaded = load(&shown, &text, options, &read_beside);
    terminal.talk(&render(&loaded.problems, &loaded.texts, terminal.colored_talk));
    let mut sweep = loaded.sweep?;
    loaded.remarks.iter().for_each(|remark| terminal.remark(remark));
    sweep.name = name; // checked to be a safe name for a folder
    Some(sweep)
}

fn run(
    sweep: &Sweep,
    wanted: &Wanted,
    pool: &rayon::ThreadPool,
    started: Instant,
    terminal: &Terminal,
) -> Result<Outcome, StorageFailure> {
    let came = go_on(sweep, wanted, pool, started, terminal)?;
    let outcome = told(sweep, wanted, &came, terminal);
    Ok(came.drawn.outcome(outcome, terminal))
}

/// How far a sweep came.
pub struct Came {
    /// Its folder.
    pub folder: SweepFolder,
    /// Its chunks.
    pub found: Found,
    /// How it ended.
    pub ended: Ended,
    /// Its figures.
    pub drawn: Drawn,
}

/// Runs what is missing of a sweep and writes its tables when nothing is.
pub fn go_on(
    sweep: &Sweep,
    wanted: &Wanted,
    pool: &rayon::ThreadPool,
    started: Instant,
    terminal: &Terminal,
) -> Result<Came, StorageFailure> {
    let folder = SweepFolder::begin(&wanted.output, sweep, wanted.shard, wanted.force)?;
    folder.notes.iter().for_each(|note| terminal.remark(note));
    let chunks = sweep.plan.chunks();
    let found = folder.look(chunks)?;
    tell_found(sweep, &found, wanted, terminal);
    let todo: u64 = found.missing.iter().map(|chunk| runs_in(sweep, *chunk)).sum();
    let progress = Progress::new(todo, wanted.max_time, started, terminal);
    let engine = InLanes::new(sweep.options, &sweep.arms(&sweep.base).unwrap_or_default());
    let store =
        |chunk: FinishedChunk| folder.store(&chunk, &|row| command::command(sweep, row.run));
    let ended =
        run_chunks(sweep, &found.missing, &engine, &progress, pool, wanted.fail_fast, &store);
    progress.end();
    let found = folder.look(chunks)?;
    let ended = ended?;
    let mut drawn = Drawn::default();
    if ended == Ended::Complete {
        let integration_seconds = started.elapsed().as_secs_f64();
        folder.finish(chunks, &found)?;
        if wanted.shard.is_none() && !wanted.no_figures {
            drawn = pool.install(|| figures::draw(sweep, folder.path(), &engine));
        }
        let timing = Timing {
            integration_seconds,
            figures_seconds: started.elapsed().as_secs_f64() - integration_seconds,
            threads: pool.current_num_threads(),
        };
        folder.write_timing(&timing)?;
    }
    Ok(Came { folder, found, ended, drawn })
}

fn runs_in(sweep: &Sweep, chunk: u64) -> u64 {
    let runs = sweep.plan.runs_of(chunk);
    runs.end - runs.start
}

/// What an earlier start left.
fn tell_found(sweep: &Sweep, found: &Found, wanted: &Wanted, terminal: &Terminal) {
    for file in &found.damaged {
        terminal.warning(&format!("{file}: damaged; its runs are done again"));
    }
    let chunks = sweep.plan.chunks();
    let own = (0..chunks).filter(|chunk| wanted.shard.is_none_or(|shard| shard.holds(*chunk)));
    let own = own.count();
    let done = own.saturating_sub(found.missing.len());
    if done > 0 {
        terminal.remark(&format!("going on: {done} of {own} chunks are done already"));
    }
}

/// Says how far it came and gives the outcome.
pub fn told(sweep: &Sweep, wanted: &Wanted, came: &Came, terminal: &Terminal) -> Outcome {
    let Came { folder, found, ended, drawn } = came;
    let again = "the same command goes on from here";
    let left: u64 = found.missing.iter().map(|chunk| runs_in(sweep, *chunk)).sum();
    match ended {
        Ended::Complete => {
            terminal.result(&summary::summary(
                sweep,
                wanted.shard,
                folder.path(),
                found,
                drawn,
                terminal,
            ));
            if found.failed > 0 { Outcome::Failed } else { Outcome::Fine }
        }
        Ended::Stopped => {
            terminal.warning(&format!("stopped with {left} runs left; {again}"));
            if interrupt::requested() { Outcome::Interrupted } else { Outcome::Fine }
        }
        Ended::Failed(row) => {
            let cause = row.failure.as_deref().unwrap_or_default();
            let command = command::command(sweep, row.run);
            terminal.error(&format!(
                "run {} failed: {cause}\n  repeat it: {command}\n  {left} runs are left; {again}",
                row.run
            ));
            Outcome::Failed
        }
    }
}
