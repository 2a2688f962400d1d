//! The texts of files that people name.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::error::failure::InputFailure;
use crate::error::problem::{Problem, Problems};
use crate::printed::shown_path;

/// Largest file that is read \[bytes\].
const LARGEST_FILE: u64 = 1_000_000;

/// Largest font that is read \[bytes\]; those with all ideographs have about 20 million.
const LARGEST_FONT: u64 = 200_000_000;

/// The bytes of a font: of a plain file that is not too large.
pub(crate) fn read_font(path: &Path) -> Result<Vec<u8>, InputFailure> {
    let fault = |why: String| InputFailure::NoFont { path: shown_path(path), why };
    let there = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => fault("there is no such file".to_owned()),
        _ => fault(format!("cannot be read: {error}")),
    })?;
    if there.is_dir() {
        return Err(fault("this is a folder".to_owned()));
    }
    if !there.is_file() {
        return Err(fault("this is a pipe or a device".to_owned()));
    }
    if there.len() > LARGEST_FONT {
        return Err(fault(format!("larger than {LARGEST_FONT} bytes")));
    }
    fs::read(path).map_err(|error| fault(format!("cannot be read: {error}")))
}

/// Name and text of a file that is not named by another.
pub(crate) fn named_text(path: &Path) -> Result<(String, String), Problems> {
    let text = read(path).map_err(|failure| Problem::without_span(failure, ""))?;
    Ok((normal(path).display().to_string(), text))
}

/// The name and text of a file that another file mentions, relative to that.
pub(crate) fn read_beside(path: &str, mentioned_in: &str) -> Result<(String, String), String> {
    let path = beside(path, mentioned_in);
    let shown = path.display().to_string();
    let unread = |failure: InputFailure| failure.to_string();
    // Whoever names a pipe on the command line waits for it; a file must not make others wait.
    if fs::metadata(&path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return Err(unread(InputFailure::NotAFile { path: shown_path(&path) }));
    }
    let text = read(&path).map_err(unread)?;
    Ok((shown, text))
}

/// The path of a file that another file mentions, relative to that.
pub(crate) fn beside(path: &str, mentioned_in: &str) -> PathBuf {
    let folder = Path::new(mentioned_in).parent().unwrap_or(Path::new(""));
    normal(&folder.join(path))
}

/// The path without `.` and `x/..`, so that one file has one name.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { PathBuf::from(".") } else { parts.iter().collect() }
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String, InputFailure> {
    let shown = shown_path(path);
    let failure = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => InputFailure::NotFound { path: shown.clone() },
        io::ErrorKind::IsADirectory => InputFailure::Folder { path: shown.clone() },
        _ => InputFailure::Unreadable { path: shown.clone(), source },
    };
    if fs::metadata(path).map_err(failure)?.is_dir() {
        return Err(InputFailure::Folder { path: shown });
    }
    text_of(&shown, File::open(path).map_err(failure)?)
}

pub(crate) fn text_of(shown: &str, source: impl Read) -> Result<String, InputFailure> {
    let path = shown.to_owned();
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file at the limit from one above it, also for pipes.
    match source.take(LARGEST_FILE + 1).read_to_end(&mut bytes) {
        Err(source) => return Err(InputFailure::Unreadable { path, source }),
        Ok(count) if count as u64 > LARGEST_FILE => {
            return Err(InputFailure::TooLarge { path, limit: LARGEST_FILE });
        }
        Ok(_) => {}
    }
    // Some editors begin a file with a byte-order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    let text = String::from_utf8(bytes).map_err(|error| InputFailure::NotText {
        path: shown.to_owned(),
        byte: error.utf8_error().valid_up_to(),
    })?;
    if text.trim().is_empty() { Err(InputFailure::Empty { path }) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_name() {
        assert_eq!(normal(Path::new("./a/../b/./c.toml")), Path::new("b/c.toml"));
        assert_eq!(normal(Path::new("a/..")), Path::new("."));
        assert_eq!(normal(Path::new("../a/../../c.toml")), Path::new("../../c.toml"));
    }

    #[test]
    fn noise_is_told_with_its_place() {
        let refusal = text_of("x", &b"title\xff\xfe"[..]).unwrap_err();
        assert!(matches!(refusal, InputFailure::NotText { byte: 5, .. }), "{refusal}");
        assert!(matches!(text_of("x", &b" \n"[..]), Err(InputFailure::Empty { .. })));
        assert!(matches!(text_of("x", io::repeat(b'x')), Err(InputFailure::TooLarge { .. })));
        assert_eq!(text_of("x", &b"\xef\xbb\xbfa = 1"[..]).unwrap(), "a = 1");
    }
}
