//! The messages of figures: `message!(paradox.alone, bone = …, artery = …)` is a [`String`].
//!
//! The texts stand in `english.csv`. An unknown message or a missing number does not compile.

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

pub(crate) use message;

/// Keys and texts of a group of messages that a page or a template fills itself.
pub(crate) fn texts_of(group: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.iter().copied().filter(move |(key, _)| key.split('.').next() == Some(group))
}
