//! The command line: what can be asked, with one example each.

mod export;
mod sweep;

pub use export::{Export, ExportSbml};
pub use sweep::{Merge, Sensitivity, Sweep};

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::parameters::Hypothesis;
use crate::simulation::{Method, RELATIVE_TOLERANCES};

const EXIT_CODES: &str = "\
Exit codes:
    0  all is well
    1  some runs failed, or the result could not be written
    2  bad input; nothing was run
    3  a check failed: the calcium balance, or a claim with --strict
  130  interrupted
When several apply, the first of 130, 2, 1, 3 is given.

Example: calcifate run scenarios/calcium_paradox.toml

Educational model, population average, not medical advice.";

/// Where does the calcium go? Runs lessons about calcium, vitamin D and vitamin K in gut, blood,
/// bone and artery.
#[derive(Debug, Parser)]
#[command(name = "calcifate", version, about, after_help = EXIT_CODES, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Color: auto (on a terminal without NO_COLOR), always or never.
    #[arg(
        long,
        global = true,
        display_order = 990,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub color: Color,
    /// No progress and no remarks; only results, warnings and errors.
    #[arg(long, short, global = true, display_order = 991)]
    pub quiet: bool,
}

/// When to use color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Shown below the options.
const SWEEP_HELP: &str = concat!(
    "How something varies, below [vary]:\n\n",
    include_str!("../sweep/range/grammar.txt"),
    "\nAn interrupted sweep goes on when the same command is given again. Figures are chosen by what\n\
     varies; [figures] draw = [\"map\"] chooses others (calcifate list figures). One that is there\n\
     stays; one that was removed is drawn again.\n\n",
    "Example: calcifate sweep scenarios/sweeps/mk7_dose_curve.toml\n\n",
    "Exit codes: 0 fine (also where --max-time stopped it: results.csv is there once all runs are),\n\
     1 some runs failed or not written, 2 bad input, 130 interrupted.",
);

/// Shown below the options.
const SENSITIVITY_HELP: &str = include_str!("sensitivity/help.txt");

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run scenario files and write their tables and figures.
    #[command(
        after_help = "Example: calcifate run diet.toml --arm k2 --set vitamin_d_sun=\"5 ug/day\"\n\n\
        Exit codes: 0 fine, 1 failed or not written, 2 bad input, 3 a check failed, 130 interrupted."
    )]
    Run(Run),
    /// Run a scenario many times: dose curves, maps, populations, and the lowest dose that is enough.
    #[command(after_help = SWEEP_HELP)]
    Sweep(Sweep),
    /// Ask which parameters matter, and how much rests on assumed ones: local, Morris, Sobol′.
    #[command(after_help = SENSITIVITY_HELP)]
    Sensitivity(Sensitivity),
    /// Put the shards of a sweep together.
    #[command(after_help = "Example: calcifate merge output/mk7_dose_curve.shard-* -o output\n\n\
        Exit codes: 0 fine, 1 some runs failed, shards missing or not written, 130 interrupted.")]
    Merge(Merge),
    /// Check scenario files without running them; print what each arm eats.
    #[command(after_help = "Example: calcifate check scenarios/*.toml")]
    Check(Check),
    /// Write a commented scenario file to start from.
    #[command(after_help = "Example: calcifate new my_diet")]
    New(New),
    /// Print the JSON Schema of scenario or sweep files, for editors.
    #[command(after_help = "Example: calcifate schema > scenario.schema.json")]
    Schema {
        /// Of which files.
        #[arg(default_value = "scenario")]
        files: SchemaOf,
    },
    /// List parameters, foods, sources, inputs, read-outs, figures, units, claims or lessons.
    #[command(after_help = "Example: calcifate list parameters absorption")]
    List(List),
    /// Write a model for other programs.
    #[command(subcommand, after_help = "Example: calcifate export sbml scenarios/warfarin.toml")]
    Export(Export),
    /// Print completions for a shell.
    #[command(
        after_help = "Example: calcifate completions bash > ~/.local/share/bash-completion/completions/calcifate"
    )]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write the pages of all commands into a folder.
    #[command(after_help = "Example: calcifate man | man -l -")]
    Man {
        /// Folder for the pages of all commands.
        folder: Option<PathBuf>,
    },
}

