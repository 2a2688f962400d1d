//! The command lines of `calcifate sweep`, `sensitivity` and `merge`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::options::{ManyRuns, ResultFolder, SolverOptions, tolerance};

/// `calcifate sweep`.
#[derive(Args, Debug)]
pub(crate) struct SweepArguments {
    /// The sweep file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub runs: ManyRuns,
    /// Only print the `calcifate run` command that repeats run N, biology included.
    #[arg(long, value_name = "N")]
    pub show_run: Option<u64>,
    #[command(flatten)]
    pub solver: SolverOptions,
}

/// `calcifate sensitivity`.
#[derive(Args, Debug)]
pub(crate) struct SensitivityArguments {
    /// The sensitivity file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub runs: ManyRuns,
    /// Relative tolerance of a step, 1e-12 to 1e-2; 1e-9 for local and 1e-6 for others without it.
    #[arg(long, value_name = "TOLERANCE", value_parser = tolerance, allow_negative_numbers = true)]
    pub rtol: Option<f64>,
}

/// `calcifate merge`.
#[derive(Args, Debug)]
pub(crate) struct MergeArguments {
    /// The folders of all shards.
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    #[command(flatten)]
    pub folder: ResultFolder,
}
