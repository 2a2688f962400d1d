//! The summary of a sweep on the terminal: the answers, then how the runs ended.

use std::path::Path;

use crate::cli::session::figures::DrawnFigures;
use crate::cli::sweep::SweepState;
use crate::cli::sweep::part::{own_chunks, run_count};
use crate::cli::table::{TableColumn, side_by_side};
use crate::cli::terminal::{Emphasis, Terminal, mark};
use crate::report::sweep::{MOST_ROWS, Results, implausible_runs, results, unreachable};
use crate::storage::results_summary::{ResultsSummary, summarize};
use crate::storage::shard::Shard;
use crate::storage::sweep_folder::ChunkScan;
use crate::sweep::Sweep;
use crate::words::numbers::{count, error_size};

pub(crate) fn summary(
    sweep: &Sweep,
    shard: Option<Shard>,
    state: &SweepState,
    terminal: &Terminal,
) -> String {
    let folder = state.folder.path();
    let on = terminal.colored_results;
    let mut text = format!("{}\n", Emphasis::Bold.paint(&sweep.title, on));
    if !sweep.question.is_empty() {
        text += &format!("{}\n", sweep.question);
    }
    text.push('\n');
    let runs = run_count(sweep, own_chunks(sweep, shard));
    if shard.is_none()
        && let Ok(digest) = summarize(folder, MOST_ROWS, runs)
    {
        text += &results_table(sweep, &digest, terminal.width());
        let notes = [unreachable(sweep, &digest), implausible_runs(&digest)];
        notes.iter().flatten().for_each(|note| text += &format!("\n{note}\n"));
        text.push('\n');
    }
    text + &ending(runs, &state.found, folder, shard, &state.drawn, on)
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
        text += &format!("; causes and commands that repeat them: {}", list.display());
    }
    text += &match complete {
        0 => "\nBalance  no run was complete\n".to_owned(),
        _ => {
            let residual = error_size(found.residual_mg);
            format!("\nBalance  residual at most {residual} mg in every run\n")
        }
    };
    text += &match shard {
        None => format!("Tables   {}\n", folder.join("results.csv").display()),
        Some(Shard { number, of }) => format!(
            "Shard    {number}/{of} is in {}; when all are done: calcifate merge\n",
            folder.display()
        ),
    };
    text + &drawn.line()
}

/// Every row of a small sweep; the spread of each column of a large one.
fn results_table(sweep: &Sweep, digest: &ResultsSummary, width: usize) -> String {
    let Results { names, columns, .. } = results(sweep, digest);
    let columns = columns.into_iter().map(|(heading, cells)| TableColumn { heading, cells });
    side_by_side(&names, &columns.collect::<Vec<_>>(), width)
}

/// The same of the folder of a sweep; nothing if its table cannot be read.
pub(crate) fn implausible(folder: &Path, runs: u64) -> String {
    summarize(folder, MOST_ROWS, runs)
        .ok()
        .and_then(|digest| implausible_runs(&digest))
        .map_or_else(String::new, |note| note + "\n")
}