/// Kinds of files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// Scenario files.
    Scenario,
    /// Sweep files.
    Sweep,
}

/// `calcifate run`.
#[derive(Args, Debug)]
pub struct Run {
    /// Scenario files; `-` reads one from the standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Write DIR/SCENARIO/ (the file's name without .toml).
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Run only this arm; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub arm: Vec<String>,
    /// Set a parameter, a property of the person or an intake; may be given several times.
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    pub set: Vec<(String, String)>,
    /// How to integrate.
    #[arg(long, value_name = "METHOD", default_value = "rosenbrock",
        value_parser = PossibleValuesParser::new(Method::ALL.map(Method::name)).map(method))]
    pub method: Method,
    /// Relative tolerance of a step, 1e-12 to 1e-2.
    #[arg(long, value_name = "TOLERANCE", default_value = "1e-6", value_parser = tolerance,
        allow_negative_numbers = true)]
    pub rtol: f64,
    /// Hypothesis set of all arms.
    #[arg(long, value_name = "SET",
        value_parser = PossibleValuesParser::new(Hypothesis::ALL.map(Hypothesis::name)).map(hypothesis))]
    pub hypothesis: Option<Hypothesis>,
    /// Draw no figures.
    #[arg(long)]
    pub no_figures: bool,
    /// Use the folder even if calcifate did not write what is in it; that is moved aside.
    #[arg(long)]
    pub force: bool,
    /// Print one JSON document instead of tables.
    #[arg(long)]
    pub json: bool,
    /// A claim that does not hold gives exit code 3.
    #[arg(long)]
    pub strict: bool,
    /// Accept --set values outside a parameter's range.
    #[arg(long)]
    pub beyond_range: bool,
    /// Threads that run arms; all cores unless given.
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024),
        allow_negative_numbers = true)]
    pub threads: Option<u16>,
}

/// `calcifate check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Scenario files; `-` reads one from the standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print one JSON document instead of tables.
    #[arg(long)]
    pub json: bool,
}

/// `calcifate new`.
#[derive(Args, Debug)]
pub struct New {
    /// Name of the new file; .toml is added.
    pub name: PathBuf,
    /// Start from this lesson instead (`calcifate list lessons`).
    #[arg(long, value_name = "LESSON")]
    pub from: Option<String>,
}

/// `calcifate list`.
#[derive(Args, Debug)]
pub struct List {
    /// Which table.
    pub table: TableName,
    /// Only rows that contain this text.
    pub filter: Option<String>,
    /// Print one JSON document instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// The tables that can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableName {
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

fn key_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write KEY=VALUE, such as age=60 or vitamin_d_sun=\"5 ug/day\"".to_owned()),
    }
}

fn tolerance(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.trim().parse().ok();
    value
        .filter(|value| RELATIVE_TOLERANCES.contains(value))
        .ok_or_else(|| "a number from 1e-12 to 1e-2 is accepted, such as 1e-6".to_owned())
}

fn method(name: String) -> Method {
    Method::ALL.into_iter().find(|method| method.name() == name).unwrap_or_default()
}

fn hypothesis(name: String) -> Hypothesis {
    Hypothesis::by_name(&name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }

    #[test]
    fn tolerances_outside_the_range_are_refused() {
        for wrong in ["0", "NaN", "1", "1e-20", "-1e-6", "inf", "1e999", "", "small"] {
            assert!(tolerance(wrong).unwrap_err().contains("1e-12 to 1e-2"), "{wrong}");
        }
        assert_eq!((tolerance("1e-12"), tolerance("0.01")), (Ok(1e-12), Ok(0.01)));
    }

    #[test]
    fn a_setting_is_split_at_its_first_equals_sign() {
        assert_eq!(key_and_value("a = b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert!(key_and_value("=1").is_err() && key_and_value("age").is_err());
    }
}
