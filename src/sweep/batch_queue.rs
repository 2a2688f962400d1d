//! The queue from which threads take batches of runs and to which they return the rows.

use crate::sweep::plan::Plan;
use crate::sweep::run_record::{FinishedChunk, RunRow};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most runs of a batch: many times as many as there are lanes, so that these stay full.
const MOST_RUNS: u64 = 64;
/// Fewest runs of a batch, while a chunk has them: as many as there are lanes.
const FEWEST_RUNS: u64 = 8;
/// So many batches for each thread, if the runs suffice, so that all end at about the same time.
const BATCHES_PER_THREAD: u64 = 4;

/// Runs of one chunk that an engine integrates in one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Batch {
    pub chunk: u64,
    pub runs: Range<u64>,
}

/// All batches of some chunks; the rows of finished batches until their chunk is whole. `R` is a
/// reason to end early.
pub(crate) struct BatchQueue<'a, R> {
    plan: &'a Plan,
    runs_per_batch: u64,
    state: Mutex<QueueState<'a, R>>,
}

struct QueueState<'a, R> {
    /// Chunks that no thread has begun.
    left: &'a [u64],
    /// The runs of the current chunk that no thread has taken.
    current: Option<Batch>,
    /// Rows of unfinished chunks, by chunk and first run.
    unfinished: BTreeMap<u64, BTreeMap<u64, Vec<RunRow>>>,
    reasons: Vec<R>,
}

impl<'a, R> BatchQueue<'a, R> {
    /// Batches of a size that suits the work; results do not depend on it.
    pub(crate) fn new(plan: &'a Plan, chunks: &'a [u64], threads: usize) -> Self {
        let all: u64 = chunks.iter().map(|chunk| length(&plan.runs_of(*chunk))).sum();
        let parts = BATCHES_PER_THREAD.saturating_mul(threads.max(1) as u64);
        let runs_per_batch = (all / parts).clamp(FEWEST_RUNS, MOST_RUNS);
        let (unfinished, reasons) = (BTreeMap::new(), Vec::new());
        let state = Mutex::new(QueueState { left: chunks, current: None, unfinished, reasons });
        Self { plan, runs_per_batch, state }
    }

    fn state(&self) -> MutexGuard<'_, QueueState<'a, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next batch; `None` if none is left or the queue is closed.
    pub(crate) fn take(&self) -> Option<Batch> {
        let mut state = self.state();
        if !state.reasons.is_empty() {
            return None;
        }
        let Batch { chunk, runs } = match state.current.take() {
            Some(rest) => rest,
            None => {
                let (chunk, left) = state.left.split_first()?;
                state.left = left;
                Batch { chunk: *chunk, runs: self.plan.runs_of(*chunk) }
            }
        };
        let end = runs.start.saturating_add(self.runs_per_batch).min(runs.end);
        state.current = (end < runs.end).then_some(Batch { chunk, runs: end..runs.end });
        Some(Batch { chunk, runs: runs.start..end })
    }

    /// Returns the rows of a batch; gives the chunk if these were the last of it.
    pub(crate) fn complete(&self, batch: Batch, rows: Vec<RunRow>) -> Option<FinishedChunk> {
        let mut state = self.state();
        let parts = state.unfinished.entry(batch.chunk).or_default();
        parts.insert(batch.runs.start, rows);
        let count: u64 = parts.values().map(|rows| rows.len() as u64).sum();
        if count < length(&self.plan.runs_of(batch.chunk)) {
            return None;
        }
        let parts = state.unfinished.remove(&batch.chunk)?;
        drop(state);
        let rows = parts.into_values().flatten().collect();
        Some(FinishedChunk { number: batch.chunk, rows })
    }

    /// Closes the queue: no further batch is given out.
    pub(crate) fn close(&self, reason: R) {
        self.state().reasons.push(reason);
    }

    /// True if there is a reason to end early.
    pub(crate) fn is_closed(&self) -> bool {
        !self.state().reasons.is_empty()
    }

    pub(crate) fn reasons(self) -> Vec<R> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).reasons
    }
}

fn length(runs: &Range<u64>) -> u64 {
    runs.end.saturating_sub(runs.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::sampling::{Design, SamplingMethod};

    fn plan(runs: u64, runs_per_chunk: u64) -> Plan {
        let design = Design::new(SamplingMethod::MonteCarlo, 1, runs, 1).unwrap();
        Plan { design: Some(design), runs_per_chunk, ..Plan::default() }
    }

    fn row(run: u64) -> RunRow {
        RunRow { run, cells: Vec::new(), residual_mg: None, failure: None, courses: Vec::new() }
    }

    #[test]
    fn chunks_come_back_whole_and_in_order_whatever_comes_first() {
        let plan = plan(1000, 256);
        let queue = BatchQueue::<()>::new(&plan, &[3, 1], 2);
        let mut batches: Vec<Batch> = std::iter::from_fn(|| queue.take()).collect();
        assert!(batches.iter().all(|batch| length(&batch.runs) <= MOST_RUNS));
        assert_eq!(batches.iter().map(|batch| length(&batch.runs)).sum::<u64>(), 232 + 256);
        batches.reverse();
        let complete = |batch: Batch| queue.complete(batch.clone(), batch.runs.map(row).collect());
        let finished: Vec<FinishedChunk> = batches.into_iter().filter_map(complete).collect();
        assert_eq!(finished.iter().map(|chunk| chunk.number).collect::<Vec<_>>(), [1, 3]);
        for chunk in finished {
            let runs = chunk.rows.iter().map(|row| row.run);
            assert!(runs.eq(plan.runs_of(chunk.number)));
        }
    }

    #[test]
    fn few_runs_are_shared_among_the_threads() {
        let plan = plan(64, 64);
        let sizes = |threads| {
            let queue = BatchQueue::<()>::new(&plan, &[0], threads);
            std::iter::from_fn(|| queue.take()).map(|b| length(&b.runs)).collect::<Vec<_>>()
        };
        assert_eq!(sizes(1), [16; 4]);
        assert_eq!(sizes(2), [8; 8]);
        assert_eq!(sizes(1000), [8; 8]);
    }

    #[test]
    fn nothing_is_given_out_after_closing() {
        let plan = plan(64, 64);
        let queue = BatchQueue::new(&plan, &[0], 2);
        assert!(queue.take().is_some() && !queue.is_closed());
        queue.close("reason");
        assert!(queue.take().is_none() && queue.is_closed());
        assert_eq!(queue.reasons(), ["reason"]);
    }
}
