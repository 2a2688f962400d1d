//! Facts as text.
//!
//! `catalogue` holds every message in English; another language is another file beside it.

pub(crate) mod catalogue;
