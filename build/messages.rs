//! The catalogue of messages: one CSV row is one arm of the macro `message!`.
//!
//! The compiler then refuses an unknown message, a missing number and one that no text asks for.

use std::fmt::Write as _;

use crate::table::{Outcome, Row};

/// The macro of these messages; `~` in a text is a blank at which no line ends.
pub(crate) fn catalogue(rows: &[Row]) -> Outcome<String> {
    let mut text = String::from("macro_rules! message {\n");
    for row in rows {
        let (key, words) = (row.filled("key")?, row.filled("text")?);
        let named = key.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        });
        if !named || key.split('.').count() != 2 {
            return row.refuse("a key is figure.message in small letters");
        }
        let words = words.replace('~', "\u{A0}");
        writeln!(
            text,
            "    ({key} $(, $name:ident $(= $value:expr)?)* $(,)?) => \
             {{ format!({words:?} $(, $name = $crate::words::catalogue::given!($name $($value)?))*) }};"
        )?;
    }
    text.push_str("}\n");
    text.push_str(&of_groups(rows)?);
    Ok(text)
}

/// The messages of the groups whose texts are read as they stand, as a list of key and text.
fn of_groups(rows: &[Row]) -> Outcome<String> {
    let mut text = String::from("static TEXTS: &[(&str, &str)] = &[\n");
    for row in rows {
        let (key, words) = (row.filled("key")?, row.filled("text")?);
        let groups = ["explorer.", "class.", "exercise.", "glossary."];
        if groups.iter().any(|group| key.starts_with(group)) {
            let words = words.replace('~', "\u{A0}");
            writeln!(text, "    ({key:?}, {words:?}),")?;
        }
    }
    text.push_str("];\n");
    Ok(text)
}
