//! `calcifate completions`: what a shell needs to complete our words.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;

pub(crate) fn completions(shell: Shell, terminal: &Terminal) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "calcifate", &mut script);
    terminal.result(&String::from_utf8_lossy(&script));
    Ok(ExitStatus::Success)
}
