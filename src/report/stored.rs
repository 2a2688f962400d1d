//! The page of a folder whose run cannot be repeated: its tables as they are, marked as such.

use crate::report::document::{Block, Column, Document, Table};
use crate::report::{glossary, limits};
use crate::storage::stored_table::StoredTable;
use crate::words::catalogue::message;

/// Longer tables are shown on demand.
const SHORT: usize = 20;

/// The page; `why` says what is missing, `tables` are the files that can be read.
pub(crate) fn document(name: &str, why: &str, tables: &[(&str, StoredTable)]) -> Document {
    let mut document = Document::of_question(name, "");
    document.below = message!(report.below_stored);
    document.notices.push(message!(report.only_stored, why = why));
    let blocks = tables.iter().map(|(file, table)| {
        let block = Block::Table(shown(file, table));
        match table.rows.len() {
            0..=SHORT => block,
            rows => {
                Block::more(message!(report.stored_rows, file = file, rows = rows), vec![block])
            }
        }
    });
    document.section("numbers", message!(report.numbers), blocks.collect());
    document.sections.push(limits::section(false));
    document.sections.push(glossary::section(&document.words()));
    document
}

fn shown(file: &str, table: &StoredTable) -> Table {
    let is_number = |at: usize| {
        let cells =
            || table.rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
        at > 0 && cells().next().is_some() && cells().all(|cell| cell.parse::<f64>().is_ok())
    };
    let columns = table.header.iter().enumerate().map(|(at, name)| Column {
        heading: name.clone(),
        arm: None,
        is_number: is_number(at),
    });
    let caption = match table.goes_on {
        true => message!(report.stored_beginning, file = file),
        false => message!(report.stored_table, file = file),
    };
    Table { caption, columns: columns.collect(), rows: table.rows.clone() }
}
