//! Refusals of the engine as exceptions of `calcifate.errors`.

use calcifate::{Problem, Problems};
use pyo3::exceptions::PyTypeError;
use pyo3::import_exception;
use pyo3::prelude::*;

import_exception!(calcifate.errors, FigureError);
import_exception!(calcifate.errors, RunError);
import_exception!(calcifate.errors, ScenarioError);

/// Message, help, file, line, column and whether it is an error: `calcifate.errors.Problem`.
pub(crate) type ProblemParts = (String, String, Option<String>, Option<usize>, Option<usize>, bool);

/// Every problem, in parts, as `calcifate.errors.Problem` takes them.
pub(crate) fn parts(problems: &Problems) -> Vec<ProblemParts> {
    problems.iter().map(|problem| part(problems, problem)).collect()
}

fn part(problems: &Problems, problem: &Problem) -> ProblemParts {
    let place = problems.place(problem);
    let file = place.map(|(file, ..)| file.to_owned());
    let (line, column) = place.map(|(_, line, column)| (line, column)).unzip();
    let message = problem.message();
    // In Python no option of the command line was given.
    let message = message.strip_prefix("--set ").unwrap_or(message).to_owned();
    (message, problem.help().to_owned(), file, line, column, problem.is_error())
}

/// `ScenarioError` with every problem of a file, a text or code.
#[allow(clippy::needless_pass_by_value)] // for map_err
pub(crate) fn refused(problems: Problems) -> PyErr {
    let text = problems.to_string().replace("--set ", "");
    ScenarioError::new_err((text, parts(&problems)))
}

/// `FigureError`.
#[allow(clippy::needless_pass_by_value)] // for map_err
pub(crate) fn undrawn(error: calcifate::FigureError) -> PyErr {
    FigureError::new_err(error.to_string())
}

/// The error of an argument of the wrong type.
pub(crate) fn wrong_type(message: String) -> PyErr {
    PyTypeError::new_err(message)
}
