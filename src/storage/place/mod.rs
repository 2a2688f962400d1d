//! The place of a result: one writer at a time, and never a moment of half a result.
//!
//! A result is written beside its place and takes its name as a whole: a folder from
//! `.NAME.new-PID`, a file from `.NAME.part`. An earlier result that is to be replaced steps aside
//! to `.NAME.old` until the new one stands; files that other programs put into it are carried
//! over. Anything else that stands there is refused, or with `--force` moved to `NAME.before-1`.
//! Whatever interrupts this, the next start puts it right.

mod lock;
mod name;
mod occupant;
mod own;
pub(crate) mod single_file;
mod unfinished;
mod whole_file;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::printed::shown_path;
use crate::storage::place::lock::Lock;
use crate::storage::place::whole_file::{put, rename, sync_folder};

pub(crate) use crate::storage::place::name::fault_of_name;
pub(crate) use crate::storage::place::occupant::{Occupant, has_manifest};
pub(crate) use crate::storage::place::own::{inside, open, read};
pub(crate) use crate::storage::place::unfinished::remove_unfinished;
pub(crate) use crate::storage::place::whole_file::{WholeFile, write};

/// The right to write the result `parent/name`; given back when dropped.
pub(crate) struct Place {
    parent: PathBuf,
    pub(crate) name: String,
    replaced: Option<&'static str>,
    _lock: Lock,
}

impl Place {
    /// Takes the place `parent/name`, where earlier results with the marker `replaced` are
    /// replaced. `parent` is made if it is missing; what killed writers left is removed.
    pub(crate) fn take(
        parent: &Path,
        name: &str,
        replaced: Option<&'static str>,
    ) -> Result<Self, StorageFailure> {
        fs::create_dir_all(parent).map_err(StorageFailure::at(parent))?;
        let lock = Lock::take(parent, name)?;
        let place =
            Self { parent: parent.to_owned(), name: name.to_owned(), replaced, _lock: lock };
        place.remove_leftovers();
        Ok(place)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    fn remove_leftovers(&self) {
        let prefix = format!(".{}.new-", self.name);
        for entry in fs::read_dir(&self.parent).into_iter().flatten().flatten() {
            let file_name = entry.file_name().to_string_lossy().into_owned();
            let ours = file_name.strip_prefix(&prefix).is_some_and(|process| {
                !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())
            });
            if ours {
                // What cannot be removed does no harm: it has a hidden name of its own.
                let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
            }
        }
    }

    /// An empty folder beside the place.
    pub(crate) fn fresh(&self) -> Result<FreshFolder, StorageFailure> {
        let path = self.parent.join(format!(".{}.new-{}", self.name, std::process::id()));
        fs::create_dir(&path).map_err(StorageFailure::at(&path))?;
        unfinished::begin(&path);
        Ok(FreshFolder { path })
    }

    /// Refuses early what [`Self::put`] would refuse late.
    pub(crate) fn check(&self, name: &str, force: bool) -> Result<Occupant, StorageFailure> {
        let target = self.parent.join(name);
        let occupant = Occupant::at(&target, self.replaced)?;
        let path = shown_path(&target);
        match occupant {
            Occupant::Folder | Occupant::Link if !force => Err(StorageFailure::Foreign { path }),
            Occupant::OurFile | Occupant::File | Occupant::Other if !force => {
                Err(StorageFailure::NotAFolder { path })
            }
            _ => Ok(occupant),
        }
    }

    /// Gives the fresh folder the name `parent/name`; returns the paths of foreign files that were
    /// kept. An earlier result that `is_kept` is moved aside as a foreign folder is.
    pub(crate) fn put(
        &self,
        fresh: &FreshFolder,
        name: &str,
        force: bool,
        is_kept: bool,
    ) -> Result<Vec<String>, StorageFailure> {
        let target = self.parent.join(name);
        let mut kept = Vec::new();
        let aside = match self.check(name, force)? {
            Occupant::Nothing => None,
            Occupant::EmptyFolder => {
                fs::remove_dir(&target).map_err(StorageFailure::at(&target))?;
                None
            }
            Occupant::OurFolder if !is_kept => Some(self.old(name)),
            _ => {
                let before = free_name(&self.parent, &format!("{name}.before"));
                kept.push(format!("{} is now {}", shown_path(&target), shown_path(&before)));
                Some(before)
            }
        };
        sync_folder(&fresh.path);
        put(&fresh.path, &target, aside.as_deref())?;
        kept.extend(self.recover(name)?);
        Ok(kept)
    }

