//! Names that a folder of a result may have, on every system.

use crate::printed::has_acting_characters;

/// Longest name: file systems allow 255 bytes, and we add to it.
const LONGEST_NAME: usize = 100;

/// The reason for which a result must not have this name, from a file or a manifest, if there is one.
pub(crate) fn fault_of_name(name: &str) -> Option<&'static str> {
    let upper = name.split('.').next().unwrap_or_default().to_uppercase();
    let device = matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (upper.len() == 4 && (upper.starts_with("COM") || upper.starts_with("LPT")));
    match () {
        () if name.is_empty() => Some("it is empty"),
        () if name.starts_with('.') => Some("it starts with a dot"),
        () if name.len() > LONGEST_NAME => Some("it is longer than 100 bytes"),
        () if has_acting_characters(name)
            || name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']) =>
        {
            Some("it has a character that folders cannot have everywhere")
        }
        () if name.ends_with(['.', ' ']) || name.starts_with(' ') => {
            Some("it starts or ends with a space or dot")
        }
        () if device => Some("that is a reserved device name"),
        () if name.ends_with(".incomplete") || name.contains(".before-") => {
            Some("calcifate uses such names for folders that it moves aside")
        }
        () => None,
    }
}
