//! Goes through the chunks of a sweep on all threads.
//!
//! The runs of a chunk and their results depend on nothing but the sweep, so that any
//! number of threads, any split and any interruption end in the same bytes. Threads take batches
//! of runs from the `BatchQueue` in order; the thread that completes a chunk stores it. No
//! thread waits for another, and no more chunks are open than there are threads.

use crate::sweep::Sweep;
use crate::sweep::batch_queue::{Batch, BatchQueue};
use crate::sweep::run_record::{Interrupted, RunRow};
use crate::threads;

pub(crate) use crate::sweep::run_record::FinishedChunk;

/// Follows the progress of a sweep and may end it.
pub(crate) trait RunObserver: Sync {
    fn done(&self, rows: &[RunRow]);
    /// False to end the sweep.
    fn go_on(&self) -> bool;
}

/// The end of a sweep whose chunks were stored without an error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SweepEnd {
    /// Every chunk is stored.
    Complete,
    /// The user interrupted the sweep; stored chunks stay.
    Interrupted,
    /// A run failed and that was to end the sweep.
    Failed(RunRow),
}

/// The data that the threads share.
struct Worker<'a, E> {
    sweep: &'a Sweep,
    watcher: &'a dyn RunObserver,
    fail_fast: bool,
    queue: BatchQueue<'a, NotStored<E>>,
    store: &'a (dyn Fn(FinishedChunk) -> Result<(), E> + Sync),
}

/// The reason for which a chunk is not stored.
enum NotStored<E> {
    Interrupted,
    Failed(RunRow),
    NotWritten(E),
}

/// Runs chunks, several batches of runs side by side, and hands each finished chunk to `store`.
/// Errors: What `store` reports; then no further batch begins.
pub(crate) fn run_chunks<E: Send>(
    sweep: &Sweep,
    chunks: &[u64],
    watcher: &dyn RunObserver,
    fail_fast: bool,
    store: &(dyn Fn(FinishedChunk) -> Result<(), E> + Sync),
) -> Result<SweepEnd, E> {
    let queue = BatchQueue::new(&sweep.plan, chunks, threads::count());
    let worker = Worker { sweep, watcher, fail_fast, queue, store };
    threads::on_each(&|| worker.work());
    let mut ended = SweepEnd::Complete;
    for reason in worker.queue.reasons() {
        match reason {
            NotStored::NotWritten(error) => return Err(error),
            NotStored::Failed(row) => ended = SweepEnd::Failed(row),
            NotStored::Interrupted if ended == SweepEnd::Complete => ended = SweepEnd::Interrupted,
            NotStored::Interrupted => {}
        }
    }
    Ok(ended)
}

impl<E: Send> Worker<'_, E> {
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

    fn run(&self, batch: Batch) -> Result<(), NotStored<E>> {
        if !self.go_on() {
            return Err(NotStored::Interrupted);
        }
        let rows = self
            .sweep
            .rows(batch.runs.clone(), &|| self.go_on())
            .map_err(|Interrupted| NotStored::Interrupted)?;
        self.watcher.done(&rows);
        let failed = rows.iter().find(|row| row.failure.is_some()).filter(|_| self.fail_fast);
        if let Some(row) = failed {
            return Err(NotStored::Failed(row.clone()));
        }
        let Some(chunk) = self.queue.complete(batch, rows) else { return Ok(()) };
        (self.store)(chunk).map_err(NotStored::NotWritten)
    }
}
