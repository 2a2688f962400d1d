//! `calcifate man`: manual pages.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::cli::arguments::Arguments;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::storage::place::write;

/// Prints the page of the program, or writes the pages of all commands into `folder`.
pub(crate) fn man(folder: Option<&Path>, terminal: &Terminal) -> CommandResult {
    if let Some(folder) = folder {
        write_pages(folder)?;
        return Ok(ExitStatus::Success);
    }
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = Man::new(Arguments::command()).render(&mut page);
    terminal.result(&String::from_utf8_lossy(&page));
    Ok(ExitStatus::Success)
}

fn write_pages(folder: &Path) -> Result<(), StorageFailure> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    fs::create_dir_all(folder).map_err(StorageFailure::at(folder))?;
    write_page(&program, folder)
}

/// Writes the page of a command after those of its own commands.
fn write_page(command: &clap::Command, folder: &Path) -> Result<(), StorageFailure> {
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        write_page(inner, folder)?;
    }
    let page = Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text).map_err(StorageFailure::at(folder))?;
    write(folder, page.get_filename(), &text)
}
