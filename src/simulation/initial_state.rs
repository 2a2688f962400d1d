//! The lived past, from the reference state through prelude, life history and run-in, and the state
//! on day 0 to which it leads, kept so that arms with the same past need not integrate it again.

use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::Meal;
use crate::parameters::Parameters;
use crate::physiology::initial::{
    least_amounts, reference_state, reported, start_accounts, start_overrides,
};
use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::{Resolution, Season, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::{Arm, EarlierHabits};
use crate::simulation::segments::Segments;
use crate::simulation::timeline::past_events;
use crate::solver::failure::{Failure, FailureKind};
use crate::trajectory::Work;

/// Everything on which a past depends: arms for which it is equal share it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PastInputs {
    person: Person,
    habitual: Inputs<f64>,
    earlier_habits: Vec<EarlierHabits>,
    parameters: Parameters<f64>,
    season: Option<Season<f64>>,
    resolution: Resolution,
    /// Meals and pills of the run-in, none where there is no run-in.
    meals: Vec<Meal>,
    regimens: Vec<Regimen>,
}

impl PastInputs {
    pub(super) fn of(arm: &Arm) -> Self {
        let (mut meals, mut regimens) = (Vec::new(), Vec::new());
        if arm.resolution != Resolution::Averaged {
            regimens.clone_from(&arm.habitual_regimens);
        }
        if arm.resolution == Resolution::Meals {
            meals.clone_from(&arm.meals);
        }
        Self {
            person: arm.person,
            habitual: arm.habitual,
            earlier_habits: arm.earlier_habits.clone(),
            parameters: arm.parameters,
            season: arm.season,
            resolution: arm.resolution,
            meals,
            regimens,
        }
    }
}

/// The state on day 0, after the lived past and the measured start values.
#[derive(Clone, Debug)]
pub struct InitialState {
    inputs: PastInputs,
    pub(super) state: [f64; STATE_COUNT],
    bone_set_point_scale: f64,
    pub(super) work: Work,
}

impl InitialState {
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
    pub fn state(&self) -> [f64; STATE_COUNT] {
        reported(&self.state, &least_amounts(&self.model()))
    }

    /// True if the arm has exactly this past, and so this initial state to the last bit.
    pub fn fits(&self, arm: &Arm) -> bool {
        self.inputs == PastInputs::of(arm)
    }
}

/// The segments of a past, from the reference state of an arm's person to day 0.
pub(super) fn past_segments(arm: &Arm) -> Segments<'static> {
    let model = Model::new(&arm.parameters, &arm.person);
    let usual = SegmentInputs::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
    let events = past_events(arm, &model);
    let state = reference_state(&model).to_array();
    Segments::new(model, usual, state, events, 0.0, &[])
}
