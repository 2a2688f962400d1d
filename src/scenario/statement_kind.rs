//! Kinds of statements that a verdict file puts to the test.

/// The origin of a statement, which decides how it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatementKind {
    Misconception,
    Claim,
    /// The result of a published trial, judged by its rows of the evidence table.
    Trial,
}

impl StatementKind {
    pub(crate) const NAMES: &'static [&'static str] = &["misconception", "claim", "trial"];

    pub(crate) fn by_name(name: &str) -> Option<Self> {
        let all = [Self::Misconception, Self::Claim, Self::Trial];
        all.into_iter().zip(Self::NAMES).find(|(_, own)| **own == name).map(|(kind, _)| kind)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Misconception => "misconception",
            Self::Claim => "claim",
            Self::Trial => "trial",
        }
    }
}
