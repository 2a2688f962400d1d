//! The messages of figures: `message!(paradox.alone, bone = …, artery = …)` is a [`String`]; of a
//! variable with the name of its place the name is enough, `message!(paradox.alone, bone, artery)`.
//!
//! The texts stand in `english.csv`. An unknown message or a missing number does not compile.

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// What stands in the place of this name: the value, else the variable of the name.
macro_rules! given {
    ($name:ident) => {
        $name
    };
    ($name:ident $value:expr) => {
        $value
    };
}

pub(crate) use given;
pub(crate) use message;

/// Keys and texts of a group of messages that a page or a template fills itself.
pub(crate) fn texts_of(group: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.iter().copied().filter(move |(key, _)| key.split('.').next() == Some(group))
}
