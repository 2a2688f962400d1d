//! Draws the figures of a sensitivity analysis and hands them to its folder.

use std::path::Path;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::cli::interrupt;
use crate::cli::terminal::Terminal;
use crate::cli::words;
use crate::error::failure::StorageFailure;
use crate::plots::Figure;
use crate::plots::sensitivity::{Findings, MOST_OUTCOMES, SensitivityFigure};
use crate::storage::figure_files::write_figure;
use crate::storage::sensitivity_folder::SensitivityFolder;
use crate::sweep::sensitivity::Sensitivity;
use crate::sweep::sensitivity::indices::Told;

/// What became of the figures.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// How many were written.
    pub count: usize,
    /// Whether one could not be drawn.
    pub failed: bool,
}

impl Drawn {
    /// The line of the summary about the figures.
    pub fn line(&self, folder: &Path) -> String {
        match self.count {
            0 => String::new(),
            1 => format!("Figure   {}\n", folder.join("figures/grades.png").display()),
            count => {
                let first = folder.join("figures/grades.png");
                format!("Figures  {} (and {} more)\n", first.display(), count - 1)
            }
        }
    }
}

/// Draws every figure that has something to show; what cannot be drawn is told.
///
/// # Errors
/// Why a figure cannot be written.
pub fn draw(
    sensitivity: &Sensitivity,
    told: &[Told],
    folder: &SensitivityFolder,
    pool: &rayon::ThreadPool,
    terminal: &Terminal,
) -> Result<Drawn, StorageFailure> {
    let sweep = sensitivity.analyses.first().map(|analysis| &analysis.sweep);
    let arms = sweep.and_then(|sweep| sweep.arms(&sweep.base).ok()).unwrap_or_default();
    let findings = Findings {
        sensitivity,
        told,
        scenario: sweep.map_or("", |sweep| sweep.template.name.as_str()),
        person: words::person_of(&arms),
        hypothesis: words::hypotheses_of(&arms),
    };
    let outcomes = sweep.map_or(&[][..], |sweep| sweep.outcomes.as_slice());
    if outcomes.len() > MOST_OUTCOMES {
        terminal.remark(&format!(
            "only the first {MOST_OUTCOMES} outcomes have figures of their own; tables have all"
        ));
    }
    let wanted = SensitivityFigure::all(&findings);
    let drawn: Vec<(SensitivityFigure, Result<Figure, String>)> = pool.install(|| {
        let one = |figure: SensitivityFigure| {
            let drawn = figure.draw(&findings).map_err(|failure| failure.to_string());
            (!interrupt::requested()).then_some((figure, drawn))
        };
        wanted.into_par_iter().filter_map(one).collect()
    });
    let mut result = Drawn::default();
    for (figure, drawn) in drawn {
        let name = match figure.outcome().and_then(|outcome| outcomes.get(outcome)) {
            Some(outcome) => format!("{}/{}", outcome.name, figure.name()),
            None => figure.name().to_owned(),
        };
        match drawn {
            Ok(drawn) => {
                write_figure(folder.path(), &name, &drawn)?;
                result.count += 1;
            }
            Err(failure) => {
                terminal.error(&format!("figure \"figures/{name}\": {failure}"));
                result.failed = true;
            }
        }
    }
    Ok(result)
}
