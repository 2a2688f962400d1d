//! The messages of figures: `message!(paradox.alone, bone = …, artery = …)` is a [`String`].
//!
//! The texts stand in `english.csv`. An unknown message or a missing number does not compile.

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

pub(crate) use message;
