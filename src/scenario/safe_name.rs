//! Names that arms, claims and hypothesis sets may have: those of folders on every system.

/// The reason for which a name is none.
pub(crate) fn unsafe_name(name: &str) -> Option<&'static str> {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "figures", "timing"];
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let first = name.chars().next();
    match first {
        None => Some("is empty"),
        Some(_) if !name.chars().all(safe) => Some("holds other signs"),
        Some(first) if !first.is_ascii_alphanumeric() => {
            Some("does not begin with a letter or digit")
        }
        Some(_) if name.len() > 60 => Some("is longer than 60 letters"),
        Some(_) if RESERVED.contains(&name.to_lowercase().as_str()) => Some("is reserved"),
        Some(_) => None,
    }
}
