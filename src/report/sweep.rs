//! The page of a sweep: its question, its figures, its table.

use crate::charts::chart::Chart;
use crate::error::defect::OrDefect as _;
use crate::physiology::quantities::quantity;
use crate::report::document::{Block, Column, Document, Figure, Table, paragraphs};
use crate::report::finished;
use crate::storage::trusted_results::{ColumnQuantiles, ResultsSummary};
use crate::sweep::Sweep;
use crate::sweep::evaluation::columns;
use crate::sweep::outcomes::Outcome;
use crate::sweep::results_table::ResultColumn;
use crate::units::amount::unit_for_people;
use crate::words::catalogue::message;
use crate::words::names::{self, inside};
use crate::words::numbers::{count, short};
use crate::words::people;

/// Sweeps with more rows are shown by their spread.
pub(crate) const MOST_ROWS: usize = 30;

/// The page of a finished sweep with its answer; `digest` is the beginning of its table.
pub(crate) fn document(
    sweep: &Sweep,
    charts: Vec<(String, Chart)>,
    digest: &ResultsSummary,
    answer: &[String],
    texts: &[(String, String)],
) -> Document {
    let arms = sweep.arms(&sweep.base).unwrap_or_default();
    let sets = people::hypotheses(&arms);
    let mut charts = charts.into_iter();
    let mut document = Document::of_question(&sweep.title, &sweep.question);
    document.below = message!(
        report.below_sweep,
        runs = count(sweep.plan.runs()),
        person = people::person(&arms),
        sets
    );
    let notes = [unreachable(sweep, digest), implausible_runs(digest)];
    document.notices.extend(notes.iter().flatten().flat_map(|note| paragraphs(note)));
    document.answer.extend(answer.iter().flat_map(|text| paragraphs(text)));
    document.figure = charts.next().map(|(name, chart)| Figure { name, chart });
    let further = charts.map(|(name, chart)| Block::figure(name, chart)).collect();
    document.section("figures", message!(report.figures), further);
    let numbers = vec![Block::Table(table(results(sweep, digest)))];
    document.section("numbers", message!(report.numbers), numbers);
    let file = texts.first().map_or("", |(name, _)| name);
    let command = format!("calcifate sweep {}", crate::printed::shell_path(file));
    finished(document, &sets, true, command, texts)
}

fn table(Results { corner, names, columns }: Results) -> Table {
    let mut rows: Vec<Vec<String>> = names.into_iter().map(|name| vec![name]).collect();
    let mut heads = vec![Column::words(corner)];
    for (heading, cells) in columns {
        heads.push(Column::numbers(heading));
        rows.iter_mut().zip(cells).for_each(|(row, cell)| row.push(cell));
    }
    Table { caption: message!(report.sweep_table), columns: heads, rows }
}

/// Results of a sweep as they are shown: rows with names, columns with headings.
pub(crate) struct Results {
    /// The word for the names.
    pub corner: String,
    pub names: Vec<String>,
    pub columns: Vec<(String, Vec<String>)>,
}

/// The name of a column with its unit, as people read both.
fn headed(sweep: &Sweep, column: &ResultColumn) -> String {
    let of = |outcome: &&Outcome| outcome.column().name == column.name;
    let unit = sweep.outcomes.iter().find(of).map_or(column.unit.as_str(), Outcome::shown_unit);
    names::heading_in(&column.name, &column.unit, unit)
}

/// Every row of a small sweep; the spread of each column of a large one.
pub(crate) fn results(sweep: &Sweep, digest: &ResultsSummary) -> Results {
    let skipped =
        |name: &str| matches!(name, "run" | "balance_residual_mg" | "complete" | "implausible");
    let shown = || digest.header.iter().enumerate().filter(|(_, name)| !skipped(name));
    let all = columns(sweep);
    let name = |at: usize| all.get(at).map_or_else(String::new, |column| headed(sweep, column));
    let complete = digest.rows.len() as u64 == digest.count;
    if complete && sweep.plan.design.is_none() {
        let shown = shown().map(|(at, _)| {
            let cells = digest.rows.iter().map(|row| cell_text(row.get(at)));
            (name(at), cells.collect())
        });
        let names = digest.rows.iter().map(|row| cell_text(row.first())).collect();
        return Results { corner: message!(report.run), names, columns: shown.collect() };
    }
    let spread =
        || shown().filter_map(|(at, _)| digest.quantiles.get(at)?.as_ref().map(|r| (at, r)));
    let names: Vec<String> = spread().map(|(at, _)| name(at)).collect();
    let column = |heading: &str, of: fn(&ColumnQuantiles) -> f64| {
        let cells: Vec<String> = spread().map(|(_, spread)| short(of(spread), 4)).collect();
        (heading.to_owned(), cells)
    };
    let quantiles = [
        column("lowest", |spread| spread.lowest),
        column("5 %", |spread| spread.low),
        column("median", |spread| spread.median),
        column("95 %", |spread| spread.high),
        column("highest", |spread| spread.highest),
    ];
    Results { corner: message!(report.quantity), names, columns: quantiles.into() }
}

/// Says which read-outs left what a living person can have, and in how many runs.
pub(crate) fn implausible_runs(digest: &ResultsSummary) -> Option<String> {
    let at = digest.header.iter().position(|name| name == "implausible");
    let words = at.and_then(|at| digest.words.get(at))?;
    let runs = *at.and_then(|at| digest.filled.get(at)).or_defect("a column without a count");
    if runs == 0 {
        return None;
    }
    let mut names: Vec<&str> = words.keys().flat_map(|names| names.split_whitespace()).collect();
    names.sort_unstable();
    names.dedup();
    let label = |name: &&str| quantity(name).map_or((*name).to_owned(), |row| inside(row.label));
    Some(format!(
        "Beyond what a living person can have in {} of {} runs: {} (column implausible);\n\
         their numbers are arithmetic, not physiology.",
        count(runs),
        count(digest.count),
        names.iter().map(label).collect::<Vec<_>>().join(", ")
    ))
}

/// Says plainly where no value meets the condition.
pub(crate) fn unreachable(sweep: &Sweep, digest: &ResultsSummary) -> Option<String> {
    let search = sweep.search.as_ref()?;
    let at = digest.header.iter().position(|name| name == "answer");
    let unreached = at.and_then(|at| digest.words.get(at)?.get("not reachable").copied())?;
    let (low, high) = search.range;
    let written = |value| unit_for_people(&search.number.text(value));
    let (low, high) = (written(low), written(high));
    let (label, wanted) = (search.dial.label(&[]), names::condition(&search.text));
    let share = format!("{} of {} runs", count(unreached), count(digest.count));
    Some(format!("Not reachable in {share}: {label} from {low} to {high} never gives {wanted}."))
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
