//! A stretch of time without events: what is integrated in one go.

/// From when to when, and with which step to begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// Begin \[d\].
    pub start: f64,
    /// End \[d\].
    pub end: f64,
    /// The step to begin with, if one is known \[d\].
    pub first_step: Option<f64>,
}
