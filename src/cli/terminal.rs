//! The two streams: results and talk, with or without color. Nothing else prints, and what people
//! wrote commands no terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::cli::arguments::Color;
use crate::printed::for_terminal;

/// Width of tables where there is no terminal to ask.
const WIDTH_WITHOUT_TERMINAL: usize = 100;

/// The two streams, and how they are written.
pub(crate) struct Terminal {
    /// `true` if results are colored.
    pub colored_results: bool,
    /// `true` if talk is colored.
    pub colored_talk: bool,
    /// `true` if progress and remarks are left out.
    pub quiet: bool,
    output_failed: AtomicBool,
    errors: Mutex<Vec<String>>,
}

/// Emphasis of a piece of text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Emphasis {
    Bold,
    Green,
    Red,
    Yellow,
    Dim,
}

impl Emphasis {
    /// The text in this style if `on`.
    pub(crate) fn paint(self, text: &str, on: bool) -> String {
        let code = match self {
            Self::Bold => "1",
            Self::Green => "32",
            Self::Red => "31;1",
            Self::Yellow => "33;1",
            Self::Dim => "2",
        };
        if on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A check mark for what holds, else a cross; colored if `on`.
pub(crate) fn mark(holds: bool, on: bool) -> String {
    if holds { Emphasis::Green.paint("✓", on) } else { Emphasis::Red.paint("✗", on) }
}

impl Terminal {
    pub(crate) fn new(color: Color, quiet: bool) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let colored = |is_terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !plain,
        };
        Self {
            colored_results: colored(io::stdout().is_terminal()),
            colored_talk: colored(io::stderr().is_terminal()),
            quiet,
            output_failed: AtomicBool::new(false),
            errors: Mutex::new(Vec::new()),
        }
    }

    /// Prints a result.
    ///
    /// A reader that stopped reading (`| head`) is no failure; a full disk is, see [`Self::output_failed`].
    pub(crate) fn result(&self, text: &str) {
        let text = for_terminal(text, self.colored_results);
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.output_failed.store(true, Ordering::Relaxed);
                self.error(&format!("the standard output cannot be written: {error}"));
            }
            _ => {}
        }
    }

    /// Prints a document for other programs.
    pub(crate) fn json(&self, document: &Value) {
        self.result(&format!("{document:#}\n"));
    }

    /// Prints a remark, unless asked to be quiet.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet {
            self.talk(&format!("{}: {text}\n", Emphasis::Dim.paint("note", self.colored_talk)));
        }
    }

    pub(crate) fn remarks(&self, texts: &[String]) {
        texts.iter().for_each(|text| self.remark(text));
    }

    pub(crate) fn warning(&self, text: &str) {
        self.talk(&format!("{}: {text}\n", Emphasis::Yellow.paint("warning", self.colored_talk)));
    }

    /// Prints an error and remembers it for [`Self::errors`].
    pub(crate) fn error(&self, text: &str) {
        if let Ok(mut errors) = self.errors.lock() {
            errors.push(text.to_owned());
        }
        self.talk(&format!("{}: {text}\n", Emphasis::Red.paint("error", self.colored_talk)));
    }

    /// The errors so far, for documents that programs read.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.errors.lock().map(|errors| errors.clone()).unwrap_or_default()
    }

    pub(crate) fn talk(&self, text: &str) {
        let text = for_terminal(text, self.colored_talk);
        // When even this stream is closed, nobody listens.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// The width of tables of results.
    pub(crate) fn width(&self) -> usize {
        terminal_size::terminal_size_of(io::stdout())
            .map_or(WIDTH_WITHOUT_TERMINAL, |(width, _)| usize::from(width.0).max(40))
    }

    /// The width of lists: unlimited in a pipe, so that one row is one line for `grep`.
    pub(crate) fn list_width(&self) -> usize {
        if io::stdout().is_terminal() { self.width() } else { usize::MAX }
    }

    /// `true` if a result could not be written.
    pub(crate) fn output_failed(&self) -> bool {
        self.output_failed.load(Ordering::Relaxed)
    }
}
