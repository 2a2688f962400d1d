//! The file or folder that has a result's name already.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use crate::error::failure::StorageFailure;
use crate::storage::place::own::open;

/// Length of the part of a file that is searched for the marker \[bytes\].
const MARKER_SEARCH_BYTES: u64 = 400;

/// The file or folder under a name. "Ours" carries the marker of the kind of result.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occupant {
    Nothing,
    EmptyFolder,
    /// A folder whose manifest begins with the marker.
    OurFolder,
    Folder,
    /// A file that has the marker near its beginning.
    OurFile,
    File,
    Link,
    /// A pipe, a device or a socket.
    Other,
}

impl Occupant {
    /// Looks at `path`; links are not followed. Without a `marker` nothing is ours.
    pub(crate) fn at(path: &Path, marker: Option<&str>) -> Result<Self, StorageFailure> {
        Self::look(path, marker).map_err(StorageFailure::at(path))
    }

    fn look(path: &Path, marker: Option<&str>) -> io::Result<Self> {
        let kind = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Nothing),
            Err(error) => return Err(error),
        };
        Ok(if kind.is_symlink() {
            Self::Link
        } else if kind.is_dir() {
            if fs::read_dir(path)?.next().is_none() {
                Self::EmptyFolder
            } else if marker.is_some_and(|marker| has_manifest(path, marker)) {
                Self::OurFolder
            } else {
                Self::Folder
            }
        } else if !kind.is_file() {
            Self::Other
        } else if let Some(marker) = marker
            && String::from_utf8_lossy(&beginning(path)?).contains(marker)
        {
            Self::OurFile
        } else {
            Self::File
        })
    }
}

/// True if the manifest of a folder is a plain file that begins with this line.
pub(crate) fn has_manifest(folder: &Path, marker: &str) -> bool {
    beginning(&folder.join("manifest.toml")).is_ok_and(|start| start.starts_with(marker.as_bytes()))
}

fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    if let Ok(Some(file)) = open(path) {
        file.take(MARKER_SEARCH_BYTES).read_to_end(&mut start)?;
    }
    Ok(start)
}
