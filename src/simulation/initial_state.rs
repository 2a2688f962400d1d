//! The state on day 0, kept so that arms with the same past need not integrate it again.

use crate::physiology::initial::{least_amounts, reported, start_accounts, start_overrides};
use crate::physiology::model::Model;
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::arm_integration::ArmIntegration;
use crate::simulation::past::PastInputs;
use crate::simulation::segments::Segments;
use crate::simulation::{Method, Options};
use crate::solver::failure::{Failure, FailureKind};
use crate::trajectory::Work;

/// The state on day 0, after the lived past and the measured start values.
#[derive(Clone, Debug)]
pub struct InitialState {
    inputs: PastInputs,
    pub(super) state: [f64; STATE_COUNT],
    bone_set_point_scale: f64,
    pub(super) work: Work,
}

impl InitialState {
    /// The initial state of an arm, whose past is integrated here and now.
    ///
    /// Years are stiff: the past is always integrated by the Rosenbrock method.
    pub(super) fn integrate(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Self, Failure> {
        let mut past = ArmIntegration::of_past(arm);
        let work = past.integrate(Method::Rosenbrock, options, step_taken)?;
        Self::from_past(arm, &past.segments, work)
    }

    /// The initial state at the end of a past: accumulators emptied, measured values applied.
    ///
    /// Errors: a measured value that makes a state infinite, such as a bone that cannot be scaled.
    pub(super) fn from_past(arm: &Arm, past: &Segments<'_>, work: Work) -> Result<Self, Failure> {
        let mut state = State::from_array(&past.state);
        start_accounts(&mut state);
        let bone_set_point_scale = start_overrides(&past.system.model, &arm.person, &mut state);
        let state = state.to_array();
        if let Some(index) = state.iter().position(|value| !value.is_finite()) {
            return Err(Failure { kind: FailureKind::NotFinite, time: 0.0, state: Some(index) });
        }
        Ok(Self { inputs: PastInputs::of(arm), state, bone_set_point_scale, work })
    }

    /// The person and parameters of the run from day 0 on.
    pub(crate) fn model(&self) -> Model<f64> {
        let mut model = Model::new(&self.inputs.parameters, &self.inputs.person);
        model.person.bone_set_point_scale = self.bone_set_point_scale;
        model
    }

    /// The state on day 0 as it is reported, in the order of [`crate::physiology::state::STATES`].
    #[must_use]
    pub fn state(&self) -> [f64; STATE_COUNT] {
        reported(&self.state, &least_amounts(&self.model()))
    }

    /// True if the arm has exactly this past, and so this initial state to the last bit.
    #[must_use]
    pub fn fits(&self, arm: &Arm) -> bool {
        self.inputs == PastInputs::of(arm)
    }
}
