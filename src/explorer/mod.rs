//! Questions of a page in a browser, answered in JSON: the same scenarios, runs, figures and
//! sentences as those of the program.
//!
//! `request` is the form of a question, `states` makes arms of texts with turned dials and remembers
//! their runs. `catalogue` tells what there is, `person` what is in force, `comparison` runs arms
//! side by side and tells why they differ (`change`: the sentence about the last step), `curve`
//! varies one dial, `file` writes arms as one scenario file. Reads no files.

mod catalogue;
mod change;
mod comparison;
mod curve;
mod file;
mod person;
mod request;
mod states;
#[cfg(test)]
mod tests;

pub(crate) use file::one_text;

use serde_json::{Value, json};

use crate::error::problem::{Problem, Problems};
use crate::explorer::request::Request;
use crate::explorer::states::States;

/// An answer, or all problems of what was asked.
type Answer = Result<Value, Problems>;

/// Longer questions are refused \[bytes\].
const LONGEST: usize = 4_000_000;

/// Answers the questions of the explorer, the page `calcifate explore` writes.
///
/// It remembers runs, so that an arm that stays is run once.
///
/// ```
/// let mut explorer = calcifate::Explorer::default();
/// let answer = explorer.answer(r#"{ "do": "catalogue" }"#);
/// assert!(answer.starts_with(r#"{"ok":"#), "{answer}");
/// let refused = explorer.answer(r#"{ "do": "dance" }"#);
/// assert!(refused.starts_with(r#"{"problems":"#), "{refused}");
/// ```
#[derive(Debug, Default)]
pub struct Explorer {
    states: States,
}

impl Explorer {
    /// The answer to a question, both JSON: `{ "ok": … }` or `{ "problems": [ … ] }`.
    pub fn answer(&mut self, question: &str) -> String {
        let answer = match self.told(question) {
            Ok(value) => json!({ "ok": value }),
            Err(problems) => json!({ "problems": listed(&problems) }),
        };
        answer.to_string()
    }

    fn told(&mut self, question: &str) -> Answer {
        if question.len() > LONGEST {
            let message = format!("a question of more than {LONGEST} bytes");
            return Err(Problem::without_span(message, "ask for fewer arms at once").into());
        }
        let request: Request = serde_json::from_str(question).map_err(|error| {
            let message = format!("the engine does not understand the page: {error}");
            Problem::without_span(message, "page and engine must be of one version")
        })?;
        match request {
            Request::Catalogue { scenarios } => Ok(catalogue::told(&scenarios)),
            Request::Person(state) => person::told(&mut self.states, &state),
            Request::Run(wanted) => comparison::told(&mut self.states, &wanted),
            Request::Curve(wanted) => curve::told(&mut self.states, &wanted),
            Request::Why(wanted) => comparison::causes(&mut self.states, &wanted),
            Request::Scenario { arms } => file::told(&mut self.states, &arms),
            Request::Csv { arms } => comparison::csv(&mut self.states, &arms),
        }
    }
}

/// The problems, each with its place and as the program prints it.
fn listed(problems: &Problems) -> Value {
    let one = |problem: &Problem| {
        let place = problems
            .place(problem)
            .map(|(text, line, column)| json!({ "text": text, "line": line, "column": column }));
        let alone = Problems::of(vec![problem.clone()], problems.texts.clone());
        json!({
            "message": without_option(problem.message()),
            "where": place,
            "help": problem.help(),
            "error": problem.is_error(),
            "text": alone.to_string(),
        })
    };
    problems.iter().map(one).collect()
}

/// A message without the name of the option by which the command line sets a dial.
fn without_option(message: &str) -> &str {
    let told = message.strip_prefix("--set ").and_then(|rest| rest.split_once(": "));
    told.map_or(message, |(_, told)| told)
}
