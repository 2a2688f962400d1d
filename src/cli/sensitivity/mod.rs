//! `calcifate sensitivity`: the runs of each method as a sweep, then what they tell.

mod figures;
mod numbers;
mod summary;

use std::path::PathBuf;
use std::time::Instant;

use crate::cli::arguments::{Sensitivity as Wanted, Sweep as SweepWanted};
use crate::cli::interrupt;
use crate::cli::outcome::Outcome;
use crate::cli::scenario_files::{normal, read, read_beside, scenario_name};
use crate::cli::sweep::{self, dry_run};
use crate::cli::terminal::Terminal;
use crate::error::failure::{InputFailure, StorageFailure};
use crate::error::render::render;
use crate::simulation::{Method, Options};
use crate::storage::hash::Hash;
use crate::storage::sensitivity_folder::SensitivityFolder;
use crate::storage::sensitivity_tables as tables;
use crate::sweep::file::load_sensitivity;
use crate::sweep::runner::Ended;
use crate::sweep::sensitivity::indices::{Told, told};
use crate::sweep::sensitivity::{Analysis, Approach, Sensitivity};

/// Runs a sensitivity analysis, or goes on with it.
pub fn sensitivity(wanted: &Wanted, terminal: &Terminal) -> Outcome {
    let started = Instant::now();
    let Some(sensitivity) = loaded(wanted, terminal) else { return Outcome::BadInput };
    let threads = wanted.threads.map_or(0, usize::from);
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool,
        Err(error) => {
            terminal.error(&format!("cannot start {threads} threads: {error}"));
            return Outcome::Failed;
        }
    };
    if wanted.dry_run {
        let tell = |analysis: &Analysis| {
            let (sweep, wanted) =
                (&analysis.sweep, of_method(wanted, analysis.approach, wanted.output.clone()));
            dry_run::tell(sweep, &wanted, pool.current_num_threads(), terminal)
        };
        return sensitivity.analyses.iter().map(tell).max().unwrap_or_default();
    }
    interrupt::listen();
    match run(&sensitivity, wanted, &pool, started, terminal) {
        Ok(outcome) => outcome,
        Err(failure) => {
            terminal.error(&failure.to_string());
            Outcome::Failed
        }
    }
}

/// The analysis, unless something is wrong with its file; all problems are told.
fn loaded(wanted: &Wanted, terminal: &Terminal) -> Option<Sensitivity> {
    let text = || -> Result<(String, String), InputFailure> {
        Ok((scenario_name(&wanted.file)?, read(&wanted.file)?))
    };
    let (name, text) = match text() {
        Ok(found) => found,
        Err(failure) => {
            terminal.error(&failure.to_string());
            return None;
        }
    };
    let shown = normal(&wanted.file).display().to_string();
    let loaded = load_sensitivity(&shown, &text, Options::default(), wanted.rtol, &read_beside);
    terminal.talk(&render(&loaded.problems, &loaded.texts, terminal.colored_talk));
    let mut sensitivity = loaded.sensitivity?;
    loaded.remarks.iter().for_each(|remark| terminal.remark(remark));
    sensitivity.name = name; // checked to be a safe name for a folder
    Some(sensitivity)
}

/// What is asked of the sweep of one method.
fn of_method(wanted: &Wanted, approach: Approach, output: PathBuf) -> SweepWanted {
    SweepWanted {
        file: wanted.file.clone(),
        output,
        dry_run: wanted.dry_run,
        show_run: None,
        shard: wanted.shard,
        max_time: wanted.max_time,
        fail_fast: wanted.fail_fast,
        force: wanted.force,
        no_figures: true, // those of the analysis are drawn when all methods have run
        method: Method::default(),
        rtol: wanted.rtol.unwrap_or_else(|| approach.usual_tolerance()),
        threads: wanted.threads,
    }
}

fn run(
    sensitivity: &Sensitivity,
    wanted: &Wanted,
    pool: &rayon::ThreadPool,
    started: Instant,
    terminal: &Terminal,
) -> Result<Outcome, StorageFailure> {
    let folder = SensitivityFolder::begin(&wanted.output, sensitivity, wanted.shard, wanted.force)?;
    folder.notes.iter().for_each(|note| terminal.remark(note));
    let mut failed = Vec::new();
    for analysis in &sensitivity.analyses {
        let of_method = of_method(wanted, analysis.approach, folder.path().to_owned());
        let came = sweep::go_on(&analysis.sweep, &of_method, pool, started, terminal)?;
        if came.ended != Ended::Complete {
            return Ok(sweep::told(&analysis.sweep, &of_method, &came, terminal));
        }
        failed.push(came.found.failed);
    }
    let failures: u64 = failed.iter().sum();
    let outcome = if failures > 0 { Outcome::Failed } else { Outcome::Fine };
    if let Some(shard) = wanted.shard {
        let path = folder.path().display();
        let (number, of) = (shard.number, shard.of);
        terminal.result(&format!(
            "Shard    {number}/{of} of every method is in {path}\nWhen all are done, for each METHOD: \
             calcifate merge {path}/METHOD.shard-* -o {path}\nThen the same command without --shard \
             works out the indices.\n"
        ));
        return Ok(outcome);
    }
    let told = pool.install(|| work_out(sensitivity, &folder))?;
    write(sensitivity, &folder, &told)?;
    let drawn = if wanted.no_figures {
        figures::Drawn::default()
    } else {
        figures::draw(sensitivity, &told, &folder, pool, terminal)?
    };
    let summary = summary::summary(sensitivity, &told, &failed, folder.path(), terminal);
    terminal.result(&(summary + &drawn.line(folder.path()) + summary::DISCLAIMER));
    Ok(if drawn.failed { Outcome::Failed } else { outcome })
}

/// What every method tells about every outcome, one outcome in memory at a time.
fn work_out(
    sensitivity: &Sensitivity,
    folder: &SensitivityFolder,
) -> Result<Vec<Told>, StorageFailure> {
    let first = sensitivity.analyses.first();
    let outcomes = first.map_or(0, |analysis| analysis.sweep.outcomes.len());
    let mut all = Vec::new();
    for outcome in 0..outcomes {
        for analysis in &sensitivity.analyses {
            let values = folder.outcome(analysis, outcome)?;
            all.extend(told(sensitivity, analysis, outcome, &values));
        }
    }
    Ok(all)
}

fn write(
    sensitivity: &Sensitivity,
    folder: &SensitivityFolder,
    told: &[Told],
) -> Result<(), StorageFailure> {
    let failure = |source| StorageFailure::new(folder.path(), source);
    let indices = tables::indices(sensitivity, told).map_err(failure)?;
    let grades = tables::grades(sensitivity, told).map_err(failure)?;
    folder.write("indices.csv", indices.as_bytes())?;
    folder.write("grades.csv", grades.as_bytes())?;
    folder.write("README.txt", summary::readme(sensitivity).as_bytes())?;
    let mut files = vec![
        ("indices_table".to_owned(), Hash::of(&indices)),
        ("grades_table".to_owned(), Hash::of(&grades)),
    ];
    for analysis in &sensitivity.analyses {
        // A method is called as a table is: keys of a file must differ.
        let name = format!("{}_results", analysis.approach.word());
        files.push((name, folder.hash_of_runs(analysis)?));
    }
    folder.finish(files)
}
