//! `calcifate sweep`: load, run what is missing, write, print.

pub(crate) mod dry_run;
pub(crate) mod figures;
mod progress;
pub(crate) mod summary;

use std::path::Path;

use rayon::ThreadPool;

use crate::cli::arguments::commands::SweepArguments;
use crate::cli::arguments::options::ManyRuns;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::input_files::load_sweep_file;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::sweep::progress::SweepProgress;
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::library::input_files::read_beside;
use crate::report::repeat;
use crate::storage::place::write;
use crate::storage::shard::Shard;
use crate::storage::sweep_folder::{ChunkScan, SweepFolder};
use crate::sweep::Sweep;
use crate::sweep::file::load;
use crate::sweep::runner::{FinishedChunk, SweepEnd, run_chunks};

/// Runs a sweep, or goes on with it.
pub(crate) fn sweep(arguments: &SweepArguments, session: &Session) -> CommandResult {
    let (runs, terminal) = (&arguments.runs, &session.terminal);
    let options = arguments.solver.options();
    let (name, mut sweep) = load_sweep_file(&arguments.file, terminal, |name, text| {
        load(name, text, options, &read_beside)
    })?;
    sweep.name = name; // checked to be a safe name for a folder
    if let Some(run) = arguments.show_run {
        return show(&sweep, run, terminal);
    }
    let threads = start_threads(&runs.threads)?;
    if runs.dry_run {
        threads.install(|| dry_run::estimate(&sweep, runs.shard, terminal))?;
        return Ok(ExitStatus::Success);
    }
    interrupt::listen();
    let figures = runs.shard.is_none() && !runs.folder.no_figures;
    if figures {
        runs.folder.letters.warn_of_sweep(&sweep, terminal);
    }
    sweep.integrate_pasts().map_err(CommandError::bad_input)?;
    let state = go_on(&sweep, runs, &runs.folder.output, figures, &threads, session)
        .map_err(|failure| resumable(&failure, terminal))?;
    let status = report(&sweep, runs.shard, &state, session);
    Ok(state.drawn.report_failures(status, terminal))
}

/// Prints the command that repeats a run.
fn show(sweep: &Sweep, run: u64, terminal: &Terminal) -> CommandResult {
    let runs = sweep.plan.runs();
    if run >= runs {
        let last = runs.saturating_sub(1);
        let message = format!("there is no run {run}: runs are numbered from 0 to {last}");
        return Err(CommandError::bad_input(message));
    }
    terminal.result(&format!("{}\n", command(sweep, run)));
    Ok(ExitStatus::Success)
}

/// A failure after which the same command goes on.
pub(crate) fn resumable(failure: &StorageFailure, terminal: &Terminal) -> CommandError {
    terminal.error(&failure.to_string());
    if failure.can_go_on() {
        terminal.remark("what is stored stays; the same command goes on from there");
    }
    CommandError::printed(ExitStatus::Failed)
}

/// The `calcifate run` command that repeats one run, for a POSIX shell.
pub(crate) fn command(sweep: &Sweep, run: u64) -> String {
    let overrides = sweep.overrides(&sweep.plan.values(run));
    repeat::command(&sweep.template.name, &overrides, &sweep.options)
}

/// The number of runs in some chunks.
fn run_count(sweep: &Sweep, chunks: impl IntoIterator<Item = u64>) -> u64 {
    let runs = chunks.into_iter().map(|chunk| sweep.plan.runs_of(chunk));
    runs.map(|runs| runs.end - runs.start).sum()
}

/// The number of runs of a shard; of all without one.
fn own_runs(sweep: &Sweep, shard: Option<Shard>) -> u64 {
    run_count(sweep, Shard::own_chunks(shard, sweep.plan.chunks()))
}

/// State of a sweep after its runs.
pub(crate) struct SweepState {
    pub folder: SweepFolder,
    pub found: ChunkScan,
    pub ended: SweepEnd,
    pub drawn: DrawnFigures,
}

/// Runs what is missing of a sweep in `output`, and writes its tables and, if wanted, figures when
/// nothing is.
pub(crate) fn go_on(
    sweep: &Sweep,
    wanted: &ManyRuns,
    output: &Path,
    figures: bool,
    threads: &ThreadPool,
    session: &Session,
) -> Result<SweepState, StorageFailure> {
    let folder = SweepFolder::begin(output, sweep, wanted.shard, wanted.folder.force)?;
    session.terminal.remarks(&folder.notes);
    let chunks = sweep.plan.chunks();
    let found = folder.scan(chunks, &|| ())?;
    report_found(sweep, &found, wanted.shard, &session.terminal);
    let todo = run_count(sweep, found.missing.iter().copied());
    let progress = SweepProgress::new(todo, wanted.max_time, session);
    let store = |chunk: FinishedChunk| folder.store(&chunk, &|row| command(sweep, row.run));
    let ended =
        threads.install(|| run_chunks(sweep, &found.missing, &progress, wanted.fail_fast, &store));
    progress.end();
    let integration = session.elapsed();
    // Each chunk is looked at, then written.
    let own = Shard::own_chunks(wanted.shard, chunks).count() as u64;
    let bar = PatientBar::new(2 * own, "writing {bar:30} {percent:>3} %  {eta} left", session);
    let found = folder.scan(chunks, &|| bar.advance(1))?;
    let mut ended = ended?;
    let mut drawn = DrawnFigures::default();
    let watch = || {
        bar.advance(1);
        !interrupt::requested()
    };
    if ended == SweepEnd::Complete && !folder.finish(chunks, &found, &watch)? {
        ended = SweepEnd::Interrupted;
    }
    bar.end();
    if ended == SweepEnd::Complete {
        if figures {
            let font = wanted.folder.letters.font.as_ref();
            drawn = threads.install(|| figures::draw(sweep, &folder.path, font));
        }
        if wanted.shard.is_none() {
            write(&folder.path, "README.txt", summary::readme(sweep, &folder.path).as_bytes())?;
        }
        folder.write_timing(&session.timing(integration, threads))?;
    }
    Ok(SweepState { folder, found, ended, drawn })
}

/// Prints what an earlier start left.
fn report_found(sweep: &Sweep, found: &ChunkScan, shard: Option<Shard>, terminal: &Terminal) {
    for file in &found.damaged {
        terminal.warning(&format!("{file}: damaged; its runs are done again"));
    }
    let own = Shard::own_chunks(shard, sweep.plan.chunks()).count();
    let done = own.saturating_sub(found.missing.len());
    if done > 0 {
        terminal.remark(&format!("going on: {done} of {own} chunks are done already"));
    }
}

/// Prints how far a sweep came, and gives the exit status.
pub(crate) fn report(
    sweep: &Sweep,
    shard: Option<Shard>,
    state: &SweepState,
    session: &Session,
) -> ExitStatus {
    let terminal = &session.terminal;
    let again = "the same command goes on from here";
    let left = run_count(sweep, state.found.missing.iter().copied());
    match &state.ended {
        SweepEnd::Complete => {
            session.print_summary(&summary::summary(sweep, shard, state, terminal));
            ExitStatus::failed_if(state.found.failed > 0).max(interrupt::status())
        }
        SweepEnd::Interrupted => {
            terminal.warning(&format!("stopped with {left} runs left; {again}"));
            interrupt::status()
        }
        SweepEnd::Failed(row) => {
            let cause = row.failure.as_deref().unwrap_or_default();
            let command = command(sweep, row.run);
            terminal.error(&format!(
                "run {} failed: {cause}\n  repeat it: {command}\n  {left} runs are left; {again}",
                row.run
            ));
            ExitStatus::Failed
        }
    }
}
