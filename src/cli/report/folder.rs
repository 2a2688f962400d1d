//! The page of a folder, by what its manifest says it is.

use std::path::Path;

use rayon::ThreadPool;

use crate::charts::sensitivity::Findings;
use crate::cli::exit_status::CommandError;
use crate::cli::report::doubts::command_on_file;
use crate::cli::report::{Reason, Subject, doubts, of_manifest, studies};
use crate::cli::session::Session;
use crate::cli::sweep::figures::StoredSweep;
use crate::cli::sweep::summary::answer;
use crate::printed::shown_path;
use crate::report::document::Document;
use crate::report::sweep::MOST_ROWS;
use crate::report::{sensitivity, stored, sweep};
use crate::simulation::Options;
use crate::storage::evidence_table::{self, Counted};
use crate::storage::folder_kind::FolderKind;
use crate::storage::place;
use crate::storage::resume;
use crate::storage::sensitivity_folder::{SensitivityManifest, stored_outcome};
use crate::storage::stored_table::beginning;
use crate::storage::sweep_manifest::in_order;
use crate::storage::trusted_results::{TrustedResults, summarize};
use crate::sweep::file::load_sensitivity;
use crate::sweep::sensitivity::indices::all_indices;
use crate::words::catalogue::message;

/// Tables that a page can show as they are, the most telling first.
const TABLES: [&str; 8] = [
    "claims.csv",
    "summary.csv",
    "balance.csv",
    "evidence.csv",
    "verdicts.csv",
    "tests.csv",
    "grades.csv",
    "results.csv",
];

/// Rows of each that are shown.
const MOST_STORED: usize = 200;

/// What the folder is about.
pub(super) fn subject(
    folder: &Path,
    threads: &ThreadPool,
    session: &Session,
) -> Result<Subject, CommandError> {
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
    let page = match kind {
        FolderKind::Run => match evidence_table::stored(&text) {
            Ok(Some((Counted::Comparisons(_), texts))) => {
                threads.install(|| studies::of_evidence(folder, &texts))
            }
            Ok(Some((Counted::Statements(_), texts))) => {
                threads.install(|| studies::of_verdicts(folder, &texts))
            }
            Ok(Some((Counted::Waterfalls(_), _))) => {
                return Err(refused(
                    "holds waterfalls of calcifate why: the page of its scenario is written by \
                     calcifate report FILE",
                ));
            }
            Err(why) => Err(why.into()),
            Ok(None) => of_manifest(&folder.join("manifest.toml"), folder, &text, threads, session)
                .map_err(|error| error.message.as_deref().unwrap_or("see above").into()),
        },
        FolderKind::Sweep => of_sweep(folder),
        FolderKind::Sensitivity => threads.install(|| of_sensitivity(folder)),
    };
    page.or_else(|why| {
        let why = why.to_string();
        let document = of_tables(folder, &why)?.ok_or_else(|| CommandError::bad_input(&why))?;
        session.terminal.warning(&format!("{shown}: only its tables are shown: {why}"));
        Ok(Subject { lacks: Some(why), ..Subject::whole(document) })
    })
}

fn of_sweep(folder: &Path) -> Result<Subject, Reason> {
    let stored = StoredSweep::read(folder)?;
    let stored =
        stored.ok_or("these runs belong to a sensitivity analysis, whose folder is above")?;
    let results = TrustedResults::of(folder)?;
    let file = stored.texts.first().map_or(("", ""), |(name, text)| (name, text));
    let command = command_on_file("calcifate sweep", folder, file);
    let (doubt, partial) = match doubts::of_results(&results, &command)? {
        None => (None, false),
        Some((text, false)) => (Some(text), false),
        Some((text, true)) => (Some(format!("{} {text}", message!(report.only_some_runs))), true),
    };
    let digest = summarize(folder, MOST_ROWS, stored.sweep.plan.runs())?;
    if let Some(doubt) = doubt.as_deref().filter(|_| digest.count == 0) {
        return Err(doubt.into());
    }
    let (charts, answer) = match partial {
        true => (Vec::new(), Vec::new()),
        false => (stored.charts(folder)?, answer(&stored.sweep, folder)),
    };
    let document = sweep::document(&stored.sweep, charts, &digest, &answer, &stored.texts);
    let lacks = doubt.clone().filter(|_| partial);
    Ok(Subject { doubt, lacks, ..Subject::whole(document) })
}

fn of_sensitivity(folder: &Path) -> Result<Subject, Reason> {
    let stored: SensitivityManifest = resume::read(folder)?;
    if !stored.complete {
        return Err("the analysis is not finished; the same command goes on with it".into());
    }
    let texts = stored.texts();
    let (name, text) = texts.first().ok_or("it keeps no file of the analysis")?;
    let load = |tolerance: Option<f64>| {
        let read = in_order(&texts);
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
    sensitivity.name.clone_from(&stored.identity.sensitivity);
    let command = command_on_file("calcifate sensitivity", folder, (name, text));
    let mut doubt = None;
    for analysis in &sensitivity.analyses {
        let results = TrustedResults::of(&folder.join(analysis.method.word()))?;
        match doubts::of_results(&results, &command)? {
            Some((text, true)) => return Err(text.into()),
            found => doubt = doubt.or(found.map(|(text, _)| text)),
        }
    }
    let indices =
        all_indices(&sensitivity, |analysis, outcome| stored_outcome(folder, analysis, outcome))?;
    let document = sensitivity::document(&Findings::of(&sensitivity, &indices), &texts);
    Ok(Subject { doubt, ..Subject::whole(document) })
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
