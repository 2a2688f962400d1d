//! Problems of a file: collected all at once, each with its place.

use std::ops::Range;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing is run.
    Error,
    /// The run goes on.
    Warning,
}

/// Where a problem stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into the texts that were read (`Scenario::texts`): 0 is the file itself.
    pub text: usize,
    /// Bytes of that text.
    pub bytes: Range<usize>,
}

/// One problem: what, where, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, one line, without the place: `unknown food "gauda"`.
    pub message: String,
    /// Where, if it has a place.
    pub place: Option<Place>,
    /// Words beside the caret: "not a unit of vitamin D"; may be empty.
    pub label: String,
    /// What to do; may be empty.
    pub help: String,
}
