//! Tables as Arrow record batches, handed over by the PyCapsule interface without a copy.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use calcifate::ColumnValues;
use pyo3::exceptions::{PyKeyError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

/// Columns with their units and meanings.
#[pyclass(frozen, module = "calcifate._core")]
pub(crate) struct Table {
    batch: RecordBatch,
}

/// A column of a table that is made here.
pub(crate) struct Column {
    pub name: String,
    pub unit: String,
    pub meaning: String,
    pub values: ArrayRef,
}

impl Table {
    /// A table of columns, with what is known of it.
    pub(crate) fn of(columns: Vec<Column>, facts: HashMap<String, String>) -> PyResult<Self> {
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns
            .into_iter()
            .map(|column| {
                let Column { name, unit, meaning, values } = column;
                let about = [("unit", unit), ("meaning", meaning)];
                let about = about.map(|(key, text)| (key.to_owned(), text));
                let field = Field::new(name, values.data_type().clone(), true);
                (field.with_metadata(HashMap::from(about)), values)
            })
            .unzip();
        let schema = Schema::new(fields).with_metadata(facts);
        let batch = RecordBatch::try_new(Arc::new(schema), arrays).map_err(unmade)?;
        Ok(Self { batch })
    }

    /// A table of the library.
    pub(crate) fn from_library(table: &calcifate::Table) -> PyResult<Self> {
        let columns = table.columns().iter().enumerate().map(|(position, column)| Column {
            name: column.name.clone(),
            unit: column.unit.clone(),
            meaning: column.meaning.clone(),
            values: array(table.values(position).unwrap_or(ColumnValues::Word(Vec::new()))),
        });
        Self::of(columns.collect(), HashMap::new())
    }

    fn column(&self, name: &str) -> PyResult<&ArrayRef> {
        self.batch.column_by_name(name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }

    /// A text of the metadata of every column.
    fn told(&self, key: &str) -> HashMap<String, String> {
        let schema = self.batch.schema();
        let fields = schema.fields().iter();
        let told = fields.map(|field| {
            (field.name().clone(), field.metadata().get(key).cloned().unwrap_or_default())
        });
        told.collect()
    }
}

fn array(values: ColumnValues) -> ArrayRef {
    match values {
        ColumnValues::Whole(values) => {
            let values =
                values.into_iter().map(|value| value.and_then(|value| value.try_into().ok()));
            Arc::new(Int64Array::from(values.collect::<Vec<Option<i64>>>()))
        }
        ColumnValues::Number(values) => Arc::new(Float64Array::from(values)),
        ColumnValues::Truth(values) => Arc::new(BooleanArray::from(values)),
        ColumnValues::Word(values) => Arc::new(StringArray::from(values)),
    }
}

#[allow(clippy::needless_pass_by_value)] // for map_err
fn unmade(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// Names of the columns.
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Unit of each column, `1` for none.
    fn units(&self) -> HashMap<String, String> {
        self.told("unit")
    }

    /// Meaning of each column.
    fn meanings(&self) -> HashMap<String, String> {
        self.told("meaning")
    }

    /// What is known of the whole table.
    fn facts(&self) -> HashMap<String, String> {
        self.batch.schema().metadata().clone().into()
    }

    /// Type of a column and its values: bytes of numbers for NumPy, or a list where some are
    /// missing or are no numbers.
    fn column_values<'py>(
        &self,
        py: Python<'py>,
        name: &str,
    ) -> PyResult<(&'static str, Bound<'py, PyAny>)> {
        let array = self.column(name)?;
        let bytes = |values: Vec<u8>| PyBytes::new(py, &values).into_any();
        Ok(match array.data_type() {
            DataType::Float64 => {
                let values = array.as_primitive::<Float64Type>().iter();
                let values = values.flat_map(|value| value.unwrap_or(f64::NAN).to_ne_bytes());
                ("f8", bytes(values.collect()))
            }
            DataType::Int64 if array.null_count() == 0 => {
                let values = array.as_primitive::<Int64Type>().values().iter();
                ("i8", bytes(values.flat_map(|value| value.to_ne_bytes()).collect()))
            }
            DataType::Int64 => {
                let values: Vec<_> = array.as_primitive::<Int64Type>().iter().collect();
                ("O", values.into_pyobject(py)?)
            }
            DataType::Boolean => {
                let values: Vec<_> = array.as_boolean().iter().collect();
                (if array.null_count() == 0 { "?" } else { "O" }, values.into_pyobject(py)?)
            }
            _ => {
                let values: Vec<_> = array.as_string::<i32>().iter().collect();
                ("O", values.into_pyobject(py)?)
            }
        })
    }

    /// The stream of the Arrow PyCapsule interface; the schema that is asked for is not followed.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = vec![Ok::<_, ArrowError>(self.batch.clone())];
        let reader = RecordBatchIterator::new(batches, self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}
