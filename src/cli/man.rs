//! `calcifate man`: manual pages.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::cli::arguments::Arguments;
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;

/// Prints the page of the program, or writes the pages of all commands into `folder`.
pub fn man(folder: Option<&Path>, terminal: &Terminal) -> Outcome {
    let written = match folder {
        Some(folder) => write_pages(folder),
        None => {
            let mut page = Vec::new();
            // Writing into memory does not fail.
            let _ = Man::new(Arguments::command()).render(&mut page);
            terminal.result(&String::from_utf8_lossy(&page));
            Ok(())
        }
    };
    match written {
        Ok(()) => Outcome::Fine,
        Err(failure) => {
            terminal.error(&failure.to_string());
            Outcome::Failed
        }
    }
}

fn write_pages(folder: &Path) -> Result<(), StorageFailure> {
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
        .map_err(|source| StorageFailure::new(folder, source))
}
