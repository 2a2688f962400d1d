//! The beginning of a table in a folder, also of a damaged one.

use std::path::Path;

use crate::error::failure::StorageFailure;
use crate::storage::place::{inside, open};

/// The first rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredTable {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// True if there are more rows, or rows that cannot be read.
    pub goes_on: bool,
}

/// The first `most` rows of a table; `None` if there is no such file, or nothing in it.
/// Errors: [`StorageFailure::Obstructed`] by a link, a folder or a pipe of that name.
pub(crate) fn beginning(
    folder: &Path,
    name: &str,
    most: usize,
) -> Result<Option<StoredTable>, StorageFailure> {
    let Some(file) = open(&inside(folder, name)?)? else { return Ok(None) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file);
    let mut table = StoredTable::default();
    for record in reader.records() {
        let Ok(record) = record else {
            table.goes_on = true;
            break;
        };
        let cells = record.iter().map(str::to_owned).collect();
        if table.header.is_empty() {
            table.header = cells;
        } else if table.rows.len() == most {
            table.goes_on = true;
            break;
        } else {
            table.rows.push(cells);
        }
    }
    Ok((!table.header.is_empty()).then_some(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_table_is_shown_as_far_as_it_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let read = |bytes: &[u8]| {
            std::fs::write(folder.path().join("t.csv"), bytes).unwrap();
            beginning(folder.path(), "t.csv", 2).unwrap()
        };
        assert_eq!(beginning(folder.path(), "t.csv", 2).unwrap(), None);
        assert_eq!(read(b""), None);
        let table = read(b"a,b\n1,2\n3\n").unwrap();
        assert_eq!((table.rows.len(), table.goes_on), (2, false));
        assert!(read(b"a,b\n1,2\n3,4\n5,6\n").unwrap().goes_on);
        assert!(read(b"a,b\n1,2\n\xff\xfe,4\n").unwrap().goes_on);
    }
}
