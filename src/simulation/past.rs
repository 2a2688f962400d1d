//! The lived past: from the reference state through prelude, life history and run-in to day 0.

use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::Meal;
use crate::parameters::Parameters;
use crate::physiology::initial::reference_state;
use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::{Resolution, Season, SegmentInputs};
use crate::scenario::{Arm, EarlierHabits};
use crate::simulation::segments::Segments;
use crate::simulation::timeline::past_events;

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

/// The segments of a past, from the reference state of an arm's person to day 0.
pub(crate) fn past_segments(arm: &Arm) -> Segments<'static> {
    let model = Model::new(&arm.parameters, &arm.person);
    let usual = SegmentInputs::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
    let events = past_events(arm, &model);
    let state = reference_state(&model).to_array();
    Segments::new(model, usual, state, events, 0.0, &[])
}
