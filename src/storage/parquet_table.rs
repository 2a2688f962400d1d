//! Rows of a sweep as a Parquet file.

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::sweep::cell::{Cell, CellKind, Column};
use crate::sweep::kept::RunRow;

/// The bytes of a Parquet file with these rows; what is missing is null.
///
/// The file's metadata has the unit of each column under `unit:COLUMN`.
/// Errors: What the writer reports.
pub(crate) fn bytes(columns: &[Column], rows: &[RunRow]) -> io::Result<Vec<u8>> {
    written(columns, rows).map_err(io::Error::other)
}

fn written(columns: &[Column], rows: &[RunRow]) -> Result<Vec<u8>> {
    let unit_of =
        |column: &Column| KeyValue::new(format!("unit:{}", column.name), Some(column.unit.clone()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(crate::about::PROGRAM.to_owned())
        .set_key_value_metadata(Some(columns.iter().map(unit_of).collect()))
        .build();
    let fields = columns.iter().map(field).collect::<Result<_>>()?;
    let schema = Type::group_type_builder("runs").with_fields(fields).build()?;
    let mut file = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut file, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (at, column) in columns.iter().enumerate() {
        let cells = rows.iter().map(|row| row.cells.get(at).unwrap_or(&Cell::Missing));
        if let Some(sink) = group.next_column()? {
            write_column(sink, column.kind, cells)?;
        }
    }
    group.close()?;
    writer.close()?;
    Ok(file)
}

/// The type of a column; every column may have nulls.
fn field(column: &Column) -> Result<TypePtr> {
    let (physical, logical) = match column.kind {
        CellKind::Whole => (Physical::INT64, Some(LogicalType::integer(64, false))),
        CellKind::Number => (Physical::DOUBLE, None),
        CellKind::Truth => (Physical::BOOLEAN, None),
        CellKind::Word => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let builder = Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL);
    builder.build().map(Arc::new)
}

fn write_column<'a>(
    sink: SerializedColumnWriter<'_>,
    kind: CellKind,
    cells: impl Iterator<Item = &'a Cell>,
) -> Result<()> {
    match kind {
        CellKind::Whole => write_values::<Int64Type>(sink, cells, |cell| match cell {
            Cell::Whole(number) => Some(number.cast_signed()), // the logical type is unsigned
            _ => None,
        }),
        CellKind::Number => write_values::<DoubleType>(sink, cells, |cell| match cell {
            Cell::Number(number) => Some(*number),
            _ => None,
        }),
        CellKind::Truth => write_values::<BoolType>(sink, cells, |cell| match cell {
            Cell::Truth(truth) => Some(*truth),
            _ => None,
        }),
        CellKind::Word => write_values::<ByteArrayType>(sink, cells, |cell| match cell {
            Cell::Word(word) => Some(ByteArray::from(word.as_str())),
            _ => None,
        }),
    }
}

/// Writes the values that are there, with definition level 1, and a null for each other cell.
fn write_values<'a, T: DataType>(
    mut sink: SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<()> {
    let all: Vec<Option<T::T>> = cells.map(value).collect();
    let levels: Vec<i16> = all.iter().map(|value| i16::from(value.is_some())).collect();
    let present: Vec<T::T> = all.into_iter().flatten().collect();
    sink.typed::<T>().write_batch(&present, Some(&levels), None)?;
    sink.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use std::fs::File;
    use std::io::Write as _;

    fn column(name: &str, unit: &str, kind: CellKind) -> Column {
        Column { name: name.into(), unit: unit.into(), kind, meaning: String::new() }
    }

    fn field_of(cell: &Cell) -> Field {
        match cell {
            Cell::Whole(number) => Field::ULong(*number),
            Cell::Number(number) => Field::Double(*number),
            Cell::Truth(truth) => Field::Bool(*truth),
            Cell::Word(word) => Field::Str(word.clone()),
            Cell::Missing => Field::Null,
        }
    }

    fn reader(bytes: &[u8]) -> SerializedFileReader<File> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        SerializedFileReader::new(file).unwrap()
    }

    #[test]
    fn a_table_reads_back_with_its_values_nulls_and_units() {
        let columns = [
            column("run", "1", CellKind::Whole),
            column("cac_agatston", "AU", CellKind::Number),
            column("complete", "1", CellKind::Truth),
            column("sex", "1", CellKind::Word),
        ];
        let word = |word: &str| Cell::Word(word.to_owned());
        let (whole, number, truth) = (Cell::Whole, Cell::Number, Cell::Truth);
        let cells = [
            vec![whole(0), number(0.1 + 0.2), truth(true), word("female")],
            vec![whole(u64::MAX), Cell::Missing, truth(false), word("µ, \"quoted\"\n")],
            vec![whole(7), number(-f64::MIN_POSITIVE), Cell::Missing, Cell::Missing],
        ];
        let rows =
            cells.clone().map(|cells| RunRow { run: 0, cells, residual_mg: 0.0, failure: None });
        let file = reader(&bytes(&columns, &rows).unwrap());
        let read: Vec<Vec<Field>> = file
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect())
            .collect();
        assert_eq!(read, cells.map(|row| row.iter().map(field_of).collect::<Vec<_>>()));
        let metadata = file.metadata().file_metadata();
        let units: Vec<_> = metadata.key_value_metadata().unwrap().iter().collect();
        assert_eq!(units[1], &KeyValue::new("unit:cac_agatston".into(), Some("AU".into())));
        assert_eq!(units.len(), columns.len());
        let empty = reader(&bytes(&columns, &[]).unwrap());
        assert_eq!(empty.metadata().file_metadata().num_rows(), 0);
    }
}
