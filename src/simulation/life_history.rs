//! The life before the start: averaged intake from age 30 to the scenario's first day.
//!
//! A [`Past`] says which leg to integrate and what becomes of the state at its end. Who
//! integrates, one arm alone or several side by side, makes no difference to it.

use crate::physiology::initial::{
    life_history_start_days, reference_state, start_accounts, start_overrides,
};
use crate::physiology::model::Model;
use crate::physiology::setting::{Resolution, Setting};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::body::Body;
use crate::simulation::leg::Leg;
use crate::solver::failure::{Failure, FailureKind};

/// A person at age 30, or at the start if that is no later.
pub struct Past {
    /// The person on the habitual inputs, in `averaged` resolution.
    pub body: Body<f64>,
    /// The state at `reference_age_years`; whoever integrates moves it to the start.
    pub state: [f64; STATE_COUNT],
}

impl Past {
    /// The reference state of an arm's person.
    pub fn of(arm: &Arm) -> Self {
        let model = Model::new(&arm.parameters, &arm.person);
        let setting = Setting::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
        Self { body: Body { model, setting }, state: reference_state(&model).to_array() }
    }

    /// Length of the life before the start \[d\].
    pub fn days(&self) -> f64 {
        -life_history_start_days(&self.body.model)
    }

    /// The leg from age 30 to the start, if there is one. Years are stiff: it is always
    /// integrated by the Rosenbrock method.
    pub fn leg(&self) -> Option<Leg> {
        let start = life_history_start_days(&self.body.model);
        (start < 0.0).then_some(Leg { start, end: 0.0, first_step: None })
    }

    /// The state on day 0: accumulators and gut emptied, measured values applied.
    ///
    /// Errors: a measured value that makes a state infinite, such as a bone that cannot be scaled.
    pub fn end(&self, arm: &Arm) -> Result<[f64; STATE_COUNT], Failure> {
        let mut state = State::from_array(&self.state);
        start_accounts(&mut state);
        start_overrides(&self.body.model, &arm.person, &mut state);
        let state = state.to_array();
        match state.iter().position(|value| !value.is_finite()) {
            Some(index) => {
                Err(Failure { kind: FailureKind::NotFinite, time: 0.0, state: Some(index) })
            }
            None => Ok(state),
        }
    }
}
