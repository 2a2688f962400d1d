//! The summary of a sweep on the terminal: the answers, then how the runs ended.

use std::path::Path;

use crate::about::DISCLAIMER;
use crate::cli::session::figures::DrawnFigures;
use crate::cli::sweep::SweepState;
use crate::cli::sweep::part::{own_chunks, run_count};
use crate::cli::table::{README_WIDTH, TableColumn, paragraphs, side_by_side, titled};
use crate::cli::terminal::{Emphasis, Terminal, mark};
use crate::error::defect::OrDefect as _;
use crate::storage::results_columns::read_columns;
use crate::storage::results_summary::{ColumnQuantiles, ResultsSummary, summarize};
use crate::storage::shard::Shard;
use crate::storage::sweep_folder::ChunkScan;
use crate::sweep::Sweep;
use crate::sweep::evaluation::columns;
use crate::words::names::heading;
use crate::words::numbers::{count, error_size, short};

/// The answer of a larger sweep is not worked out: its columns are held in memory.
const MOST_RUNS: usize = 10_000_000;

/// Sweeps with more rows are shown by their spread.
const MOST_ROWS: usize = 30;

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
        text += &unreachable(sweep, &digest);
        text += &implausible_warning(&digest);
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
    format!(
        "{}\n{}\n\n{DISCLAIMER}\n\n\
         results.csv    one row for each run: what varies, outcomes, balance; units in the headings\n\
         failures.csv   runs that failed, with causes and the commands that repeat them\n\
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
    let skipped =
        |name: &str| matches!(name, "run" | "balance_residual_mg" | "complete" | "implausible");
    let shown = || digest.header.iter().enumerate().filter(|(_, name)| !skipped(name));
    let results = columns(sweep);
    let name = |at: usize| {
        results.get(at).map_or_else(String::new, |column| heading(&column.name, &column.unit))
    };
    let complete = digest.rows.len() as u64 == digest.count;
    if complete && sweep.plan.design.is_none() {
        let shown_columns: Vec<TableColumn> = shown()
            .map(|(at, _)| {
                let cells = digest.rows.iter().map(|row| cell_text(row.get(at)));
                TableColumn { heading: name(at), cells: cells.collect() }
            })
            .collect();
        let names: Vec<String> = digest.rows.iter().map(|row| cell_text(row.first())).collect();
        return side_by_side(&names, &shown_columns, width);
    }
    let spread =
        || shown().filter_map(|(at, _)| digest.quantiles.get(at)?.as_ref().map(|r| (at, r)));
    let names: Vec<String> = spread().map(|(at, _)| name(at)).collect();
    let column = |heading: &str, of: fn(&ColumnQuantiles) -> f64| TableColumn {
        heading: heading.to_owned(),
        cells: spread().map(|(_, spread)| short(of(spread), 4)).collect(),
    };
    let quantiles = [
        column("lowest", |spread| spread.lowest),
        column("5 %", |spread| spread.low),
        column("median", |spread| spread.median),
        column("95 %", |spread| spread.high),
        column("highest", |spread| spread.highest),
    ];
    side_by_side(&names, &quantiles, width)
}

/// The same of the folder of a sweep; nothing if its table cannot be read.
pub(crate) fn implausible(folder: &Path, runs: u64) -> String {
    summarize(folder, MOST_ROWS, runs)
        .map_or_else(|_| String::new(), |digest| implausible_warning(&digest))
}

/// Says which read-outs left what a living person can have, and in how many runs.
fn implausible_warning(digest: &ResultsSummary) -> String {
    let at = digest.header.iter().position(|name| name == "implausible");
    let Some(words) = at.and_then(|at| digest.words.get(at)) else { return String::new() };
    let runs = *at.and_then(|at| digest.filled.get(at)).or_defect("a column without a count");
    if runs == 0 {
        return String::new();
    }
    let mut names: Vec<&str> = words.keys().flat_map(|names| names.split_whitespace()).collect();
    names.sort_unstable();
    names.dedup();
    format!(
        "\nBeyond what a living person can have in {} of {} runs: {} (column implausible);\n\
         their numbers are arithmetic, not physiology.\n",
        count(runs),
        count(digest.count),
        names.join(", ")
    )
}

/// Says plainly where no value meets the condition.
fn unreachable(sweep: &Sweep, digest: &ResultsSummary) -> String {
    let Some(search) = &sweep.search else { return String::new() };
    let at = digest.header.iter().position(|name| name == "answer");
    let unreached = at.and_then(|at| digest.words.get(at)?.get("not reachable").copied());
    let Some(unreached) = unreached else { return String::new() };
    let (low, high) = search.range;
    let (low, high) = (search.number.text(low), search.number.text(high));
    let (name, text) = (&search.dial.key, &search.text);
    let share = format!("{} of {} runs", count(unreached), count(digest.count));
    format!("\nNot reachable in {share}: no {name} from {low} to {high} gives {text}.\n")
}

/// A cell of the results with at most four significant digits.
fn cell_text(cell: Option<&String>) -> String {
    let text = cell.map_or("", String::as_str);
    match text.parse::<f64>() {
        Ok(number) => short(number, 4),
        Err(_) if text.is_empty() => "–".to_owned(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_short_numbers_or_words() {
        assert_eq!(cell_text(Some(&"0.30000000000000004".to_owned())), "0.3");
        assert_eq!(cell_text(Some(&"found".to_owned())), "found");
        assert_eq!(cell_text(None), "–");
    }
}
