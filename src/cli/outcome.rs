//! How a command ended, and the exit code that says so.

use std::process::ExitCode;

/// How a command ended, from harmless to grave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// All is well: 0.
    #[default]
    Fine,
    /// A check failed: 3.
    CheckFailed,
    /// Some runs failed, or the result could not be written: 1.
    Failed,
    /// Bad input: 2.
    BadInput,
    /// Interrupted: 130.
    Interrupted,
}

impl Outcome {
    /// The number that the system is told.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failed => 1,
            Self::BadInput => 2,
            Self::CheckFailed => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_outcome_wins_in_the_documented_order() {
        use Outcome::{BadInput, CheckFailed, Failed, Fine, Interrupted};
        let mut outcomes = [CheckFailed, Interrupted, Fine, Failed, BadInput];
        outcomes.sort();
        assert_eq!(outcomes.map(Outcome::code), [0, 3, 1, 2, 130]);
    }
}
