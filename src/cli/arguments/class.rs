//! `calcifate class`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::options::ThreadCount;

/// `calcifate class`.
#[derive(Args, Debug)]
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
