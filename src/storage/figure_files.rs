//! The files of a figure: its description in words, PNG and SVG, each written whole.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::plots::Figure;
use crate::storage::place::write;

/// Endings of a figure's files; the last to be written comes last.
const ENDINGS: [&str; 3] = ["txt", "png", "svg"];

/// The contents of a figure's files, with their endings.
pub(crate) fn contents(figure: &Figure) -> [(&'static str, Cow<'_, [u8]>); 3] {
    let [words, png, svg] = ENDINGS;
    let description = format!("{}\n", figure.description.trim_end());
    [
        (words, description.into_bytes().into()),
        (png, figure.png.as_slice().into()),
        (svg, figure.svg.as_bytes().into()),
    ]
}

/// The picture of the figure `name` in a folder; a `/` in the name leads to a folder below.
pub(crate) fn picture(folder: &Path, name: &str) -> PathBuf {
    folder.join("figures").join(format!("{name}.png"))
}

/// True if all files of a figure are there.
pub(crate) fn is_drawn(folder: &Path, name: &str) -> bool {
    ENDINGS.iter().all(|ending| picture(folder, name).with_extension(ending).is_file())
}

/// Writes a figure under `name` into a folder that has its name already.
/// Errors: Why a file could not be written; what stood there before stands there still.
pub(crate) fn write_figure(
    folder: &Path,
    name: &str,
    figure: &Figure,
) -> Result<(), StorageFailure> {
    let picture = picture(folder, name);
    for (ending, bytes) in contents(figure) {
        write(&picture.with_extension(ending), &bytes)?;
    }
    Ok(())
}
