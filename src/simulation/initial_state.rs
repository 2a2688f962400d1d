//! The state on day 0, kept so that arms with the same past need not integrate it again.

use crate::error::failure::RunFailure;
use crate::physiology::initial::{least_amounts, reported};
use crate::physiology::model::Model;
use crate::physiology::state::STATE_COUNT;
use crate::scenario::Arm;
use crate::simulation::integrator::{Integrator, run_failure};
use crate::simulation::past::{Past, PastInputs};
use crate::simulation::past_cache::PastCache;
use crate::simulation::{Method, Options};
use crate::solver::failure::Failure;
use crate::solver::step::StepView;
use crate::trajectory::Work;
use std::sync::Arc;

/// The state on day 0, after the lived past and the measured start values.
#[derive(Clone, Debug)]
pub struct InitialState {
    inputs: PastInputs,
    pub(super) state: [f64; STATE_COUNT],
    bone_set_point_scale: f64,
    pub(super) work: Work,
}

impl InitialState {
    /// The initial state of an arm: integrates its past, unless this process has done so before.
    /// `step_taken` gets the day of each step and may stop the integration.
    ///
    /// # Errors
    /// The failure that ended it early, with the name of the arm.
    pub fn of(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Arc<Self>, RunFailure> {
        let cache = PastCache::of_process();
        if let Some(known) = cache.find(arm, options) {
            return Ok(known);
        }
        let state = Self::integrate(arm, options, step_taken)
            .map_err(|failure| run_failure(&failure, &arm.name, options.method))?;
        Ok(cache.keep(state, options))
    }

    /// [`Self::of`] without the memory, with the failure of the solver.
    ///
    /// Years are stiff: the past is always integrated by the Rosenbrock method.
    pub(super) fn integrate(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Self, Failure> {
        let mut past = Past::of(arm);
        let mut integrator = Integrator::new(&past.segments.system, Method::Rosenbrock, options)?;
        let mut observer = |view: &StepView<'_>| step_taken(view.end);
        while let Some(segment) = past.segments.next_segment() {
            let (system, state) = (&past.segments.system, &mut past.segments.state);
            let finish = integrator.integrate(system, &segment, state, &mut observer)?;
            past.segments.segment_done(finish);
        }
        Self::from_past(arm, &past, integrator.work())
    }

    /// The initial state at the end of a past that has been integrated.
    pub(super) fn from_past(arm: &Arm, past: &Past<'_>, work: Work) -> Result<Self, Failure> {
        let outcome = past.outcome(arm)?;
        let (state, bone_set_point_scale) = (outcome.state, outcome.bone_set_point_scale);
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
