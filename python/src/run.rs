//! Scenarios and their runs.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{Float64Array, StringArray};
use calcifate::{IncompleteRun, Method, Options, Value};
use pyo3::prelude::*;

use crate::errors::{ProblemParts, RunError, parts, refused, refused_argument, undrawn};
use crate::figure::Figure;
use crate::table::{Column, Table};
use crate::watch::watched;

/// A value of a dial.
#[derive(FromPyObject)]
pub(crate) enum Setting {
    Flag(bool),
    Number(f64),
    Text(String),
}

impl From<Setting> for Value {
    fn from(setting: Setting) -> Self {
        match setting {
            Setting::Flag(flag) => flag.into(),
            Setting::Number(number) => number.into(),
            Setting::Text(text) => text.into(),
        }
    }
}

/// Method and tolerance by their words.
pub(crate) fn options(method: Option<&str>, rtol: Option<f64>) -> PyResult<Options> {
    let mut options = Options::default();
    if let Some(name) = method {
        let known = Method::ALL.into_iter().find(|method| method.name() == name);
        let names = Method::ALL.map(Method::name).join(", ");
        options = options.with_method(known.ok_or_else(|| {
            refused_argument(format!("method: \"{name}\" is not one of {names}"))
        })?);
    }
    match rtol {
        Some(tolerance) => options.with_relative_tolerance(tolerance).map_err(refused),
        None => Ok(options),
    }
}

/// A scenario, checked.
#[pyclass(frozen, module = "calcifate._core")]
pub(crate) struct Scenario(pub(crate) calcifate::Scenario);

#[pymethods]
impl Scenario {
    /// Reads a file, or a text.
    #[staticmethod]
    fn read(py: Python<'_>, path: Option<PathBuf>, text: Option<&str>) -> PyResult<Self> {
        let read = py.detach(|| match (path, text) {
            (Some(path), _) => calcifate::Scenario::from_path(path),
            (None, text) => calcifate::Scenario::parse(text.unwrap_or_default()),
        });
        read.map(Self).map_err(refused)
    }

    /// The same with other values.
    fn with_settings(
        &self,
        py: Python<'_>,
        settings: Vec<(String, Setting)>,
        arms: Vec<String>,
        beyond_range: bool,
    ) -> PyResult<Self> {
        let settings: Vec<(String, Value)> =
            settings.into_iter().map(|(key, value)| (key, value.into())).collect();
        let settings: Vec<(&str, Value)> =
            settings.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        let arms: Vec<&str> = arms.iter().map(String::as_str).collect();
        let changed = py.detach(|| self.0.with(&settings, &arms, beyond_range));
        changed.map(Self).map_err(refused)
    }

    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    #[getter]
    fn question(&self) -> &str {
        self.0.question()
    }

    #[getter]
    fn lesson(&self) -> &str {
        self.0.lesson()
    }

    #[getter]
    fn text(&self) -> &str {
        self.0.text()
    }

    #[getter]
    fn arms(&self) -> Vec<String> {
        self.0.arm_names().map(str::to_owned).collect()
    }

    /// What is possible but unusual in it, in parts.
    fn warnings(&self) -> Vec<ProblemParts> {
        parts(&self.0.warnings())
    }

