//! Summarizes the results of a sweep: its first rows, and the quantiles of every column.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::error::failure::StorageFailure;
use crate::storage::trusted_results::open_results;
use crate::sweep::quantile::quantile;

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
    summary_of(table, most, expected).map_err(|error| failure(std::io::Error::other(error)))
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
