//! The page of each run.

use crate::cli::run::finished::FinishedRun;
use crate::cli::session::interrupt;
use crate::plots::FigureError;
use crate::report::document::Document;
use crate::report::html;
use crate::report::lesson::{LessonReport, document};
use crate::scenario::Overrides;
use crate::simulation::Options;

/// Name of the page in the folder of a run.
pub(crate) const PAGE: &str = "report.html";

/// Makes the page of each run, unless there is no time left; failures are kept beside.
pub(crate) fn make_all(
    finished: &mut [FinishedRun],
    overrides: &Overrides,
    options: &Options,
    with_figures: bool,
) {
    for run in finished {
        if interrupt::requested() {
            return;
        }
        match html::page(&content(run, overrides, options, with_figures)) {
            Ok(page) => run.page = Some(page),
            Err(failure) => run.figure_failures.push(failed(&failure)),
        }
    }
}

/// What the page of a run says.
pub(crate) fn content(
    run: &FinishedRun,
    overrides: &Overrides,
    options: &Options,
    with_figures: bool,
) -> Document {
    let under_other_set = run.under_other_set.as_ref();
    let report = LessonReport { run: &run.run, under_other_set, overrides, options, with_figures };
    document(&report, &|_| !interrupt::requested())
}

fn failed(failure: &FigureError) -> String {
    format!("{PAGE}: {failure}")
}
