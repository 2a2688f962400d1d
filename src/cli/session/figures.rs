//! Figures that a command drew, how they are reported, and the page beside them.

use std::io;
use std::path::PathBuf;

use crate::cli::exit_status::ExitStatus;
use crate::cli::session::interrupt;
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::plots::fallback_font::FallbackFont;
use crate::plots::{Figure, FigureError};
use crate::printed::shown_path;
use crate::report::document::Document;
use crate::report::{PAGE, html};
use crate::storage::figure_files::{FigureFiles, Stems};
use crate::storage::run_folder::RunFolder;

#[derive(Default)]
pub(crate) struct DrawnFigures {
    /// Pictures, those of an earlier start included.
    pub pictures: Vec<PathBuf>,
    /// Reasons why some could not be drawn.
    pub failures: Vec<String>,
}

impl DrawnFigures {
    /// A line of the summary; empty without pictures.
    pub(crate) fn line(&self) -> String {
        first_of(&self.pictures).map_or_else(String::new, |first| format!("Figures  {first}\n"))
    }

    /// Prints the failures, which turn success into failure: the tables are there all the same.
    pub(crate) fn report_failures(&self, status: ExitStatus, terminal: &Terminal) -> ExitStatus {
        self.failures.iter().for_each(|failure| terminal.error(failure));
        match status {
            ExitStatus::Success => ExitStatus::failed_if(!self.failures.is_empty()),
            other => other,
        }
    }
}

/// The first picture, and how many more there are.
pub(crate) fn first_of(pictures: &[PathBuf]) -> Option<String> {
    let (first, rest) = pictures.split_first()?;
    Some(match rest.len() {
        0 => shown_path(first),
        more => format!("{} (and {more} more)", shown_path(first)),
    })
}

fn undrawn(folder: &RunFolder, error: &FigureError) -> StorageFailure {
    StorageFailure::new(&folder.path, io::Error::other(error.to_string()))
}

/// Writes figures under these names until it is interrupted: what is there by then is kept as
/// incomplete.
pub(crate) fn write_figures(
    folder: &mut RunFolder,
    font: Option<&FallbackFont>,
    figures: impl Iterator<Item = (String, Result<Figure, FigureError>)>,
) -> Result<(), StorageFailure> {
    let mut stems = Stems::default();
    for (name, figure) in figures.take_while(|_| !interrupt::requested()) {
        let files = figure.and_then(|figure| FigureFiles::of(figure, stems.free(&name), font));
        folder.write_figure(&files.map_err(|error| undrawn(folder, &error))?)?;
    }
    Ok(())
}

/// Writes the page, unless it is interrupted.
pub(crate) fn write_page(
    folder: &mut RunFolder,
    document: impl FnOnce() -> Document,
) -> Result<(), StorageFailure> {
    if interrupt::requested() {
        return Ok(());
    }
    let page = html::page(&document()).map_err(|error| undrawn(folder, &error))?;
    folder.write_text(PAGE, &page)
}
