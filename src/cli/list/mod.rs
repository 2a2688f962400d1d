//! `calcifate list`: the tables inside the program, as aligned text or JSON.

mod body;
mod numbers;
mod spellings;

use serde_json::{Map, Value, json};

use crate::cli::arguments::{ListArguments, TableName};
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::table::{self, Align};
use crate::cli::terminal::Terminal;
use crate::scenario::claims::GRAMMAR;
use crate::units::amount::unit_for_people;

/// A table to print: headings, rows and what to know about it.
#[derive(Debug)]
pub(crate) struct Listing {
    /// Names of the columns with `|` between them, `>` before those of numbers; the last may be long.
    pub heading: &'static str,
    pub rows: Vec<Vec<String>>,
    /// Remark below the table; one or more lines.
    pub footer: &'static str,
}

/// Name and alignment of each column of a heading.
fn columns(heading: &str) -> Vec<(&str, Align)> {
    let column = |name| match str::strip_prefix(name, '>') {
        Some(name) => (name, Align::Right),
        None => (name, Align::Left),
    };
    heading.split('|').map(column).collect()
}

/// Prints a table, or those of its rows that contain the filter.
pub(crate) fn list(arguments: &ListArguments, terminal: &Terminal) -> CommandResult {
    let mut listing = match arguments.table {
        TableName::Parameters => numbers::parameters(),
        TableName::Sources => numbers::sources(),
        TableName::Foods => numbers::foods(),
        TableName::Inputs => body::inputs(),
        TableName::Readouts => body::read_outs(),
        TableName::Figures => spellings::figures(),
        TableName::Units => spellings::units(),
        TableName::Claims => spellings::claims(),
        TableName::Lessons => spellings::lessons(),
    };
    let all = listing.rows.len();
    if let Some(filter) = &arguments.filter {
        let filter = filter.to_lowercase();
        listing.rows.retain(|row| row.iter().any(|cell| cell.to_lowercase().contains(&filter)));
    }
    if arguments.answer.json {
        terminal.result(&document(&listing));
        return Ok(ExitStatus::Success);
    }
    if arguments.table == TableName::Claims && arguments.filter.is_none() {
        // Columns would break the lines of a grammar.
        terminal.result(GRAMMAR);
        terminal.remark(listing.footer);
        return Ok(ExitStatus::Success);
    }
    let shown = listing.rows.len();
    if shown == 0 && all > 0 {
        let filter = arguments.filter.as_deref().unwrap_or_default();
        let message = format!("none of the {all} rows contains \"{filter}\"");
        return Err(CommandError::bad_input(message));
    }
    let heading = listing.heading.replace(" ug", " µg");
    let columns = columns(&heading);
    for row in &mut listing.rows {
        for (cell, _) in row.iter_mut().zip(&columns).filter(|(_, (name, _))| *name == "unit") {
            *cell = unit_for_people(cell);
        }
    }
    terminal.result(&table::list(&columns, &listing.rows, terminal.list_width()));
    let count =
        if shown == all { format!("{all} rows.") } else { format!("{shown} of {all} rows.") };
    terminal.remark(&format!("{count} {}", listing.footer));
    Ok(ExitStatus::Success)
}

/// One object per row; cells that are numbers become numbers.
fn document(listing: &Listing) -> String {
    let columns = columns(listing.heading);
    let object = |row: &Vec<String>| -> Map<String, Value> {
        let cells = columns.iter().zip(row);
        cells
            .map(|((name, align), cell)| {
                let number = cell.parse::<f64>().ok().filter(|_| *align == Align::Right);
                let text = || if cell.is_empty() { Value::Null } else { json!(cell) };
                ((*name).replace(' ', "_"), number.map_or_else(text, |number| json!(number)))
            })
            .collect()
    };
    let rows: Vec<_> = listing.rows.iter().map(object).collect();
    format!("{:#}\n", json!(rows))
}

/// A range as two numbers, or nothing.
fn range(low: Option<f64>, high: Option<f64>) -> String {
    use crate::units::number::exact;
    match (low, high) {
        (None, None) => String::new(),
        (Some(low), Some(high)) => format!("{} to {}", exact(low), exact(high)),
        (Some(low), None) => format!("{} or more", exact(low)),
        (None, Some(high)) => format!("{} or less", exact(high)),
    }
}
