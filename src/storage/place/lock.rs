//! One writer at a time for one result.
//!
//! The operating system holds the lock, so that it ends with the process however that ends; no
//! stale lock can be left behind.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind::{AlreadyExists, NotFound};
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::printed::shown_path;
use crate::storage::place::own::is_there;
use crate::storage::place::unfinished;

/// More often than this a lock does not vanish between two looks at it; the folder takes none.
const MOST_TRIES: u32 = 100;

/// The right to write one result; given back when dropped.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of the result `name` in `parent`.
    pub(super) fn take(parent: &Path, name: &str) -> Result<Self, StorageFailure> {
        let path = parent.join(format!(".{name}.lock"));
        let result = parent.join(name);
        let failure = StorageFailure::at(&result);
        let mut tries = 0;
        loop {
            tries += 1;
            // A link of that name would lead elsewhere, and a pipe would never open.
            let mut options = OpenOptions::new();
            options.write(true).create_new(!is_there(&path)?);
            let file = match options.open(&path) {
                // Another process was faster to make it or to remove it.
                Err(error)
                    if matches!(error.kind(), AlreadyExists | NotFound) && tries < MOST_TRIES =>
                {
                    continue;
                }
                opened => opened.map_err(failure)?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(StorageFailure::Busy { path: shown_path(&result) });
                }
                Err(TryLockError::Error(source)) => return Err(failure(source)),
            }
            // The former holder may have removed the file between our opening and locking it.
            if is_still_at(&file, &path) {
                unfinished::begin(&path);
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held; a file left behind would be harmless.
        let _ = std::fs::remove_file(&self.path);
        unfinished::end(&self.path);
    }
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_file: &File, _path: &Path) -> bool {
    true // an open file cannot be removed there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_writer_is_told_and_may_come_back_later() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), "lesson").unwrap();
        let second = Lock::take(folder.path(), "lesson").err().unwrap();
        assert!(matches!(second, StorageFailure::Busy { .. }), "{second}");
        Lock::take(folder.path(), "other").unwrap();
        drop(first);
        Lock::take(folder.path(), "lesson").unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_left_by_a_killed_process_does_not_block() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".lesson.lock"), "4711").unwrap();
        Lock::take(folder.path(), "lesson").unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        std::os::unix::fs::symlink(&target, folder.path().join(".lesson.lock")).unwrap();
        let refused = Lock::take(folder.path(), "lesson").err().unwrap();
        assert!(matches!(refused, StorageFailure::Obstructed { .. }), "{refused}");
        assert!(!target.exists());
    }
}
