//! The state on day 0, kept so that arms with the same life history need not integrate it again.

use crate::error::failure::RunFailure;
use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::physiology::person::Person;
use crate::physiology::state::STATE_COUNT;
use crate::scenario::Arm;
use crate::simulation::integrator::{Integrator, run_failure};
use crate::simulation::life_history::{LifeHistory, history_inputs};
use crate::simulation::{Method, Options};
use crate::solver::failure::Failure;
use crate::solver::step::StepView;
use crate::trajectory::Work;

/// The state on day 0, after the life history and the measured start values.
#[derive(Clone, Debug)]
pub struct InitialState {
    person: Person,
    habitual: Inputs<f64>,
    parameters: Parameters<f64>,
    pub(super) state: [f64; STATE_COUNT],
    pub(super) work: Work,
}

impl InitialState {
    /// Integrates the life history of an arm. `step_taken` gets the day of each step and may stop
    /// the integration.
    ///
    /// # Errors
    /// The failure that ended it early, with the name of the arm.
    pub fn of(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Self, RunFailure> {
        Self::integrate(arm, options, step_taken)
            .map_err(|failure| run_failure(&failure, &arm.name, options.method))
    }

    /// [`Self::of`] with the failure of the solver.
    pub(super) fn integrate(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Self, Failure> {
        let mut history = LifeHistory::of(arm);
        let mut work = Work::default();
        if let Some(segment) = history.segment() {
            let mut integrator = Integrator::new(&history.system, Method::Rosenbrock, options)?;
            let mut observer = |view: &StepView<'_>| step_taken(view.end);
            integrator.integrate(&history.system, &segment, &mut history.state, &mut observer)?;
            work = integrator.work();
        }
        Self::from_history(arm, &history, work)
    }

    /// The initial state at the end of a life history that has been integrated.
    pub(super) fn from_history(
        arm: &Arm,
        history: &LifeHistory,
        work: Work,
    ) -> Result<Self, Failure> {
        let state = history.initial_state(arm)?;
        let (person, habitual, parameters) = (arm.person, arm.habitual, arm.parameters);
        Ok(Self { person, habitual, parameters, state, work })
    }

    /// The state on day 0, in the order of [`crate::physiology::state::STATES`].
    #[must_use]
    pub const fn state(&self) -> &[f64; STATE_COUNT] {
        &self.state
    }

    /// True if the arm has exactly this life history, and so this initial state to the last bit.
    #[must_use]
    pub fn fits(&self, arm: &Arm) -> bool {
        (&self.person, &self.habitual, &self.parameters) == history_inputs(arm)
    }
}
