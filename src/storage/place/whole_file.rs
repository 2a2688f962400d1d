//! One file, written beside its place and put there as a whole.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::storage::place::own::{inside, is_there};
use crate::storage::place::unfinished;

/// A file being written under the name `.NAME.part`; gone again unless it is put in place.
///
/// Only one writer at a time may write a file: the lock of the result sees to that.
pub(crate) struct WholeFile {
    path: PathBuf,
    beside: PathBuf,
    file: BufWriter<File>,
}

impl WholeFile {
    /// Begins the file that is to stand at `path`, in a folder that exists.
    pub(crate) fn begin(path: &Path) -> Result<Self, StorageFailure> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.part"));
        let _ = fs::remove_file(&beside); // left by a killed writer, or a foreign link
        is_there(&beside)?;
        let file = File::create_new(&beside).map_err(StorageFailure::at(path))?;
        unfinished::begin(&beside);
        Ok(Self { path: path.to_owned(), beside, file: BufWriter::new(file) })
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), StorageFailure> {
        self.file.write_all(bytes).map_err(StorageFailure::at(&self.path))
    }

    /// Makes sure that the file is on the disk and gives it its name; what stands there is
    /// replaced, or steps `aside`.
    pub(crate) fn put(mut self, aside: Option<&Path>) -> Result<(), StorageFailure> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        written.map_err(StorageFailure::at(&self.path))?;
        put(&self.beside, &self.path, aside)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        // After the renaming it is gone already.
        let _ = fs::remove_file(&self.beside);
        unfinished::end(&self.beside);
    }
}

/// Writes the file `relative` in `root` as a whole; folders between them are made if missing.
pub(crate) fn write(
    root: &Path,
    relative: impl AsRef<Path>,
    bytes: &[u8],
) -> Result<(), StorageFailure> {
    let path = inside(root, relative)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(StorageFailure::at(folder))?;
    }
    let mut file = WholeFile::begin(&path)?;
    file.push(bytes)?;
    file.put(None)
}

/// Gives the file or folder `fresh` the name `target`. What stands there steps `aside` first and
/// comes back if that fails; without `aside` a file is replaced.
pub(super) fn put(fresh: &Path, target: &Path, aside: Option<&Path>) -> Result<(), StorageFailure> {
    unfinished::end(fresh);
    match aside {
        Some(aside) => rename(target, aside)?,
        None if fresh.is_file() => drop(is_there(target)?),
        None => {}
    }
    if let Err(failure) = rename(fresh, target) {
        if let Some(aside) = aside {
            rename(aside, target)?;
        }
        return Err(failure);
    }
    sync_folder(target.parent().unwrap_or(target));
    Ok(())
}

pub(super) fn rename(from: &Path, to: &Path) -> Result<(), StorageFailure> {
    fs::rename(from, to).map_err(StorageFailure::at(to))
}

/// Makes a rename survive a power cut, where the system offers it.
pub(super) fn sync_folder(path: &Path) {
    let folder = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
