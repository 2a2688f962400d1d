//! Draws the figures of a sensitivity analysis and hands them to its folder.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::charts::kinds::SensitivityFigure;
use crate::charts::sensitivity::{Findings, MOST_OUTCOMES};
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::interrupt;
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::plots::fallback_font::FallbackFont;
use crate::storage::figure_files::{FigureFiles, write_figure};
use crate::storage::sensitivity_folder::SensitivityFolder;
use crate::sweep::sensitivity::Sensitivity;
use crate::sweep::sensitivity::indices::OutcomeIndices;

/// Draws every figure that has something to show.
/// Errors: [`StorageFailure`] if a figure cannot be written.
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
    let drawn: Vec<(SensitivityFigure, Result<FigureFiles, String>)> = pool.install(|| {
        let one = |figure: SensitivityFigure| {
            let drawn = figure.draw(&findings).and_then(|figure| FigureFiles::of(figure, font));
            let drawn = drawn.map_err(|failure| failure.to_string());
            (!interrupt::requested()).then_some((figure, drawn))
        };
        figures.into_par_iter().filter_map(one).collect()
    });
    let mut result = DrawnFigures::default();
    for (figure, drawn) in drawn {
        let name = match figure.outcome().and_then(|outcome| outcomes.get(outcome)) {
            Some(outcome) => format!("{}/{}", outcome.name, figure.name()),
            None => figure.name().to_owned(),
        };
        match drawn {
            Ok(drawn) => {
                write_figure(folder.path(), &name, &drawn)?;
                result.pictures.push(folder.path().join(format!("figures/{name}.png")));
            }
            Err(failure) => result.failures.push(format!("figure \"figures/{name}\": {failure}")),
        }
    }
    Ok(result)
}
