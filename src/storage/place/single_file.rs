//! One file as a result.

use std::path::Path;

use crate::error::failure::StorageFailure;
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
    let shown = path.display().to_string();
    let Some(name) = path.file_name() else { return Err(StorageFailure::NotAFile { path: shown }) };
    let name = name.to_string_lossy();
    // A name alone has the empty path as its folder.
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let before = match Occupant::at(path, Some(marker))? {
        Occupant::Nothing | Occupant::OurFile => None,
        Occupant::File | Occupant::Link if force => {
            Some(free_name(folder, &format!("{name}.before")))
        }
        Occupant::File | Occupant::Link => return Err(StorageFailure::ForeignFile { path: shown }),
        _ => return Err(StorageFailure::NotAFile { path: shown }),
    };
    let _place = Place::take(folder, &name, None)?;
    let mut file = WholeFile::begin(path)?;
    file.push(text.as_bytes())?;
    file.put(before.as_deref())?;
    Ok(before.map(|before| format!("{shown} is now {}", before.display())))
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
