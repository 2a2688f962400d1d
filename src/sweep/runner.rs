//! Goes through the chunks of a sweep on all threads.
//!
//! Which runs a chunk holds and what they give depends on nothing but the sweep, so that any
//! number of threads, any split and any interruption end in the same bytes. Threads take batches
//! of runs from the `BatchQueue` in order; the thread that completes a chunk stores it. No
//! thread waits for another, and no more chunks are open than there are threads.

use crate::sweep::Sweep;
use crate::sweep::batch_queue::{Batch, BatchQueue};
use crate::sweep::engine::Engine;
use crate::sweep::kept::{RunRow, Stopped};
use crate::threads;

pub(crate) use crate::sweep::kept::FinishedChunk;

/// What the runner tells and asks.
pub(crate) trait Watcher: Sync {
    /// Some runs are done.
    fn done(&self, rows: &[RunRow]);
    /// Whether to go on.
    fn go_on(&self) -> bool;
}

/// How it ended, if nothing went wrong with storing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ended {
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
    queue: BatchQueue<'a, Unstored<E>>,
    store: &'a (dyn Fn(FinishedChunk) -> Result<(), E> + Sync),
}

/// Why a chunk is not stored.
enum Unstored<E> {
    Stopped,
    Failed(RunRow),
    NotWritten(E),
}

/// Runs chunks, several batches of runs side by side, and hands each finished chunk to `store`.
/// Errors: What `store` reports; then no further batch begins.
pub(crate) fn run_chunks<E: Send>(
    sweep: &Sweep,
    chunks: &[u64],
    engine: &dyn Engine,
    watcher: &dyn Watcher,
    fail_fast: bool,
    store: &(dyn Fn(FinishedChunk) -> Result<(), E> + Sync),
) -> Result<Ended, E> {
    let queue = BatchQueue::new(&sweep.plan, chunks, threads::count());
    let shared = Shared { sweep, engine, watcher, fail_fast, queue, store };
    threads::on_each(&|| shared.work());
    let mut ended = Ended::Complete;
    for reason in shared.queue.reasons() {
        match reason {
            Unstored::NotWritten(error) => return Err(error),
            Unstored::Failed(row) => ended = Ended::Failed(row),
            Unstored::Stopped if ended == Ended::Complete => ended = Ended::Stopped,
            Unstored::Stopped => {}
        }
    }
    Ok(ended)
}

impl<E: Send> Shared<'_, E> {
    fn go_on(&self) -> bool {
        self.watcher.go_on() && !self.queue.is_closed()
    }

    /// Batch after batch, until none is left or something ends the sweep.
    fn work(&self) {
        while let Some(batch) = self.queue.take() {
            if let Err(reason) = self.run(batch) {
                self.queue.close(reason);
                return;
            }
        }
    }

    fn run(&self, batch: Batch) -> Result<(), Unstored<E>> {
        if !self.go_on() {
            return Err(Unstored::Stopped);
        }
        let rows = self
            .sweep
            .rows(batch.runs.clone(), self.engine, &|| self.go_on())
            .map_err(|Stopped| Unstored::Stopped)?;
        self.watcher.done(&rows);
        let failed = rows.iter().find(|row| row.failure.is_some()).filter(|_| self.fail_fast);
        if let Some(row) = failed {
            return Err(Unstored::Failed(row.clone()));
        }
        let Some(chunk) = self.queue.complete(batch, rows) else { return Ok(()) };
        (self.store)(chunk).map_err(Unstored::NotWritten)
    }
}
