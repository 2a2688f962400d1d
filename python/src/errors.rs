//! Refusals of the engine as exceptions of `calcifate.errors`.

use calcifate::{Problem, Problems};
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
    let (message, help) = (in_python(problem.message()), in_python(problem.help()));
    (message, help, file, line, column, problem.is_error())
}

/// A text without options of the command line, of which none was given in Python.
fn in_python(text: &str) -> String {
    let text = text.replace("--set ", "").replace("--arm ", "arms: ");
    text.replace("--beyond-range", "beyond_range=True")
}

/// `ScenarioError` with every problem of a file, a text or code.
#[allow(clippy::needless_pass_by_value)] // for map_err
pub(crate) fn refused(problems: Problems) -> PyErr {
    ScenarioError::new_err((in_python(&problems.to_string()), parts(&problems)))
}

/// `FigureError`.
#[allow(clippy::needless_pass_by_value)] // for map_err
pub(crate) fn undrawn(error: calcifate::FigureError) -> PyErr {
    FigureError::new_err(error.to_string())
}

/// `ScenarioError` of an argument that is no part of a file.
pub(crate) fn refused_argument(message: String) -> PyErr {
    ScenarioError::new_err((message, Vec::<ProblemParts>::new()))
}
