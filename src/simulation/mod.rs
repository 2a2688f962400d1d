//! One arm to one trajectory; the only module that knows both model and solver.
//!
//! `model_system` is the model as a system of the solver, `timeline` lists the events, `event`
//! applies them. `life_history` goes from age 30 to day 0, `initial_state` keeps the state there
//! for other runs, `arm_integration` goes from event to event by `segment`s, `row_selection` selects the
//! output rows. `run` integrates one arm through an `integrator`; `lane_scheduler` integrates many
//! side by side as one `lane_system`, taking them from the `job_queue`.

mod arm_integration;
mod event;
mod initial_state;
mod integrator;
mod job_queue;
mod lane_scheduler;
mod lane_system;
mod life_history;
mod model_system;
mod row_selection;
mod run;
mod segment;
mod timeline;

pub use initial_state::InitialState;
pub use lane_scheduler::{run_arms, run_arms_at};
pub use row_selection::RowSelection;
pub use run::run_arm;
#[cfg(test)]
pub(crate) use run::run_arm_from;

use crate::error::failure::RunFailure;
use crate::trajectory::Trajectory;

/// A numerical method of integration.
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

pub(crate) const RELATIVE_TOLERANCES: std::ops::RangeInclusive<f64> = 1e-12..=1e-2;

/// Method, tolerance and step limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Numerical method; Rosenbrock unless given.
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

/// The trajectory of one arm, up to the failure if there is one.
#[derive(Clone, Debug)]
pub struct ArmRun {
    /// Rows up to the end or the failure.
    pub trajectory: Trajectory,
    /// The reason of an early end.
    pub failure: Option<RunFailure>,
}

impl ArmRun {
    /// A run that has ended, complete if nothing failed.
    fn ended(mut trajectory: Trajectory, failure: Option<RunFailure>) -> Self {
        trajectory.complete = failure.is_none();
        Self { trajectory, failure }
    }
}
