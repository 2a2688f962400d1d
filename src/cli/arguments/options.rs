//! Options that several commands share: each stands here once, with its one help text.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser as _};

use crate::error::defect::OrDefect as _;
use crate::error::failure::InputFailure;
use crate::library::input_files::read_font;
use crate::plots::fallback_font::FallbackFont;
use crate::printed::shown_path;
use crate::scenario::Overrides;
use crate::simulation::{Method, Options, RELATIVE_TOLERANCES};
use crate::storage::shard::Shard;

/// Scenario files to read.
#[derive(Args)]
pub(crate) struct ScenarioFiles {
    /// Scenario files; `-` reads one from the standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Folder of the results.
#[derive(Args)]
pub(crate) struct ResultFolder {
    /// Write DIR/NAME/ (the file's name without .toml).
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Move aside what is in the folder and would otherwise be kept.
    #[arg(long)]
    pub force: bool,
    /// Draw no figures.
    #[arg(long)]
    pub no_figures: bool,
    #[command(flatten)]
    pub letters: FigureLetters,
}

/// Letters of figures.
#[derive(Args)]
pub(crate) struct FigureLetters {
    /// Font (TTF, OTF) for letters in PNG pictures that the built-in one lacks, such as 日本.
    #[arg(long, value_name = "FILE", value_parser = PathBufValueParser::new().try_map(font))]
    pub font: Option<FallbackFont>,
}

fn font(path: PathBuf) -> Result<FallbackFont, InputFailure> {
    let why = "this is no font that can be read".to_owned();
    let no_font = InputFailure::NoFont { path: shown_path(&path), why };
    FallbackFont::read(read_font(&path)?).ok_or(no_font)
}

/// Changes of what the scenario file says.
#[derive(Args)]
pub(crate) struct ScenarioChanges {
    /// Set a parameter, a property of the person or an intake; may be given several times.
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    pub set: Vec<(String, String)>,
    /// Accept --set values outside a parameter's range.
    #[arg(long)]
    pub beyond_range: bool,
    /// Hypothesis set of all arms: paradox, conservative, or one of the file.
    #[arg(long, value_name = "SET")]
    pub hypothesis: Option<String>,
}

impl ScenarioChanges {
    /// The changes, for these arms only; for all if there are none.
    pub(crate) fn overrides(&self, arms: Vec<String>) -> Overrides {
        let Self { set, beyond_range, hypothesis } = self;
        let set = set.clone();
        Overrides {
            set,
            hypothesis: hypothesis.clone(),
            arms,
            beyond_range: *beyond_range,
            ..Overrides::default()
        }
    }
}

/// Accuracy of the integration.
#[derive(Args)]
pub(crate) struct Tolerance {
    /// Relative tolerance of a step, 1e-12 to 1e-2.
    #[arg(long, value_name = "TOLERANCE", default_value = "1e-6", value_parser = tolerance,
        allow_negative_numbers = true)]
    pub rtol: f64,
}

impl Tolerance {
    /// The default method with this tolerance.
    pub(crate) fn options(&self) -> Options {
        Options { relative_tolerance: self.rtol, ..Options::default() }
    }
}

/// Method and accuracy of the integration.
#[derive(Args)]
pub(crate) struct SolverOptions {
    /// How to integrate.
    #[arg(long, value_name = "METHOD", default_value = "rosenbrock",
        value_parser = PossibleValuesParser::new(Method::ALL.map(Method::name)).map(method))]
    pub method: Method,
    #[command(flatten)]
    pub tolerance: Tolerance,
}

impl SolverOptions {
    /// The options of a simulation.
    pub(crate) fn options(&self) -> Options {
        Options { method: self.method, ..self.tolerance.options() }
    }
}

/// More threads than this no command starts.
pub(crate) const MOST_THREADS: u16 = 1024;

/// Number of threads.
#[derive(Args)]
pub(crate) struct ThreadCount {
    /// Threads; all cores unless given. The result does not depend on it.
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_THREADS)),
        allow_negative_numbers = true)]
    pub threads: Option<u16>,
}

/// Runs of a sweep to do now, where to and on how many threads.
#[derive(Args)]
pub(crate) struct ManyRuns {
    #[command(flatten)]
    pub folder: ResultFolder,
    /// Only say how many runs there are, how long they take and how much disk they need.
    #[arg(long)]
    pub dry_run: bool,
    /// Run only part K of N, for several machines or a job array; `calcifate merge` joins them.
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// Stop cleanly after this time, such as "30 min"; the same command goes on later.
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    pub max_time: Option<std::time::Duration>,
    /// Stop at the first run that fails.
    #[arg(long)]
    pub fail_fast: bool,
    #[command(flatten)]
    pub threads: ThreadCount,
}

/// Form of the answer.
#[derive(Args)]
pub(crate) struct AnswerForm {
    /// Print one JSON document instead of tables.
    #[arg(long)]
    pub json: bool,
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write KEY=VALUE, such as age=60 or vitamin_d_sun=\"5 ug/day\"".to_owned()),
    }
}

/// A relative tolerance of a step.
pub(crate) fn tolerance(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.trim().parse().ok();
    value
        .filter(|value| RELATIVE_TOLERANCES.contains(value))
        .ok_or_else(|| "a number from 1e-12 to 1e-2 is accepted, such as 1e-6".to_owned())
}

fn method(name: String) -> Method {
    Method::ALL
        .into_iter()
        .find(|method| method.name() == name)
        .or_defect("a method without a name")
}

fn shard(text: &str) -> Result<Shard, String> {
    Shard::try_from(text.to_owned())
}

/// "90", "90 s", "30 min", "2 hours".
fn time_limit(text: &str) -> Result<std::time::Duration, String> {
    let bare = text.trim().trim_end_matches("seconds").trim_end_matches('s').trim();
    let seconds = bare.parse::<f64>().ok().or_else(|| {
        let days = crate::units::amount::duration_days(text, "the time limit").ok()?;
        Some(days * 86_400.0)
    });
    let fits = seconds.filter(|seconds| *seconds > 0.0 && *seconds < 1e9);
    fits.map(std::time::Duration::from_secs_f64).ok_or_else(|| {
        "write a time above 0, such as \"90 s\", \"30 min\" or \"2 hours\"".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
