//! The output folder: what a run leaves on disk, and how it gets there unbroken.
//!
//! The only place, beside the program's input, that touches files. It computes nothing: it is
//! handed finished trajectories, balances and verdicts. A result appears under its final name as
//! a whole or not at all (`place`). The folder of a sweep (`sweep_folder`) grows chunk by chunk instead
//! (`chunks`), so that a sweep goes on where it was interrupted; that of a sensitivity analysis
//! (`sensitivity_folder`) holds one such folder for each method.

pub(crate) mod chunks;
pub(crate) mod evidence_table;
pub(crate) mod figure_files;
pub(crate) mod folder_kind;
pub(crate) mod hash;
pub(crate) mod manifest;
mod manifest_values;
pub(crate) mod merge;
#[cfg(feature = "parquet")]
mod parquet_table;
pub(crate) mod place;
pub(crate) mod repeat;
pub(crate) mod resume;
pub(crate) mod run_folder;
pub(crate) mod sensitivity_folder;
pub(crate) mod shard;
pub(crate) mod stored_table;
pub(crate) mod sweep_folder;
pub(crate) mod sweep_manifest;
pub(crate) mod tables;
pub(crate) mod trusted_results;
