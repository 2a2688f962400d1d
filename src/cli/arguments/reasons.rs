//! Arguments of `why` and `explain`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::options::{
    AnswerForm, FigureLetters, ScenarioChanges, SolverOptions, ThreadCount, Tolerance,
};

/// `calcifate why`.
#[derive(Args, Debug)]
pub(crate) struct WhyArguments {
    /// Scenario file; `-` reads it from the standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The arm to start from.
    #[arg(long, value_name = "ARM")]
    pub from: String,
    /// The arm to end at.
    #[arg(long, value_name = "ARM")]
    pub to: String,
    /// What differs, in the grammar of claims: end(cac); may be given several times. Bone and
    /// artery at the end unless given.
    #[arg(long, value_name = "VALUE")]
    pub outcome: Vec<String>,
    /// Write a waterfall for each outcome to DIR/NAME.why/ (the file's name without .toml).
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Move aside what is in that folder and would otherwise be kept.
    #[arg(long, requires = "output")]
    pub force: bool,
    #[command(flatten)]
    pub letters: FigureLetters,
    #[command(flatten)]
    pub changes: ScenarioChanges,
    #[command(flatten)]
    pub solver: SolverOptions,
    #[command(flatten)]
    pub answer: AnswerForm,
    #[command(flatten)]
    pub threads: ThreadCount,
}

/// `calcifate explain`.
#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    /// Read-out, flow or state, by name or alias (`calcifate list readouts`).
    #[arg(value_name = "READOUT")]
    pub read_out: String,
    /// Scenario file; `-` reads it from the standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The arm; the first unless given.
    #[arg(long, value_name = "ARM")]
    pub arm: Option<String>,
    /// Time from the start, such as "5 years"; the end of the run unless given.
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    pub at: Option<String>,
    #[command(flatten)]
    pub changes: ScenarioChanges,
    #[command(flatten)]
    pub tolerance: Tolerance,
    #[command(flatten)]
    pub answer: AnswerForm,
}
