//! Single files as results.

use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::printed::shown_path;
use crate::storage::place::{Occupant, Place, WholeFile, free_name};

/// Writes `text` to `path`, whose folder is made if it is missing.
///
/// A file that has `marker` in its first lines is ours and is replaced. Any other is refused, or
/// with `force` moved aside; the remark says where to.
/// Errors: Why it could not be written; what stood there before stands there still.
pub(crate) fn write(
    path: &Path,
    text: &str,
    marker: &'static str,
    force: bool,
) -> Result<Option<String>, StorageFailure> {
    let shown = shown_path(path);
    let Some(name) = path.file_name() else { return Err(StorageFailure::NotAFile { path: shown }) };
    let folder = path.parent().unwrap_or(Path::new(""));
    let file = (name.to_string_lossy().into_owned(), text.as_bytes().to_vec());
    Ok(write_all(folder, &[file], marker, force)?.pop())
}

/// Writes files of these names and contents into a folder, all or none; the rest as of [`write`].
pub(crate) fn write_all(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    marker: &'static str,
    force: bool,
) -> Result<Vec<String>, StorageFailure> {
    let Some((first, _)) = files.first() else { return Ok(Vec::new()) };
    let place = |(name, _): &(String, Vec<u8>)| {
        let path = folder.join(name);
        let aside = aside(&path, marker, force)?;
        Ok((path, aside))
    };
    let places: Vec<(PathBuf, Option<PathBuf>)> =
        files.iter().map(place).collect::<Result<_, StorageFailure>>()?;
    // A name alone has the empty path as its folder.
    let own = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let _place = Place::take(own, first, None)?;
    let mut written = Vec::new();
    for ((path, _), (_, bytes)) in places.iter().zip(files) {
        let mut file = WholeFile::begin(path)?;
        file.push(bytes)?;
        written.push(file);
    }
    let mut moved = Vec::new();
    for (file, (path, aside)) in written.into_iter().zip(places) {
        file.put(aside.as_deref())?;
        moved.extend(
            aside.map(|aside| format!("{} is now {}", shown_path(&path), shown_path(&aside))),
        );
    }
    Ok(moved)
}

/// Where to the file at `path` is to be moved; `None` if there is none, or one of ours.
fn aside(
    path: &Path,
    marker: &'static str,
    force: bool,
) -> Result<Option<PathBuf>, StorageFailure> {
    let shown = shown_path(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match Occupant::at(path, Some(marker))? {
        Occupant::Nothing | Occupant::OurFile => Ok(None),
        Occupant::File | Occupant::Link if force => {
            let folder = path.parent().unwrap_or(path);
            Ok(Some(free_name(folder, &format!("{name}.before"))))
        }
        Occupant::File | Occupant::Link => Err(StorageFailure::ForeignFile { path: shown }),
        _ => Err(StorageFailure::NotAFile { path: shown }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

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
