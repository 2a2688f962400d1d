//! What can stop a run, and what can go wrong with files.

use thiserror::Error;

/// Why a run of an arm ended before its time.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum RunFailure {
    /// A derivative was not a finite number.
    #[error(
        "arm {arm}: day {day:.3}: the rate of change of {state} is not a finite number; \
         the rows up to that day are kept"
    )]
    NotFinite {
        /// Arm.
        arm: String,
        /// Day from the start (negative: during the life history).
        day: f64,
        /// State.
        state: &'static str,
    },
    /// The step size fell below what the time can resolve.
    #[error(
        "arm {arm}: day {day:.3}: the step size became too small, {state} changes too fast; \
         try a looser --rtol, or check the values that differ from their defaults"
    )]
    StepTooSmall {
        /// Arm.
        arm: String,
        /// Day.
        day: f64,
        /// State with the largest error.
        state: &'static str,
    },
    /// More steps than allowed.
    #[error(
        "arm {arm}: day {day:.3}: more than {limit} steps; try a looser --rtol or a shorter duration"
    )]
    TooManySteps {
        /// Arm.
        arm: String,
        /// Day.
        day: f64,
        /// The limit.
        limit: u64,
    },
    /// An explicit method met a stiff problem.
    #[error(
        "arm {arm}: day {day:.3}: {method} gives up because the equations are stiff; \
         use --method rosenbrock"
    )]
    Stiff {
        /// Arm.
        arm: String,
        /// Day.
        day: f64,
        /// The method.
        method: &'static str,
    },
    /// The user asked to stop.
    #[error("arm {arm}: interrupted on day {day:.3}")]
    Interrupted {
        /// Arm.
        arm: String,
        /// Day.
        day: f64,
    },
    /// The solver does not take this model: a defect of the program.
    #[error("arm {arm}: the solver does not take this model; please report it")]
    Unsupported {
        /// Arm.
        arm: String,
    },
}
