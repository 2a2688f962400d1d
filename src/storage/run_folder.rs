//! The folder of one result: written beside, then put in place as a whole.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::storage::figure_files::FigureFiles;
use crate::storage::manifest::MARKER;
use crate::storage::place::{FreshFolder, Place};

/// A result being written; without [`RunFolder::finish`] nothing of it remains.
#[derive(Debug)]
pub(crate) struct RunFolder {
    path: PathBuf,
    name: String,
    force: bool,
    files: Vec<String>,
    notes: Vec<String>,
    fresh: FreshFolder,
    place: Place,
}

/// The path of a stored result, and notes for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredRun {
    pub path: PathBuf,
    /// Files that were kept, and leftovers that were recovered.
    pub notes: Vec<String>,
}

impl RunFolder {
    /// Begins the result `name` in `parent`, which is made if it is missing.
    ///
    /// Takes the lock, puts an interrupted exchange right and refuses a foreign folder before
    /// any time is spent on a run. `force` moves a foreign folder aside later.
    /// Errors: Why the result could not be written there.
    pub(crate) fn begin(parent: &Path, name: &str, force: bool) -> Result<Self, StorageFailure> {
        let place = Place::take(parent, name, Some(MARKER))?;
        let incomplete = incomplete_name(name);
        let mut notes = place.recover(name)?;
        notes.extend(place.recover(&incomplete)?);
        place.check(name, force)?;
        place.check(&incomplete, force)?;
        let (path, name) = (place.path(), name.to_owned());
        Ok(Self { path, name, force, files: Vec::new(), notes, fresh: place.fresh()?, place })
    }

    /// Writes one file; `relative` uses `/` between its parts.
    /// Errors: Why it could not be written, with its final path.
    pub(crate) fn write(
        &mut self,
        relative: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), StorageFailure> {
        let shown = self.path.join(relative);
        if !is_inside(relative) {
            return Err(StorageFailure::BadName { path: shown.display().to_string() });
        }
        let path = self.fresh.path.join(relative);
        let attempt = || {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = BufWriter::new(fs::File::create(&path)?);
            fill(&mut file)?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()
        };
        attempt().map_err(|error| StorageFailure::new(&shown, source_error(error)))?;
        self.files.push(relative.to_owned());
        Ok(())
    }

    /// Where the result will stand.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the files of a figure under the name of its kind.
    /// Errors: Why one could not be written.
    pub(crate) fn write_figure(&mut self, figure: &FigureFiles) -> Result<(), StorageFailure> {
        self.write_figure_as(figure.name, figure)
    }

    /// Writes the files of a figure under a name of its own.
    /// Errors: Why one could not be written.
    pub(crate) fn write_figure_as(
        &mut self,
        name: &str,
        figure: &FigureFiles,
    ) -> Result<(), StorageFailure> {
        for (ending, bytes) in &figure.contents {
            let name = format!("figures/{name}.{ending}");
            self.write(&name, |out| out.write_all(bytes))?;
        }
        Ok(())
    }

    /// The files written so far, in the order of their names.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = self.files.clone();
        files.sort();
        files
    }

    /// Puts the result in place: under its name if `complete`, else as `NAME.incomplete`, which
    /// leaves an earlier result alone.
    /// Errors: Why it could not be put there; earlier results stand as they stood.
    pub(crate) fn finish(mut self, complete: bool) -> Result<StoredRun, StorageFailure> {
        let name = if complete { self.name.clone() } else { incomplete_name(&self.name) };
        let mut notes = std::mem::take(&mut self.notes);
        notes.extend(self.place.put(&self.fresh, &name, self.force)?);
        Ok(StoredRun { path: self.path.with_file_name(name), notes })
    }
}

/// The error of the system inside an error of the writer of tables.
fn source_error(error: io::Error) -> io::Error {
    match error.downcast::<csv::Error>().map(csv::Error::into_kind) {
        Ok(csv::ErrorKind::Io(inner)) => inner,
        Ok(other) => io::Error::other(format!("{other:?}")),
        Err(error) => error,
    }
}

/// True if a relative path stays inside the folder on every system.
fn is_inside(relative: &str) -> bool {
    let safe = |letter: char| !letter.is_control() && !"<>:\"\\|?*".contains(letter);
    relative.chars().all(safe) && relative.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn incomplete_name(name: &str) -> String {
    format!("{name}.incomplete")
}

#[cfg(test)]
mod tests;
