//! The part of a sweep that one shard does.

use crate::storage::shard::Shard;
use crate::sweep::Sweep;

/// The chunks of a shard; all chunks without one.
pub(crate) fn own_chunks(sweep: &Sweep, shard: Option<Shard>) -> impl Iterator<Item = u64> {
    (0..sweep.plan.chunks()).filter(move |chunk| shard.is_none_or(|shard| shard.holds(*chunk)))
}

pub(crate) fn run_count(sweep: &Sweep, chunks: impl IntoIterator<Item = u64>) -> u64 {
    let runs = chunks.into_iter().map(|chunk| sweep.plan.runs_of(chunk));
    runs.map(|runs| runs.end - runs.start).sum()
}
