//! The folder of one result: written beside, then put in place as a whole.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::printed::shown_path;
use crate::storage::figure_files::FigureFiles;
use crate::storage::manifest::{MARKER, source_of};
use crate::storage::place::{FreshFolder, Occupant, Place};

/// A result being written; without [`RunFolder::finish`] nothing of it remains.
pub(crate) struct RunFolder {
    /// Where the result will stand.
    pub path: PathBuf,
    name: String,
    force: bool,
    /// Names under which results of other scenario files stand.
    others: Vec<String>,
    is_durable: bool,
    files: Vec<String>,
    notes: Vec<String>,
    fresh: FreshFolder,
    place: Place,
}

/// The path of a stored result, and notes for the user.
#[derive(Clone, PartialEq, Eq)]
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
    /// Neither is the result of another scenario file than `source` replaced.
    pub(crate) fn begin(
        parent: &Path,
        name: &str,
        source: &str,
        force: bool,
    ) -> Result<Self, StorageFailure> {
        let place = Place::take(parent, name, Some(MARKER))?;
        let mut notes = Vec::new();
        let mut others = Vec::new();
        for name in [name.to_owned(), incomplete_name(name)] {
            notes.extend(place.recover(&name)?);
            let there = place.check(&name, force)?;
            let path = parent.join(&name);
            let other = source_of(&path).filter(|other| is_another_file(other, source));
            let Some(other) = other.filter(|_| there == Occupant::OurFolder) else { continue };
            if !force {
                let (path, own) = (shown_path(&path), source.to_owned());
                return Err(StorageFailure::OtherScenario { path, other, own });
            }
            others.push(name);
        }
        let (path, name) = (place.path(), name.to_owned());
        let (files, fresh) = (Vec::new(), place.fresh()?);
        Ok(Self { path, name, force, others, is_durable: true, files, notes, fresh, place })
    }

    /// From now on nothing waits for the disk: the process is to end soon.
    pub(crate) fn hurry(&mut self) {
        self.is_durable = false;
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
            return Err(StorageFailure::BadName { path: shown_path(&shown) });
        }
        let path = self.fresh.path.join(relative);
        let is_durable = self.is_durable;
        let attempt = || {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = BufWriter::new(fs::File::create(&path)?);
            fill(&mut file)?;
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            if is_durable { file.sync_data() } else { Ok(()) }
        };
        attempt().map_err(|error| {
            let _ = fs::remove_file(&path); // no part of a table counts as one
            StorageFailure::new(&shown, source_error(error))
        })?;
        self.files.push(relative.to_owned());
        Ok(())
    }

    /// Writes a text into a file.
    pub(crate) fn write_text(&mut self, relative: &str, text: &str) -> Result<(), StorageFailure> {
        self.write(relative, |out| out.write_all(text.as_bytes()))
    }

    /// Writes the files of a figure.
    pub(crate) fn write_figure(&mut self, figure: &FigureFiles) -> Result<(), StorageFailure> {
        let FigureFiles { name, contents } = figure;
        contents.iter().try_for_each(|(ending, bytes)| {
            self.write(&format!("figures/{name}.{ending}"), |out| out.write_all(bytes))
        })
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
        let is_kept = self.others.contains(&name);
        notes.extend(self.place.put(&self.fresh, &name, self.force, is_kept)?);
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

/// True if two names of files, each as written, are not those of one file.
fn is_another_file(there: &str, here: &str) -> bool {
    let (there, here) = (Path::new(there), Path::new(here));
    if there == here || there.file_name() != here.file_name() {
        return there != here;
    }
    // From another working folder one file has another path.
    match (fs::canonicalize(there), fs::canonicalize(here)) {
        (Ok(there), Ok(here)) => there != here,
        _ => false,
    }
}

fn incomplete_name(name: &str) -> String {
    format!("{name}.incomplete")
}

#[cfg(test)]
mod tests;
