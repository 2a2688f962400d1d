//! The numbers and where they come from: value, unit, range, evidence grade and source.
//!
//! The table is `parameters.csv`; the build turns each row into a field of [`Parameters`] and an
//! [`ParameterInfo`] of [`PARAMETER_TABLE`]. This module knows no equation.

mod entry;
mod hypotheses;
mod renamed;

pub(crate) use entry::{
    Evidence, PARAMETER_TABLE, ParameterInfo, ParameterKind, Parameters, SOURCES, Source,
    parameter_info, source,
};
pub use hypotheses::Hypothesis;
pub(crate) use renamed::{renamed, renamed_names};
