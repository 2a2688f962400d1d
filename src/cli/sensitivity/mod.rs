//! `calcifate sensitivity`: the runs of each method as a sweep, then the indices.

mod numbers;
mod summary;

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::charts::kinds::SensitivityFigure;
use crate::charts::sensitivity::{Findings, MOST_OUTCOMES};
use crate::cli::arguments::commands::SensitivityArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::input_files::load_sweep_file;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::sweep::{self, dry_run};
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::library::input_files::read_beside;
use crate::plots::fallback_font::FallbackFont;
use crate::printed::{shell_path, visible_line};
use crate::simulation::Options;
use crate::storage::figure_files::{FigureFiles, picture, write_figure};
use crate::storage::hash::Hash;
use crate::storage::place::write as write_file;
use crate::storage::sensitivity_folder::{SensitivityFolder, stored_outcome};
use crate::storage::shard::Shard;
use crate::storage::tables::csv_of;
use crate::sweep::file::load_sensitivity;
use crate::sweep::runner::SweepEnd;
use crate::sweep::sensitivity::indices::{OutcomeIndices, all_indices};
use crate::sweep::sensitivity::{Sensitivity, tables};

/// Runs a sensitivity analysis, or goes on with it.
pub(crate) fn sensitivity(arguments: &SensitivityArguments, session: &Session) -> CommandResult {
    let (runs, terminal) = (&arguments.runs, &session.terminal);
    let (name, mut sensitivity) = load_sweep_file(&arguments.file, terminal, |name, text| {
        load_sensitivity(None, name, text, Options::default(), arguments.rtol, &read_beside)
    })?;
    sensitivity.name = name; // checked to be a safe name for a folder
    let threads = start_threads(&runs.threads)?;
    if runs.dry_run {
        for analysis in &sensitivity.analyses {
            threads.install(|| dry_run::estimate(&analysis.sweep, runs.shard, terminal))?;
        }
        return Ok(ExitStatus::Success);
    }
    interrupt::listen();
    if !runs.folder.no_figures {
        let analyses = sensitivity.analyses.first();
        analyses.iter().for_each(|one| runs.folder.letters.warn_of_sweep(&one.sweep, terminal));
    }
    run(&sensitivity, arguments, &threads, session)
}

fn run(
    sensitivity: &Sensitivity,
    arguments: &SensitivityArguments,
    threads: &ThreadPool,
    session: &Session,
) -> CommandResult {
    let (runs, terminal) = (&arguments.runs, &session.terminal);
    let folder =
        SensitivityFolder::begin(&runs.folder.output, sensitivity, runs.shard, runs.folder.force)?;
    terminal.remarks(&folder.notes);
    let mut failed = Vec::new();
    for analysis in &sensitivity.analyses {
        // The figures are drawn when all methods have run.
        analysis.sweep.integrate_pasts().map_err(CommandError::bad_input)?;
        let state = sweep::go_on(&analysis.sweep, runs, &folder.path, false, threads, session)
            .map_err(|failure| sweep::resumable(&failure, terminal))?;
        if state.ended != SweepEnd::Complete {
            return Ok(sweep::report(&analysis.sweep, runs.shard, &state, session));
        }
        failed.push(state.found.failed);
    }
    let status = ExitStatus::failed_if(failed.iter().any(|count| *count > 0));
    if let Some(shard) = runs.shard {
        terminal.result(&next_step(shard, &folder));
        return Ok(status);
    }
    let indices = threads.install(|| {
        all_indices(sensitivity, |analysis, outcome| {
            stored_outcome(&folder.path, analysis, outcome)
        })
    })?;
    write(sensitivity, &folder, &indices)?;
    let drawn = if runs.folder.no_figures {
        DrawnFigures::default()
    } else {
        let font = runs.folder.letters.font.as_ref();
        draw(sensitivity, &indices, &folder, font, threads, terminal)?
    };
    let summary = summary::summary(sensitivity, &indices, &failed, &folder.path, terminal);
    session.print_summary(&(summary + &drawn.line()));
    Ok(drawn.report_failures(status, terminal).max(interrupt::status()))
}

/// The command that follows when all shards are done.
fn next_step(Shard { number, of }: Shard, folder: &SensitivityFolder) -> String {
    let path = folder.path.display().to_string();
    let (word, path) = (shell_path(&path), visible_line(&path));
    format!(
        "Shard    {number}/{of} of every method is in {path}\nWhen all are done, for each METHOD: \
         calcifate merge {word}/METHOD.shard-* -o {word}\nThen the same command without --shard \
         works out the indices.\n"
    )
}

fn write(
    sensitivity: &Sensitivity,
    folder: &SensitivityFolder,
    indices: &[OutcomeIndices],
) -> Result<(), StorageFailure> {
    let failure = |source| StorageFailure::new(&folder.path, source);
    let index_table = csv_of(&tables::indices(sensitivity, indices)).map_err(failure)?;
    let grade_table = csv_of(&tables::grades(sensitivity, indices)).map_err(failure)?;
    write_file(&folder.path, "indices.csv", index_table.as_bytes())?;
    write_file(&folder.path, "grades.csv", grade_table.as_bytes())?;
    write_file(&folder.path, "README.txt", summary::readme(sensitivity).as_bytes())?;
    let mut files = vec![
        ("indices_table".to_owned(), Hash::of(&index_table)),
        ("grades_table".to_owned(), Hash::of(&grade_table)),
    ];
    for analysis in &sensitivity.analyses {
        // A method is called as a table is: keys of a file must differ.
        let name = format!("{}_results", analysis.method.word());
        files.push((name, folder.hash_of_runs(analysis)?));
    }
    folder.finish(files)
}

/// Draws every figure that has something to show.
fn draw(
    sensitivity: &Sensitivity,
    indices: &[OutcomeIndices],
    folder: &SensitivityFolder,
    font: Option<&FallbackFont>,
    pool: &ThreadPool,
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
