//! Draws the figures of all scenarios, two at a time.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::cli::run::finished::FinishedRun;
use crate::cli::session::interrupt;
use crate::library::run::Run;
use crate::plots::fallback_font::FallbackFont;
use crate::scenario::figures::FigureRequest;
use crate::storage::figure_files::FigureFiles;

/// A figure needs tens of megabytes while it is drawn.
const AT_A_TIME: usize = 2;

/// Draws what each complete run wants, or the usual figures; failures are kept beside.
pub(crate) fn draw_all(finished: &mut [FinishedRun], font: Option<&FallbackFont>) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(AT_A_TIME).build() else { return };
    for finished in finished.iter_mut().filter(|finished| finished.run.is_complete()) {
        let drawn = pool.install(|| draw(&finished.run, font));
        for figure in drawn {
            match figure {
                Ok(figure) => finished.figures.push(figure),
                Err(failure) => finished.figure_failures.push(failure),
            }
        }
    }
}

fn draw(run: &Run, font: Option<&FallbackFont>) -> Vec<Result<FigureFiles, String>> {
    let draw_one = |wanted: &FigureRequest| {
        if interrupt::requested() {
            return None;
        }
        let failed = |failure| format!("figure \"{}\": {failure}", wanted.name);
        let drawn = run.draw(wanted).and_then(|figure| FigureFiles::of(figure, font));
        Some(drawn.map(|files| files.named(&wanted.name)).map_err(failed))
    };
    run.figure_requests().par_iter().filter_map(draw_one).collect()
}
