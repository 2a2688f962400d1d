//! `calcifate man`: manual pages.

use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::cli::arguments::Arguments;
use crate::cli::arguments::commands::ManArguments;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::storage::place::single_file::write_all;

/// By this a page of ours is known.
const MARKER: &str = ".TH calcifate";

/// Prints the page of the program, or writes the pages of all commands into a folder.
pub(crate) fn man(arguments: &ManArguments, terminal: &Terminal) -> CommandResult {
    if let Some(folder) = arguments.folder.as_ref().or(arguments.output.as_ref()) {
        let mut program = Arguments::command().disable_help_subcommand(true);
        program.build();
        let mut pages = Vec::new();
        collect(&program, folder, &mut pages)?;
        terminal.remarks(&write_all(folder, &pages, MARKER, arguments.force)?);
        return Ok(ExitStatus::Success);
    }
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = Man::new(Arguments::command()).render(&mut page);
    terminal.result(&String::from_utf8_lossy(&page));
    Ok(ExitStatus::Success)
}

/// Adds the name and text of the page of a command after those of its own commands.
fn collect(
    command: &clap::Command,
    folder: &Path,
    pages: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), StorageFailure> {
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        collect(inner, folder, pages)?;
    }
    let page = Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text).map_err(StorageFailure::at(folder))?;
    pages.push((page.get_filename(), text));
    Ok(())
}
