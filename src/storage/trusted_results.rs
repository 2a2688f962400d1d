//! The rows of a sweep as far as they can be believed: `results.csv` where it has the hash of its
//! manifest, else the chunks, each of which has a checksum of its own. Some columns of them, for
//! figures; their first rows and the quantiles of every column.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::defect::OrDefect as _;
use crate::error::failure::StorageFailure;
use crate::storage::chunks::{StoredChunk, stored_rows};
use crate::storage::hash::Hash;
use crate::storage::place::{inside, open};
use crate::storage::resume;
use crate::storage::sweep_manifest::SweepManifest;
use crate::sweep::quantile::quantile;
use crate::sweep::results_table::number_in;

const TABLE: &str = "results.csv";

/// Why the rows come from the chunks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Missing,
    /// It is not what the sweep wrote.
    Changed,
}

/// The rows of a sweep's folder.
pub(crate) struct TrustedResults {
    folder: PathBuf,
    header: String,
    /// Hash of what the sweep is.
    identity: Hash,
    chunks: u64,
    /// The fault of the table; `None` if it is as it was written.
    pub fault: Option<Fault>,
}

impl TrustedResults {
    /// Compares the table of a folder with its manifest.
    /// Errors: A manifest that cannot be believed, or a file that cannot be read.
    pub(crate) fn of(folder: &Path) -> Result<Self, StorageFailure> {
        let manifest: SweepManifest = resume::read(folder)?;
        let identity = manifest.identity_hash().map_err(StorageFailure::at(folder))?;
        let written = manifest.hashes.get("results_sha256");
        let fault = match hash_of(&inside(folder, TABLE)?)? {
            None => Some(Fault::Missing),
            Some(hash) => (written != Some(&hash)).then_some(Fault::Changed),
        };
        let (header, chunks) = (manifest.identity.header.clone(), manifest.identity.chunks());
        Ok(Self { folder: folder.to_owned(), header, identity, chunks, fault })
    }

    /// Number of chunks that are not there or damaged, and of all.
    pub(crate) fn missing_chunks(&self) -> Result<(u64, u64), StorageFailure> {
        let mut missing = 0;
        for number in 0..self.chunks {
            let chunk = stored_rows(&self.folder, number, &self.identity)?;
            missing += u64::from(!matches!(chunk, StoredChunk::Whole(_)));
        }
        Ok((missing, self.chunks))
    }

    /// The table from its first line on; rows of chunks that are missing are left out.
    pub(crate) fn read(&self) -> Result<Box<dyn Read>, StorageFailure> {
        let path = inside(&self.folder, TABLE)?;
        if self.fault.is_none()
            && let Some(file) = open(&path)?
        {
            return Ok(Box::new(file));
        }
        Ok(Box::new(ChunkRows {
            folder: self.folder.clone(),
            identity: self.identity.clone(),
            chunks: 0..self.chunks,
            rows: Cursor::new(format!("{}\n", self.header).into_bytes()),
        }))
    }
}

/// The trusted table of a folder, with its path for messages.
fn open_results(folder: &Path) -> Result<(Box<dyn Read>, PathBuf), StorageFailure> {
    Ok((TrustedResults::of(folder)?.read()?, folder.join(TABLE)))
}

/// The hash of a file; `None` if there is none.
fn hash_of(path: &Path) -> Result<Option<Hash>, StorageFailure> {
    let Some(mut file) = open(path)? else { return Ok(None) };
    let (mut hash, mut bytes) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut bytes).map_err(StorageFailure::at(path))?;
        match bytes.get(..read) {
            Some(read) if !read.is_empty() => hash.update(read),
            _ => return Ok(Some(Hash::end(hash))),
        }
    }
}

/// The rows of the stored chunks, one after the other.
struct ChunkRows {
    folder: PathBuf,
    identity: Hash,
    /// Those that are not read yet.
    chunks: std::ops::Range<u64>,
    rows: Cursor<Vec<u8>>,
}

