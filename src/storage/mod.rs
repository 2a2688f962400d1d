//! The output folder: what a run leaves on disk, and how it gets there unbroken.
//!
//! The only place, beside the program's input, that touches files. It computes nothing: it is
//! handed finished trajectories, balances and verdicts. A result appears under its final name as
//! a whole or not at all.

pub mod exchange;
pub mod lock;
pub mod manifest;
pub mod run_folder;
pub mod tables;

/// The sentence that every output carries.
pub const DISCLAIMER: &str = "educational model, not medical advice";
