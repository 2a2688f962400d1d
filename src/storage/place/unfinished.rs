//! Hidden files and folders of results that this process is writing: none of them is left behind when
//! it must end at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts a file or folder among what is unfinished.
pub(super) fn begin(path: &Path) {
    unfinished().insert(path.to_owned());
}

/// From now on the file or folder stays: it gets its name, or is gone already.
pub(super) fn end(path: &Path) {
    unfinished().remove(path);
}

/// Removes all that is unfinished. Nothing is finished any more after this: the process is to end.
pub(crate) fn remove_unfinished() {
    let all = unfinished();
    for path in all.iter() {
        let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
    }
    // Whoever wants to finish something waits for the end of the process.
    std::mem::forget(all);
}
