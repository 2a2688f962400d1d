//! Numbers, names, people and times as people read them: the same text in a sentence, in a picture
//! and on the terminal. Texts that a program reads back are written by `units::number`.
//!
//! `catalogue` holds the messages of figures in English; another language is another file beside
//! it.

pub(crate) mod catalogue;
pub(crate) mod habits;
pub(crate) mod names;
pub(crate) mod numbers;
pub(crate) mod people;
pub(crate) mod time;
pub(crate) mod values;
