//! The summary of a sweep on the terminal: the answers, then how the runs ended.

use std::path::Path;

use crate::about::DISCLAIMER;
use crate::cli::session::figures::DrawnFigures;
use crate::cli::sweep::{SweepState, own_runs};
use crate::cli::table::{README_WIDTH, paragraphs, side_by_side, titled};
use crate::cli::terminal::{Emphasis, Terminal, mark};
use crate::printed::shown_path;
use crate::report::sweep::{MOST_ROWS, Results, implausible_runs, results, unreachable};
use crate::storage::shard::Shard;
use crate::storage::sweep_folder::ChunkScan;
use crate::storage::trusted_results::{read_columns, summarize};
use crate::sweep::Sweep;
use crate::words::numbers::{count, error_size};

/// The answer of a larger sweep is not worked out: its columns are held in memory.
const MOST_RUNS: usize = 10_000_000;

pub(crate) fn summary(
    sweep: &Sweep,
    shard: Option<Shard>,
    state: &SweepState,
    terminal: &Terminal,
) -> String {
    let folder = state.folder.path.as_path();
    let on = terminal.colored_results;
    let mut text = format!("{}\n", Emphasis::Bold.paint(&sweep.title, on));
    if !sweep.question.is_empty() {
        text += &format!("{}\n", sweep.question);
    }
    text.push('\n');
    let runs = own_runs(sweep, shard);
    if shard.is_none()
        && let Ok(digest) = summarize(folder, MOST_ROWS, runs)
    {
        // Every row of a small sweep; the spread of each column of a large one.
        let Results { names, columns, .. } = results(sweep, &digest);
        text += &side_by_side(&names, &columns, terminal.width());
        let notes = [unreachable(sweep, &digest), implausible_runs(&digest)];
        notes.iter().flatten().for_each(|note| text += &format!("\n{note}\n"));
        text.push('\n');
    }
    if shard.is_none() {
        text += &titled("Answer", &answer(sweep, folder), terminal.width());
    }
    text + &ending(runs, &state.found, folder, shard, &state.drawn, on)
}

/// The answer with the results in the folder; no paragraph if the sweep has none.
pub(crate) fn answer(sweep: &Sweep, folder: &Path) -> Vec<String> {
    let Some(runs) = sweep.answer.as_ref().map(|_| sweep.plan.runs()) else { return Vec::new() };
    let slot = |run: u64| usize::try_from(run).ok();
    let told = usize::try_from(runs).ok().filter(|runs| *runs <= MOST_RUNS).and_then(|slots| {
        let columns = read_columns(folder, &sweep.answer_columns(), &slot, slots).ok()?;
        sweep.answer(&columns)
    });
    let reason =
        "cannot be told: a run that it speaks of gave no number, or there are too many runs";
    vec![told.unwrap_or_else(|| reason.to_owned())]
}

/// Text for a person who opens the folder.
pub(crate) fn readme(sweep: &Sweep, folder: &Path) -> String {
    let answer = answer(sweep, folder).into_iter().map(|text| format!("Answer: {text}"));
    let texts = std::iter::once(sweep.question.clone()).chain(answer);
    let texts = texts.flat_map(|text| paragraphs(&text, README_WIDTH).collect::<Vec<_>>());
    let courses = match sweep.courses.is_empty() {
        true => "",
        false => {
            "courses.csv    time courses: one row for each run, arm and time\n\
             courses_parquet/  the same rows, one file for each chunk\n"
        }
    };
    format!(
        "{}\n{}\n\n{DISCLAIMER}\n\n\
         results.csv    one row for each run: what varies, outcomes, balance; units in the headings\n\
         {courses}failures.csv   runs that failed, with causes and the commands that repeat them\n\
         figures/       each as SVG and PNG, with a description in words\n\
         parquet/       the rows of results.csv, one file for each chunk\n\
         chunks/        what the same command needs to go on\n\
         manifest.toml  all that is needed to repeat the sweep\n\
         timing.toml    times and machine\n",
        sweep.title,
        texts.collect::<Vec<_>>().join("\n\n"),
    )
}

/// The last lines: how many runs are complete, and where the files are.
pub(crate) fn ending(
    runs: u64,
    found: &ChunkScan,
    folder: &Path,
    shard: Option<Shard>,
    drawn: &DrawnFigures,
    on: bool,
) -> String {
    let complete = runs.saturating_sub(found.failed);
    let mark = mark(found.failed == 0, on);
    let mut text = format!("Runs     {mark} {} of {} complete", count(complete), count(runs));
    if found.failed > 0 {
        let list = folder.join("failures.csv");
        text += &format!("; causes and commands that repeat them: {}", shown_path(&list));
    }
    let residual = error_size(found.residual_mg);
    text += &match complete {
        // A run may reach its end and yet not give all its outcomes.
        0 if found.residual_mg <= 0.0 => "\nBalance  no run reached its end\n".to_owned(),
        _ if found.failed == 0 => {
            format!("\nBalance  residual at most {residual} mg in every run\n")
        }
        _ => {
            format!("\nBalance  residual at most {residual} mg in every run that reached its end\n")
        }
    };
    text += &match shard {
        None => format!("Tables   {}\n", shown_path(&folder.join("results.csv"))),
        Some(Shard { number, of }) => format!(
            "Shard    {number}/{of} is in {}; when all are done: calcifate merge\n",
            shown_path(folder)
        ),
    };
    text + &drawn.line()
}

/// The remark on runs with numbers that nobody can have; nothing if the table cannot be read.
pub(crate) fn implausible(folder: &Path, runs: u64) -> String {
    summarize(folder, MOST_ROWS, runs)
        .ok()
        .and_then(|digest| implausible_runs(&digest))
        .map_or_else(String::new, |note| note + "\n")
}
