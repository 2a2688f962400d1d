//! Collects problems: all of a file at once, none twice.

use crate::error::problem::{Misread, Problem, Severity, SourceSpan};
use crate::form::tree::Node;

pub(crate) use crate::error::problem::Problems;

/// Places of `--set` have text indices from here on.
pub(crate) const FIRST_SET_TEXT: usize = usize::MAX / 2;

/// The beginning of every error of syntax.
pub(crate) const NOT_TOML: &str = "not valid TOML";

/// Every whole number up to this one is a floating-point number.
pub(crate) const LARGEST_WHOLE: u64 = 1 << 53;

/// Problems after these are dropped: a file with so many is of another kind.
const LIMIT: usize = 1000;

impl Problems {
    /// The same with the name of the change, key and value, where a problem stands in one.
    pub(crate) fn named(mut self, change: &dyn Fn(usize) -> Option<(String, String)>) -> Self {
        for mut problem in std::mem::take(&mut self.list) {
            let text = problem.span.as_ref().map(|span| span.text);
            let index = text.and_then(|text| text.checked_sub(FIRST_SET_TEXT));
            if let Some((key, value)) = index.and_then(change) {
                problem.message = format!("--set {key}={value}: {}", problem.message);
                problem.span = None;
            }
            self.push(problem);
        }
        self
    }

    /// The problems in the order in which they stand in the files, errors of `--set` first.
    pub(crate) fn sorted(mut self) -> Vec<Problem> {
        let key =
            |problem: &Problem| problem.span.as_ref().map(|span| (span.text, span.bytes.start));
        self.list.sort_by_key(key);
        self.list
    }

    /// Remembers that a key of a table was given, but could not be used.
    pub(crate) fn refuse(&mut self, table: &SourceSpan, key: String) {
        if self.refused.len() < LIMIT {
            self.refused.push((table.clone(), key));
        }
    }

    /// True if a key of a table was given but could not be used: it is reported, and not missing.
    pub(crate) fn was_refused(&self, table: &SourceSpan, key: &str) -> bool {
        self.refused.iter().any(|(of, refused)| of == table && refused == key)
    }

    /// The same for a key at the top of any file.
    pub(crate) fn was_refused_at_top(&self, key: &str) -> bool {
        self.refused.iter().any(|(table, refused)| table.bytes == (0..0) && refused == key)
    }

    /// True if there is an error among them.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// True if there is an error at a place.
    pub(crate) fn has_error_at(&self, span: &SourceSpan) -> bool {
        let here = |problem: &Problem| problem.span.as_ref() == Some(span);
        self.list.iter().any(|problem| problem.severity == Severity::Error && here(problem))
    }

    /// True if a part of the text is unreadable; a missing key may stand there.
    pub(crate) fn has_unreadable_part(&self) -> bool {
        self.list.iter().any(|problem| problem.message.starts_with(NOT_TOML))
    }

    pub(crate) fn error(
        &mut self,
        span: &SourceSpan,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let misread = Misread::new(message, span.bytes.clone()).label(label).help(help);
        self.add(Severity::Error, span, misread);
    }

    pub(crate) fn warning(
        &mut self,
        span: &SourceSpan,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let misread = Misread::new(message, span.bytes.clone()).label(label).help(help);
        self.add(Severity::Warning, span, misread);
    }

    /// Adds a warning, unless one with the same message is there: a remark is made once.
    pub(crate) fn remark(
        &mut self,
        span: Option<&SourceSpan>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (severity, message) = (Severity::Warning, message.into());
        if !self.list.iter().any(|problem| problem.message == message) {
            let (span, label, help) = (span.cloned(), String::new(), help.into());
            self.push(Problem { severity, message, span, label, help });
        }
    }

    /// Adds an error without a place: about the command line or a file that cannot be read.
    pub(crate) fn without_span(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.push(Problem::without_span(message.into(), help));
    }

    /// The value that was read; adds the error if it could not be.
    pub(crate) fn value<T>(&mut self, node: &Node, read: Result<T, Misread>) -> Option<T> {
        read.map_err(|misread| self.misread(node, misread)).ok()
    }

    /// Adds the error of a text that could not be read.
    pub(crate) fn misread(&mut self, node: &Node, misread: Misread) {
        self.misread_at(&node.part(&misread.bytes), misread);
    }

    /// Adds the error of a key that could not be read.
    pub(crate) fn misread_at(&mut self, span: &SourceSpan, misread: Misread) {
        self.add(Severity::Error, span, misread);
    }

    /// The whole number between two ends that stands in a node; adds an error if there is none.
    pub(crate) fn whole(&mut self, node: &Node, what: &str, low: u64, high: u64) -> Option<u64> {
        let fits =
            |number: &f64| number.fract() == 0.0 && (low as f64..=high as f64).contains(number);
        let found = node.number().filter(fits);
        if found.is_none() {
            let end = if high == LARGEST_WHOLE { "on".into() } else { format!("to {high}") };
            let message = format!("{what} needs a whole number from {low} {end}");
            self.error(&node.span, message, "", format!("write such as {what} = 1000"));
        }
        // only what fits
        found.map(|number| number as u64)
    }

    fn add(&mut self, severity: Severity, span: &SourceSpan, misread: Misread) {
        let Misread { message, label, help, .. } = misread;
        self.push(Problem { severity, message, span: Some(span.clone()), label, help });
    }

    /// Adds problems of texts that stand so many places further in a larger list of texts.
    pub(crate) fn shifted(&mut self, problems: Vec<Problem>, by: usize) {
        for mut problem in problems {
            if let Some(span) = &mut problem.span {
                span.text += by;
            }
            self.push(problem);
        }
    }

    fn push(&mut self, problem: Problem) {
        // The first error counts even behind many warnings: it decides whether anything runs.
        let counts =
            self.list.len() < LIMIT || (problem.severity == Severity::Error && !self.has_errors());
        if counts && !self.list.contains(&problem) {
            self.list.push(problem);
        }
    }
}
