//! The models of several persons side by side as one system of the solver.

use crate::error::defect::OrDefect as _;
use crate::physiology::balance::{TERM_COUNT, evaluate};
use crate::physiology::model::Model;
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::{STATE_COUNT, State};
use crate::real::{Lanes, Real};
use crate::simulation::model_system::{ModelSystem, contributions};
use crate::solver::{BatchSystem, Contribution, Held, System};

/// One person with inputs of their own in each lane.
pub(crate) struct LaneSystem<const W: usize> {
    scalar: [ModelSystem<f64>; W],
    model: Model<Lanes<W>>,
    segment: SegmentInputs<Lanes<W>>,
}

impl<const W: usize> LaneSystem<W> {
    pub(crate) fn new(system: &ModelSystem<f64>) -> Self {
        Self {
            scalar: [*system; W],
            model: Model::in_all_lanes(&system.model),
            segment: SegmentInputs::in_all_lanes(&system.segment),
        }
    }

    /// Puts another person into a lane.
    pub(crate) fn set_model(&mut self, lane: usize, system: &ModelSystem<f64>) {
        self.model.set_lane(lane, &system.model);
        self.set_segment(lane, system);
    }

    /// Puts other inputs for the same person into a lane.
    pub(crate) fn set_segment(&mut self, lane: usize, system: &ModelSystem<f64>) {
        self.segment.set_lane(lane, &system.segment);
        *self.scalar.get_mut(lane).or_defect("a lane that does not exist") = *system;
    }
}

impl<const W: usize> System<Lanes<W>> for LaneSystem<W> {
    const STATES: usize = STATE_COUNT;
    const TERMS: usize = TERM_COUNT;

    fn contributions(&self) -> Vec<Contribution> {
        contributions()
    }

    fn held(&self) -> Option<Held<Lanes<W>>> {
        let states = self.scalar.iter().find_map(ModelSystem::held)?.states;
        Some(Held { states, factor: self.segment.age_course.moves })
    }

    /// Inlined into the kernel of the caller, which has chosen the registers.
    #[inline(always)]
    fn terms<R: Real<Scalar = Lanes<W>>>(&self, time: R, state: &[R], terms: &mut [R]) {
        if let Some(state) = state.first_chunk::<STATE_COUNT>() {
            let state = State::from_array(state);
            evaluate(&self.model, &self.segment, time, &state).write_terms(terms);
        }
    }
}

impl<const W: usize> BatchSystem<W> for LaneSystem<W> {
    type ScalarSystem = ModelSystem<f64>;

    fn scalar_systems(&self) -> &[ModelSystem<f64>; W] {
        &self.scalar
    }
}
