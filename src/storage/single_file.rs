//! One file as a result: written beside, then put in place as a whole.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::storage::exchange::{free_name, sync_folder};

/// How much of a file is read to see who wrote it \[bytes\].
const LOOKED_AT: u64 = 400;

/// Writes `text` to `path`, whose folder is made if it is missing.
///
/// A file that has `marker` in its first lines is ours and is replaced. Any other is refused, or
/// with `force` moved aside; the remark says where to.
///
/// # Errors
/// Why it could not be written; what stood there before stands there still.
pub fn write(
    path: &Path,
    text: &str,
    marker: &str,
    force: bool,
) -> Result<Option<String>, StorageFailure> {
    let failure = |source| StorageFailure::new(path, source);
    let shown = path.display().to_string();
    let name = path.file_name().ok_or(StorageFailure::NotAFile { path: shown.clone() })?;
    // A name alone has the empty path as its folder.
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let must_step_aside = match occupant(path, marker).map_err(failure)? {
        Occupant::Nothing | Occupant::Ours => false,
        Occupant::NoFile => return Err(StorageFailure::NotAFile { path: shown }),
        Occupant::Foreign if !force => return Err(StorageFailure::ForeignFile { path: shown }),
        Occupant::Foreign => true,
    };
    fs::create_dir_all(folder).map_err(|source| StorageFailure::new(folder, source))?;
    let fresh = Fresh::write(folder, name, text).map_err(failure)?;
    let before =
        must_step_aside.then(|| free_name(folder, &format!("{}.before", name.to_string_lossy())));
    if let Some(before) = &before {
        fs::rename(path, before).map_err(failure)?;
    }
    if let Err(source) = fs::rename(&fresh.0, path) {
        if let Some(before) = &before {
            fs::rename(before, path).map_err(failure)?;
        }
        return Err(failure(source));
    }
    sync_folder(folder);
    Ok(before.map(|before| format!("{shown} is now {}", before.display())))
}

/// What stands under the name.
enum Occupant {
    Nothing,
    Ours,
    Foreign,
    NoFile,
}

fn occupant(path: &Path, marker: &str) -> io::Result<Occupant> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Occupant::Nothing),
        Err(error) => return Err(error),
    };
    if metadata.is_symlink() {
        return Ok(Occupant::Foreign);
    }
    if !metadata.is_file() {
        return Ok(Occupant::NoFile);
    }
    let mut beginning = Vec::new();
    fs::File::open(path)?.take(LOOKED_AT).read_to_end(&mut beginning)?;
    let ours = String::from_utf8_lossy(&beginning).contains(marker);
    Ok(if ours { Occupant::Ours } else { Occupant::Foreign })
}

/// A file under a name of its own, gone again unless it is renamed.
struct Fresh(PathBuf);

impl Fresh {
    fn write(folder: &Path, name: &std::ffi::OsStr, text: &str) -> io::Result<Self> {
        let own = format!(".{}.new-{}", name.to_string_lossy(), std::process::id());
        let fresh = Self(folder.join(own));
        let mut file = fs::File::create(&fresh.0)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(fresh)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // After the renaming it is gone already.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_is_replaced_and_a_strangers_file_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/model.xml");
        let read = |name: &str| fs::read_to_string(folder.path().join("below").join(name)).unwrap();
        assert_eq!(write(&path, "ours 1", "ours", false).unwrap(), None);
        assert_eq!(write(&path, "ours 2", "ours", false).unwrap(), None);
        assert_eq!(read("model.xml"), "ours 2");
        fs::write(&path, "a thesis").unwrap();
        let refused = write(&path, "ours 3", "ours", false).unwrap_err();
        assert!(matches!(refused, StorageFailure::ForeignFile { .. }), "{refused}");
        assert_eq!(read("model.xml"), "a thesis");
        let remark = write(&path, "ours 4", "ours", true).unwrap().unwrap();
        assert!(remark.ends_with("model.xml.before-1"), "{remark}");
        assert_eq!(
            (read("model.xml"), read("model.xml.before-1")),
            ("ours 4".into(), "a thesis".into())
        );
        assert_eq!(fs::read_dir(folder.path().join("below")).unwrap().count(), 2);
    }

    #[test]
    fn what_is_no_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let refused = write(folder.path(), "", "ours", true).unwrap_err();
        assert!(matches!(refused, StorageFailure::NotAFile { .. }), "{refused}");
        let refused = write(Path::new("/"), "", "ours", true).unwrap_err();
        assert!(matches!(refused, StorageFailure::NotAFile { .. }), "{refused}");
        fs::write(folder.path().join("file"), "").unwrap();
        let refused = write(&folder.path().join("file/x.xml"), "", "ours", true).unwrap_err();
        assert!(matches!(refused, StorageFailure::NotAFolder { .. }), "{refused}");
    }
}
