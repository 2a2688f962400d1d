//! The result of a command, and the exit code for it.

use crate::error::failure::{InputFailure, RunFailure, StorageFailure};

/// Result of a command, from harmless to grave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ExitStatus {
    /// All is well: 0.
    #[default]
    Success,
    /// A check failed: 3.
    CheckFailed,
    /// Some runs failed, or the result could not be written: 1.
    Failed,
    /// Bad input: 2.
    BadInput,
    /// Interrupted: 130.
    Interrupted,
}

impl ExitStatus {
    /// [`Self::Failed`] if something failed.
    pub(crate) const fn failed_if(failed: bool) -> Self {
        if failed { Self::Failed } else { Self::Success }
    }

    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failed => 1,
            Self::BadInput => 2,
            Self::CheckFailed => 3,
            Self::Interrupted => 130,
        }
    }
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CommandError {
    pub status: ExitStatus,
    /// Error to print; `None` if everything has been printed.
    pub message: Option<String>,
}

/// Exit status of a command that went to its end, or why it did not.
pub(crate) type CommandResult = Result<ExitStatus, CommandError>;

impl CommandError {
    /// An error whose message has been printed.
    pub(crate) const fn printed(status: ExitStatus) -> Self {
        Self { status, message: None }
    }

    pub(crate) fn new(status: ExitStatus, message: impl ToString) -> Self {
        Self { message: Some(message.to_string()), ..Self::printed(status) }
    }

    /// Bad input, with what is wrong.
    pub(crate) fn bad_input(message: impl ToString) -> Self {
        Self::new(ExitStatus::BadInput, message)
    }

    /// A failure, with its cause.
    pub(crate) fn failed(message: impl ToString) -> Self {
        Self::new(ExitStatus::Failed, message)
    }
}

impl From<InputFailure> for CommandError {
    fn from(failure: InputFailure) -> Self {
        Self::bad_input(failure)
    }
}

impl From<RunFailure> for CommandError {
    fn from(failure: RunFailure) -> Self {
        Self::failed(failure)
    }
}

impl From<StorageFailure> for CommandError {
    fn from(failure: StorageFailure) -> Self {
        Self::failed(failure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_status_wins_in_the_documented_order() {
        use ExitStatus::{BadInput, CheckFailed, Failed, Interrupted, Success};
        let mut statuses = [CheckFailed, Interrupted, Success, Failed, BadInput];
        statuses.sort();
        assert_eq!(statuses.map(ExitStatus::code), [0, 3, 1, 2, 130]);
    }
}