impl Read for ChunkRows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.rows.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(number) = self.chunks.next() else { return Ok(0) };
            let chunk = stored_rows(&self.folder, number, &self.identity);
            let chunk = chunk.map_err(|failure| io::Error::other(failure.to_string()))?;
            if let StoredChunk::Whole(chunk) = chunk {
                self.rows = Cursor::new(chunk.rows.into_bytes());
            }
        }
    }
}

/// The numbers of some columns of the trusted table: for each of `wanted` (headings) one number per slot.
///
/// `slot` says where the number of a run goes, or that it is not wanted; slots without a number
/// hold NaN. Words count as numbers: `true` and `found` 1, `false` and `not reachable` 0,
/// `already holds` 2. Memory: 8 bytes for each slot of each column.
/// Errors: Why the table cannot be read, or which column it does not have.
pub(crate) fn read_columns(
    folder: &Path,
    wanted: &[String],
    slot: &dyn Fn(u64) -> Option<usize>,
    slots: usize,
) -> Result<Vec<Vec<f64>>, StorageFailure> {
    let (table, path) = open_results(folder)?;
    columns_of(table, wanted, slot, slots).map_err(StorageFailure::at(&path))
}

fn columns_of(
    table: impl Read,
    wanted: &[String],
    slot: &dyn Fn(u64) -> Option<usize>,
    slots: usize,
) -> io::Result<Vec<Vec<f64>>> {
    let mut table = csv::Reader::from_reader(table);
    let header = table.headers().map_err(io::Error::other)?.clone();
    let place = |name: &String| {
        let missing = || io::Error::other(format!("there is no column {name}"));
        header.iter().position(|heading| heading == name).ok_or_else(missing)
    };
    let places = wanted.iter().map(place).collect::<Result<Vec<usize>, _>>()?;
    let mut columns = vec![vec![f64::NAN; slots]; wanted.len()];
    let mut row = csv::StringRecord::new();
    while table.read_record(&mut row).map_err(io::Error::other)? {
        let run = row.get(0).and_then(|cell| cell.parse().ok());
        let run = run.ok_or_else(|| io::Error::other("a row without its number"))?;
        let Some(slot) = slot(run) else { continue };
        for (column, place) in columns.iter_mut().zip(&places) {
            *column.get_mut(slot).or_defect("a run outside of its figure") =
                number_in(row.get(*place).or_defect("a row shorter than its table"));
        }
    }
    Ok(columns)
}

/// Columns with more different words are not counted.
const MOST_WORDS: usize = 10;

/// So many values are kept for quantiles, of all columns together.
const MOST_VALUES: u64 = 2_000_000;

/// A summary of the results.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct ResultsSummary {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub count: u64,
    pub quantiles: Vec<Option<ColumnQuantiles>>,
    /// The count of each word in each column; after ten words no further ones are counted.
    pub words: Vec<BTreeMap<String, u64>>,
    /// The number of rows with a value, for each column.
    pub filled: Vec<u64>,
}

/// Quantiles of a column; rows without a number are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ColumnQuantiles {
    pub lowest: f64,
    /// 5 % of the runs are below.
    pub low: f64,
    /// Half of the runs are below.
    pub median: f64,
    /// 95 % of the runs are below.
    pub high: f64,
    pub highest: f64,
}

#[derive(Clone)]
struct ColumnSample {
    lowest: f64,
    highest: f64,
    /// Every so many rows: all in tables of usual size.
    values: Vec<f64>,
}

impl ColumnSample {
    const EMPTY: Self =
        Self { lowest: f64::INFINITY, highest: f64::NEG_INFINITY, values: Vec::new() };

    fn add(&mut self, value: f64, kept: bool) {
        self.lowest = self.lowest.min(value);
        self.highest = self.highest.max(value);
        // A column whose first number stands in a row that is skipped must not stay empty.
        if kept || self.values.is_empty() {
            self.values.push(value);
        }
    }

