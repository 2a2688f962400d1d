//! `--dry-run`: how many runs, how long, how much disk; measured on a few runs.

use std::time::{Duration, Instant};

use crate::cli::exit_status::CommandError;
use crate::cli::sweep::own_runs;
use crate::cli::terminal::Terminal;
use crate::storage::shard::Shard;
use crate::sweep::Sweep;
use crate::sweep::results_table::CellValue;
use crate::words::numbers::{count, fixed};
use crate::words::time::computing_time;

/// No more than so many runs are tried, and no longer than [`PATIENCE`].
const PROBES: u64 = 16;
const PATIENCE: Duration = Duration::from_millis(1500);

/// Chunk and `results.csv` hold each row once, Parquet about half of it.
const COPIES: f64 = 2.5;

/// Prints what the sweep would take.
/// Errors: The problems of its base arms.
pub(crate) fn estimate(
    sweep: &Sweep,
    shard: Option<Shard>,
    terminal: &Terminal,
) -> Result<(), CommandError> {
    let threads = crate::threads::count();
    let runs = own_runs(sweep, shard);
    sweep.integrate_pasts().map_err(CommandError::bad_input)?;
    let (mut tried, mut bytes, mut failed) = (0_u64, 0, 0);
    let stride = (sweep.plan.runs() / PROBES).max(1);
    let side_by_side = side_by_side(sweep).min(stride);
    let started = Instant::now();
    for run in (0..sweep.plan.runs()).step_by(usize::try_from(stride).unwrap_or(1)) {
        let probe = run..run + side_by_side;
        let Ok(rows) = sweep.rows(probe, &|| true) else { break };
        for row in rows {
            tried += 1;
            let cells = row.cells.iter().chain(row.courses.iter().flatten());
            bytes += cells.map(|cell: &CellValue| cell.text().len() + 1).sum::<usize>();
            failed += u64::from(row.failure.is_some());
        }
        if started.elapsed() > PATIENCE {
            break;
        }
    }
    let each = |whole: f64| whole / tried.max(1) as f64;
    let (all, cores) = (runs as f64, threads.max(1) as f64);
    let seconds = each(started.elapsed().as_secs_f64()) * all / cores;
    let disk = each(bytes as f64) * all * COPIES;
    let arms = sweep.arms(&sweep.base).map_or(0, |arms| arms.len());
    let mut text = format!(
        "{}\n\nRuns     {} of {arms} arm{}, {} at a time\nTime     about {} on {threads} thread{}\n\
         Disk     about {}\n",
        sweep.title,
        count(runs),
        if arms == 1 { "" } else { "s" },
        sweep.plan.runs_per_chunk,
        computing_time(seconds),
        if threads == 1 { "" } else { "s" },
        size_in_words(disk),
    );
    if failed > 0 {
        text += &format!("Failures {failed} of {tried} runs that were tried\n");
    }
    text += &format!(
        "Nothing was written; {tried} runs were tried to measure this. Figures are not counted.\n"
    );
    terminal.result(&text);
    Ok(())
}

/// The number of runs that are tried at once: as many as in the sweep itself, if a first one is quick.
fn side_by_side(sweep: &Sweep) -> u64 {
    let started = Instant::now();
    let _ = sweep.rows(0..1, &|| true);
    if started.elapsed() * 16 < PATIENCE { 16 } else { 1 }
}

fn size_in_words(bytes: f64) -> String {
    match bytes {
        b if b < 1e6 => format!("{} kB", fixed((b / 1e3).max(1.0), 0)),
        b if b < 1e9 => format!("{} MB", fixed(b / 1e6, 1)),
        b => format!("{} GB", fixed(b / 1e9, 1)),
    }
}
