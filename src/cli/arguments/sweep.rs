//! The command lines of `calcifate sweep`, `sensitivity` and `merge`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::cli::arguments::{method, tolerance};
use crate::simulation::Method;
use crate::storage::shard::Shard;

/// `calcifate sweep`.
#[derive(Args, Debug)]
pub struct Sweep {
    /// The sweep file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[allow(rustdoc::invalid_html_tags)] // shown by --help as it stands
    /// Write DIR/<sweep>/ (the file's name without .toml).
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Only say how many runs there are, how long they take and how much disk they need.
    #[arg(long)]
    pub dry_run: bool,
    /// Only print the `calcifate run` command that repeats run N, biology included.
    #[arg(long, value_name = "N")]
    pub show_run: Option<u64>,
    /// Run only part K of N, for several machines or a job array; `calcifate merge` joins them.
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// Stop cleanly after this time, such as "30 min"; the same command goes on later.
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub max_time: Option<std::time::Duration>,
    /// Stop at the first run that fails.
    #[arg(long)]
    pub fail_fast: bool,
    /// Move what is in the folder aside and start anew.
    #[arg(long)]
    pub force: bool,
    /// Draw no figures.
    #[arg(long)]
    pub no_figures: bool,
    /// How to integrate.
    #[arg(long, value_name = "METHOD", default_value = "rosenbrock",
        value_parser = PossibleValuesParser::new(Method::ALL.map(Method::name)).map(method))]
    pub method: Method,
    /// Relative tolerance of a step, 1e-12 to 1e-2.
    #[arg(long, value_name = "TOLERANCE", default_value = "1e-6", value_parser = tolerance,
        allow_negative_numbers = true)]
    pub rtol: f64,
    /// Threads; all cores unless given. The result does not depend on it.
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024),
        allow_negative_numbers = true)]
    pub threads: Option<u16>,
}

/// `calcifate sensitivity`.
#[derive(Args, Debug)]
pub struct Sensitivity {
    /// The sensitivity file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[allow(rustdoc::invalid_html_tags)] // shown by --help as it stands
    /// Write DIR/<name>/ (the file's name without .toml).
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Only say how many runs there are, how long they take and how much disk they need.
    #[arg(long)]
    pub dry_run: bool,
    /// Run only part K of N of every method; indices follow when all parts are merged.
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// Stop cleanly after this time, such as "30 min"; the same command goes on later.
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub max_time: Option<std::time::Duration>,
    /// Stop at the first run that fails.
    #[arg(long)]
    pub fail_fast: bool,
    /// Move what is in the folder aside and start anew.
    #[arg(long)]
    pub force: bool,
    /// Draw no figures.
    #[arg(long)]
    pub no_figures: bool,
    /// Relative tolerance of a step, 1e-12 to 1e-2; 1e-9 for local and 1e-6 for others without it.
    #[arg(long, value_name = "TOLERANCE", value_parser = tolerance, allow_negative_numbers = true)]
    pub rtol: Option<f64>,
    /// Threads; all cores unless given. The result does not depend on it.
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024),
        allow_negative_numbers = true)]
    pub threads: Option<u16>,
}

/// `calcifate merge`.
#[derive(Args, Debug)]
pub struct Merge {
    /// The folders of all shards.
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    #[allow(rustdoc::invalid_html_tags)] // shown by --help as it stands
    /// Write DIR/<sweep>/.
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Draw no figures.
    #[arg(long)]
    pub no_figures: bool,
    /// Move what is in the folder aside.
    #[arg(long)]
    pub force: bool,
}

fn shard(text: &str) -> Result<Shard, String> {
    Shard::try_from(text.to_owned())
}

/// "90", "90 s", "30 min", "2 hours".
fn seconds(text: &str) -> Result<std::time::Duration, String> {
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
