//! The output folder: what a run leaves on disk, and how it gets there unbroken.
//!
//! The only place, beside the program's input, that touches files. It computes nothing: it is
//! handed finished trajectories, balances and verdicts. A result appears under its final name as
//! a whole or not at all. The folder of a sweep (`sweep_folder`) grows chunk by chunk instead
//! (`chunks`), so that a sweep goes on where it was interrupted; that of a sensitivity analysis
//! (`sensitivity_folder`) holds one such folder for each method.

pub mod chunks;
pub mod columns;
pub mod exchange;
pub mod figure_files;
pub mod lock;
pub mod manifest;
pub mod merge;
mod parquet_table;
pub mod results;
pub mod run_folder;
pub mod sensitivity_folder;
pub mod sensitivity_tables;
pub mod single_file;
pub mod sweep_folder;
pub mod sweep_manifest;
pub mod tables;
