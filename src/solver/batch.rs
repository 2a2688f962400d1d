//! Rodas5P for several independent integrations side by side, each to the bits it has alone.
//!
//! All lanes attempt a step at once, each with its own time, size, error control and end. What
//! has to be decided is decided per lane by the code of `Progress`, which the method for one
//! system uses too. A lane whose attempt was rejected stays where it is and tries again with the
//! others; an attempt that needs pivoting is made alone.

use super::SideBySide;
use super::attempt::Workspace;
use super::dense_output::interpolate;
use super::failure::{Failure, FailureKind};
use super::jacobian::Jacobian;
use super::progress::{Progress, Verdict};
use super::single::Single;
use super::sparse_lu::Factors;
use super::step::{Finish, Statistics, StepView};
use super::step_size::Plan;
use super::structure::Structure;
use super::tableau::GAMMA;
use super::tolerance::Tolerances;
use crate::real::dispatch::{Kernel, Registers};
use crate::real::{Lanes, Real};
use std::sync::Arc;

/// Directions of differentiation at a time: with more, a number of all lanes with its derivatives
/// does not fit the registers.
const PAIR: usize = 2;

/// Several integrations under way.
pub struct Batch<const W: usize> {
    single: Single,
    /// Most steps, accepted and rejected, of a lane since its work was reset.
    pub step_limit: u64,
    workspace: Box<Workspace<Lanes<W>>>,
    jacobian: Jacobian<Lanes<W>, PAIR>,
    factors: Factors<Lanes<W>>,
    lanes: [Lane; W],
}

/// One integration.
struct Lane {
    progress: Option<Progress>,
    /// State at the end of the last accepted step.
    state: Vec<f64>,
    /// Whether state and time have changed since the Jacobian was taken.
    moved: bool,
    /// Start and size of the last attempt.
    from: f64,
    plan: Plan,
    statistics: Statistics,
}

/// What became of a lane in one round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing was to be done.
    Idle,
    /// The attempt was rejected.
    Rejected,
    /// A step was accepted and the end is not yet reached.
    Accepted,
    /// A step was accepted and reached the end.
    Finished(Finish),
    /// The integration has failed.
    Failed(Failure),
}

impl<const W: usize> Batch<W> {
    /// All lanes idle.
    ///
    /// Errors: [`FailureKind::Unsupported`] if there is not one tolerance per state.
    pub fn new(structure: Arc<Structure>, tolerances: Tolerances) -> Result<Self, Failure> {
        let lane = |_| Lane {
            progress: None,
            state: vec![0.0; structure.states],
            moved: true,
            from: 0.0,
            plan: Plan { step: 1.0, last: false },
            statistics: Statistics::default(),
        };
        Ok(Self {
            step_limit: 50_000_000,
            workspace: Box::new(Workspace::new()),
            jacobian: Jacobian::new(&structure),
            factors: Factors::new(&structure.elimination),
            lanes: std::array::from_fn(lane),
            single: Single::new(structure, tolerances)?,
        })
    }

    /// Begins an integration in a lane; `Some` if there is nothing to integrate.
    ///
    /// Errors: as for one system.
    pub fn begin(
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
        let progress = Progress::new(start, end, first_step, f64::INFINITY)?;
        if progress.is_done() {
            return Ok(Some(progress.finish()));
        }
        lane.state.copy_from_slice(state);
        (lane.progress, lane.moved) = (Some(progress), true);
        Ok(None)
    }

    /// Work of a lane since its work was reset.
    pub fn statistics(&self, lane: usize) -> Statistics {
        self.lanes.get(lane).map(|lane| lane.statistics).unwrap_or_default()
    }

    /// Counts the work of a lane from zero.
    pub fn reset_statistics(&mut self, lane: usize) {
        if let Some(lane) = self.lanes.get_mut(lane) {
            lane.statistics = Statistics::default();
        }
    }

