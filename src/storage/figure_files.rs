//! The figures in the folder of a sweep: each written whole, under its final name.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::plots::Figure;
use crate::storage::chunks::write_whole;

/// Endings of a figure's files; the last to be written comes last.
const ENDINGS: [&str; 3] = ["txt", "png", "svg"];

/// The picture of a figure in a sweep's folder.
#[must_use]
pub fn picture(folder: &Path, name: &str) -> PathBuf {
    folder.join("figures").join(format!("{name}.png"))
}

/// Whether all files of a figure are there.
#[must_use]
pub fn is_drawn(folder: &Path, name: &str) -> bool {
    ENDINGS.iter().all(|ending| picture(folder, name).with_extension(ending).is_file())
}

/// Writes a figure: its description in words, PNG and SVG.
///
/// # Errors
/// Why a file could not be written; what stood there before stands there still.
pub fn write_figure(folder: &Path, figure: &Figure) -> Result<(), StorageFailure> {
    let picture = picture(folder, figure.name);
    let inside = folder.join("figures");
    fs::create_dir_all(&inside).map_err(|source| StorageFailure::new(&inside, source))?;
    let words = format!("{}\n", figure.description.trim_end());
    let files = [words.as_bytes(), figure.png.as_slice(), figure.svg.as_bytes()];
    for (ending, bytes) in ENDINGS.iter().zip(files) {
        write_whole(&picture.with_extension(ending), bytes)?;
    }
    Ok(())
}
