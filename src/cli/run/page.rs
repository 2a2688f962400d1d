//! The figures and the page of each run.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::cli::run::finished::FinishedRun;
use crate::cli::session::interrupt;
use crate::library::run::Run;
use crate::plots::fallback_font::FallbackFont;
use crate::report::document::Document;
use crate::report::lesson::{LessonReport, document};
use crate::report::{PAGE, html};
use crate::scenario::Overrides;
use crate::scenario::figures::FigureRequest;
use crate::simulation::Options;
use crate::storage::figure_files::FigureFiles;

/// A figure needs tens of megabytes while it is drawn.
const AT_A_TIME: usize = 2;

/// Draws what each complete run wants, or the usual figures; failures are kept beside.
pub(crate) fn draw_all(finished: &mut [FinishedRun], font: Option<&FallbackFont>) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(AT_A_TIME).build() else { return };
    for finished in finished.iter_mut().filter(|finished| finished.run.is_complete()) {
        let (run, wanted) = (&finished.run, finished.run.figure_requests());
        let drawn: Vec<_> = pool
            .install(|| wanted.par_iter().filter_map(|wanted| draw(run, wanted, font)).collect());
        for figure in drawn {
            match figure {
                Ok(figure) => finished.figures.push(figure),
                Err(failure) => finished.figure_failures.push(failure),
            }
        }
    }
}

/// A figure, or why it cannot be drawn; `None` if there is no time left.
fn draw(
    run: &Run,
    wanted: &FigureRequest,
    font: Option<&FallbackFont>,
) -> Option<Result<FigureFiles, String>> {
    if interrupt::requested() {
        return None;
    }
    let drawn = run.draw(wanted).and_then(|figure| FigureFiles::of(figure, &wanted.name, font));
    Some(drawn.map_err(|failure| format!("figure \"{}\": {failure}", wanted.name)))
}

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
            Err(failure) => run.figure_failures.push(format!("{PAGE}: {failure}")),
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
