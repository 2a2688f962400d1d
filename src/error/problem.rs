//! Problems of a file: collected all at once, each with its place.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    Error,
    /// The run goes on.
    Warning,
}

/// The place of a problem in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceSpan {
    /// Index into the texts that were read (`Scenario::texts`): 0 is the file itself.
    pub text: usize,
    pub bytes: Range<usize>,
}

/// One problem: message, place, remedy.
///
/// ```
/// let problems = calcifate::Scenario::parse("duration = \"20 yaers\"").unwrap_err();
/// let problem = problems.iter().next().ok_or("there is one")?;
/// assert!(problem.is_error());
/// assert_eq!(problem.message(), "unknown unit");
/// assert!(problem.help().contains("years"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub(crate) severity: Severity,
    /// Message, one line, without the place: `unknown food "gauda"`.
    pub(crate) message: String,
    pub(crate) span: Option<SourceSpan>,
    /// Words beside the caret: "not a unit of vitamin D"; may be empty.
    pub(crate) label: String,
    /// Remedy; may be empty.
    pub(crate) help: String,
}

impl Problem {
    /// An error without a place and a remedy.
    pub(crate) fn without_span(message: impl ToString, help: impl Into<String>) -> Self {
        let (message, label, help) = (message.to_string(), String::new(), help.into());
        Self { severity: Severity::Error, message, span: None, label, help }
    }

    /// False for a warning, with which a scenario runs all the same.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The message, one line, without its place: `unknown food "gauda"`.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The remedy; may be empty.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

/// All problems of a file or of code that builds a scenario, with the texts that they stand in.
///
/// As text: each with line, column, caret and remedy, as the program prints them.
///
/// ```
/// let text = "duration = \"1 year\"\n[habitual]\nvitamin_d = \"-5 ug/day\"\n";
/// let problems = calcifate::Scenario::parse(text).unwrap_err();
/// let shown = problems.to_string();
/// assert!(shown.contains("--> scenario.toml:3:13"), "{shown}");
/// assert!(shown.contains("vitamin_d_diet cannot be negative"), "{shown}");
/// assert_eq!(problems.len(), 1);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Problems {
    pub(crate) list: Vec<Problem>,
    /// Names and texts that places refer to.
    pub(crate) texts: Vec<(String, String)>,
    /// Keys that were given and could not be used, each with the place of its table.
    pub(crate) refused: Vec<(SourceSpan, String)>,
}

impl Problems {
    pub(crate) fn of(list: Vec<Problem>, texts: Vec<(String, String)>) -> Self {
        Self { list, texts, refused: Vec::new() }
    }

    /// Every problem, in the order in which they stand in the texts.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// Number of problems.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Name of the text, line and column of a problem, the latter from 1; `None` if it has none.
    #[must_use]
    pub fn place(&self, problem: &Problem) -> Option<(&str, usize, usize)> {
        let place = problem.span.as_ref()?;
        let (name, text) = self.texts.get(place.text)?;
        let before = text.get(..place.bytes.start)?;
        let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
        Some((name, before.matches('\n').count() + 1, column))
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self::of(vec![problem], Vec::new())
    }
}

impl std::error::Error for Problems {}

/// A piece of text that could not be read, with its place inside that text.
///
/// The reader of a unit or a regimen knows no file; its caller adds the place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misread {
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
    pub(crate) fn new(message: impl Into<String>, bytes: Range<usize>) -> Self {
        Self { message: message.into(), label: String::new(), help: String::new(), bytes }
    }

    /// The same with words beside the caret.
    pub(crate) fn label(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// The same with a remedy.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }
}
