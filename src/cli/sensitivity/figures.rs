//! Draws the figures of a sensitivity analysis and hands them to its folder.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::charts::kinds::SensitivityFigure;
use crate::charts::sensitivity::{Findings, MOST_OUTCOMES};
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::interrupt;
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::plots::fallback_font::FallbackFont;
use crate::storage::figure_files::{FigureFiles, picture, write_figure};
use crate::storage::sensitivity_folder::SensitivityFolder;
use crate::sweep::sensitivity::Sensitivity;
use crate::sweep::sensitivity::indices::OutcomeIndices;

/// Draws every figure that has something to show.
pub(crate) fn draw(
    sensitivity: &Sensitivity,
    indices: &[OutcomeIndices],
    folder: &SensitivityFolder,
    font: Option<&FallbackFont>,
    pool: &rayon::ThreadPool,
    terminal: &Terminal,
) -> Result<DrawnFigures, StorageFailure> {
    let findings = Findings::of(sensitivity, indices);
    let outcomes = sensitivity.outcomes();
    if outcomes.len() > MOST_OUTCOMES {
        terminal.remark(&format!(
            "only the first {MOST_OUTCOMES} outcomes have figures of their own; tables have all"
        ));
    }
    let figures = SensitivityFigure::all(&findings);
    let one = |figure: SensitivityFigure| {
        let name = match figure.outcome().and_then(|outcome| outcomes.get(outcome)) {
            Some(outcome) => format!("{}/{}", outcome.name, figure.name()),
            None => figure.name().to_owned(),
        };
        let drawn = figure.draw(&findings);
        let drawn = drawn.and_then(|figure| FigureFiles::of(figure, &name, font));
        let drawn = drawn.map_err(|failure| format!("figure \"figures/{name}\": {failure}"));
        (!interrupt::requested()).then_some(drawn)
    };
    let drawn: Vec<_> = pool.install(|| figures.into_par_iter().filter_map(one).collect());
    let mut result = DrawnFigures::default();
    for drawn in drawn {
        match drawn {
            Ok(drawn) => {
                write_figure(&folder.path, &drawn)?;
                result.pictures.push(picture(&folder.path, &drawn.name));
            }
            Err(failure) => result.failures.push(failure),
        }
    }
    Ok(result)
}
