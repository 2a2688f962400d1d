//! Figures and page of a folder of results.

use std::io;

use crate::cli::session::interrupt;
use crate::error::failure::StorageFailure;
use crate::plots::fallback_font::FallbackFont;
use crate::plots::{Figure, FigureError};
use crate::report::document::Document;
use crate::report::{PAGE, html};
use crate::storage::figure_files::{FigureFiles, Stems};
use crate::storage::run_folder::RunFolder;

fn undrawn(folder: &RunFolder, error: &FigureError) -> StorageFailure {
    StorageFailure::new(folder.path(), io::Error::other(error.to_string()))
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
