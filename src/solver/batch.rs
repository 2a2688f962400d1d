//! Rodas5P for several independent integrations side by side, each to the bits it has alone.
//!
//! All lanes attempt a step at once, each with its own time, step size, error control and end.
//! `Integration` controls the steps of each lane; the method for one system uses it too. A lane
//! whose attempt was rejected stays at its time and tries again with the others; an attempt that
//! needs pivoting is made by the scalar stepper.

use super::BatchSystem;
use super::attempt::Workspace;
use super::dense_output::interpolate;
use super::failure::{Failure, FailureKind};
use super::integration::{AttemptResult, Integration, PlannedStep};
use super::jacobian::Jacobian;
use super::scalar_stepper::ScalarStepper;
use super::sparse_lu::Factors;
use super::step::{Finish, Statistics, StepLimit, StepView};
use super::structure::Structure;
use super::tableau::GAMMA;
use super::tolerance::Tolerances;
use crate::error::defect::OrDefect as _;
use crate::real::dispatch::{Kernel, Registers};
use crate::real::{Lanes, Real};
use std::sync::Arc;

/// Directions of differentiation in one group: with more, a number of all lanes with its
/// derivatives does not fit the registers.
const GROUP_DIRECTIONS: usize = 2;

/// The defect of an index that no lane has.
const NO_LANE: &str = "a lane that does not exist";

/// Several integrations side by side, one in each lane.
pub(crate) struct BatchIntegrator<const W: usize> {
    scalar: ScalarStepper,
    /// Most steps, accepted and rejected, of a lane since its statistics were reset.
    pub step_limit: StepLimit,
    workspace: Box<Workspace<Lanes<W>>>,
    jacobian: Jacobian<Lanes<W>, GROUP_DIRECTIONS>,
    factors: Factors<Lanes<W>>,
    lanes: [Lane; W],
}

struct Lane {
    integration: Option<Integration>,
    /// State at the end of the last accepted step.
    state: Vec<f64>,
    /// True if state and time have changed since the Jacobian was evaluated.
    needs_jacobian: bool,
    /// Start time of the last attempt.
    step_start: f64,
    planned: PlannedStep,
    statistics: Statistics,
}

/// The result of one attempt in one lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LaneStatus {
    /// The lane is empty.
    Idle,
    Rejected,
    /// A step was accepted and the end is not yet reached.
    Accepted,
    /// A step was accepted and reached the end.
    Finished(Finish),
    Failed(Failure),
}

impl<const W: usize> BatchIntegrator<W> {
    /// All lanes idle.
    ///
    /// Errors: [`FailureKind::Unsupported`] if there is not one tolerance per state.
    pub(crate) fn new(structure: Arc<Structure>, tolerances: Tolerances) -> Result<Self, Failure> {
        let lane = |_| Lane {
            integration: None,
            state: vec![0.0; structure.states],
            needs_jacobian: true,
            step_start: 0.0,
            planned: PlannedStep { step: 1.0, last: false },
            statistics: Statistics::default(),
        };
        Ok(Self {
            step_limit: StepLimit::of_all(50_000_000),
            workspace: Box::new(Workspace::new()),
            jacobian: Jacobian::new(&structure),
            factors: Factors::new(&structure.elimination),
            lanes: std::array::from_fn(lane),
            scalar: ScalarStepper::new(structure, tolerances)?,
        })
    }

    /// Begins an integration in a lane; `Some` if there is nothing to integrate.
    ///
    /// Errors: as for one system.
    pub(crate) fn start(
        &mut self,
        lane: usize,
        start: f64,
        state: &[f64],
        end: f64,
        first_step: Option<f64>,
    ) -> Result<Option<Finish>, Failure> {
        let Some(lane) = self.lanes.get_mut(lane).filter(|lane| lane.state.len() == state.len())
        else {
            return Err(Failure::at(FailureKind::Unsupported, start));
        };
        lane.statistics.integrations += 1;
        let integration = Integration::new(start, end, first_step, f64::INFINITY)?;
        if integration.is_done() {
            return Ok(Some(integration.finish()));
        }
        lane.state.copy_from_slice(state);
        (lane.integration, lane.needs_jacobian) = (Some(integration), true);
        Ok(None)
    }

    /// Work of a lane since its statistics were reset.
    pub(crate) fn statistics(&self, lane: usize) -> Statistics {
        self.lanes.get(lane).or_defect(NO_LANE).statistics
    }