    fn spread(mut self) -> Option<ColumnQuantiles> {
        if self.values.is_empty() {
            return None;
        }
        self.values.sort_by(f64::total_cmp);
        let at = |share: f64| quantile(&self.values, share);
        let (low, median, high) = (at(0.05), at(0.5), at(0.95));
        Some(ColumnQuantiles { lowest: self.lowest, low, median, high, highest: self.highest })
    }
}

/// Reads the results in a sweep's folder row by row; keeps the first `most` of `expected` rows.
pub(crate) fn summarize(
    folder: &Path,
    most: usize,
    expected: u64,
) -> Result<ResultsSummary, StorageFailure> {
    let (table, path) = open_results(folder)?;
    let failure = StorageFailure::at(&path);
    summary_of(table, most, expected).map_err(|error| failure(io::Error::other(error)))
}

fn summary_of(table: impl Read, most: usize, expected: u64) -> csv::Result<ResultsSummary> {
    let mut table = csv::Reader::from_reader(table);
    let header: Vec<String> = table.headers()?.iter().map(str::to_owned).collect();
    let stride = (expected.saturating_mul(header.len() as u64) / MOST_VALUES).max(1);
    let mut samples = vec![ColumnSample::EMPTY; header.len()];
    let (words, filled) = (vec![BTreeMap::new(); header.len()], vec![0; header.len()]);
    let mut digest = ResultsSummary { header, words, filled, ..ResultsSummary::default() };
    let mut row = csv::StringRecord::new();
    while table.read_record(&mut row)? {
        let kept = digest.count.is_multiple_of(stride);
        digest.count += 1;
        if digest.rows.len() < most {
            digest.rows.push(row.iter().map(str::to_owned).collect());
        }
        let columns = samples.iter_mut().zip(&mut digest.words);
        for (((column, words), filled), cell) in columns.zip(&mut digest.filled).zip(&row) {
            *filled += u64::from(!cell.is_empty());
            if let Ok(value) = cell.parse::<f64>() {
                column.add(value, kept);
            } else if words.len() < MOST_WORDS || words.contains_key(cell) {
                *words.entry(cell.to_owned()).or_default() += 1;
            }
        }
    }
    digest.quantiles = samples.into_iter().map(ColumnSample::spread).collect();
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_to_their_slots() {
        let text = "run,dose,gain,held\n0,1,5.5,true\n1,2,,false\n2,3,7,\n";
        let wanted = ["held".to_owned(), "gain".to_owned()];
        let slot = |run: u64| (run != 2).then(|| 1 - run as usize);
        let columns = columns_of(text.as_bytes(), &wanted, &slot, 3).unwrap();
        assert_eq!(columns[0][..2], [0.0, 1.0]);
        assert!(columns[1][0].is_nan() && columns[1][1] == 5.5 && columns[1][2].is_nan());
        let unknown = columns_of(text.as_bytes(), &["x".to_owned()], &slot, 3).unwrap_err();
        assert!(unknown.to_string().contains("no column x"), "{unknown}");
    }

    #[test]
    fn spreads_leave_out_what_is_no_number_and_count_words() {
        let rows: String = (0..101).map(|run| format!("{run},{},a\n", 2 * run)).collect();
        let text = format!("run,x,word\n{rows}101,,b\n");
        let digest = summary_of(text.as_bytes(), 3, 102).unwrap();
        assert_eq!((digest.count, digest.rows.len()), (102, 3));
        let x = digest.quantiles[1].unwrap();
        assert_eq!(
            (x.lowest, x.low, x.median, x.high, x.highest),
            (0.0, 10.0, 100.0, 190.0, 200.0)
        );
        assert_eq!((digest.words[2]["a"], digest.filled[1]), (101, 101));
        assert_eq!(digest.quantiles[2], None);
    }
}
