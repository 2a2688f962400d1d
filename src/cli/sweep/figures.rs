//! Draws what suits a finished sweep; a figure that is there already is left as it is.

use std::path::Path;

use crate::charts::chart::Chart;
use crate::charts::kinds::SweepKind;
use crate::charts::layout;
use crate::charts::sweeps::SweepData;
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::interrupt;
use crate::error::failure::StorageFailure;
use crate::library::courses::follow;
use crate::library::figures::{sweep_data, sweep_figures};
use crate::plots::fallback_font::FallbackFont;
use crate::printed::shown_path;
use crate::scenario::claims::sentence::Sentence;
use crate::scenario::figures::FigureRequest;
use crate::storage::figure_files::{FigureFiles, is_drawn, picture, write_figure};
use crate::storage::resume;
use crate::storage::sweep_manifest::SweepManifest;
use crate::storage::trusted_results::read_columns;
use crate::sweep::Sweep;

/// Draws the figures that a complete sweep in `folder` wants and does not have yet.
pub(crate) fn draw(sweep: &Sweep, folder: &Path, font: Option<&FallbackFont>) -> DrawnFigures {
    let mut drawn = DrawnFigures::default();
    let mut data = sweep_data(sweep);
    let figures = sweep_figures(sweep, &data);
    // Another font makes other pictures.
    let there = |name: &str| font.is_none() && is_drawn(folder, name);
    let missing: Vec<&SweepKind> =
        figures.iter().filter(|(wanted, _)| !there(&wanted.name)).map(|(_, kind)| *kind).collect();
    if !missing.is_empty()
        && let Err(failure) = fill(&mut data, folder)
    {
        drawn.failures.push(failure.to_string());
        return drawn;
    }
    if missing.iter().any(|kind| kind.with_courses) {
        data.courses = follow(sweep, &data, &|| !interrupt::requested());
    }
    for (wanted, kind) in figures {
        let name = &wanted.name;
        if !there(name) {
            if interrupt::requested() {
                continue;
            }
            let title = wanted.headline.as_ref().map(Sentence::plain_text);
            let chart = Chart { look: wanted.look, ..(kind.chart)(&data).titled(title) };
            let figure = layout::figure(&chart, kind.name);
            let files = figure.and_then(|figure| FigureFiles::of(figure, name, font));
            let files = files.map_err(|failure| format!("figure \"{name}\": {failure}"));
            let write = |files| write_figure(folder, &files).map_err(|failure| failure.to_string());
            if let Err(failure) = files.and_then(write) {
                drawn.failures.push(failure);
                continue;
            }
        }
        drawn.pictures.push(picture(folder, name));
    }
    drawn
}

/// Reads the columns that are drawn.
fn fill(data: &mut SweepData, folder: &Path) -> Result<(), StorageFailure> {
    let slot = |run: u64| data.selection.slot(run);
    let columns = read_columns(folder, &data.columns(), &slot, data.selection.slots())?;
    data.fill(columns);
    Ok(())
}

/// A sweep with the texts that its folder keeps.
pub(crate) struct StoredSweep {
    pub sweep: Sweep,
    pub texts: Vec<(String, String)>,
}

impl StoredSweep {
    /// Reads the files that the folder of a sweep keeps; `None` for the points of a sensitivity
    /// analysis, which has figures of its own.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, String> {
        let failed =
            |reason: String| format!("{}: {reason}", shown_path(&folder.join("manifest.toml")));
        let manifest: SweepManifest =
            resume::read(folder).map_err(|failure| failed(failure.to_string()))?;
        if manifest.is_of_analysis() {
            return Ok(None);
        }
        let sweep = manifest.sweep().map_err(failed)?;
        Ok(Some(Self { sweep, texts: manifest.texts() }))
    }

    /// The figures of the sweep in `folder` as data.
    pub(crate) fn charts(&self, folder: &Path) -> Result<Vec<(String, Chart)>, String> {
        let sweep = &self.sweep;
        let mut data = sweep_data(sweep);
        let figures = sweep_figures(sweep, &data);
        fill(&mut data, folder).map_err(|failure| failure.to_string())?;
        if figures.iter().any(|(_, kind)| kind.with_courses) {
            sweep.integrate_pasts()?;
            data.courses = follow(sweep, &data, &|| !interrupt::requested());
        }
        let chart = |(wanted, kind): (FigureRequest, &SweepKind)| {
            let chart = (kind.chart)(&data);
            let title = wanted.headline.as_ref().map(Sentence::plain_text);
            (wanted.name, chart.titled(title))
        };
        Ok(figures.into_iter().map(chart).collect())
    }
}

/// Draws the figures of a merged sweep.
pub(crate) fn draw_merged(
    stored: &Result<Option<StoredSweep>, String>,
    folder: &Path,
    font: Option<&FallbackFont>,
) -> DrawnFigures {
    let failed = |reason: &str| DrawnFigures {
        failures: vec![format!("no figures: {reason}")],
        ..DrawnFigures::default()
    };
    match stored {
        Ok(None) => DrawnFigures::default(),
        Err(reason) => failed(reason),
        Ok(Some(StoredSweep { sweep, .. })) => match sweep.integrate_pasts() {
            Ok(()) => draw(sweep, folder, font),
            Err(problems) => failed(&problems),
        },
    }
}
