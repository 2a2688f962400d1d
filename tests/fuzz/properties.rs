//! What must hold of every answer to any input.

use crate::checks::calcium_balance::{CalciumBalance, SMALLEST_SCALE_MG};
use crate::error::failure::RunFailure;
use crate::error::problem::{Misread, Problem, Problems};
use crate::error::render::render;
use crate::scenario::Arm;
use crate::simulation::ArmRun;

/// The broken property, in words.
pub(super) type Broken = String;

/// How an input ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Accepted,
    /// Accepted, and simulated.
    Ran,
    Refused,
}

/// Fails unless `holds`.
pub(super) fn ensure(holds: bool, broken: impl FnOnce() -> String) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(broken()) }
}

/// No character of a text moves a cursor, rings or turns the direction of writing.
pub(super) fn harmless(text: &str) -> Result<(), Broken> {
    ensure(crate::printed::visible(text) == text, || format!("characters that act: {text:?}"))
}

/// A refusal says what is wrong, where, and what to do.
pub(super) fn refusal(list: &[Problem], texts: &[(String, String)]) -> Result<(), Broken> {
    ensure(list.iter().any(Problem::is_error), || "refused without an error".to_owned())?;
    told(list, texts)?;
    for problem in list.iter().filter(|problem| problem.is_error()) {
        let on_command_line = problem.message.starts_with("--");
        ensure(on_command_line || problem.span.is_some(), || {
            format!("no place: {}", problem.message)
        })?;
        ensure(!problem.help.is_empty(), || format!("no help: {}", problem.message))?;
    }
    Ok(())
}

/// Problems can be shown, each on a line of a text that was read.
pub(super) fn told(list: &[Problem], texts: &[(String, String)]) -> Result<(), Broken> {
    harmless(&render(list, texts, false))?;
    let problems = Problems { list: list.to_vec(), texts: texts.to_vec(), ..Problems::default() };
    for problem in problems.iter() {
        let message = &problem.message;
        ensure(!message.is_empty(), || "an empty message".to_owned())?;
        let Some(span) = &problem.span else { continue };
        let text = texts.get(span.text).map(|(_, text)| text);
        ensure(text.is_some(), || format!("a place in no text: {message}"))?;
        let inside = text.is_some_and(|text| text.get(span.bytes.clone()).is_some());
        ensure(inside, || format!("a place outside its text: {:?}: {message}", span.bytes))?;
        ensure(problems.place(problem).is_some(), || format!("no line: {message}"))?;
    }
    Ok(())
}

/// A misread text says what is wrong, where in it, and how to write it.
pub(super) fn misread(text: &str, misread: &Misread) -> Result<Ending, Broken> {
    let Misread { message, bytes, .. } = misread;
    ensure(!message.is_empty(), || "an empty message".to_owned())?;
    ensure(text.get(bytes.clone()).is_some(), || {
        format!("a place outside its text: {bytes:?}: {message}")
    })?;
    ensure(!misread.help.is_empty(), || format!("no help: {message}"))?;
    Ok(Ending::Refused)
}

/// The message of a failure is for people.
pub(super) fn failure(message: &str) -> Result<Ending, Broken> {
    ensure(message.trim().len() > 10, || format!("hardly a message: {message:?}"))?;
    // What acts on a terminal is escaped where it is printed; `through_the_program` looks there.
    Ok(Ending::Refused)
}

/// Not a milligram appeared or vanished in a run, up to its end or failure.
pub(super) fn balanced(arm: &Arm, run: &ArmRun) -> Result<(), Broken> {
    if let Some(failure) = &run.failure {
        let broken =
            matches!(failure, RunFailure::Unsupported { .. } | RunFailure::TooManySteps { .. });
        ensure(!broken, || format!("a run failed: {failure}"))?;
        ensure(!arm.parameter_changes.is_empty(), || {
            format!("a run of usual parameters failed: {failure}")
        })?;
    }
    let Some(balance) = CalciumBalance::of(&run.trajectory) else {
        return ensure(run.failure.is_some(), || "no rows".to_owned());
    };
    let scale = balance.eaten_mg.max(SMALLEST_SCALE_MG);
    let share = balance.residual_mg.abs() / scale;
    ensure(share <= 1e-9, || {
        format!("{:e} mg of {} mg eaten lost or made", balance.residual_mg, balance.eaten_mg)
    })
}
