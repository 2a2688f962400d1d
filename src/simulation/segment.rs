//! A segment of time without events, integrated in one call of the solver.

/// Start, end and first step of an integration between two events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Segment {
    /// Start \[d\].
    pub start: f64,
    /// End \[d\].
    pub end: f64,
    /// First step size to try, if one is known \[d\].
    pub first_step: Option<f64>,
}
