//! Sweeps and sensitivity analyses.

use std::path::PathBuf;

use calcifate::{Sensitivity, Sweep};
use pyo3::prelude::*;

use crate::errors::{refused, undrawn};
use crate::figure::Figure;
use crate::run::{Scenario, options};
use crate::table::Table;
use crate::watch::watched;

/// A sweep that has run.
#[pyclass(frozen, module = "calcifate._core")]
pub(crate) struct SweepRun(calcifate::SweepRun);

/// Runs a sweep: that of a file, or of a text about a scenario.
#[pyfunction]
#[pyo3(signature = (path, text, scenario, method, rtol, threads, progress))]
#[allow(clippy::too_many_arguments)] // as Python calls it
pub(crate) fn sweep(
    py: Python<'_>,
    path: Option<PathBuf>,
    text: &str,
    scenario: Option<&Scenario>,
    method: Option<&str>,
    rtol: Option<f64>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<SweepRun> {
    let options = options(method, rtol)?;
    let run = watched(py, threads, progress.as_ref(), |watch| {
        let sweep = match (path, scenario) {
            (Some(path), _) => Sweep::from_path(path),
            (None, Some(scenario)) => Sweep::parse(text, &scenario.0),
            (None, None) => Sweep::from_text(text),
        };
        let sweep = sweep?.with_options(options);
        let all = share_of(sweep.runs());
        sweep.run_with(&|done| watch.reach(all(done)))
    })?;
    run.map(SweepRun).map_err(refused)
}

/// Number of runs and of chunks of the sweep of a file, which is checked.
#[pyfunction]
pub(crate) fn sweep_size(py: Python<'_>, path: PathBuf) -> PyResult<(u64, u64)> {
    let sweep = py.detach(|| Sweep::from_path(path)).map_err(refused)?;
    Ok((sweep.runs(), sweep.chunks()))
}

/// The share of so many runs.
fn share_of(all: u64) -> impl Fn(u64) -> f64 {
    move |done| done as f64 / all.max(1) as f64
}

#[pymethods]
impl SweepRun {
    fn table(&self) -> PyResult<Table> {
        Table::from_library(self.0.table())
    }

    /// The time courses, if any are kept.
    fn courses(&self) -> PyResult<Option<Table>> {
        let courses = self.0.courses();
        (!courses.columns().is_empty()).then(|| Table::from_library(courses)).transpose()
    }

    /// The numbers of the runs that failed, with the reasons.
    fn failures(&self) -> Vec<(u64, String)> {
        self.0.failures().map(|(run, cause)| (run, cause.to_owned())).collect()
    }

    fn figure_names(&self) -> Vec<&'static str> {
        self.0.figure_names()
    }

    #[pyo3(signature = (name, threads=None))]
    fn figure(&self, py: Python<'_>, name: &str, threads: Option<i64>) -> PyResult<Figure> {
        let figure = watched(py, threads, None, |_| self.0.figure(name))?;
        figure.map(Figure).map_err(undrawn)
    }
}

/// A sensitivity analysis that has run.
#[pyclass(frozen, module = "calcifate._core")]
pub(crate) struct SensitivityRun(calcifate::SensitivityRun);

/// Runs a sensitivity analysis: that of a file, or of a text about a scenario.
#[pyfunction]
#[pyo3(signature = (path, text, scenario, threads, progress))]
pub(crate) fn sensitivity(
    py: Python<'_>,
    path: Option<PathBuf>,
    text: &str,
    scenario: Option<&Scenario>,
    threads: Option<i64>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<SensitivityRun> {
    let run = watched(py, threads, progress.as_ref(), |watch| {
        let analysis = match (path, scenario) {
            (Some(path), _) => Sensitivity::from_path(path)?,
            (None, Some(scenario)) => Sensitivity::parse(text, &scenario.0)?,
            (None, None) => Sensitivity::from_text(text)?,
        };
        let all = share_of(analysis.runs());
        analysis.run_with(&|done| watch.reach(all(done)))
    })?;
    run.map(SensitivityRun).map_err(refused)
}

#[pymethods]
impl SensitivityRun {
    fn indices(&self) -> PyResult<Table> {
        Table::from_library(&self.0.indices())
    }

    fn grades(&self) -> PyResult<Table> {
        Table::from_library(&self.0.grades())
    }

    #[getter]
    fn failed(&self) -> usize {
        self.0.failed()
    }

    #[pyo3(signature = (name, outcome=None))]
    fn figure(&self, py: Python<'_>, name: &str, outcome: Option<&str>) -> PyResult<Figure> {
        let figure = watched(py, Some(1), None, |_| self.0.figure(name, outcome))?;
        figure.map(Figure).map_err(undrawn)
    }
}
