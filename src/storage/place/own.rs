//! Plain files and folders of our own: nothing else is opened, filled or replaced.
//!
//! Anybody may have laid a link, a pipe or a folder in place of a file. A link would lead
//! elsewhere, and a pipe would never end. Only the folder that the user names may be reached by
//! links.

use std::fs::{self, File, FileType};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::printed::shown_path;

/// The kind of what has a name; links are not followed. `None` if nothing has it.
fn kind(path: &Path) -> Result<Option<FileType>, StorageFailure> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StorageFailure::new(path, error)),
    }
}

fn obstructed(path: &Path, kind: FileType, wanted: &'static str) -> StorageFailure {
    let found = match kind {
        kind if kind.is_symlink() => "a link",
        kind if kind.is_dir() => "a folder",
        kind if kind.is_file() => "a file",
        _ => "a pipe, a socket or a device",
    };
    StorageFailure::Obstructed { path: shown_path(path), found, wanted }
}

/// True if a plain file has this name, false if nothing has it.
/// Errors: [`StorageFailure::Obstructed`] by anything else.
pub(crate) fn is_there(path: &Path) -> Result<bool, StorageFailure> {
    match kind(path)? {
        None => Ok(false),
        Some(kind) if kind.is_file() => Ok(true),
        Some(kind) => Err(obstructed(path, kind, "a file")),
    }
}

/// Opens a plain file to read it; `None` if there is none.
pub(crate) fn open(path: &Path) -> Result<Option<File>, StorageFailure> {
    if !is_there(path)? {
        return Ok(None);
    }
    File::open(path).map(Some).map_err(StorageFailure::at(path))
}

/// The path of the file `relative` in the folder `root`, if no folder on the way is a link.
pub(crate) fn inside(root: &Path, relative: impl AsRef<Path>) -> Result<PathBuf, StorageFailure> {
    let relative = relative.as_ref();
    let mut folder = root.to_owned();
    for part in relative.parent().into_iter().flat_map(Path::components) {
        folder.push(part);
        match kind(&folder)? {
            Some(kind) if !kind.is_dir() => return Err(obstructed(&folder, kind, "a folder")),
            _ => {}
        }
    }
    Ok(root.join(relative))
}

/// The bytes of the file `relative` in the folder `root`; `None` if there is none.
pub(crate) fn read(
    root: &Path,
    relative: impl AsRef<Path>,
) -> Result<Option<Vec<u8>>, StorageFailure> {
    let path = inside(root, relative)?;
    let Some(mut file) = open(&path)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(StorageFailure::at(&path))?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_place_of_a_file_is_named() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("chunks/000000.csv")).unwrap();
        let refused = read(root.path(), "chunks/000000.csv").unwrap_err().to_string();
        assert!(refused.contains("000000.csv: a folder stands where"), "{refused}");
        assert_eq!(read(root.path(), "chunks/000001.csv").unwrap(), None);
        assert_eq!(read(root.path(), "parquet/000001.csv").unwrap(), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let foreign = tempfile::tempdir().unwrap();
        fs::write(foreign.path().join("a.csv"), "mine").unwrap();
        std::os::unix::fs::symlink(foreign.path(), root.path().join("chunks")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.path().join("b.csv")).unwrap();
        for (name, wanted) in [("chunks/a.csv", "a folder"), ("b.csv", "a file")] {
            let refused = read(root.path(), name).unwrap_err();
            let StorageFailure::Obstructed { found, wanted: told, .. } = refused else {
                panic!("{refused}");
            };
            assert_eq!((found, told), ("a link", wanted));
        }
        // The folder that the user names may be a link.
        let read = read(&root.path().join("chunks"), "a.csv").unwrap();
        assert_eq!(read.as_deref(), Some(&b"mine"[..]));
    }
}
