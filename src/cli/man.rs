//! `calcifate man`: manual pages.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::cli::arguments::Arguments;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;

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
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
        .map_err(|source| StorageFailure::new(folder, source))
}
