//! One arm from event to event: the segments to integrate and the rows to write.
//!
//! An [`ArmIntegration`] gives the next segment and gets the result of its integration. It is the
//! same for an integrator of one arm and for a lane.

use crate::physiology::model::Model;
use crate::physiology::readouts::ReadOuts;
use crate::physiology::segment_inputs::{Resolution, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::RowSelection;
use crate::simulation::event::apply_event;
use crate::simulation::initial_state::InitialState;
use crate::simulation::model_system::ModelSystem;
use crate::simulation::segment::Segment;
use crate::simulation::timeline::{Event, events, output_times};
use crate::solver::step::{Finish, StepView};
use crate::trajectory::{Row, Trajectory, Work};
use std::collections::BTreeMap;

pub(crate) struct ArmIntegration<'a> {
    arm: &'a Arm,
    /// The person and the inputs in force.
    pub system: ModelSystem<f64>,
    /// The state at the end of the last segment.
    pub state: [f64; STATE_COUNT],
    events: Vec<Event>,
    /// Index of the event at which the next segment starts.
    next_event: usize,
    /// First step size that was accepted after the doses at a minute of the day \[d\].
    first_steps: BTreeMap<u16, f64>,
    next_step: Option<f64>,
    pub log: Log,
}

/// The rows written so far and the times of the rows to come.
pub(crate) struct Log {
    pub trajectory: Trajectory,
    times: Vec<f64>,
    next_row: usize,
    segment_end: f64,
}

impl<'a> ArmIntegration<'a> {
    /// Day 0 of an arm, at an initial state that [`InitialState::fits`] it.
    pub(crate) fn new(arm: &'a Arm, start: &InitialState, rows: &RowSelection) -> Self {
        let model = Model::new(&arm.parameters, &arm.person);
        let segment =
            SegmentInputs::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
        let events = events(arm);
        let times = rows.chosen(output_times(arm, &events));
        let mut trajectory = Trajectory { work: start.work, ..Trajectory::default() };
        trajectory.rows.reserve_exact(times.len());
        let log = Log { trajectory, times, next_row: 0, segment_end: f64::INFINITY };
        Self {
            arm,
            system: ModelSystem { model, segment },
            state: start.state,
            events,
            next_event: 0,
            first_steps: BTreeMap::new(),
            next_step: None,
            log,
        }
    }

    /// Applies the next event and gives the segment after it; `None` at the end of the arm.
    pub(crate) fn next_segment(&mut self) -> Option<Segment> {
        let Some(event) = self.events.get(self.next_event) else {
            let last = row(&self.system, self.arm.duration_days, &self.state);
            self.log.trajectory.rows.push(last);
            return None;
        };
        self.next_event += 1;
        let following = self.events.get(self.next_event).map(|event| event.time_days);
        let end = following.unwrap_or(self.arm.duration_days);
        apply_event(self.arm, event, &mut self.system, &mut self.state);
        self.log.trajectory.work.events += 1;
        self.log.segment_end = end;
        self.log.write_start(&self.system, event.time_days, &self.state);
        let first_step = if event.doses.is_empty() {
            self.next_step
        } else {
            self.first_steps.get(&event.minute_of_day()).copied()
        };
        Some(Segment { start: event.time_days, end, first_step })
    }

    /// Keeps the step sizes of a finished segment for later segments.
    pub(crate) fn segment_done(&mut self, finish: Finish) {
        self.next_step = Some(finish.next_step);
        let (steps, current) = (&mut self.first_steps, self.next_event.checked_sub(1));
        let event = current.and_then(|index| self.events.get(index));
        if let Some(event) = event.filter(|event| !event.doses.is_empty()) {
            steps.insert(event.minute_of_day(), finish.first_step);
        }
    }

    /// True if the inputs changed at the start of this segment.
    pub(crate) fn has_new_inputs(&self) -> bool {
        let event = self.next_event.checked_sub(1).and_then(|index| self.events.get(index));
        event.is_some_and(|event| event.inputs.is_some())
    }
}

impl Log {
    /// Writes the rows due at the start of a segment.
    fn write_start(
        &mut self,
        system: &ModelSystem<f64>,
        time_days: f64,
        state: &[f64; STATE_COUNT],
    ) {
        while self.times.get(self.next_row).is_some_and(|time| *time <= time_days) {
            self.trajectory.rows.push(row(system, time_days, state));
            self.next_row += 1;
        }
    }

    /// Writes the rows within a step, but not the one at the end of the segment.
    pub(crate) fn step_taken(&mut self, system: &ModelSystem<f64>, view: &StepView<'_>) {
        while let Some(time) = self.row_due(view.end) {
            let mut state = [0.0; STATE_COUNT];
            view.interpolate(time, &mut state);
            self.trajectory.rows.push(row(system, time, &state));
            self.next_row += 1;
        }
    }

    /// The time of the next row, if it is not after `until` and lies within the segment.
    pub(crate) fn row_due(&self, until: f64) -> Option<f64> {
        let next = self.times.get(self.next_row).copied();
        next.filter(|time| *time <= until && *time < self.segment_end)
    }

    pub(crate) fn add_work(&mut self, work: Work) {
        let sum = &mut self.trajectory.work;
        sum.steps += work.steps;
        sum.rejected += work.rejected;
        sum.rhs_calls += work.rhs_calls;
        sum.jacobians += work.jacobians;
    }
}

/// States, flows and read-outs at one time.
fn row(system: &ModelSystem<f64>, time_days: f64, state: &[f64; STATE_COUNT]) -> Row {
    let named = State::from_array(state);
    let rates = system.rates(time_days, &named);
    Row {
        time_days,
        states: *state,
        flows: rates.flows.to_array(),
        read_outs: ReadOuts::of(&system.model, &named, &rates).to_array(),
    }
}
