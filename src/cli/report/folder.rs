//! The page of a folder, by what its manifest says it is.

use std::path::Path;

use crate::charts::sensitivity::Findings;
use crate::cli::arguments::ReportArguments;
use crate::cli::exit_status::CommandError;
use crate::cli::report::{Subject, of_manifest};
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::sweep::figures::StoredSweep;
use crate::cli::sweep::summary::answer;
use crate::error::problem::Problem;
use crate::evidence::SHIPPED;
use crate::evidence::prediction::compare;
use crate::printed::shown_path;
use crate::report::document::Document;
use crate::report::sweep::MOST_ROWS;
use crate::report::{evidence, sensitivity, stored, sweep};
use crate::simulation::Options;
use crate::storage::evidence_table;
use crate::storage::folder_kind::FolderKind;
use crate::storage::place;
use crate::storage::results_summary::summarize;
use crate::storage::sensitivity_folder::{StoredSensitivity, stored_outcome};
use crate::storage::stored_table::beginning;
use crate::storage::sweep_manifest::in_order;
use crate::sweep::file::load_sensitivity;
use crate::sweep::sensitivity::indices::all_indices;

/// Tables that a page can show as they are, the most telling first.
const TABLES: [&str; 6] =
    ["claims.csv", "summary.csv", "balance.csv", "evidence.csv", "grades.csv", "results.csv"];

/// Rows of each that are shown.
const MOST_STORED: usize = 200;

/// What the folder is about; its page stands inside.
pub(super) fn subject(
    arguments: &ReportArguments,
    session: &Session,
) -> Result<Subject, CommandError> {
    let folder = &arguments.path;
    let shown = shown_path(folder);
    let refused = |why: &str| CommandError::bad_input(format!("{shown} {why}"));
    let bytes = place::read(folder, "manifest.toml")?.ok_or_else(|| {
        refused(
            "holds no manifest.toml: name a folder that calcifate run, sweep or sensitivity wrote, \
             or a scenario file",
        )
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let kind = FolderKind::of(&text)
        .ok_or_else(|| refused("holds a manifest.toml that calcifate did not write"))?;
    if let Some(what) = evidence_table::without_page(&text).filter(|_| kind == FolderKind::Run) {
        return Err(refused(&format!("holds {what}")));
    }
    let page = match kind {
        FolderKind::Run => match evidence_table::stored(&text) {
            Ok(Some((name, table))) => {
                let threads = start_threads(&arguments.threads)?;
                threads.install(|| of_evidence(folder, &name, &table))
            }
            Err(why) => Err(why),
            Ok(None) => {
                of_manifest(arguments, &folder.join("manifest.toml"), folder, &text, session)
                    .map(|subject| subject.document)
                    .map_err(|error| error.message.unwrap_or_else(|| "see above".to_owned()))
            }
        },
        FolderKind::Sweep => of_sweep(folder),
        FolderKind::Sensitivity => {
            let threads = start_threads(&arguments.threads)?;
            threads.install(|| of_sensitivity(folder))
        }
    };
    let (document, lacks) = match page {
        Ok(document) => (document, None),
        Err(why) => {
            let document = of_tables(folder, &why)?.ok_or_else(|| CommandError::bad_input(&why))?;
            session.terminal.warning(&format!("{shown}: only its tables are shown: {why}"));
            (document, Some(why))
        }
    };
    Ok(Subject { document, beside: folder.join("report"), lacks })
}

fn of_sweep(folder: &Path) -> Result<Document, String> {
    let stored = StoredSweep::read(folder)?;
    let stored =
        stored.ok_or("these runs belong to a sensitivity analysis, whose folder is above")?;
    let digest = summarize(folder, MOST_ROWS, stored.sweep.plan.runs());
    let digest = digest.map_err(|failure| {
        format!("{failure}; if the sweep is not finished, the same command goes on with it")
    })?;
    let charts = stored.charts(folder)?;
    let answer = answer(&stored.sweep, folder);
    Ok(sweep::document(&stored.sweep, charts, &digest, &answer, &stored.texts))
}

fn of_sensitivity(folder: &Path) -> Result<Document, String> {
    let stored = StoredSensitivity::read(folder).map_err(|failure| failure.to_string())?;
    if !stored.complete {
        return Err("the analysis is not finished; the same command goes on with it".to_owned());
    }
    let (name, text) = stored.texts.first().ok_or("it keeps no file of the analysis")?;
    let load = |tolerance: Option<f64>| {
        let read = in_order(&stored.texts);
        let loaded = load_sensitivity(None, name, text, Options::default(), tolerance, &read);
        loaded.content.ok_or("the file that it keeps cannot be read by this version")
    };
    let mut sensitivity = load(None)?;
    // All methods have one tolerance where the command gave one.
    let first = sensitivity.analyses.first();
    let other = first.and_then(|analysis| {
        let own = stored.tolerance(analysis)?;
        (own != analysis.sweep.options.relative_tolerance).then_some(own)
    });
    if other.is_some() {
        sensitivity = load(other)?;
    }
    sensitivity.name.clone_from(&stored.name);
    let indices =
        all_indices(&sensitivity, |analysis, outcome| stored_outcome(folder, analysis, outcome));
    let indices = indices.map_err(|failure| failure.to_string())?;
    Ok(sensitivity::document(&Findings::of(&sensitivity, &indices), &stored.texts))
}

/// The comparisons of the folder, made once more.
fn of_evidence(folder: &Path, name: &str, text: &str) -> Result<Document, String> {
    let told = |problems: Vec<Problem>| {
        problems.first().map_or_else(String::new, |problem| problem.message.clone())
    };
    let mut trials = evidence_table::read(name, text).map_err(told)?;
    let stored =
        beginning(folder, "evidence.csv", usize::MAX).map_err(|error| error.to_string())?;
    let rows = stored.ok_or("it holds no evidence.csv")?.rows;
    trials.retain(|trial| rows.iter().any(|row| row.first() == Some(&trial.id)));
    let compared = compare(&trials, &|| !interrupt::requested(), &|| ());
    let own = (name != SHIPPED.0).then_some((name, text));
    Ok(evidence::document(&compared, own))
}

/// The tables of the folder as they are; `None` if there is none.
fn of_tables(folder: &Path, why: &str) -> Result<Option<Document>, CommandError> {
    let mut tables = Vec::new();
    for name in TABLES {
        if let Some(table) = beginning(folder, name, MOST_STORED)? {
            tables.push((name, table));
        }
    }
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
    Ok((!tables.is_empty()).then(|| stored::document(&name, why, &tables)))
}
