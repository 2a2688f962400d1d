//! The extension module `calcifate._core`: the library's results as Python objects.
//!
//! `run` and `sweep` call the engine, `watch` lets Python interrupt it and follow its progress,
//! `table` hands tables over as Arrow, `errors` turns refusals into exceptions. What people call
//! stands in the Python files of `calcifate/`, with its documentation.

mod errors;
mod figure;
mod knowledge;
mod run;
mod sweep;
mod table;
mod watch;

use pyo3::pymodule;

/// The engine of `calcifate`.
#[pymodule]
mod _core {
    use std::ffi::OsString;

    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::figure::Figure;
    #[pymodule_export]
    use crate::knowledge::{
        dials, evidence, foods, lesson, lessons, parameters, quantities, setting_text, verdicts,
    };
    #[pymodule_export]
    use crate::run::{Run, Scenario};
    #[pymodule_export]
    use crate::sweep::{SensitivityRun, SweepRun, sensitivity, sweep, sweep_size};
    #[pymodule_export]
    use crate::table::Table;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("MODEL_VERSION", calcifate::MODEL_VERSION)?;
        module.add("DISCLAIMER", calcifate::DISCLAIMER)
    }

    /// Runs the command line, the program's name included; gives the exit code.
    #[pyfunction]
    fn program_status(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| calcifate::program_status(arguments))
    }
}
