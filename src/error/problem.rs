//! Problems of a file: collected all at once, each with its place.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Error,
    /// The run goes on.
    Warning,
}

/// The place of a problem in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSpan {
    /// Index into the texts that were read (`Scenario::texts`): 0 is the file itself.
    pub text: usize,
    /// Bytes of that text.
    pub bytes: Range<usize>,
}

/// One problem: message, place, remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    /// Message, one line, without the place: `unknown food "gauda"`.
    pub message: String,
    /// Place, if it has one.
    pub span: Option<SourceSpan>,
    /// Words beside the caret: "not a unit of vitamin D"; may be empty.
    pub label: String,
    /// Remedy; may be empty.
    pub help: String,
}

/// A piece of text that could not be read, with its place inside that text.
///
/// The reader of a unit or a regimen knows no file; its caller adds the place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    pub message: String,
    /// Words beside the caret; may be empty.
    pub label: String,
    /// Remedy; may be empty.
    pub help: String,
    /// Bytes within the text that was read.
    pub bytes: Range<usize>,
}

impl Misread {
    /// A misread text without further help.
    pub fn new(message: impl Into<String>, bytes: Range<usize>) -> Self {
        Self { message: message.into(), label: String::new(), help: String::new(), bytes }
    }

    /// The same with words beside the caret.
    #[must_use]
    pub fn label(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }
}
