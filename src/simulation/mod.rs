//! One arm to one trajectory; the only module that knows both model and solver.
//!
//! `model_system` is the model as a system of the solver, `timeline` lists the events, `event`
//! applies them, `segments` goes from event to event. `initial_state` is the past and the state on day 0 to
//! which it leads, which the `past_cache` keeps for other runs; `arm_integration` goes through a
//! past or a run, `row_selection` selects the output rows. `run` integrates one arm through an
//! `integrator`; `lane_scheduler` integrates many side by side as one `lane_system`, taking them from
//! the `job_queue`.

mod arm_integration;
mod event;
mod initial_state;
mod integrator;
mod job_queue;
mod lane_scheduler;
mod lane_system;
mod model_system;
mod past_cache;
mod row_selection;
mod run;
mod segments;
mod timeline;

pub use initial_state::InitialState;
pub use lane_scheduler::{run_arms, run_arms_at};
pub use past_cache::PastCache;
pub use row_selection::RowSelection;
pub use run::run_arm;
#[cfg(test)]
pub(crate) use run::run_arm_from;

use crate::error::failure::RunFailure;
use crate::error::problem::{Problem, Problems};
use crate::physiology::quantities::quantity;
use crate::real::Real;
use crate::solver::step::StepLimit;
use crate::trajectory::Trajectory;

/// A numerical method.
///
/// ```
/// use calcifate::{Method, Options, Scenario};
///
/// let scenario = Scenario::parse("duration = \"2 days\"\n")?;
/// let second_opinion = Options::default().with_method(Method::Dop853);
/// let run = scenario.run_with(&second_opinion, &|_| true)?;
/// assert!(run.arm("usual").is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
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
///
/// ```
/// use calcifate::Options;
///
/// let fast = Options::default().with_relative_tolerance(1e-4)?;
/// assert_ne!(fast, Options::default());
/// assert!(Options::default().with_relative_tolerance(0.0).is_err());
/// # Ok::<(), calcifate::Problems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Numerical method; Rosenbrock unless given.
    pub(crate) method: Method,
    pub(crate) relative_tolerance: f64,
    /// Largest number of steps of one arm, past included.
    pub(crate) step_limit: u64,
}

impl Options {
    /// The same with another method.
    #[must_use]
    pub const fn with_method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    /// The same with another relative tolerance of a step; 1e-6 unless given.
    ///
    /// # Errors
    /// The tolerance is not in the range from 1e-12 to 1e-2.
    pub fn with_relative_tolerance(self, relative_tolerance: f64) -> Result<Self, Problems> {
        if RELATIVE_TOLERANCES.contains(&relative_tolerance) {
            return Ok(Self { relative_tolerance, ..self });
        }
        let message = format!("a relative tolerance of {relative_tolerance:e} is not possible");
        Err(Problem::without_span(message, "Allowed: 1e-12 to 1e-2.").into())
    }

    /// The same with another largest number of steps of one arm, past included.
    #[must_use]
    pub const fn with_step_limit(self, step_limit: u64) -> Self {
        Self { step_limit, ..self }
    }

    /// Most steps of a past or of an arm from day 0 on: several times what any of them needs.
    ///
    /// A segment after a dose takes about 17 steps at the default tolerance, decades without doses take
    /// about a hundred; the number grows with the fifth root of the precision. Steps of explicit
    /// methods are as short as the fastest process, however long the segment is.
    pub(crate) fn steps(&self, method: Method) -> StepLimit {
        let precision = Real::powf(1e-6 / self.relative_tolerance, 0.2).max(1.0).ceil();
        // 1 to 16
        let precision = precision as u64;
        let first = if method == Method::Rosenbrock { 100_000 } else { 5_000_000 };
        StepLimit { total: self.step_limit, first: first * precision, each: 200 * precision }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { method: Method::Rosenbrock, relative_tolerance: 1e-6, step_limit: 50_000_000 }
    }
}

/// The course of one arm, up to the failure if there is one.
///
/// ```
/// let run = calcifate::Scenario::parse("duration = \"10 days\"\n")?.run()?;
/// let usual = run.arm("usual").ok_or("no such arm")?;
/// assert_eq!(usual.times_days().last(), Some(&10.0));
/// let pth = usual.series("pth").ok_or("no such quantity")?;
/// assert_eq!((pth.len(), usual.failure()), (usual.times_days().len(), None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ArmRun {
    /// Rows up to the end or the failure.
    pub(crate) trajectory: Trajectory,
    /// The reason of an early end.
    pub(crate) failure: Option<RunFailure>,
}

impl ArmRun {
    /// The times of the rows \[d\], from 0 to the end or the failure.
    #[must_use]
    pub fn times_days(&self) -> Vec<f64> {
        self.trajectory.times()
    }

    /// A quantity at every row, in its unit (`calcifate list quantities`); `None` if there is no
    /// quantity of that name.
    #[must_use]
    pub fn series(&self, name: &str) -> Option<Vec<f64>> {
        Some(self.trajectory.series(quantity(name)?))
    }

    /// Why the run ended early, if it did.
    #[must_use]
    pub const fn failure(&self) -> Option<&RunFailure> {
        self.failure.as_ref()
    }

    /// A run that has ended, complete if nothing failed.
    fn ended(mut trajectory: Trajectory, failure: Option<RunFailure>) -> Self {
        trajectory.complete = failure.is_none();
        Self { trajectory, failure }
    }
}
