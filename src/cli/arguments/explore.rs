//! Arguments of `calcifate explore`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `explore`.
#[derive(Debug, Args)]
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
