//! Looks through `results.csv`: its first rows, and the range of every column.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use crate::error::failure::StorageFailure;

/// Columns with more different words are not counted.
const MOST_WORDS: usize = 10;

/// What stands in `results.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// Headings.
    pub header: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are.
    pub count: u64,
    /// The range of each column of numbers.
    pub ranges: Vec<Option<Range>>,
    /// How often each word stands in each column; columns of more than ten words are left out.
    pub words: Vec<BTreeMap<String, u64>>,
}

/// The range of a column; rows without a number are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Smallest.
    pub lowest: f64,
    /// Mean.
    pub mean: f64,
    /// Largest.
    pub highest: f64,
    count: f64,
}

impl Range {
    fn with(before: Option<Self>, value: f64) -> Self {
        let Some(Self { lowest, mean, highest, count }) = before else {
            return Self { lowest: value, mean: value, highest: value, count: 1.0 };
        };
        let count = count + 1.0;
        let mean = mean + (value - mean) / count;
        Self { lowest: lowest.min(value), mean, highest: highest.max(value), count }
    }
}

/// Reads `results.csv` of a sweep's folder row by row; keeps the first `most` rows.
///
/// # Errors
/// Why it cannot be read.
pub fn digest(folder: &Path, most: usize) -> Result<Digest, StorageFailure> {
    let path = folder.join("results.csv");
    let failure = |source| StorageFailure::new(&path, source);
    let broken = |error: csv::Error| failure(std::io::Error::other(error));
    let mut table = csv::Reader::from_reader(File::open(&path).map_err(failure)?);
    let header: Vec<String> = table.headers().map_err(broken)?.iter().map(str::to_owned).collect();
    let (ranges, words) = (vec![None; header.len()], vec![BTreeMap::new(); header.len()]);
    let mut digest = Digest { header, ranges, words, ..Digest::default() };
    let mut row = csv::StringRecord::new();
    while table.read_record(&mut row).map_err(broken)? {
        digest.count += 1;
        if digest.rows.len() < most {
            digest.rows.push(row.iter().map(str::to_owned).collect());
        }
        let columns = digest.ranges.iter_mut().zip(&mut digest.words);
        for ((range, words), cell) in columns.zip(&row) {
            if let Ok(value) = cell.parse::<f64>() {
                *range = Some(Range::with(*range, value));
            } else if words.len() <= MOST_WORDS {
                *words.entry(cell.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(digest)
}
