//! Draws what suits a finished sweep; a figure that is there already is left as it is.

use std::cell::Cell as Counter;
use std::path::Path;

use crate::charts::chart::Chart;
use crate::charts::sweeps::SweepData;
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::interrupt;
use crate::error::failure::StorageFailure;
use crate::library::courses::follow;
use crate::library::figures::{sweep_data, sweep_kinds};
use crate::simulation::Options;
use crate::storage::figure_files::{FigureFiles, is_drawn, picture, write_figure};
use crate::storage::results_columns::read_columns;
use crate::storage::resume;
use crate::storage::sweep_manifest::SweepManifest;
use crate::sweep::Sweep;
use crate::sweep::file::load;
use crate::sweep::lane_engine::{Engine, LaneEngine};
use crate::sweep::sampling;

/// Draws the figures that a complete sweep in `folder` wants and does not have yet.
pub(crate) fn draw(sweep: &Sweep, folder: &Path, engine: &dyn Engine) -> DrawnFigures {
    let mut drawn = DrawnFigures::default();
    let mut data = sweep_data(sweep);
    let kinds = sweep_kinds(sweep, &data);
    if kinds.iter().all(|kind| is_drawn(folder, kind.name)) {
        drawn.pictures = kinds.iter().map(|kind| picture(folder, kind.name)).collect();
        return drawn;
    }
    if let Err(failure) = fill(&mut data, folder) {
        drawn.failures.push(failure.to_string());
        return drawn;
    }
    if kinds.iter().any(|kind| kind.with_courses && !is_drawn(folder, kind.name)) {
        data.courses = follow(sweep, &data, engine, &|| !interrupt::requested());
    }
    for kind in kinds {
        let there = is_drawn(folder, kind.name);
        if !there && interrupt::requested() {
            continue;
        }
        let failed = |reason: String| format!("figure \"{}\": {reason}", kind.name);
        let result = if there {
            Ok(())
        } else {
            let files = kind.draw(&data).and_then(FigureFiles::of);
            files.map_err(|failure| failed(failure.to_string())).and_then(|files| {
                write_figure(folder, kind.name, &files).map_err(|failure| failure.to_string())
            })
        };
        match result {
            Ok(()) => drawn.pictures.push(picture(folder, kind.name)),
            Err(failure) => drawn.failures.push(failure),
        }
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
    /// Errors: Why they cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, String> {
        let failed = |reason: &str| format!("{}: {reason}", folder.join("manifest.toml").display());
        let manifest: SweepManifest =
            resume::read(folder).map_err(|failure| failed(&failure.to_string()))?;
        let identity = &manifest.identity;
        let sampling = identity.sampling.as_str();
        let is_known = |(_, word): &(_, &str)| *word == sampling;
        if sampling != "none" && !sampling::SamplingMethod::ALL.iter().any(is_known) {
            return Ok(None);
        }
        let options = Options {
            method: identity.method,
            relative_tolerance: identity.relative_tolerance,
            ..Options::default()
        };
        let texts: Vec<(String, String)> =
            manifest.texts().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let (name, text) = texts.first().ok_or_else(|| failed("it keeps no sweep file"))?;
        let sweep = load(name, text, options, &in_order(&texts)).content;
        let unread = || failed("the sweep file that it keeps cannot be read by this version");
        let mut sweep = sweep.ok_or_else(unread)?;
        sweep.name.clone_from(&identity.sweep);
        Ok(Some(Self { sweep, texts }))
    }

    /// The figures of the sweep in `folder` as data.
    /// Errors: Why they cannot be made.
    pub(crate) fn charts(&self, folder: &Path) -> Result<Vec<(&'static str, Chart)>, String> {
        let sweep = &self.sweep;
        let mut data = sweep_data(sweep);
        let kinds = sweep_kinds(sweep, &data);
        fill(&mut data, folder).map_err(|failure| failure.to_string())?;
        if kinds.iter().any(|kind| kind.with_courses) {
            let engine = LaneEngine::of(sweep)?;
            data.courses = follow(sweep, &data, &engine, &|| !interrupt::requested());
        }
        Ok(kinds.into_iter().map(|kind| (kind.name, (kind.chart)(&data))).collect())
    }
}

/// Hands out the texts behind the first in the order in which they were read.
pub(crate) fn in_order(
    texts: &[(String, String)],
) -> impl Fn(&str, &str) -> Result<(String, String), String> {
    let next = Counter::new(1);
    move |_, _| {
        let at = next.replace(next.get() + 1);
        texts.get(at).cloned().ok_or_else(|| "it is not in the manifest".to_owned())
    }
}

/// Draws the figures of a merged sweep.
pub(crate) fn draw_merged(
    stored: &Result<Option<StoredSweep>, String>,
    folder: &Path,
) -> DrawnFigures {
    let failed = |reason: &str| DrawnFigures {
        failures: vec![format!("no figures: {reason}")],
        ..DrawnFigures::default()
    };
    match stored {
        Ok(None) => DrawnFigures::default(),
        Err(reason) => failed(reason),
        Ok(Some(StoredSweep { sweep, .. })) => match LaneEngine::of(sweep) {
            Ok(engine) => draw(sweep, folder, &engine),
            Err(problems) => failed(&problems),
        },
    }
}