    /// Lets `look` see the step that a lane has just accepted.
    pub fn show(&self, lane: usize, look: &mut dyn FnMut(&StepView<'_>)) {
        let Some(Lane { progress: Some(progress), state, from, plan, .. }) = self.lanes.get(lane)
        else {
            return;
        };
        let reached = progress.time;
        let interpolant = |at: f64, result: &mut [f64]| {
            let share = if at >= reached { 1.0 } else { (at - from) / plan.step };
            interpolate(&self.workspace, |numbers| numbers.lane(lane), share, result);
        };
        look(&StepView { start: *from, end: reached, state, interpolant: &interpolant });
    }

    /// One attempt in every lane that is under way.
    pub fn round<M: SideBySide<W>, P: Registers>(
        &mut self,
        registers: P,
        systems: &M,
    ) -> [Outcome; W] {
        let mut outcomes = [Outcome::Idle; W];
        let mut times = [0.0; W];
        for (index, (lane, time)) in self.lanes.iter_mut().zip(&mut times).enumerate() {
            if let Some(progress) = &lane.progress {
                lane.from = progress.time;
                spread(index, &lane.state, &mut self.workspace.start);
            }
            *time = lane.from;
        }
        let soundness = registers.run(Linearize {
            structure: &self.single.structure,
            systems,
            jacobian: &mut self.jacobian,
            workspace: &mut self.workspace,
            time: Lanes::new(times),
        });
        let lanes = outcomes.iter_mut().zip(systems.alone()).zip(soundness.numbers());
        for (index, ((outcome, alone), soundness)) in lanes.enumerate() {
            if let Err(failure) = self.prepare(index, alone, soundness.is_finite()) {
                *outcome = Outcome::Failed(failure);
            }
        }
        let mut steps = [1.0; W];
        for (lane, step) in self.lanes.iter().zip(&mut steps) {
            if lane.progress.is_some() {
                *step = lane.plan.step;
            }
        }
        let errors = registers.run(Attempt {
            structure: &self.single.structure,
            tolerances: &self.single.tolerances,
            systems,
            entries: &self.jacobian.entries,
            factors: &mut self.factors,
            workspace: &mut self.workspace,
            time: Lanes::new(times),
            step: Lanes::new(steps),
        });
        let results = outcomes.iter_mut().zip(systems.alone()).zip(errors.numbers());
        for (index, ((outcome, alone), error)) in results.enumerate() {
            if *outcome == Outcome::Idle {
                *outcome = self.conclude(index, alone, *error);
            }
        }
        outcomes
    }

    /// Plans the attempt of a lane; alone where the first step is unknown or something unsound.
    fn prepare(
        &mut self,
        index: usize,
        alone: &impl super::System,
        is_sound: bool,
    ) -> Result<(), Failure> {
        let Some(lane) = self.lanes.get_mut(index) else { return Ok(()) };
        let Some(mut progress) = lane.progress.take() else { return Ok(()) };
        if lane.moved {
            lane.statistics.jacobian_calls += 1;
            if !is_sound || progress.wants_first_step() {
                self.single.linearize(alone, progress.time, &lane.state)?;
            }
            if progress.wants_first_step() {
                progress.begin_with(self.single.initial_step(progress.remaining()));
            }
            lane.moved = false;
        }
        lane.plan = progress.plan(&lane.statistics, self.step_limit)?;
        lane.progress = Some(progress);
        Ok(())
    }

    /// Judges the attempt of a lane; a doubtful one is made again, alone and pivoted.
    fn conclude(&mut self, index: usize, alone: &impl super::System, error: f64) -> Outcome {
        let Some(lane) = self.lanes.get_mut(index) else { return Outcome::Idle };
        let Some(progress) = &mut lane.progress else { return Outcome::Idle };
        let mut error = error;
        if progress.is_doubtful() {
            if let Err(failure) = self.single.linearize(alone, lane.from, &lane.state) {
                lane.progress = None;
                return Outcome::Failed(failure);
            }
            error = self.single.attempt(alone, lane.from, lane.plan.step, true);
            spread(index, &self.single.workspace.trial, &mut self.workspace.trial);
            let stages = self.single.workspace.stages.iter().zip(&mut self.workspace.stages);
            stages.for_each(|(from, to)| spread(index, from, to));
        }
        match progress.judge(&lane.plan, error, &mut lane.statistics) {
            Verdict::Accepted => {
                for (value, trial) in lane.state.iter_mut().zip(&self.workspace.trial) {
                    *value = trial.lane(index);
                }
                lane.moved = true;
                let done = progress.is_done().then(|| progress.finish());
                done.map_or(Outcome::Accepted, Outcome::Finished)
            }
            Verdict::Rejected => Outcome::Rejected,
            Verdict::TooSmall => {
                lane.progress = None;
                let (from, to) = (&self.workspace, &mut *self.single.workspace);
                let ([.., errors], [.., place]) = (&from.stages, &mut to.stages);
                gather(index, errors, place);
                gather(index, &from.start, &mut to.start);
                gather(index, &from.trial, &mut to.trial);
                Outcome::Failed(self.single.too_small(lane.from, error))
            }
        }
    }

    /// The state of a lane at the end of its last accepted step.
    pub fn state(&self, lane: usize) -> &[f64] {
        self.lanes.get(lane).map(|lane| lane.state.as_slice()).unwrap_or_default()
    }

    /// End of the last accepted step of a lane; NaN if it rests.
    pub fn time(&self, lane: usize) -> f64 {
        let progress = self.lanes.get(lane).and_then(|lane| lane.progress.as_ref());
        progress.map_or(f64::NAN, |progress| progress.time)
    }

    /// Takes a lane out of the rounds.
    pub fn rest(&mut self, lane: usize) {
        if let Some(lane) = self.lanes.get_mut(lane) {
            lane.progress = None;
        }
    }
}

/// Copies numbers into a lane.
fn spread<const W: usize>(lane: usize, from: &[f64], to: &mut [Lanes<W>]) {
    for (place, number) in to.iter_mut().zip(from) {
        place.set_lane(lane, *number);
    }
}

/// Copies numbers out of a lane.
fn gather<const W: usize>(lane: usize, from: &[Lanes<W>], to: &mut [f64]) {
    for (place, numbers) in to.iter_mut().zip(from) {
        *place = numbers.lane(lane);
    }
}

/// Jacobian and rates of all lanes; gives a number that is finite where all of them are.
struct Linearize<'a, M, const W: usize> {
    structure: &'a Structure,
    systems: &'a M,
    jacobian: &'a mut Jacobian<Lanes<W>, PAIR>,
    workspace: &'a mut Workspace<Lanes<W>>,
    time: Lanes<W>,
}

impl<M: SideBySide<W>, const W: usize> Kernel for Linearize<'_, M, W> {
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

impl<M: SideBySide<W>, const W: usize> Kernel for Attempt<'_, M, W> {
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