    /// Counts the work of a lane from zero.
    pub(crate) fn reset_statistics(&mut self, lane: usize) {
        self.lanes.get_mut(lane).or_defect(NO_LANE).statistics = Statistics::default();
    }

    /// Calls `look` with the step that a lane has just accepted.
    pub(crate) fn observe_step(&self, lane: usize, look: &mut dyn FnMut(&StepView<'_>)) {
        let Some(Lane { integration: Some(integration), state, step_start, planned, .. }) =
            self.lanes.get(lane)
        else {
            return;
        };
        let reached = integration.time;
        let interpolant = |at: f64, result: &mut [f64]| {
            let share = if at >= reached { 1.0 } else { (at - step_start) / planned.step };
            interpolate(&self.workspace, |numbers| numbers.lane(lane), share, result);
        };
        look(&StepView { start: *step_start, end: reached, state, interpolant: &interpolant });
    }

    /// Attempts one step in every lane that is not empty.
    pub(crate) fn attempt_steps<M: BatchSystem<W>, P: Registers>(
        &mut self,
        registers: P,
        systems: &M,
    ) -> [LaneStatus; W] {
        let mut statuses = [LaneStatus::Idle; W];
        let mut times = [0.0; W];
        for (index, (lane, time)) in self.lanes.iter_mut().zip(&mut times).enumerate() {
            if let Some(integration) = &lane.integration {
                lane.step_start = integration.time;
                scatter_lane(index, &lane.state, &mut self.workspace.start);
            }
            *time = lane.step_start;
        }
        let sums = registers.run(Linearize {
            structure: &self.scalar.structure,
            systems,
            jacobian: &mut self.jacobian,
            workspace: &mut self.workspace,
            time: Lanes::new(times),
        });
        let lanes = statuses.iter_mut().zip(systems.scalar_systems()).zip(sums.numbers());
        for (index, ((status, system), sum)) in lanes.enumerate() {
            if let Err(failure) = self.plan_attempt(index, system, sum.is_finite()) {
                *status = LaneStatus::Failed(failure);
            }
        }
        let mut steps = [1.0; W];
        for (lane, step) in self.lanes.iter().zip(&mut steps) {
            if lane.integration.is_some() {
                *step = lane.planned.step;
            }
        }
        let errors = registers.run(Attempt {
            structure: &self.scalar.structure,
            tolerances: &self.scalar.tolerances,
            systems,
            entries: &self.jacobian.entries,
            factors: &mut self.factors,
            workspace: &mut self.workspace,
            time: Lanes::new(times),
            step: Lanes::new(steps),
        });
        let results = statuses.iter_mut().zip(systems.scalar_systems()).zip(errors.numbers());
        for (index, ((status, system), error)) in results.enumerate() {
            if *status == LaneStatus::Idle {
                *status = self.finish_attempt(index, system, *error);
            }
        }
        statuses
    }

    /// Plans the attempt of a lane; the scalar stepper helps where the first step is unknown or the
    /// linearization is not finite.
    fn plan_attempt(
        &mut self,
        index: usize,
        system: &impl super::System,
        is_finite: bool,
    ) -> Result<(), Failure> {
        let lane = self.lanes.get_mut(index).or_defect(NO_LANE);
        let Some(mut integration) = lane.integration.take() else { return Ok(()) };
        if lane.needs_jacobian {
            lane.statistics.jacobian_calls += 1;
            if !is_finite || integration.needs_initial_step() {
                self.scalar.linearize(system, integration.time, &lane.state)?;
            }
            if integration.needs_initial_step() {
                integration.set_initial_step(self.scalar.initial_step(integration.remaining()));
            }
            lane.needs_jacobian = false;
        }
        lane.planned = integration.plan_step(&lane.statistics, self.step_limit)?;
        lane.integration = Some(integration);
        Ok(())
    }

    /// Accepts or rejects the attempt of a lane; a doubtful one is repeated with pivoting.
    fn finish_attempt(
        &mut self,
        index: usize,
        system: &impl super::System,
        error: f64,
    ) -> LaneStatus {
        let lane = self.lanes.get_mut(index).or_defect(NO_LANE);
        let Some(integration) = &mut lane.integration else { return LaneStatus::Idle };
        let mut error = error;
        if integration.needs_pivoting() {
            if let Err(failure) = self.scalar.linearize(system, lane.step_start, &lane.state) {
                lane.integration = None;
                return LaneStatus::Failed(failure);
            }
            error = self.scalar.attempt(system, lane.step_start, lane.planned.step, true);
            scatter_lane(index, &self.scalar.workspace.trial, &mut self.workspace.trial);
            let stages = self.scalar.workspace.stages.iter().zip(&mut self.workspace.stages);
            stages.for_each(|(from, to)| scatter_lane(index, from, to));
        }
        match integration.finish_attempt(&lane.planned, error, &mut lane.statistics) {
            AttemptResult::Accepted => {
                for (value, trial) in lane.state.iter_mut().zip(&self.workspace.trial) {
                    *value = trial.lane(index);
                }
                lane.needs_jacobian = true;
                let done = integration.is_done().then(|| integration.finish());
                done.map_or(LaneStatus::Accepted, LaneStatus::Finished)
            }
            AttemptResult::Rejected => LaneStatus::Rejected,
            AttemptResult::TooSmall => {
                lane.integration = None;
                let (from, to) = (&self.workspace, &mut *self.scalar.workspace);
                let ([.., errors], [.., scalar_errors]) = (&from.stages, &mut to.stages);
                gather_lane(index, errors, scalar_errors);
                gather_lane(index, &from.start, &mut to.start);
                gather_lane(index, &from.trial, &mut to.trial);
                LaneStatus::Failed(self.scalar.too_small(lane.step_start, error))
            }
        }
    }

    /// The state of a lane at the end of its last accepted step.
    pub(crate) fn state(&self, lane: usize) -> &[f64] {
        &self.lanes.get(lane).or_defect(NO_LANE).state
    }

    /// End of the last accepted step of a lane that is not empty.
    pub(crate) fn time(&self, lane: usize) -> f64 {
        let integration = self.lanes.get(lane).and_then(|lane| lane.integration.as_ref());
        integration.or_defect("the time of an empty lane").time
    }

    pub(crate) fn release(&mut self, lane: usize) {
        self.lanes.get_mut(lane).or_defect(NO_LANE).integration = None;
    }
}

fn scatter_lane<const W: usize>(lane: usize, from: &[f64], to: &mut [Lanes<W>]) {
    for (place, number) in to.iter_mut().zip(from) {
        place.set_lane(lane, *number);
    }
}

/// Copies numbers out of a lane.
fn gather_lane<const W: usize>(lane: usize, from: &[Lanes<W>], to: &mut [f64]) {
    for (place, numbers) in to.iter_mut().zip(from) {
        *place = numbers.lane(lane);
    }
}

/// Jacobian and rates of all lanes; gives a number that is finite where all of them are.
struct Linearize<'a, M, const W: usize> {
    structure: &'a Structure,
    systems: &'a M,
    jacobian: &'a mut Jacobian<Lanes<W>, GROUP_DIRECTIONS>,
    workspace: &'a mut Workspace<Lanes<W>>,
    time: Lanes<W>,
}

