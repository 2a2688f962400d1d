//! The command line of `calcifate export`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::arguments::options::{ScenarioChanges, Tolerance};

/// `calcifate export`.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// Write one arm as SBML, for COPASI, Tellurium, libRoadRunner and others.
    #[command(after_help = SBML_HELP)]
    Sbml(SbmlArguments),
}

/// Shown below the options.
const SBML_HELP: &str = "\
States get rate rules, influences, flows and read-outs assignment rules, all with their names and
units; the lived past comes first, later phases are events, and time is in days.

Example: calcifate export sbml scenarios/warfarin.toml --arm stopped -o stopped.xml

Exit codes: 0 fine, 1 failed or not written, 2 bad input.";

/// `calcifate export sbml`.
#[derive(Args, Debug)]
pub(crate) struct SbmlArguments {
    /// The scenario file; `-` reads it from the standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The arm to write; the first unless given.
    #[arg(long, value_name = "NAME")]
    pub arm: Option<String>,
    /// The file to write, a folder for it, or `-` for the standard output
    /// [default: output/SCENARIO_ARM.xml].
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub changes: ScenarioChanges,
    /// Write an arm with single pills or meals as if the same amounts came at constant rates.
    #[arg(long)]
    pub averaged: bool,
    #[command(flatten)]
    pub tolerance: Tolerance,
    /// Replace a file even if calcifate did not write it; that is moved aside.
    #[arg(long)]
    pub force: bool,
}
