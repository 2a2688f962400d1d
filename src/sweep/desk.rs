//! Where threads take batches of runs and bring back their rows.

use crate::sweep::kept::{FinishedChunk, RunRow};
use crate::sweep::plan::Plan;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most runs of a batch: many times as many as there are lanes, so that these stay full.
const MOST_RUNS: u64 = 64;
/// Fewest runs of a batch, while a chunk has them: as many as there are lanes.
const FEWEST_RUNS: u64 = 8;
/// So many batches for each thread, if the runs suffice, so that all end at about the same time.
const BATCHES_PER_THREAD: u64 = 4;

/// Runs of one chunk that an engine gets at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The chunk's number.
    pub chunk: u64,
    /// The runs.
    pub runs: Range<u64>,
}

/// All batches of some chunks. `R` is a reason to end early.
pub struct Desk<'a, R> {
    plan: &'a Plan,
    runs_per_batch: u64,
    state: Mutex<State<'a, R>>,
}

struct State<'a, R> {
    /// Chunks of which nothing has been taken yet.
    left: &'a [u64],
    /// What is left of the chunk at the front.
    front: Option<Batch>,
    /// Rows brought so far, by chunk and first run.
    open: BTreeMap<u64, BTreeMap<u64, Vec<RunRow>>>,
    reasons: Vec<R>,
}

impl<'a, R> Desk<'a, R> {
    /// Batches of a size that suits the work; results do not depend on it.
    pub fn new(plan: &'a Plan, chunks: &'a [u64], threads: usize) -> Self {
        let all: u64 = chunks.iter().map(|chunk| length(&plan.runs_of(*chunk))).sum();
        let parts = BATCHES_PER_THREAD.saturating_mul(threads.max(1) as u64);
        let runs_per_batch = (all / parts).clamp(FEWEST_RUNS, MOST_RUNS);
        let (open, reasons) = (BTreeMap::new(), Vec::new());
        let state = Mutex::new(State { left: chunks, front: None, open, reasons });
        Self { plan, runs_per_batch, state }
    }

    fn state(&self) -> MutexGuard<'_, State<'a, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next batch; `None` if none is left or the desk is closed.
    pub fn take(&self) -> Option<Batch> {
        let mut state = self.state();
        if !state.reasons.is_empty() {
            return None;
        }
        let Batch { chunk, runs } = match state.front.take() {
            Some(rest) => rest,
            None => {
                let (chunk, left) = state.left.split_first()?;
                state.left = left;
                Batch { chunk: *chunk, runs: self.plan.runs_of(*chunk) }
            }
        };
        let end = runs.start.saturating_add(self.runs_per_batch).min(runs.end);
        state.front = (end < runs.end).then_some(Batch { chunk, runs: end..runs.end });
        Some(Batch { chunk, runs: runs.start..end })
    }

    /// The rows of a batch; gives the chunk if these were the last of it.
    pub fn bring(&self, batch: Batch, rows: Vec<RunRow>) -> Option<FinishedChunk> {
        let mut state = self.state();
        let parts = state.open.entry(batch.chunk).or_default();
        parts.insert(batch.runs.start, rows);
        let count: u64 = parts.values().map(|rows| rows.len() as u64).sum();
        if count < length(&self.plan.runs_of(batch.chunk)) {
            return None;
        }
        let parts = state.open.remove(&batch.chunk)?;
        drop(state);
        let rows = parts.into_values().flatten().collect();
        Some(FinishedChunk { number: batch.chunk, rows })
    }

    /// No further batch is given out.
    pub fn close(&self, reason: R) {
        self.state().reasons.push(reason);
    }

    /// Whether there is a reason to end early.
    pub fn is_closed(&self) -> bool {
        !self.state().reasons.is_empty()
    }

    /// Why the desk was closed, if it was.
    pub fn reasons(self) -> Vec<R> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).reasons
    }
}

fn length(runs: &Range<u64>) -> u64 {
    runs.end.saturating_sub(runs.start)
}
