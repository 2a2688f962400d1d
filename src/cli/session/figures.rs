//! Figures that a command drew, and how they are reported.

use std::path::PathBuf;

use crate::cli::exit_status::ExitStatus;
use crate::cli::terminal::Terminal;
use crate::printed::shown_path;

#[derive(Debug, Default)]
pub(crate) struct DrawnFigures {
    /// Pictures, those of an earlier start included.
    pub pictures: Vec<PathBuf>,
    /// Reasons why some could not be drawn.
    pub failures: Vec<String>,
}

impl DrawnFigures {
    /// A line of the summary; empty without pictures.
    pub(crate) fn line(&self) -> String {
        first_of(&self.pictures).map_or_else(String::new, |first| format!("Figures  {first}\n"))
    }

    /// Prints the failures, which turn success into failure: the tables are there all the same.
    pub(crate) fn report_failures(&self, status: ExitStatus, terminal: &Terminal) -> ExitStatus {
        self.failures.iter().for_each(|failure| terminal.error(failure));
        match status {
            ExitStatus::Success => ExitStatus::failed_if(!self.failures.is_empty()),
            other => other,
        }
    }
}

/// The first picture, and how many more there are.
pub(crate) fn first_of(pictures: &[PathBuf]) -> Option<String> {
    let (first, rest) = pictures.split_first()?;
    Some(match rest.len() {
        0 => shown_path(first),
        more => format!("{} (and {more} more)", shown_path(first)),
    })
}
