//! Puts a finished folder in the place of an earlier one without a moment of half a result.
//!
//! The earlier one steps aside to `.NAME.old`, the new one takes its name, then what Calcifate
//! wrote into the earlier one is removed. Whatever interrupts this, the next start puts it right.
//! Files that somebody else laid into the earlier result are carried over.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::storage::manifest;

/// What stands under the name of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occupant {
    /// Nothing.
    Nothing,
    /// An empty folder.
    EmptyFolder,
    /// An earlier result of Calcifate.
    Ours,
    /// A folder of somebody else, or a link.
    Foreign,
    /// A file.
    File,
}

/// What stands at `path`.
///
/// # Errors
/// Why the system does not tell.
pub fn occupant(path: &Path) -> Result<Occupant, StorageFailure> {
    let failure = |source| StorageFailure::new(path, source);
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Occupant::Nothing),
        Err(error) => return Err(failure(error)),
    };
    if metadata.is_symlink() {
        return Ok(Occupant::Foreign);
    }
    if !metadata.is_dir() {
        return Ok(Occupant::File);
    }
    if fs::read_dir(path).map_err(failure)?.next().is_none() {
        return Ok(Occupant::EmptyFolder);
    }
    Ok(if manifest::is_ours(path) { Occupant::Ours } else { Occupant::Foreign })
}

/// Refuses early what [`exchange`] would refuse late.
///
/// # Errors
/// [`StorageFailure::Foreign`] or [`StorageFailure::NotAFolder`].
pub fn check_place(path: &Path, force: bool) -> Result<(), StorageFailure> {
    let shown = path.display().to_string();
    match occupant(path)? {
        Occupant::Foreign if !force => Err(StorageFailure::Foreign { path: shown }),
        Occupant::File if !force => Err(StorageFailure::NotAFolder { path: shown }),
        _ => Ok(()),
    }
}

/// Gives the folder `fresh` the name `parent/name`; tells what was kept of somebody else.
///
/// # Errors
/// Why it could not be done; then what stood there before stands there again.
pub fn exchange(
    fresh: &Path,
    parent: &Path,
    name: &str,
    force: bool,
) -> Result<Vec<String>, StorageFailure> {
    let target = parent.join(name);
    let aside = aside(parent, name);
    check_place(&target, force)?;
    let mut kept = Vec::new();
    let stepped_aside = match occupant(&target)? {
        Occupant::Nothing => None,
        Occupant::EmptyFolder => {
            fs::remove_dir(&target).map_err(|source| StorageFailure::new(&target, source))?;
            None
        }
        Occupant::Ours => Some(aside.clone()),
        Occupant::Foreign | Occupant::File => {
            let before = free_name(parent, &format!("{name}.before"));
            kept.push(format!("{} is now {}", target.display(), before.display()));
            Some(before)
        }
    };
    if let Some(place) = &stepped_aside {
        rename(&target, place)?;
    }
    if let Err(failure) = rename(fresh, &target) {
        if let Some(place) = &stepped_aside {
            rename(place, &target)?;
        }
        return Err(failure);
    }
    sync_folder(parent);
    kept.extend(put_right(parent, name)?);
    Ok(kept)
}

/// Ends an exchange that was interrupted earlier; tells what was kept of somebody else.
///
/// # Errors
/// Why the earlier result can be neither put back nor removed.
pub fn put_right(parent: &Path, name: &str) -> Result<Vec<String>, StorageFailure> {
    let (target, aside) = (parent.join(name), aside(parent, name));
    if occupant(&aside)? == Occupant::Nothing {
        return Ok(Vec::new());
    }
    match occupant(&target)? {
        Occupant::Nothing | Occupant::EmptyFolder => {
            let _ = fs::remove_dir(&target); // an empty folder would stand in the way on Windows
            rename(&aside, &target)?;
            Ok(vec![format!("{}: the earlier result was put back", target.display())])
        }
        Occupant::Ours => {
            let kept = carry_over(&aside, &target)
                .and_then(|kept| fs::remove_dir_all(&aside).map(|()| kept))
                .map_err(|source| StorageFailure::new(&aside, source))?;
            Ok(kept.iter().map(|file| format!("{} was kept", file.display())).collect())
        }
        Occupant::Foreign | Occupant::File => {
            let before = free_name(parent, &format!("{name}.before"));
            rename(&aside, &before)?;
            Ok(vec![format!("an earlier result is now {}", before.display())])
        }
    }
}

/// Removes what writers that were killed left behind. Only to be called under the lock.
pub fn remove_leftovers(parent: &Path, name: &str) {
    let prefix = format!(".{name}.new-");
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries {
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let ours = file_name.strip_prefix(&prefix).is_some_and(|process| {
            !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())
        });
        if ours {
            // What cannot be removed does no harm: it has a hidden name of its own.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn aside(parent: &Path, name: &str) -> PathBuf {
    parent.join(format!(".{name}.old"))
}

/// `stem-1`, `stem-2` …: the first that is free.
pub(super) fn free_name(parent: &Path, stem: &str) -> PathBuf {
    let candidates = (1_u32..).map(|number| parent.join(format!("{stem}-{number}")));
    let mut free = candidates.filter(|path| fs::symlink_metadata(path).is_err());
    free.next().unwrap_or_else(|| parent.join(stem))
}

fn rename(from: &Path, to: &Path) -> Result<(), StorageFailure> {
    fs::rename(from, to).map_err(|source| StorageFailure::new(to, source))
}

/// Moves everything that Calcifate did not write from an earlier result into the new one.
fn carry_over(old: &Path, new: &Path) -> io::Result<Vec<PathBuf>> {
    let ours: BTreeSet<PathBuf> = manifest::files(old).into_iter().map(PathBuf::from).collect();
    let mut kept = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(old.join(&folder))? {
            let entry = entry?;
            let relative = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(relative);
            } else if !ours.contains(&relative) && !is_left_by_the_desktop(&entry.file_name()) {
                kept.push(move_into(&entry.path(), &new.join(&relative))?);
            }
        }
    }
    kept.sort();
    Ok(kept)
}

fn is_left_by_the_desktop(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    matches!(&*name, ".DS_Store" | "Thumbs.db" | "desktop.ini") || name.starts_with(".~lock.")
}

fn move_into(from: &Path, to: &Path) -> io::Result<PathBuf> {
    let parent = to.parent().unwrap_or(to);
    fs::create_dir_all(parent)?;
    let to = if fs::symlink_metadata(to).is_ok() {
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        free_name(parent, &format!("{name}.kept"))
    } else {
        to.to_owned()
    };
    fs::rename(from, &to).map(|()| to)
}

/// Makes a rename survive a power cut, where the system offers it.
pub fn sync_folder(path: &Path) {
    if let Ok(folder) = fs::File::open(path) {
        let _ = folder.sync_all();
    }
}
