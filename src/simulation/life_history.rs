//! The life before the start: averaged intake from age 30 to the scenario's first day.
//!
//! A [`LifeHistory`] gives the segment to integrate and turns the state at its end into the initial
//! state. It is the same for an integrator of one arm and for a lane.

use crate::parameters::Parameters;
use crate::physiology::initial::{
    life_history_start_days, reference_state, start_accounts, start_overrides,
};
use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::{Resolution, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::model_system::ModelSystem;
use crate::simulation::segment::Segment;
use crate::solver::failure::{Failure, FailureKind};

/// The arguments on which a life history depends: arms for which they are equal share it.
type HistoryInputs<'a> = (&'a Person, &'a Inputs<f64>, &'a Parameters<f64>);

/// Person, habitual inputs and parameters of an arm.
pub(crate) fn history_inputs(arm: &Arm) -> HistoryInputs<'_> {
    (&arm.person, &arm.habitual, &arm.parameters)
}

/// A person at age 30, or at the start if that is no later.
pub(crate) struct LifeHistory {
    /// The person on the habitual inputs, in `averaged` resolution.
    pub system: ModelSystem<f64>,
    /// The state, first at `reference_age_years`, after the integration on day 0.
    pub state: [f64; STATE_COUNT],
}

impl LifeHistory {
    /// The reference state of an arm's person.
    pub(crate) fn of(arm: &Arm) -> Self {
        let model = Model::new(&arm.parameters, &arm.person);
        let segment =
            SegmentInputs::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
        Self { system: ModelSystem { model, segment }, state: reference_state(&model).to_array() }
    }

    /// Length of the life before the start \[d\].
    pub(crate) fn duration_days(&self) -> f64 {
        -life_history_start_days(&self.system.model)
    }

    /// The segment from age 30 to the start, if there is one. Years are stiff: it is always
    /// integrated by the Rosenbrock method.
    pub(crate) fn segment(&self) -> Option<Segment> {
        let start = life_history_start_days(&self.system.model);
        (start < 0.0).then_some(Segment { start, end: 0.0, first_step: None })
    }

    /// The state on day 0: accumulators and gut emptied, measured values applied.
    ///
    /// Errors: a measured value that makes a state infinite, such as a bone that cannot be scaled.
    pub(crate) fn initial_state(&self, arm: &Arm) -> Result<[f64; STATE_COUNT], Failure> {
        let mut state = State::from_array(&self.state);
        start_accounts(&mut state);
        start_overrides(&self.system.model, &arm.person, &mut state);
        let state = state.to_array();
        match state.iter().position(|value| !value.is_finite()) {
            Some(index) => {
                Err(Failure { kind: FailureKind::NotFinite, time: 0.0, state: Some(index) })
            }
            None => Ok(state),
        }
    }
}