    /// Runs all arms.
    #[pyo3(signature = (method, rtol, threads, progress))]
    fn run(
        &self,
        py: Python<'_>,
        method: Option<&str>,
        rtol: Option<f64>,
        threads: Option<i64>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Run> {
        let options = options(method, rtol)?;
        let run = watched(py, threads, progress.as_ref(), |watch| {
            self.0.run_with(&options, &|share| watch.reach(share))
        })?;
        run.map(Run).map_err(|incomplete| ended_early(py, incomplete))
    }

    /// Shares out the difference between two arms: a table, and a figure for each outcome.
    #[pyo3(signature = (from_arm, to_arm, outcomes, method, rtol, threads, progress))]
    #[allow(clippy::too_many_arguments)] // as Python calls it
    fn why(
        &self,
        py: Python<'_>,
        from_arm: &str,
        to_arm: &str,
        outcomes: Vec<String>,
        method: Option<&str>,
        rtol: Option<f64>,
        threads: Option<i64>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<(Table, Vec<Figure>)> {
        let options = options(method, rtol)?;
        let why = watched(py, threads, progress.as_ref(), |watch| {
            let outcomes: Vec<&str> = outcomes.iter().map(String::as_str).collect();
            let why =
                self.0.why(from_arm, to_arm, &outcomes, &options, &|share| watch.reach(share));
            why.map(|why| (why.table(), why.figures()))
        })?;
        let (table, figures) = why.map_err(refused)?;
        let figures = figures.map_err(undrawn)?.into_iter().map(Figure).collect();
        Ok((Table::from_library(&table)?, figures))
    }
}

/// `RunError`, with everything up to the failure.
fn ended_early(py: Python<'_>, incomplete: IncompleteRun) -> PyErr {
    let told = incomplete.to_string();
    match Py::new(py, Run(incomplete.into_run())) {
        Ok(run) => RunError::new_err((told, run)),
        Err(error) => error,
    }
}

/// A scenario that has run.
#[pyclass(frozen, module = "calcifate._core")]
pub(crate) struct Run(calcifate::Run);

#[pymethods]
impl Run {
    #[getter]
    fn scenario(&self) -> Scenario {
        Scenario(self.0.scenario().clone())
    }

    /// Every row of every arm: arm, time, every quantity.
    fn table(&self, py: Python<'_>) -> PyResult<Table> {
        let columns = py.detach(|| self.columns());
        let scenario = self.0.scenario();
        let facts = [
            ("title", scenario.title().to_owned()),
            ("model_version", calcifate::MODEL_VERSION.to_owned()),
            ("fingerprint", self.0.fingerprint()),
            ("note", calcifate::DISCLAIMER.to_owned()),
        ];
        let facts = facts.map(|(key, text)| (key.to_owned(), text));
        Table::of(columns, HashMap::from(facts))
    }

    fn summary(&self) -> PyResult<Table> {
        Table::from_library(&self.0.summary())
    }

    fn claims(&self) -> PyResult<Table> {
        Table::from_library(&self.0.claims_table())
    }

    fn balance(&self) -> PyResult<Table> {
        Table::from_library(&self.0.balance_table())
    }

    fn answer(&self) -> Option<String> {
        self.0.answer()
    }

    fn fingerprint(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.fingerprint())
    }

    fn value(&self, expression: &str, arm: &str) -> PyResult<f64> {
        self.0.value(expression, arm).map_err(refused)
    }

    fn figure_names(&self) -> Vec<&'static str> {
        self.0.figure_names()
    }

    fn figure(&self, py: Python<'_>, name: &str) -> PyResult<Figure> {
        let figure = watched(py, Some(1), None, |_| self.0.figure(name))?;
        figure.map(Figure).map_err(undrawn)
    }
}

impl Run {
    fn columns(&self) -> Vec<Column> {
        let arms: Vec<_> = self
            .0
            .scenario()
            .arm_names()
            .filter_map(|name| Some((name, self.0.arm(name)?)))
            .collect();
        let times: Vec<Vec<f64>> = arms.iter().map(|(_, run)| run.times_days()).collect();
        let names =
            arms.iter().zip(&times).flat_map(|((name, _), times)| times.iter().map(|_| *name));
        let mut columns = vec![
            Column {
                name: "arm".to_owned(),
                unit: "1".to_owned(),
                meaning: "name of the arm".to_owned(),
                values: Arc::new(StringArray::from_iter_values(names)),
            },
            Column {
                name: "time_days".to_owned(),
                unit: "d".to_owned(),
                meaning: "time from the start".to_owned(),
                values: Arc::new(Float64Array::from(times.concat())),
            },
        ];
        let quantities = calcifate::quantities();
        let texts = |name: &str| quantities.texts(name).unwrap_or_default();
        let about = texts("quantity").into_iter().zip(texts("unit")).zip(texts("label"));
        columns.extend(about.map(|((name, unit), meaning)| {
            let values = arms.iter().flat_map(|(_, run)| run.series(&name).unwrap_or_default());
            let values = Arc::new(Float64Array::from_iter_values(values));
            Column { name, unit, meaning, values }
        }));
        columns
    }
}
