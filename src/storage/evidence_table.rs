//! Evidence tables as CSV files: those of users are read, those of predictions written.

use std::io::{self, Write};

use crate::error::problem::Problem;
use crate::evidence::trial::Trial;
use crate::evidence::{self, Record};

/// The trials of a file of a user, with its name for messages.
/// Errors: Everything that is wrong with it, by row and column.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<Trial>, Vec<Problem>> {
    let refuse = |message: String| vec![Problem::without_span(message, "")];
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = reader.headers().map(cells).map_err(|error| refuse(format!("{file}: {error}")))?;
    let mut records: Vec<Record> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| refuse(format!("{file}: {error}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        records.push((line, cells(&record)));
    }
    evidence::read(file, &header, &records)
}

/// Rows under their headings.
/// Errors: What the writer reports.
pub(crate) fn write_rows(
    headings: &[&str],
    rows: &[Vec<String>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(headings)?;
    for row in rows {
        table.write_record(row)?;
    }
    table.flush()
}
