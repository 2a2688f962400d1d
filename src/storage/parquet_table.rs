//! A table of a sweep as a Parquet file.

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::about::{MODEL_VERSION, PROGRAM};
use crate::error::defect::OrDefect as _;
use crate::sweep::results_table::{CellValue, ColumnType, ResultColumn};

/// The bytes of a Parquet file with these rows; what is missing is null.
///
/// The file's metadata has the unit of each column under `unit:COLUMN`, and the version of the
/// equations under `model`.
/// A CSV has neither: a line of comment would break its readers, so they stand in its headings and in
/// the manifest beside it.
/// Errors: What the writer reports.
pub(crate) fn bytes(columns: &[ResultColumn], rows: &[&[CellValue]]) -> io::Result<Vec<u8>> {
    written(columns, rows).map_err(io::Error::other)
}

fn written(columns: &[ResultColumn], rows: &[&[CellValue]]) -> Result<Vec<u8>> {
    let unit_of = |column: &ResultColumn| {
        KeyValue::new(format!("unit:{}", column.name), Some(column.unit.clone()))
    };
    let model = KeyValue::new("model".to_owned(), Some(MODEL_VERSION.to_owned()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(PROGRAM.to_owned())
        .set_key_value_metadata(Some(columns.iter().map(unit_of).chain([model]).collect()))
        .build();
    let fields = columns.iter().map(field).collect::<Result<_>>()?;
    let schema = Type::group_type_builder("runs").with_fields(fields).build()?;
    let mut file = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut file, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (at, column) in columns.iter().enumerate() {
        let cells = rows.iter().map(|row| row.get(at).or_defect("a row shorter than its table"));
        if let Some(sink) = group.next_column()? {
            write_column(sink, column.kind, cells)?;
        }
    }
    group.close()?;
    writer.close()?;
    Ok(file)
}

/// The type of a column; every column may have nulls.
fn field(column: &ResultColumn) -> Result<TypePtr> {
    let (physical, logical) = match column.kind {
        ColumnType::Whole => (Physical::INT64, Some(LogicalType::integer(64, false))),
        ColumnType::Number => (Physical::DOUBLE, None),
        ColumnType::Truth => (Physical::BOOLEAN, None),
        ColumnType::Word => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let builder = Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL);
    builder.build().map(Arc::new)
}

fn write_column<'a>(
    sink: SerializedColumnWriter<'_>,
    kind: ColumnType,
    cells: impl Iterator<Item = &'a CellValue>,
) -> Result<()> {
    match kind {
        // The logical type is unsigned.
        ColumnType::Whole => {
            write_values::<Int64Type>(sink, cells, |cell| cell.whole().map(u64::cast_signed))
        }
        ColumnType::Number => write_values::<DoubleType>(sink, cells, CellValue::number),
        ColumnType::Truth => write_values::<BoolType>(sink, cells, CellValue::truth),
        ColumnType::Word => {
            write_values::<ByteArrayType>(sink, cells, |cell| cell.word().map(ByteArray::from))
        }
    }
}

/// Writes the values that are there, with definition level 1, and a null for each other cell.
fn write_values<'a, T: DataType>(
    mut sink: SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a CellValue>,
    value: impl Fn(&CellValue) -> Option<T::T>,
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

    fn column(name: &str, unit: &str, kind: ColumnType) -> ResultColumn {
        ResultColumn::new(name, kind, unit, "")
    }

    fn field_of(cell: &CellValue) -> Field {
        match cell {
            CellValue::Whole(number) => Field::ULong(*number),
            CellValue::Number(number) => Field::Double(*number),
            CellValue::Truth(truth) => Field::Bool(*truth),
            CellValue::Word(word) => Field::Str(word.clone()),
            CellValue::Missing => Field::Null,
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
            column("run", "1", ColumnType::Whole),
            column("cac_agatston", "AU", ColumnType::Number),
            column("complete", "1", ColumnType::Truth),
            column("sex", "1", ColumnType::Word),
        ];
        let word = |word: &str| CellValue::Word(word.to_owned());
        let (whole, number, truth) = (CellValue::Whole, CellValue::Number, CellValue::Truth);
        let cells = [
            vec![whole(0), number(0.1 + 0.2), truth(true), word("female")],
            vec![whole(u64::MAX), CellValue::Missing, truth(false), word("µ, \"quoted\"\n")],
            vec![whole(7), number(-f64::MIN_POSITIVE), CellValue::Missing, CellValue::Missing],
        ];
        let rows: Vec<&[CellValue]> = cells.iter().map(Vec::as_slice).collect();
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
        assert_eq!(units.len(), columns.len() + 1);
        assert_eq!(units[4], &KeyValue::new("model".into(), Some(MODEL_VERSION.into())));
        let empty = reader(&bytes(&columns, &[]).unwrap());
        assert_eq!(empty.metadata().file_metadata().num_rows(), 0);
    }
}
