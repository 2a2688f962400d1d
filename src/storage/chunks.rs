//! Finished chunks of a sweep: text files with a checksum of their own.
//!
//! ```text
//! # calcifate chunk 3, sha256 …          of everything below
//! # sweep …                              hash of what the sweep is
//! # failed 0, residual_mg 3e-7, parquet …
//! 48,0,…                                 rows of results.csv
//! # courses                              only where the sweep keeps time courses
//! 48,usual,0,…                           rows of courses.csv
//! # failures
//! 51,"arm usual: …","calcifate run …"    rows of failures.csv
//! ```

use std::io;
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::printed::cell;
use crate::storage::hash::Hash;
use crate::storage::place::read;
use crate::storage::tables::text_of;
use crate::sweep::results_table::CellValue;
use crate::sweep::run_record::RunRow;
use crate::units::number::exact;

const FAILURES: &str = "# failures\n";
const COURSES: &str = "# courses\n";

/// A stored chunk.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chunk {
    pub number: u64,
    /// Hash of what the sweep is.
    pub identity: String,
    /// The number of its runs that failed.
    pub failed: u64,
    /// The largest residual of a calcium balance \[mg\].
    pub residual_mg: f64,
    /// Hash of its Parquet files, one after the other; `-` if there is none.
    pub parquet: String,
    /// Rows of `results.csv`.
    pub rows: String,
    /// Rows of `courses.csv`.
    pub courses: String,
    /// Rows of `failures.csv`.
    pub failures: String,
}

impl Chunk {
    /// The chunk of these runs; `command` gives the command that repeats a failed run.
    pub(crate) fn of(
        number: u64,
        identity: &str,
        rows: &[RunRow],
        parquet: String,
        command: &dyn Fn(&RunRow) -> String,
    ) -> io::Result<Self> {
        let cells = rows.iter().map(|row| row.cells.iter().map(CellValue::text).collect());
        let courses = rows.iter().flat_map(|row| &row.courses);
        let courses = courses.map(|row| row.iter().map(CellValue::text).collect());
        let failed: Vec<(&RunRow, &str)> =
            rows.iter().filter_map(|row| Some((row, row.failure.as_deref()?))).collect();
        let failures = failed.iter().map(|(row, cause)| {
            vec![row.run.to_string(), cell(cause).into_owned(), cell(&command(row)).into_owned()]
        });
        Ok(Self {
            number,
            identity: identity.to_owned(),
            failed: failed.len() as u64,
            residual_mg: rows.iter().filter_map(|row| row.residual_mg).fold(0.0, f64::max),
            parquet,
            rows: csv_text(cells)?,
            courses: csv_text(courses)?,
            failures: csv_text(failures)?,
        })
    }

    pub(crate) fn text(&self) -> String {
        let mark = if self.courses.is_empty() { "" } else { COURSES };
        let body = format!(
            "# sweep {}\n# failed {}, residual_mg {}, parquet {}\n{}{mark}{}{FAILURES}{}",
            self.identity,
            self.failed,
            exact(self.residual_mg),
            self.parquet,
            self.rows,
            self.courses,
            self.failures
        );
        format!("# calcifate chunk {}, sha256 {}\n{body}", self.number, Hash::of(&body).digits())
    }

    /// Reads a chunk; `None` if its text is not exactly what was written.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (first, body) = text.split_once('\n')?;
        let (number, hash) = first.strip_prefix("# calcifate chunk ")?.split_once(", sha256 ")?;
        if hash != Hash::of(body).digits() {
            return None;
        }
        let (identity, rest) = body.strip_prefix("# sweep ")?.split_once('\n')?;
        let (counts, rest) = rest.split_once('\n')?;
        let (failed, counts) = counts.strip_prefix("# failed ")?.split_once(", residual_mg ")?;
        let (residual, parquet) = counts.split_once(", parquet ")?;
        let (rows, failures) = split_at(rest, FAILURES)?;
        let (rows, courses) = split_at(rows, COURSES).unwrap_or((rows, ""));
        Some(Self {
            number: number.parse().ok()?,
            identity: identity.to_owned(),
            failed: failed.parse().ok()?,
            residual_mg: residual.parse().ok()?,
            parquet: parquet.to_owned(),
            rows: rows.to_owned(),
            courses: courses.to_owned(),
            failures: failures.to_owned(),
        })
    }
}

/// The state of a chunk's files.
pub(crate) enum StoredChunk {
    Whole(Box<Chunk>),
    Missing,
    /// The file that is not as it was written, or lacks.
    Damaged(PathBuf),
}

/// The rows of a chunk of the sweep with this identity, whatever its Parquet files are like.
pub(crate) fn stored_rows(
    folder: &Path,
    number: u64,
    identity: &Hash,
) -> Result<StoredChunk, StorageFailure> {
    let name = Path::new("chunks").join(file_name(number));
    let Some(bytes) = read(folder, &name)? else { return Ok(StoredChunk::Missing) };
    let chunk = String::from_utf8(bytes).ok().and_then(|text| Chunk::read(&text));
    let is_ours = |c: &Chunk| c.number == number && c.identity == identity.digits();
    Ok(match chunk.filter(is_ours) {
        Some(chunk) => StoredChunk::Whole(Box::new(chunk)),
        None => StoredChunk::Damaged(folder.join(name)),
    })
}

/// What stands before a mark and behind it. Rows begin with a number, so that no mark can stand among them.
fn split_at<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    if let Some(behind) = text.strip_prefix(mark) {
        return Some(("", behind));
    }
    let at = text.find(&format!("\n{mark}"))? + 1;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

fn csv_text(rows: impl Iterator<Item = Vec<String>>) -> io::Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    for row in rows {
        table.write_record(row)?;
    }
    text_of(table)
}

pub(crate) fn file_name(number: u64) -> String {
    format!("{number:06}.csv")
}

/// Where a chunk's Parquet files stand in the folder: that of its runs, then that of their time courses.
pub(crate) fn parquet_files(number: u64, courses: bool) -> impl Iterator<Item = PathBuf> {
    let runs = Path::new("parquet").join(format!("runs-{number:06}.parquet"));
    let courses =
        courses.then(|| Path::new("courses_parquet").join(format!("courses-{number:06}.parquet")));
    std::iter::once(runs).chain(courses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(failures: bool) -> Chunk {
        let row = |run: u64| RunRow {
            run,
            cells: vec![
                CellValue::Whole(run),
                CellValue::Number(0.1 + 0.2),
                CellValue::Word("a,\"b\"\n".into()),
            ],
            residual_mg: Some(1e-7),
            failure: failures.then(|| "broke,\nbadly\n# failures\n".to_owned()),
            courses: vec![vec![CellValue::Whole(run), CellValue::Word("a".into())]; 2],
        };
        Chunk::of(3, "abc", &[row(48), row(49)], "-".into(), &|_| "calcifate run".into()).unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        for chunk in [chunk(false), chunk(true)] {
            assert_eq!(Chunk::read(&chunk.text()), Some(chunk));
        }
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let text = chunk(true).text();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let read = Chunk::read(&changed);
            // Only the number stands outside the checksum; the folder compares it with the name.
            assert!(read.is_none_or(|read| read.number != 3), "byte {at}");
            assert_eq!(Chunk::read(&text[..at]), None, "cut at {at}");
        }
    }
}
