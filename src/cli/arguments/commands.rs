//! Arguments of each command.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::arguments::options::{
    AnswerForm, FigureLetters, ManyRuns, ResultFolder, ScenarioChanges, ScenarioFiles,
    SolverOptions, ThreadCount, Tolerance, tolerance,
};

/// Kinds of files that have a schema.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Scenario files.
    Scenario,
    /// Sweep files.
    Sweep,
    /// Class exercises.
    Exercise,
}

/// `calcifate run`.
#[derive(Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub scenarios: ScenarioFiles,
    #[command(flatten)]
    pub folder: ResultFolder,
    /// Run only this arm; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub arm: Vec<String>,
    #[command(flatten)]
    pub changes: ScenarioChanges,
    #[command(flatten)]
    pub solver: SolverOptions,
    #[command(flatten)]
    pub answer: AnswerForm,
    /// A claim that does not hold gives exit code 3.
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub threads: ThreadCount,
}

/// `calcifate evidence`.
#[derive(Args)]
pub(crate) struct EvidenceArguments {
    /// Ids of trials or topics; all unless given.
    #[arg(value_name = "ID")]
    pub chosen: Vec<String>,
    /// Trials of a table of your own instead of the shipped one.
    #[arg(long, value_name = "CSV")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub folder: ResultFolder,
    #[command(flatten)]
    pub answer: AnswerForm,
    /// Print a Markdown document instead of tables.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
    /// Only print the scenario files that repeat the trials.
    #[arg(long)]
    pub scenario: bool,
    #[command(flatten)]
    pub threads: ThreadCount,
}

/// `calcifate verdicts`.
#[derive(Args)]
pub(crate) struct VerdictsArguments {
    /// Ids of statements, topics, or verdict files; every shipped statement unless given.
    #[arg(value_name = "ID")]
    pub chosen: Vec<String>,
    /// Write tables, cards and figures to DIR/verdicts/.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Move aside what is in that folder and would otherwise be kept.
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Draw no figures.
    #[arg(long)]
    pub no_figures: bool,
    #[command(flatten)]
    pub letters: FigureLetters,
    /// Repeat the tests with other parameters for all statements; takes minutes. Statements that
    /// are named have it anyway.
    #[arg(long, conflicts_with = "quick")]
    pub robustness: bool,
    /// Do not repeat the tests with other parameters.
    #[arg(long)]
    pub quick: bool,
    #[command(flatten)]
    pub answer: AnswerForm,
    /// Print a Markdown document instead of tables.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
    /// Print a table of commas, one row for each statement.
    #[arg(long, conflicts_with_all = ["json", "markdown"])]
    pub csv: bool,
    #[command(flatten)]
    pub threads: ThreadCount,
}

/// `calcifate report`.
#[derive(Args)]
pub(crate) struct ReportArguments {
    /// Folder that `run`, `sweep`, `sensitivity`, `evidence` or `verdicts` wrote, or a scenario file,
    /// which is then run.
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Write this file; `-` for the standard output. Unless given, report.html in the folder, or
    /// NAME.html beside you.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Markdown instead of HTML; its figures are written beside it, into NAME_figures.
    #[arg(long)]
    pub markdown: bool,
    /// Move aside a file of that name which is no report.
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub threads: ThreadCount,
}

/// `calcifate check`.
#[derive(Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub scenarios: ScenarioFiles,
    #[command(flatten)]
    pub answer: AnswerForm,
}

/// `calcifate man`.
#[derive(Args)]
pub(crate) struct ManArguments {
    /// Folder for the pages of all commands.
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// The same.
    #[arg(short, long, value_name = "DIR", conflicts_with = "folder")]
    pub output: Option<PathBuf>,
    /// Move aside files of those names that are no such pages.
    #[arg(long)]
    pub force: bool,
}

/// `calcifate new`.
#[derive(Args)]
pub(crate) struct NewArguments {
    /// Name of the new file; .toml is added.
    pub name: PathBuf,
    /// Start from this lesson instead (`calcifate list lessons`).
    #[arg(long, value_name = "LESSON")]
    pub from: Option<String>,
}

/// `calcifate list`.
#[derive(Args)]
pub(crate) struct ListArguments {
    /// Which table.
    pub table: TableName,
    /// Only rows that contain this text.
    pub filter: Option<String>,
    #[command(flatten)]
    pub answer: AnswerForm,
}

/// The tables that can be listed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableName {
    /// Every number of the model: value, range, evidence, source.
    Parameters,
    /// Foods and what 100 g of them hold.
    Foods,
    /// The literature.
    Sources,
    /// What a scenario can set: intakes, conditions, the person.
    Inputs,
    /// What a run reports, with the short names that claims may use.
    #[value(aliases = ["read-outs", "quantities"])]
    Readouts,
    /// Kinds of figures.
    Figures,
    /// Spellings of units.
    Units,
    /// The grammar of claims.
    Claims,
    /// The lessons that come with the program.
    Lessons,
}

/// `calcifate sweep`.
#[derive(Args)]
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
#[derive(Args)]
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
#[derive(Args)]
pub(crate) struct MergeArguments {
    /// The folders of all shards.
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    #[command(flatten)]
    pub folder: ResultFolder,
}

/// `calcifate why`.
#[derive(Args)]
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
#[derive(Args)]
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

/// `calcifate class`.
#[derive(Args)]
pub(crate) struct ClassArguments {
    /// Exercise files, or names of shipped ones: paradox, gatekeeper, plaque, blood_calcium. All
    /// shipped ones unless given.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Folder of the pages.
    #[arg(short, long, value_name = "DIR", default_value = "output/class")]
    pub output: PathBuf,
    /// Read the answers that students saved in this folder, and write the overview of the class.
    #[arg(long, value_name = "ANSWERS")]
    pub collect: Option<PathBuf>,
    /// Move aside files of these names which are not ours.
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub threads: ThreadCount,
}

/// Arguments of `explore`.
#[derive(Args)]
pub(crate) struct ExploreArguments {
    /// Scenario files that the page offers; every shipped lesson if there are none.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The page.
    #[arg(long, short, value_name = "FILE.html", default_value = "explorer.html")]
    pub output: PathBuf,
    /// Write also where a file of somebody else stands, which is moved aside.
    #[arg(long)]
    pub force: bool,
}

/// `calcifate export`.
#[derive(Subcommand)]
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
#[derive(Args)]
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
