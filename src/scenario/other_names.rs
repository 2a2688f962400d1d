//! Names that people give to what a scenario writes by other keys.

use crate::error::suggest::is_same_name;

/// A row of `other_names.csv`: what people call something, and how a scenario writes it.
#[derive(Debug)]
pub(crate) struct OtherName {
    /// Whole names.
    called: &'static [&'static str],
    /// The words before the keys.
    pub note: &'static str,
    /// Keys of scenario files, the nearest first.
    pub keys: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/other_names.rs"));

/// The row of a name that people use.
pub(crate) fn other_name(text: &str) -> Option<&'static OtherName> {
    OTHER_NAMES.iter().find(|row| row.called.iter().any(|name| is_same_name(name, text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nutrition::outside_model::not_in_model;

    #[test]
    fn a_name_has_one_row() {
        for row in OTHER_NAMES {
            for name in row.called {
                assert!(std::ptr::eq(other_name(name).unwrap(), row), "{name}");
                assert!(not_in_model(name).is_none(), "{name}");
            }
        }
    }
}
