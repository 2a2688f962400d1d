//! Goes through the chunks of a sweep on all threads.
//!
//! Which runs a chunk holds and what they give depends on nothing but the sweep, so that any
//! number of threads, any split and any interruption end in the same bytes.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};

use crate::sweep::Sweep;
use crate::sweep::engine::Engine;
use crate::sweep::kept::{RunRow, Stopped};

/// Runs that an engine gets at once.
pub const RUNS_PER_BATCH: u64 = 8;

/// A chunk whose runs are all done.
#[derive(Clone, Debug, PartialEq)]
pub struct FinishedChunk {
    /// Its number.
    pub number: u64,
    /// The rows of its runs, in their order.
    pub rows: Vec<RunRow>,
}

/// What the runner tells and asks.
pub trait Watcher: Sync {
    /// Some runs are done.
    fn done(&self, rows: &[RunRow]);
    /// Whether to go on.
    fn go_on(&self) -> bool;
}

/// How it ended, if nothing went wrong with storing.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// Every chunk is stored.
    Complete,
    /// Somebody asked to stop; what was stored stays.
    Stopped,
    /// A run failed and that was to end the sweep.
    Failed(RunRow),
}

/// What the threads share.
struct Shared<'a, E> {
    sweep: &'a Sweep,
    engine: &'a dyn Engine,
    watcher: &'a dyn Watcher,
    fail_fast: bool,
    failed: AtomicBool,
    store: &'a (dyn Fn(FinishedChunk) -> Result<(), E> + Sync),
}

/// Why a chunk is not stored.
enum Unstored<E> {
    Stopped,
    Failed(RunRow),
    NotWritten(E),
}

/// Runs chunks, as many side by side as there are threads, and hands each finished one to `store`.
///
/// # Errors
/// What `store` reports; then no further chunk begins.
pub fn run_chunks<E: Send>(
    sweep: &Sweep,
    chunks: &[u64],
    engine: &dyn Engine,
    watcher: &dyn Watcher,
    threads: &ThreadPool,
    fail_fast: bool,
    store: &(dyn Fn(FinishedChunk) -> Result<(), E> + Sync),
) -> Result<Ended, E> {
    let failed = AtomicBool::new(false);
    let shared = Shared { sweep, engine, watcher, fail_fast, failed, store };
    // One wave at a time keeps only so many chunks in memory.
    for wave in chunks.chunks(threads.current_num_threads().max(1)) {
        let results: Vec<_> =
            threads.install(|| wave.par_iter().map(|chunk| shared.run_chunk(*chunk)).collect());
        let mut ended = None;
        for result in results {
            match result {
                Ok(()) => {}
                Err(Unstored::NotWritten(error)) => return Err(error),
                Err(Unstored::Failed(row)) => ended = Some(Ended::Failed(row)),
                Err(Unstored::Stopped) => ended = ended.or(Some(Ended::Stopped)),
            }
        }
        if let Some(ended) = ended {
            return Ok(ended);
        }
    }
    Ok(Ended::Complete)
}

impl<E: Send> Shared<'_, E> {
    fn go_on(&self) -> bool {
        self.watcher.go_on() && !self.failed.load(Ordering::Relaxed)
    }

    fn run_chunk(&self, number: u64) -> Result<(), Unstored<E>> {
        let runs = self.sweep.plan.runs_of(number);
        let starts: Vec<u64> = runs.clone().step_by(RUNS_PER_BATCH as usize).collect();
        let batches: Vec<Result<Vec<RunRow>, Unstored<E>>> = starts
            .into_par_iter()
            .map(|start| self.run_batch(start..(start + RUNS_PER_BATCH).min(runs.end)))
            .collect();
        let (mut rows, mut stopped) = (Vec::new(), false);
        for batch in batches {
            match batch {
                Ok(batch) => rows.extend(batch),
                Err(Unstored::Stopped) => stopped = true,
                Err(other) => return Err(other),
            }
        }
        if stopped {
            return Err(Unstored::Stopped);
        }
        (self.store)(FinishedChunk { number, rows }).map_err(Unstored::NotWritten)
    }

    fn run_batch(&self, runs: std::ops::Range<u64>) -> Result<Vec<RunRow>, Unstored<E>> {
        if !self.go_on() {
            return Err(Unstored::Stopped);
        }
        let rows = self
            .sweep
            .rows(runs, self.engine, &|| self.go_on())
            .map_err(|Stopped| Unstored::Stopped)?;
        self.watcher.done(&rows);
        let failed = rows.iter().find(|row| row.failure.is_some()).filter(|_| self.fail_fast);
        if let Some(row) = failed {
            self.failed.store(true, Ordering::Relaxed);
            return Err(Unstored::Failed(row.clone()));
        }
        Ok(rows)
    }
}