    /// Ends a replacement that was interrupted earlier; returns the paths of foreign files that were kept.
    pub(crate) fn recover(&self, name: &str) -> Result<Vec<String>, StorageFailure> {
        let (target, old) = (self.parent.join(name), self.old(name));
        if self.replaced.is_none() {
            return Ok(Vec::new());
        }
        match (Occupant::at(&old, self.replaced)?, Occupant::at(&target, self.replaced)?) {
            (Occupant::Nothing, _) => Ok(Vec::new()),
            (Occupant::OurFolder, Occupant::Nothing | Occupant::EmptyFolder) => {
                let _ = fs::remove_dir(&target); // an empty folder would stand in the way on Windows
                rename(&old, &target)?;
                Ok(vec![format!("{}: the earlier result was put back", shown_path(&target))])
            }
            (Occupant::OurFolder, Occupant::OurFolder) => self.replace(name, &old, &target),
            _ => self.move_before(name, &old, ""),
        }
    }

    /// Removes the earlier result `old` after its foreign files went into the new one; what cannot
    /// be removed is moved out of the way of later runs.
    fn replace(&self, name: &str, old: &Path, new: &Path) -> Result<Vec<String>, StorageFailure> {
        let mut kept = Vec::new();
        let carried = carry_over(old, new, &mut kept);
        let removed = carried.and_then(|()| remove_manifest_last(old));
        kept.sort();
        let mut notes: Vec<String> =
            kept.iter().map(|file| format!("{} was kept", shown_path(file))).collect();
        if let Err(error) = removed {
            notes.extend(self.move_before(
                name,
                old,
                &format!("cannot be removed ({error}) and "),
            )?);
        }
        Ok(notes)
    }

    fn move_before(
        &self,
        name: &str,
        old: &Path,
        reason: &str,
    ) -> Result<Vec<String>, StorageFailure> {
        let before = free_name(&self.parent, &format!("{name}.before"));
        rename(old, &before)?;
        Ok(vec![format!("an earlier result {reason}is now {}", shown_path(&before))])
    }

    fn old(&self, name: &str) -> PathBuf {
        self.parent.join(format!(".{name}.old"))
    }
}

/// A folder being filled; gone again unless it is put in place.
pub(crate) struct FreshFolder {
    pub(crate) path: PathBuf,
}

impl Drop for FreshFolder {
    fn drop(&mut self) {
        // After it was put in place it is gone already.
        let _ = fs::remove_dir_all(&self.path);
        unfinished::end(&self.path);
    }
}

/// Removes a result so that a half of it, should the process end meanwhile, is still known as one.
fn remove_manifest_last(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != "manifest.toml" {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_dir_all(folder)
}

/// `stem-1`, `stem-2` …: the first that is free.
fn free_name(parent: &Path, stem: &str) -> PathBuf {
    let candidates = (1_u32..).map(|number| parent.join(format!("{stem}-{number}")));
    let mut free = candidates.filter(|path| fs::symlink_metadata(path).is_err());
    free.next().unwrap_or_else(|| parent.join(stem))
}

/// The files that a folder's manifest lists; none if it cannot be read, so that all are kept.
fn written_files(folder: &Path) -> BTreeSet<PathBuf> {
    #[derive(serde::Deserialize)]
    struct Written {
        files: BTreeSet<PathBuf>,
    }
    let text = read(folder, "manifest.toml").ok().flatten();
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
    let written = text.and_then(|text| toml::from_str::<Written>(&text).ok());
    written.map(|written| written.files).unwrap_or_default()
}

/// Moves everything that Calcifate did not write from an earlier result into the new one, and
/// lists it in `kept`.
fn carry_over(old: &Path, new: &Path, kept: &mut Vec<PathBuf>) -> io::Result<()> {
    let ours = written_files(old);
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(old.join(&folder))? {
            let entry = entry?;
            let relative = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(relative);
            } else if !ours.contains(&relative) && !is_desktop_file(&entry.file_name()) {
                kept.push(move_into(&entry.path(), &new.join(&relative))?);
            }
        }
    }
    Ok(())
}

fn is_desktop_file(name: &std::ffi::OsStr) -> bool {
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
