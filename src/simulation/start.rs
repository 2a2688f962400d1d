//! The state on day 0, kept so that arms and runs with the same past need not live it again.

use crate::error::failure::RunFailure;
use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::person::Person;
use crate::physiology::setting::{IntakeMode, Setting};
use crate::physiology::state::STATE_COUNT;
use crate::scenario::Arm;
use crate::simulation::body::Body;
use crate::simulation::integrator::run_failure;
use crate::simulation::{Options, life_history};
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
        let model = Model::new(&arm.parameters, &arm.person);
        let setting = Setting::new(&arm.habitual, IntakeMode::Averaged, None, &arm.parameters);
        let mut body = Body { model, setting };
        let (state, work) = life_history::live(arm, &mut body, options, step_taken)
            .map_err(|failure| run_failure(&failure, &arm.name, options.method))?;
        let (person, habitual, parameters) = (arm.person, arm.habitual, arm.parameters);
        Ok(Self { person, habitual, parameters, state, work })
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
