//! Draws what suits a finished sweep; a figure that is there already is left as it is.

use std::cell::Cell as Counter;
use std::path::Path;

use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::interrupt;
use crate::cli::sweep::follow::follow;
use crate::cli::words;
use crate::error::failure::StorageFailure;
use crate::plots::sweeps::{Circumstances, SweepData, SweepFigureKind, draw as draw_one};
use crate::scenario::Arm;
use crate::simulation::{Method, Options};
use crate::storage::columns::read_columns;
use crate::storage::figure_files::{is_drawn, picture, write_figure};
use crate::storage::sweep_manifest;
use crate::sweep::Sweep;
use crate::sweep::engine::{Engine, InLanes};
use crate::sweep::file::load;
use crate::sweep::sampling;

/// Draws the figures that a complete sweep in `folder` wants and does not have yet.
pub(crate) fn draw(sweep: &Sweep, folder: &Path, engine: &dyn Engine) -> DrawnFigures {
    let mut drawn = DrawnFigures::default();
    let arms = sweep.arms(&sweep.base).unwrap_or_default();
    let mut data = SweepData::of(sweep, circumstances(sweep, &arms));
    let kinds: Vec<SweepFigureKind> = if sweep.figures.is_empty() {
        SweepFigureKind::usual_for(&data)
    } else {
        sweep.figures.iter().filter_map(|name| SweepFigureKind::by_name(name)).collect()
    };
    if kinds.iter().all(|kind| is_drawn(folder, kind.name())) {
        drawn.pictures = kinds.iter().map(|kind| picture(folder, kind.name())).collect();
        return drawn;
    }
    if let Err(failure) = fill(&mut data, folder) {
        drawn.failures.push(failure.to_string());
        return drawn;
    }
    if kinds.contains(&SweepFigureKind::Spaghetti)
        && !is_drawn(folder, SweepFigureKind::Spaghetti.name())
    {
        data.courses = follow(sweep, &data, engine);
    }
    for kind in kinds {
        let there = is_drawn(folder, kind.name());
        if !there && interrupt::requested() {
            continue;
        }
        let failed = |reason: String| format!("figure \"{}\": {reason}", kind.name());
        let result = if there {
            Ok(())
        } else {
            draw_one(kind, &data).map_err(|failure| failed(failure.to_string())).and_then(
                |figure| write_figure(folder, &figure).map_err(|failure| failure.to_string()),
            )
        };
        match result {
            Ok(()) => drawn.pictures.push(picture(folder, kind.name())),
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

fn circumstances(sweep: &Sweep, arms: &[Arm]) -> Circumstances {
    Circumstances {
        hypothesis: words::hypotheses_of(arms),
        person: words::person_of(arms),
        arms: arms.iter().map(|arm| (arm.name.clone(), arm.label.clone())).collect(),
        own: sweep.plan.axes.iter().map(|axis| axis.dial.value(arms)).collect(),
    }
}

/// Draws the figures of a merged sweep, whose folder keeps the files that it was made from.
pub(crate) fn draw_merged(folder: &Path) -> DrawnFigures {
    let failed = |reason: &str| DrawnFigures {
        failures: vec![format!("no figures: {}: {reason}", folder.join("manifest.toml").display())],
        ..DrawnFigures::default()
    };
    let manifest = match std::fs::read_to_string(folder.join("manifest.toml")) {
        Ok(text) => text,
        Err(error) => return failed(&error.to_string()),
    };
    let sampling = sweep_manifest::value(&manifest, "sampling").unwrap_or_default();
    if sampling != "none" && sampling::Method::ALL.iter().all(|(_, word)| *word != sampling) {
        return DrawnFigures::default(); // the points of a sensitivity analysis, which draws its own
    }
    let texts = sweep_manifest::texts(&manifest);
    let Some((name, text)) = texts.first() else { return failed("it keeps no sweep file") };
    let options = options(&manifest);
    // The texts stand in the order in which they were read.
    let next = Counter::new(1);
    let read = |_: &str, _: &str| {
        let at = next.replace(next.get() + 1);
        texts.get(at).cloned().ok_or_else(|| "it is not in the manifest".to_owned())
    };
    let Some(mut sweep) = load(name, text, options, &read).content else {
        return failed("the sweep file that it keeps cannot be read by this version");
    };
    if let Some(name) = sweep_manifest::value(&manifest, "sweep") {
        name.clone_into(&mut sweep.name);
    }
    let engine = InLanes::new(sweep.options, &sweep.arms(&sweep.base).unwrap_or_default());
    draw(&sweep, folder, &engine)
}

/// Method and accuracy of a stored sweep.
fn options(manifest: &str) -> Options {
    let usual = Options::default();
    let named = sweep_manifest::value(manifest, "method");
    let method = Method::ALL.into_iter().find(|method| Some(method.name()) == named);
    let tolerance = sweep_manifest::value(manifest, "relative_tolerance");
    Options {
        method: method.unwrap_or(usual.method),
        relative_tolerance: tolerance
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual.relative_tolerance),
        ..usual
    }
}
