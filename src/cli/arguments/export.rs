//! The command line of `calcifate export`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};

use crate::cli::arguments::{hypothesis, key_and_value, tolerance};
use crate::parameters::Hypothesis;

/// `calcifate export`.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Write one arm as SBML, for COPASI, Tellurium, libRoadRunner and others.
    #[command(after_help = EXPORT_SBML_HELP)]
    Sbml(ExportSbml),
}

/// Shown below the options.
const EXPORT_SBML_HELP: &str = "\
States get rate rules, influences, flows and read-outs assignment rules, all with their names and
units; the life history is lived first, later phases are events, and time is in days.

Example: calcifate export sbml scenarios/warfarin.toml --arm stopped -o stopped.xml

Exit codes: 0 fine, 1 failed or not written, 2 bad input.";

/// `calcifate export sbml`.
#[derive(Args, Debug)]
pub struct ExportSbml {
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
    /// Set a parameter, a property of the person or an intake; may be given several times.
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    pub set: Vec<(String, String)>,
    /// Hypothesis set.
    #[arg(long, value_name = "SET",
        value_parser = PossibleValuesParser::new(Hypothesis::ALL.map(Hypothesis::name)).map(hypothesis))]
    pub hypothesis: Option<Hypothesis>,
    /// Write an arm with single pills or meals as if the same amounts came at constant rates.
    #[arg(long)]
    pub averaged: bool,
    /// Relative tolerance of the life history, 1e-12 to 1e-2.
    #[arg(long, value_name = "TOLERANCE", default_value = "1e-6", value_parser = tolerance,
        allow_negative_numbers = true)]
    pub rtol: f64,
    /// Replace a file even if calcifate did not write it; that is moved aside.
    #[arg(long)]
    pub force: bool,
    /// Accept --set values outside a parameter's range.
    #[arg(long)]
    pub beyond_range: bool,
}
