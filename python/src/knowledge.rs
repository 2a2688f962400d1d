//! Tables of what the model knows.

use pyo3::prelude::*;

use crate::errors::refused;
use crate::run::Setting;
use crate::table::Table;
use crate::watch::watched;

/// Everything that can be set.
#[pyfunction]
pub(crate) fn dials() -> PyResult<Table> {
    Table::from_library(&calcifate::dials())
}

/// Every number of the model.
#[pyfunction]
pub(crate) fn parameters() -> PyResult<Table> {
    Table::from_library(&calcifate::parameters())
}

/// Foods and their contents.
#[pyfunction]
pub(crate) fn foods() -> PyResult<Table> {
    Table::from_library(&calcifate::foods())
}

/// Every number that a run reports.
#[pyfunction]
pub(crate) fn quantities() -> PyResult<Table> {
    Table::from_library(&calcifate::quantities())
}

/// The lessons that come along.
#[pyfunction]
pub(crate) fn lessons() -> PyResult<Table> {
    Table::from_library(&calcifate::lessons())
}

/// The text of a lesson.
#[pyfunction]
pub(crate) fn lesson(name: &str) -> Option<&'static str> {
    calcifate::lesson_text(name)
}

/// A value with the unit of its dial, as files and `--set` take it.
#[pyfunction]
pub(crate) fn setting_text(key: &str, value: Setting) -> String {
    calcifate::setting_text(key, value.into())
}

/// Statements that people meet, put to the test.
#[pyfunction]
#[pyo3(signature = (threads, progress))]
pub(crate) fn verdicts(
    py: Python<'_>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let table = watched(py, threads, progress.as_ref(), |watch| {
        calcifate::verdicts(&|share| watch.reach(share))
    })?;
    Table::from_library(&table)
}

/// Published trials beside the model: the shipped ones, or those of a table with name and text.
#[pyfunction]
#[pyo3(signature = (file, threads, progress))]
pub(crate) fn evidence(
    py: Python<'_>,
    file: Option<(String, String)>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let table = watched(py, threads, progress.as_ref(), |watch| {
        let file = file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        calcifate::evidence(file, &|share| watch.reach(share))
    })?;
    Table::from_library(&table.map_err(refused)?)
}
