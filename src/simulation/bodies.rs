//! Several persons side by side, as the solver sees them.

use crate::physiology::balance::{TERM_COUNT, evaluate};
use crate::physiology::model::Model;
use crate::physiology::setting::Setting;
use crate::physiology::state::{STATE_COUNT, State};
use crate::real::{Lanes, Real};
use crate::simulation::body::{Body, contributions};
use crate::solver::{Contribution, SideBySide, System};

/// A person with inputs of their own in each lane.
pub struct Bodies<const W: usize> {
    alone: [Body<f64>; W],
    model: Model<Lanes<W>>,
    setting: Setting<Lanes<W>>,
}

impl<const W: usize> Bodies<W> {
    /// The same body in every lane.
    pub fn new(body: &Body<f64>) -> Self {
        Self {
            alone: [*body; W],
            model: Model::in_all_lanes(&body.model),
            setting: Setting::in_all_lanes(&body.setting),
        }
    }

    /// Puts another person into a lane.
    pub fn set_model(&mut self, lane: usize, body: &Body<f64>) {
        self.model.set_lane(lane, &body.model);
        self.set_setting(lane, body);
    }

    /// Puts other inputs for the same person into a lane.
    pub fn set_setting(&mut self, lane: usize, body: &Body<f64>) {
        self.setting.set_lane(lane, &body.setting);
        if let Some(place) = self.alone.get_mut(lane) {
            *place = *body;
        }
    }
}

impl<const W: usize> System<Lanes<W>> for Bodies<W> {
    fn state_count(&self) -> usize {
        STATE_COUNT
    }

    fn term_count(&self) -> usize {
        TERM_COUNT
    }

    fn contributions(&self) -> Vec<Contribution> {
        contributions()
    }

    /// Inlined into the kernel of the caller, which has chosen the registers.
    #[inline(always)]
    fn terms<R: Real<Scalar = Lanes<W>>>(&self, time: R, state: &[R], terms: &mut [R]) {
        if let Some(state) = state.first_chunk::<STATE_COUNT>() {
            let state = State::from_array(state);
            evaluate(&self.model, &self.setting, time, &state).write_terms(terms);
        }
    }
}

impl<const W: usize> SideBySide<W> for Bodies<W> {
    type Alone = Body<f64>;

    fn alone(&self) -> &[Body<f64>; W] {
        &self.alone
    }
}
