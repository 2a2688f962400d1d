//! The state on day 0, kept so that arms and runs with the same past need not live it again.

use crate::error::failure::RunFailure;
use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::physiology::person::Person;
use crate::physiology::state::STATE_COUNT;
use crate::scenario::Arm;
use crate::simulation::integrator::{Integrator, run_failure};
use crate::simulation::life_history::Past;
use crate::simulation::{Method, Options};
use crate::solver::failure::Failure;
use crate::solver::step::StepView;
use crate::trajectory::Work;

/// The body on day 0, after the life history and the measured start values.
#[derive(Clone, Debug)]
pub struct Start {
    person: Person,
    habitual: Inputs<f64>,
    parameters: Parameters<f64>,
    pub(super) state: [f64; STATE_COUNT],
    pub(super) work: Work,
}

impl Start {
    /// Lives an arm's past. `step_taken` is told the day of each step and may stop it.
    ///
    /// # Errors
    /// What ended it early, named after the arm.
    pub fn of(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Self, RunFailure> {
        Self::live(arm, options, step_taken)
            .map_err(|failure| run_failure(&failure, &arm.name, options.method))
    }

    /// [`Self::of`] with the failure as the solver tells it.
    pub(super) fn live(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Self, Failure> {
        let mut past = Past::of(arm);
        let mut work = Work::default();
        if let Some(leg) = past.leg() {
            let mut integrator = Integrator::new(&past.body, Method::Rosenbrock, options)?;
            let mut observer = |view: &StepView<'_>| step_taken(view.end);
            integrator.integrate(&past.body, &leg, &mut past.state, &mut observer)?;
            work = integrator.work();
        }
        Self::after(arm, &past, work)
    }

    /// The start after a past that has been integrated.
    pub(super) fn after(arm: &Arm, past: &Past, work: Work) -> Result<Self, Failure> {
        let state = past.end(arm)?;
        let (person, habitual, parameters) = (arm.person, arm.habitual, arm.parameters);
        Ok(Self { person, habitual, parameters, state, work })
    }

    /// Whether two arms have the same past.
    pub(super) fn is_same_past(one: &Arm, other: &Arm) -> bool {
        one.person == other.person
            && one.habitual == other.habitual
            && one.parameters == other.parameters
    }

    /// The state on day 0, in the order of [`crate::physiology::state::STATES`].
    #[must_use]
    pub const fn state(&self) -> &[f64; STATE_COUNT] {
        &self.state
    }

    /// Whether the arm has exactly this past, so that its start is this one to the last bit.
    #[must_use]
    pub fn fits(&self, arm: &Arm) -> bool {
        self.person == arm.person
            && self.habitual == arm.habitual
            && self.parameters == arm.parameters
    }
}
