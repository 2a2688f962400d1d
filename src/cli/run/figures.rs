//! Draws the figures of all scenarios, two at a time.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::charts::FigureKind;
use crate::cli::run::finished::FinishedRun;
use crate::cli::session::interrupt;
use crate::library::run::Run;
use crate::storage::figure_files::FigureFiles;

/// A figure needs tens of megabytes while it is drawn.
const AT_A_TIME: usize = 2;

/// Draws what each complete run wants, or the usual figures; failures are kept beside.
pub(crate) fn draw_all(finished: &mut [FinishedRun]) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(AT_A_TIME).build() else { return };
    for finished in finished.iter_mut().filter(|finished| finished.run.is_complete()) {
        let drawn = pool.install(|| draw(&finished.run));
        for figure in drawn {
            match figure {
                Ok(figure) => finished.figures.push(figure),
                Err(failure) => finished.figure_failures.push(failure),
            }
        }
    }
}

fn draw(run: &Run) -> Vec<Result<FigureFiles, String>> {
    run.with_subject(|subject| {
        let draw_one = |kind: FigureKind| {
            if interrupt::requested() {
                return None;
            }
            let failed = |failure| format!("figure \"{}\": {failure}", kind.name());
            Some(run.draw(kind, subject).and_then(FigureFiles::of).map_err(failed))
        };
        run.figure_kinds(subject).into_par_iter().filter_map(draw_one).collect()
    })
}
