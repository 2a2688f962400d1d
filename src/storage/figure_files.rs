//! The files of a figure: its description in words, PNG and SVG, each written whole.

use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::plots::fallback_font::FallbackFont;
use crate::plots::{Figure, FigureError};
use crate::storage::place::write;

/// Endings of a figure's files; the last to be written comes last.
const ENDINGS: [&str; 3] = ["txt", "png", "svg"];

/// A figure as its files hold it.
#[derive(Clone)]
pub(crate) struct FigureFiles {
    /// Stem of its files; a `/` leads to a folder below.
    pub name: String,
    /// Endings and contents, in the order in which they are written.
    pub contents: [(&'static str, Vec<u8>); 3],
}

impl FigureFiles {
    /// Paints the picture, too, with a font for letters that the built-in one lacks.
    pub(crate) fn of(
        figure: Figure,
        name: impl Into<String>,
        fallback: Option<&FallbackFont>,
    ) -> Result<Self, FigureError> {
        let [words, png, svg] = ENDINGS;
        let description = format!("{}\n", figure.description.trim_end());
        let picture = figure.png_with(fallback)?;
        let contents =
            [(words, description.into_bytes()), (png, picture), (svg, figure.svg.into_bytes())];
        Ok(Self { name: name.into(), contents })
    }
}

/// Stems of the files of one folder, each given once, also where capital letters do not count.
#[derive(Default)]
pub(crate) struct Stems(Vec<String>);

impl Stems {
    /// This stem, with a number where it is taken.
    pub(crate) fn free(&mut self, stem: &str) -> String {
        let taken = |name: &String| self.0.iter().any(|other| other.eq_ignore_ascii_case(name));
        let numbered = (2_u32..).map(|number| format!("{stem}_{number}"));
        let mut names = std::iter::once(stem.to_owned()).chain(numbered);
        let free = names.find(|name| !taken(name)).unwrap_or_default();
        self.0.push(free.clone());
        free
    }
}

/// The picture of the figure `name` in a folder; a `/` in the name leads to a folder below.
pub(crate) fn picture(folder: &Path, name: &str) -> PathBuf {
    folder.join("figures").join(format!("{name}.png"))
}

/// True if all files of a figure are there.
pub(crate) fn is_drawn(folder: &Path, name: &str) -> bool {
    ENDINGS.iter().all(|ending| picture(folder, name).with_extension(ending).is_file())
}

/// Writes a figure into a folder that has its name already.
/// Errors: Why a file could not be written; what stood there before stands there still.
pub(crate) fn write_figure(folder: &Path, figure: &FigureFiles) -> Result<(), StorageFailure> {
    let picture = picture(Path::new(""), &figure.name);
    for (ending, bytes) in &figure.contents {
        write(folder, picture.with_extension(ending), bytes)?;
    }
    Ok(())
}
