//! The folder of one result: written beside, then put in place as a whole.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::storage::exchange;
use crate::storage::lock::Lock;

/// A result being written; without [`RunFolder::finish`] nothing of it remains.
#[derive(Debug)]
pub struct RunFolder {
    parent: PathBuf,
    name: String,
    fresh: PathBuf,
    force: bool,
    files: Vec<String>,
    notes: Vec<String>,
    _lock: Lock,
}

/// Where a result was put, and what the user should know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The folder.
    pub path: PathBuf,
    /// What was kept or put right.
    pub notes: Vec<String>,
}

impl RunFolder {
    /// Begins the result `name` in `parent`, which is made if it is missing.
    ///
    /// Takes the lock, puts an interrupted exchange right and refuses a foreign folder before
    /// any time is spent on a run. `force` moves a foreign folder aside later.
    ///
    /// # Errors
    /// Why the result could not be written there.
    pub fn begin(parent: &Path, name: &str, force: bool) -> Result<Self, StorageFailure> {
        fs::create_dir_all(parent).map_err(|source| StorageFailure::new(parent, source))?;
        let lock = Lock::take(parent, name)?;
        exchange::remove_leftovers(parent, name);
        let incomplete = incomplete_name(name);
        let mut notes = exchange::put_right(parent, name)?;
        notes.extend(exchange::put_right(parent, &incomplete)?);
        exchange::check_place(&parent.join(name), force)?;
        exchange::check_place(&parent.join(&incomplete), force)?;
        let fresh = parent.join(format!(".{name}.new-{}", std::process::id()));
        fs::create_dir(&fresh).map_err(|source| StorageFailure::new(&fresh, source))?;
        let (parent, name) = (parent.to_owned(), name.to_owned());
        Ok(Self { parent, name, fresh, force, files: Vec::new(), notes, _lock: lock })
    }

    /// Writes one file; `relative` uses `/` between its parts.
    ///
    /// # Errors
    /// Why it could not be written, with its final path.
    pub fn write(
        &mut self,
        relative: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), StorageFailure> {
        let shown = self.parent.join(&self.name).join(relative);
        if !is_inside(relative) {
            return Err(StorageFailure::BadName { path: shown.display().to_string() });
        }
        let path = self.fresh.join(relative);
        let attempt = || {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = BufWriter::new(fs::File::create(&path)?);
            fill(&mut file)?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()
        };
        attempt().map_err(|source| StorageFailure::new(&shown, source))?;
        self.files.push(relative.to_owned());
        Ok(())
    }

    /// The files written so far, in the order of their names.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        let mut files = self.files.clone();
        files.sort();
        files
    }

    /// Puts the result in place: under its name if `complete`, else as `NAME.incomplete`, which
    /// leaves an earlier result alone.
    ///
    /// # Errors
    /// Why it could not be put there; earlier results stand as they stood.
    pub fn finish(mut self, complete: bool) -> Result<Finished, StorageFailure> {
        let name = if complete { self.name.clone() } else { incomplete_name(&self.name) };
        exchange::sync_folder(&self.fresh);
        let mut notes = std::mem::take(&mut self.notes);
        notes.extend(exchange::exchange(&self.fresh, &self.parent, &name, self.force)?);
        Ok(Finished { path: self.parent.join(name), notes })
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        // After a successful exchange the folder is gone already.
        let _ = fs::remove_dir_all(&self.fresh);
    }
}

/// Whether a path of ours stays inside the folder on every system.
fn is_inside(relative: &str) -> bool {
    let safe = |letter: char| !letter.is_control() && !"<>:\"\\|?*".contains(letter);
    relative.chars().all(safe) && relative.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn incomplete_name(name: &str) -> String {
    format!("{name}.incomplete")
}

#[cfg(test)]
mod tests;
