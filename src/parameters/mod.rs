//! The numbers and where they come from: value, unit, range, evidence grade and source.
//!
//! The table is `parameters.csv`; the build turns each row into a field of [`Parameters`] and an
//! [`Entry`] of [`ENTRIES`]. This module knows no equation.

mod entry;
mod hypotheses;

pub(crate) use entry::Parameters;
pub(crate) use entry::{ENTRIES, Entry, Evidence, ParameterKind, SOURCES, Source, entry, source};
pub use hypotheses::Hypothesis;
