//! Reads some columns of the results of a sweep, row by row, for figures.

use std::io;
use std::path::Path;

use crate::error::defect::OrDefect as _;
use crate::error::failure::StorageFailure;
use crate::storage::trusted_results::open_results;
use crate::sweep::results_table::number_in;

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
    table: impl io::Read,
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
}
