//! The lived past: from the reference state through prelude, life history and run-in to day 0.
//!
//! A [`Past`] gives the segments to integrate and turns the state at their end into the initial
//! state. It is the same for an integrator of one arm and for a lane.

use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::Meal;
use crate::parameters::Parameters;
use crate::physiology::initial::{reference_state, start_accounts, start_overrides};
use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::{Resolution, Season, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::{Arm, EarlierHabits};
use crate::simulation::segments::Segments;
use crate::simulation::timeline::past_events;
use crate::solver::failure::{Failure, FailureKind};

/// Everything on which a past depends: arms for which it is equal share it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PastInputs {
    pub person: Person,
    habitual: Inputs<f64>,
    earlier_habits: Vec<EarlierHabits>,
    pub parameters: Parameters<f64>,
    season: Option<Season<f64>>,
    resolution: Resolution,
    /// Meals and pills of the run-in, none where there is no run-in.
    meals: Vec<Meal>,
    regimens: Vec<Regimen>,
}

impl PastInputs {
    pub(crate) fn of(arm: &Arm) -> Self {
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

/// State and scale of the set point of bone on day 0.
pub(crate) struct Outcome {
    pub state: [f64; STATE_COUNT],
    pub bone_set_point_scale: f64,
}

/// A person in the past, first in the reference state, after the integration on day 0.
pub(crate) struct Past<'a> {
    pub segments: Segments<'a>,
}

impl<'a> Past<'a> {
    /// The reference state of an arm's person.
    pub(crate) fn of(arm: &Arm) -> Self {
        let model = Model::new(&arm.parameters, &arm.person);
        let usual = SegmentInputs::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
        let events = past_events(arm, &model);
        let state = reference_state(&model).to_array();
        Self { segments: Segments::new(model, usual, state, events, 0.0, &[]) }
    }

    /// The state on day 0: accumulators emptied, measured values applied.
    ///
    /// Errors: a measured value that makes a state infinite, such as a bone that cannot be scaled.
    pub(crate) fn outcome(&self, arm: &Arm) -> Result<Outcome, Failure> {
        let mut state = State::from_array(&self.segments.state);
        start_accounts(&mut state);
        let model = &self.segments.system.model;
        let bone_set_point_scale = start_overrides(model, &arm.person, &mut state);
        let state = state.to_array();
        match state.iter().position(|value| !value.is_finite()) {
            Some(index) => {
                Err(Failure { kind: FailureKind::NotFinite, time: 0.0, state: Some(index) })
            }
            None => Ok(Outcome { state, bone_set_point_scale }),
        }
    }
}
