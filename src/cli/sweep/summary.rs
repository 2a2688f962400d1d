//! The summary of a sweep on the terminal: the answers, then how the runs ended.

use std::path::Path;

use crate::cli::session::figures::DrawnFigures;
use crate::cli::sweep::SweepState;
use crate::cli::sweep::part::{own_chunks, run_count};
use crate::cli::table::{Column, side_by_side};
use crate::cli::terminal::{Style, Terminal, mark};
use crate::storage::results_summary::{ColumnQuantiles, ResultsSummary, summarize};
use crate::storage::shard::Shard;
use crate::storage::sweep_folder::ChunkScan;
use crate::sweep::Sweep;
use crate::sweep::evaluation::columns;

/// Sweeps with more rows are shown by their spread.
const MOST_ROWS: usize = 30;

/// The summary of a finished sweep.
pub(crate) fn summary(
    sweep: &Sweep,
    shard: Option<Shard>,
    state: &SweepState,
    terminal: &Terminal,
) -> String {
    let folder = state.folder.path();
    let on = terminal.colored_results;
    let mut text = format!("{}\n", Style::Bold.paint(&sweep.title, on));
    if !sweep.question.is_empty() {
        text += &format!("{}\n", sweep.question);
    }
    text.push('\n');
    let runs = run_count(sweep, own_chunks(sweep, shard));
    if shard.is_none()
        && let Ok(digest) = summarize(folder, MOST_ROWS, runs)
    {
        text += &answers(sweep, &digest, terminal.width());
        text += &unreachable(sweep, &digest);
        text += &beyond_life(&digest);
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
    let mut text = format!("Runs     {mark} {} of {} complete", grouped(complete), grouped(runs));
    if found.failed > 0 {
        let list = folder.join("failures.csv");
        text += &format!("; causes and commands that repeat them: {}", list.display());
    }
    text += &match complete {
        0 => "\nBalance  no run was complete\n".to_owned(),
        _ => format!("\nBalance  residual at most {:.0e} mg in every run\n", found.residual_mg),
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
fn answers(sweep: &Sweep, digest: &ResultsSummary, width: usize) -> String {
    let skipped =
        |name: &str| matches!(name, "run" | "balance_residual_mg" | "complete" | "implausible");
    let shown = || digest.header.iter().enumerate().filter(|(_, name)| !skipped(name));
    let headings: Vec<String> = columns(sweep)
        .iter()
        .map(crate::sweep::results_table::ResultColumn::display_name)
        .collect();
    let name = |at: usize| headings.get(at).cloned().unwrap_or_default();
    let complete = digest.rows.len() as u64 == digest.count;
    if complete && sweep.plan.design.is_none() {
        let shown_columns: Vec<Column> = shown()
            .map(|(at, _)| {
                let cells = digest.rows.iter().map(|row| short(row.get(at)));
                Column { heading: name(at), cells: cells.collect() }
            })
            .collect();
        let names: Vec<String> = digest.rows.iter().map(|row| short(row.first())).collect();
        return side_by_side(&names, &shown_columns, width);
    }
    let spread =
        || shown().filter_map(|(at, _)| digest.quantiles.get(at)?.as_ref().map(|r| (at, r)));
    let names: Vec<String> = spread().map(|(at, _)| name(at)).collect();
    let column = |heading: &str, of: fn(&ColumnQuantiles) -> f64| Column {
        heading: heading.to_owned(),
        cells: spread().map(|(_, spread)| short(Some(&of(spread).to_string()))).collect(),
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
    summarize(folder, MOST_ROWS, runs).map_or_else(|_| String::new(), |digest| beyond_life(&digest))
}

/// Says which read-outs left what a living person can have, and in how many runs.
fn beyond_life(digest: &ResultsSummary) -> String {
    let at = digest.header.iter().position(|name| name == "implausible");
    let Some(words) = at.and_then(|at| digest.words.get(at)) else { return String::new() };
    let runs = at.and_then(|at| digest.filled.get(at)).copied().unwrap_or_default();
    if runs == 0 {
        return String::new();
    }
    let mut names: Vec<&str> = words.keys().flat_map(|names| names.split_whitespace()).collect();
    names.sort_unstable();
    names.dedup();
    format!(
        "\nBeyond what a living person can have in {} of {} runs: {} (column implausible);\n\
         their numbers are arithmetic, not physiology.\n",
        grouped(runs),
        grouped(digest.count),
        names.join(", ")
    )
}

/// Says plainly where no value meets the condition.
fn unreachable(sweep: &Sweep, digest: &ResultsSummary) -> String {
    let Some(search) = &sweep.search else { return String::new() };
    let at = digest.header.iter().position(|name| name == "answer");
    let count = at.and_then(|at| digest.words.get(at)?.get("not reachable").copied());
    let Some(count) = count else { return String::new() };
    let (low, high) = search.range;
    let (low, high) = (search.number.text(low), search.number.text(high));
    let (name, text) = (&search.dial.key, &search.text);
    let share = format!("{} of {} runs", grouped(count), grouped(digest.count));
    format!("\nNot reachable in {share}: no {name} from {low} to {high} gives {text}.\n")
}

/// A cell with at most four significant digits.
fn short(cell: Option<&String>) -> String {
    let text = cell.map_or("", String::as_str);
    match text.parse::<f64>() {
        Ok(0.0) => "0".to_owned(),
        Ok(number) if number.abs() >= 1e4 => format!("{number:.0}"),
        Ok(number) => format!("{number:.3e}").parse::<f64>().unwrap_or(number).to_string(),
        Err(_) if text.is_empty() => "–".to_owned(),
        Err(_) => text.to_owned(),
    }
}

/// A count in groups of three digits: 9 998.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_counts_are_grouped_and_numbers_short() {
        assert_eq!(grouped(9998), "9\u{202f}998");
        assert_eq!(
            (grouped(12), grouped(1_000_000)),
            ("12".into(), "1\u{202f}000\u{202f}000".into())
        );
        assert_eq!(short(Some(&"0.30000000000000004".to_owned())), "0.3");
        assert_eq!(short(Some(&"found".to_owned())), "found");
        assert_eq!(short(None), "–");
    }
}
