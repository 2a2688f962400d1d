//! Rows of a sweep as a Parquet file, where the program is built with that feature.

use std::io;

use crate::sweep::results_table::ResultColumn;
use crate::sweep::run_record::RunRow;

/// The bytes of a Parquet file with these rows; `None` if the program is built without Parquet.
///
/// # Errors
/// The error of the writer.
#[cfg(not(feature = "parquet"))]
pub(crate) fn bytes(_columns: &[ResultColumn], _rows: &[RunRow]) -> io::Result<Option<Vec<u8>>> {
    Ok(None)
}

/// The bytes of a Parquet file with these rows; `None` if the program is built without Parquet.
/// Errors: What the writer reports.
#[cfg(feature = "parquet")]
pub(crate) fn bytes(columns: &[ResultColumn], rows: &[RunRow]) -> io::Result<Option<Vec<u8>>> {
    use arrow_array::RecordBatch;
    use arrow_schema::{Field, Schema};
    use parquet::arrow::ArrowWriter;
    use parquet::basic::{Compression, ZstdLevel};
    use parquet::file::properties::WriterProperties;
    use std::sync::Arc;

    let arrays: Vec<_> = (0..).zip(columns).map(|(at, column)| array(column, at, rows)).collect();
    let fields: Vec<Field> = columns
        .iter()
        .zip(&arrays)
        .map(|(column, array)| {
            let unit = ("unit".to_owned(), column.unit.clone());
            Field::new(&column.name, array.data_type().clone(), true)
                .with_metadata(std::collections::HashMap::from([unit]))
        })
        .collect();
    let batch =
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(io::Error::other)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(crate::about::PROGRAM.to_owned())
        .build();
    let mut file = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), Some(properties))
        .map_err(io::Error::other)?;
    writer.write(&batch).map_err(io::Error::other)?;
    writer.close().map_err(io::Error::other)?;
    Ok(Some(file))
}

/// One column of all rows; what is missing is null.
#[cfg(feature = "parquet")]
fn array(column: &ResultColumn, at: usize, rows: &[RunRow]) -> arrow_array::ArrayRef {
    use crate::sweep::results_table::{CellValue, ColumnType};
    use arrow_array::{BooleanArray, Float64Array, StringArray, UInt64Array};
    use std::sync::Arc;

    let cells = rows.iter().map(|row| row.cells.get(at).unwrap_or(&CellValue::Missing));
    match column.kind {
        ColumnType::Whole => Arc::new(UInt64Array::from_iter(cells.map(|cell| match cell {
            CellValue::Whole(number) => Some(*number),
            _ => None,
        }))),
        ColumnType::Number => Arc::new(Float64Array::from_iter(cells.map(|cell| match cell {
            CellValue::Number(number) => Some(*number),
            _ => None,
        }))),
        ColumnType::Truth => Arc::new(BooleanArray::from_iter(cells.map(|cell| match cell {
            CellValue::Truth(truth) => Some(*truth),
            _ => None,
        }))),
        ColumnType::Word => Arc::new(StringArray::from_iter(cells.map(|cell| match cell {
            CellValue::Word(word) => Some(word.as_str()),
            _ => None,
        }))),
    }
}