impl<M: BatchSystem<W>, const W: usize> Kernel for Linearize<'_, M, W> {
    type Output = Lanes<W>;

    #[inline(always)]
    fn run(self) -> Lanes<W> {
        let Self { structure, systems, jacobian, workspace, time } = self;
        let Workspace { start, rates, time_rates, .. } = workspace;
        jacobian.evaluate(structure, systems, time, start, rates, time_rates);
        let vectors = rates.iter().take(structure.states).chain(time_rates.iter());
        let all = vectors.take(2 * structure.states).chain(&jacobian.entries);
        all.fold(Lanes::zero(), |sum, number| sum.zip(*number, |sum, number| sum + number.abs()))
    }
}

/// Factors, attempt and errors of all lanes.
struct Attempt<'a, M, const W: usize> {
    structure: &'a Structure,
    tolerances: &'a Tolerances,
    systems: &'a M,
    entries: &'a [Lanes<W>],
    factors: &'a mut Factors<Lanes<W>>,
    workspace: &'a mut Workspace<Lanes<W>>,
    time: Lanes<W>,
    step: Lanes<W>,
}

impl<M: BatchSystem<W>, const W: usize> Kernel for Attempt<'_, M, W> {
    type Output = Lanes<W>;

    #[inline(always)]
    fn run(self) -> Lanes<W> {
        let Self { structure, workspace, factors, step, .. } = self;
        let shift = Lanes::one() / (step * Lanes::number(GAMMA));
        factors.factor(&structure.elimination, &structure.jacobian, self.entries, shift);
        workspace.attempt(structure, self.systems, &*factors, self.time, step);
        let [.., error] = &workspace.stages;
        self.tolerances.errors(&workspace.start, &workspace.trial, error)
    }
}
