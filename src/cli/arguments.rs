//! The command line: commands and options, with one example each.

pub(crate) mod commands;
pub(crate) mod options;

use clap::{Parser, Subcommand, ValueEnum};

use crate::about::DISCLAIMER;
use crate::cli::arguments::commands::{
    CheckArguments, ClassArguments, EvidenceArguments, ExplainArguments, ExploreArguments,
    ExportCommand, ListArguments, ManArguments, MergeArguments, NewArguments, ReportArguments,
    RunArguments, SchemaOf, SensitivityArguments, SweepArguments, VerdictsArguments, WhyArguments,
};
use crate::nutrition::outside_model::COVERED;

const EXIT_CODES: &str = "\
Exit codes:
    0  all is well
    1  some runs failed, the result could not be written, or a stored one is damaged
    2  bad input; nothing was run
    3  a check failed: the calcium balance, or a claim with --strict
  130  interrupted
When several apply, the first of 130, 2, 1, 3 is given.

Example: calcifate run scenarios/calcium_paradox.toml";

/// Where does the calcium go? Runs lessons about calcium, vitamin D and vitamin K in gut, blood,
/// bone and artery.
#[derive(Parser)]
#[command(name = "calcifate", version, about, after_help = format!("{EXIT_CODES}\n\n{COVERED}\n{DISCLAIMER}"),
    arg_required_else_help = true)]
pub(crate) struct Arguments {
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
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
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

/// Shown below the options.
const VERDICTS_HELP: &str = "\
Verdicts: true, false, depends (on the person or dose), only under a hypothesis (the sets differ),
by assumption (the model is built that way), not in this model; of trials: reproduced, sign only,
missed. A difference within the margin of its test is no difference.

A statement of your own is a scenario file with a section [verdict] and its claims:
calcifate verdicts my_statement.toml. The shipped ones stand in scenarios/verdicts.

Robustness is the share of 512 draws of the other parameters with the same verdict.

Example: calcifate verdicts blocks_calcium

Exit codes: 0 fine (no verdict is an error), 1 some runs failed or not written, 2 bad input,
130 interrupted.";

/// The commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run scenario files and write their tables and figures.
    #[command(
        after_help = "Example: calcifate run diet.toml --arm k2 --set vitamin_d_sun=\"5 ug/day\"\n\n\
        Exit codes: 0 fine, 1 failed or not written, 2 bad input, 3 a check failed, 130 interrupted."
    )]
    Run(RunArguments),
    /// Run a scenario many times: dose curves, maps, populations, and the lowest value that meets a condition.
    #[command(after_help = SWEEP_HELP)]
    Sweep(SweepArguments),
    /// Ask which parameters matter, and how much rests on assumed ones: local, Morris, Sobol′.
    #[command(after_help = SENSITIVITY_HELP)]
    Sensitivity(SensitivityArguments),
    /// Put the shards of a sweep together.
    #[command(after_help = "Example: calcifate merge output/mk7_dose_curve.shard-* -o output\n\n\
        Exit codes: 0 fine, 1 some runs failed, shards missing or not written, 130 interrupted.")]
    Merge(MergeArguments),
    /// Set published trials beside the model, in both hypothesis sets: hits, nulls, misses.
    #[command(after_help = "Example: calcifate evidence \"bone density\"\n\n\
        A table of your own: calcifate evidence --file my_trials.csv (columns as in the shipped table:\n\
        calcifate evidence --no-figures -o . writes it).\n\n\
        Exit codes: 0 fine (misses are results), 1 some runs failed or not written, 2 bad input, 130 interrupted.")]
    Evidence(EvidenceArguments),
    /// Put statements about calcium and K2 to the test, in both hypothesis sets.
    #[command(after_help = VERDICTS_HELP)]
    Verdicts(VerdictsArguments),
    /// Make pages for a class: predict, see what the model says, explain; collect the answers.
    #[command(after_help = "Examples: calcifate class paradox -o class\n\
        \x20         calcifate class --collect answers -o class\n\n\
        Each exercise is one page that needs no network (a phone or laptop opens the file) and one for the\n\
        teacher, with key and lesson plan. Students save their answers as files; --collect reads the folder\n\
        in which they are put and writes the overview as a page, CSV and JSON.\n\n\
        Exit codes: 0 fine, 1 not written, 2 bad input (files of answers that cannot be used are named and\n\
        left out), 130 interrupted.")]
    Class(ClassArguments),
    /// Share the difference between two arms out among its causes and effects.
    #[command(
        after_help = "Example: calcifate why scenarios/calcium_paradox.toml --from usual --to calcium_d_k2\n\n\
        Every cause (an intake, a condition, a parameter) is exchanged alone and with all others; its share\n\
        is its mean effect (Shapley value), and the shares sum to the difference. For bone and arteries the\n\
        same by effect: the last factors of the outcome's law along the course of the first arm.\n\n\
        Exit codes: 0 fine, 1 not written, 2 bad input, 130 interrupted."
    )]
    Why(WhyArguments),
    /// Print the equation behind a read-out with its numbers, parameters, grades and sources.
    #[command(
        after_help = "Example: calcifate explain pth scenarios/calcium_paradox.toml --arm usual --at \"5 years\"\n\n\
        Without FILE the reference adult on day 0. For a state of the body its rate of change is explained.\n\n\
        Exit codes: 0 fine, 1 the run failed, 2 bad input."
    )]
    Explain(ExplainArguments),
    /// Write one page about results: question, answer, figures, what they rest on; HTML or Markdown.
    #[command(after_help = "Example: calcifate report scenarios/calcium_paradox.toml\n\n\
        The page needs no other file and no network: it opens from a memory stick and on a phone, and its\n\
        first printed page is a handout. A folder of results gets it as report.html.\n\n\
        Exit codes: 0 fine, 1 not written, 2 bad input, 130 interrupted.")]
    Report(ReportArguments),
    /// Write the explorer, a page that runs the model live: turn dials, eat foods, compare, save.
    #[command(after_help = "Example: calcifate explore -o calcium.html\n\n\
        The page needs no other file and no network, and its numbers are those of this program. Previews of\n\
        files on an iPhone run no programs: open it in the browser there, from a web space.\n\n\
        Exit codes: 0 fine, 1 not written, 2 bad input.")]
    Explore(ExploreArguments),
    /// Check scenario files without running them; print what each arm eats.
    #[command(after_help = "Example: calcifate check scenarios/*.toml")]
    Check(CheckArguments),
    /// Write a commented scenario file to start from.
    #[command(after_help = "Example: calcifate new my_diet")]
    New(NewArguments),
    /// Print the JSON Schema of scenario, sweep or exercise files, for editors.
    #[command(after_help = "Example: calcifate schema > scenario.schema.json")]
    Schema {
        /// Of which files.
        #[arg(default_value = "scenario")]
        files: SchemaOf,
    },
    /// List parameters, foods, sources, inputs, read-outs, figures, units, claims or lessons.
    #[command(after_help = "Example: calcifate list parameters absorption")]
    List(ListArguments),
    /// Write a model for other programs.
    #[command(subcommand, after_help = "Example: calcifate export sbml scenarios/warfarin.toml")]
    Export(ExportCommand),
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
    Man(ManArguments),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
