//! One arm to one trajectory; the only place that knows model and solver both.
//!
//! `body` shows the model to the solver, `timeline` lists what happens when, `event` lets it
//! happen. `life_history` says how to come from age 30 to the start, `start` keeps where that
//! ended for other runs, `journey` says how to come from event to event, `rows` which rows are
//! wanted. `run` integrates one arm, `lanes` many side by side, which `queue` hands out.

mod bodies;
mod body;
mod event;
mod integrator;
mod journey;
mod lanes;
mod leg;
mod life_history;
mod queue;
mod rows;
mod run;
mod start;
mod timeline;

pub use lanes::{run_arms, run_arms_at};
pub use rows::Rows;
pub use run::{run_arm, run_arm_from};
pub use start::Start;

use crate::error::failure::RunFailure;
use crate::trajectory::Trajectory;

/// How to integrate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Implicit, order 5; the default.
    #[default]
    Rosenbrock,
    /// Explicit, order 5.
    Dopri5,
    /// Explicit, order 8.
    Dop853,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::Rosenbrock, Self::Dopri5, Self::Dop853];

    /// The word used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rosenbrock => "rosenbrock",
            Self::Dopri5 => "dopri5",
            Self::Dop853 => "dop853",
        }
    }
}

/// Relative tolerances that are accepted.
pub const RELATIVE_TOLERANCES: std::ops::RangeInclusive<f64> = 1e-12..=1e-2;

/// Method and accuracy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Method.
    pub method: Method,
    /// Relative tolerance of a step.
    pub relative_tolerance: f64,
    /// Largest number of steps of one arm, life history included.
    pub step_limit: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { method: Method::Rosenbrock, relative_tolerance: 1e-6, step_limit: 50_000_000 }
    }
}

/// A trajectory (up to the failure, if there is one) and what stopped it.
#[derive(Clone, Debug)]
pub struct ArmRun {
    /// The rows.
    pub trajectory: Trajectory,
    /// Why it ended early.
    pub failure: Option<RunFailure>,
}

impl ArmRun {
    /// A run that has ended, complete if nothing failed.
    fn ended(mut trajectory: Trajectory, failure: Option<RunFailure>) -> Self {
        trajectory.complete = failure.is_none();
        Self { trajectory, failure }
    }
}
