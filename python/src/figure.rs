//! A drawn figure.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::undrawn;

/// A drawn figure with its text.
#[pyclass(frozen, module = "calcifate._core")]
pub(crate) struct Figure(pub(crate) calcifate::Figure);

#[pymethods]
impl Figure {
    #[getter]
    fn name(&self) -> &str {
        self.0.name
    }

    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    #[getter]
    fn svg(&self) -> &str {
        &self.0.svg
    }

    #[getter]
    fn description(&self) -> &str {
        &self.0.description
    }

    /// The picture as a PNG file.
    fn png<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let png = py.detach(|| self.0.png()).map_err(undrawn)?;
        Ok(PyBytes::new(py, &png))
    }
}
