//! Draws what suits a finished sweep; a figure that is there already is left as it is.

use std::cell::Cell as Counter;
use std::path::Path;

use crate::charts::sweeps::SweepData;
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::interrupt;
use crate::error::failure::StorageFailure;
use crate::library::courses::follow;
use crate::library::figures::{sweep_data, sweep_figures};
use crate::plots::fallback_font::FallbackFont;
use crate::scenario::claims::sentence::Sentence;
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
pub(crate) fn draw(
    sweep: &Sweep,
    folder: &Path,
    engine: &dyn Engine,
    font: Option<&FallbackFont>,
) -> DrawnFigures {
    let mut drawn = DrawnFigures::default();
    let mut data = sweep_data(sweep);
    let figures = sweep_figures(sweep, &data);
    // Another font makes other pictures.
    let there = |name: &str| font.is_none() && is_drawn(folder, name);
    if figures.iter().all(|(wanted, _)| there(&wanted.name)) {
        let pictures = figures.iter().map(|(wanted, _)| picture(folder, &wanted.name));
        drawn.pictures = pictures.collect();
        return drawn;
    }
    if let Err(failure) = fill(&mut data, folder) {
        drawn.failures.push(failure.to_string());
        return drawn;
    }
    if figures.iter().any(|(wanted, kind)| kind.with_courses && !there(&wanted.name)) {
        data.courses = follow(sweep, &data, engine, &|| !interrupt::requested());
    }
    for (wanted, kind) in figures {
        let name = &wanted.name;
        let is_there = there(name);
        if !is_there && interrupt::requested() {
            continue;
        }
        let failed = |reason: String| format!("figure \"{name}\": {reason}");
        let result = if is_there {
            Ok(())
        } else {
            let title = wanted.headline.as_ref().map(Sentence::plain_text);
            let figure = kind.draw(&data, title, wanted.look);
            let files = figure.and_then(|figure| FigureFiles::of(figure, font));
            files.map_err(|failure| failed(failure.to_string())).and_then(|files| {
                write_figure(folder, name, &files).map_err(|failure| failure.to_string())
            })
        };
        match result {
            Ok(()) => drawn.pictures.push(picture(folder, name)),
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

/// The sweep whose texts a merged folder keeps; `None` for the points of a sensitivity analysis,
/// which draws its own figures.
/// Errors: Why it cannot be read.
pub(crate) fn kept_sweep(folder: &Path) -> Result<Option<Sweep>, String> {
    let failed = |reason: &str| format!("{}: {reason}", folder.join("manifest.toml").display());
    let manifest: SweepManifest =
        resume::read(folder).map_err(|failure| failed(&failure.to_string()))?;
    let identity = &manifest.identity;
    let sampling = identity.sampling.as_str();
    if sampling != "none" && sampling::SamplingMethod::ALL.iter().all(|(_, word)| *word != sampling)
    {
        return Ok(None);
    }
    let texts: Vec<(&str, &str)> = manifest.texts().collect();
    let (name, text) = texts.first().ok_or_else(|| failed("it keeps no sweep file"))?;
    let options = Options {
        method: identity.method,
        relative_tolerance: identity.relative_tolerance,
        ..Options::default()
    };
    // The texts stand in the order in which they were read.
    let next = Counter::new(1);
    let read = |_: &str, _: &str| {
        let at = next.replace(next.get() + 1);
        let text = texts.get(at).map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        text.ok_or_else(|| "it is not in the manifest".to_owned())
    };
    let unread = || failed("the sweep file that it keeps cannot be read by this version");
    let mut sweep = load(name, text, options, &read).content.ok_or_else(unread)?;
    sweep.name.clone_from(&identity.sweep);
    Ok(Some(sweep))
}

/// Draws the figures of a merged sweep.
pub(crate) fn draw_merged(
    sweep: &Result<Option<Sweep>, String>,
    folder: &Path,
    font: Option<&FallbackFont>,
) -> DrawnFigures {
    let failed = |reason: &str| DrawnFigures {
        failures: vec![format!("no figures: {reason}")],
        ..DrawnFigures::default()
    };
    match sweep {
        Ok(None) => DrawnFigures::default(),
        Err(reason) => failed(reason),
        Ok(Some(sweep)) => match LaneEngine::of(sweep) {
            Ok(engine) => draw(sweep, folder, &engine, font),
            Err(problems) => failed(&problems),
        },
    }
}
