//! The reasons for which an integration ends early.

use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// A rate of change, its derivative or a time is not a finite number.
    NotFinite,
    /// The step size fell below the resolution of the time.
    StepTooSmall,
    /// More steps, accepted and rejected, than allowed.
    TooManySteps {
        limit: u64,
    },
    /// An explicit method met a stiff problem.
    Stiff,
    Stopped,
    /// The system does not fit: more than 127 states or 256 terms, a contribution to a state or
    /// of a term that does not exist, or another number of states or tolerances than expected.
    Unsupported,
}

/// A failure with its place. The state handed in then holds the last accepted step.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[error("{kind:?} at time {time} (state {state:?})")]
pub(crate) struct Failure {
    pub kind: FailureKind,
    /// End of the last accepted step.
    pub time: f64,
    /// The state that is not finite or has the largest error, where one can be named.
    pub state: Option<usize>,
}

impl Failure {
    /// A failure for which no state can be named.
    pub(super) const fn at(kind: FailureKind, time: f64) -> Self {
        Self { kind, time, state: None }
    }
}
