//! One arm from event to event: which leg to integrate next, which rows to write.
//!
//! A [`Journey`] says which leg to integrate and is told how that went. Who integrates, one arm
//! alone or several side by side, makes no difference to it.

use crate::physiology::model::Model;
use crate::physiology::readouts::ReadOuts;
use crate::physiology::setting::{Resolution, Setting};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::Rows;
use crate::simulation::body::Body;
use crate::simulation::event::happen;
use crate::simulation::leg::Leg;
use crate::simulation::start::Start;
use crate::simulation::timeline::{Event, events, output_times};
use crate::solver::step::{Finish, StepView};
use crate::trajectory::{Row, Trajectory, Work};
use std::collections::BTreeMap;

/// How far one arm has come.
pub struct Journey<'a> {
    arm: &'a Arm,
    /// The person and the inputs in force.
    pub body: Body<f64>,
    /// The state at the end of the last leg.
    pub state: [f64; STATE_COUNT],
    events: Vec<Event>,
    /// The event whose leg comes next.
    next_event: usize,
    /// Size of the first step that worked after the doses of a minute of the day.
    first_steps: BTreeMap<u16, f64>,
    next_step: Option<f64>,
    /// What is written.
    pub log: Log,
}

/// Rows written and to come.
pub struct Log {
    /// The rows so far.
    pub trajectory: Trajectory,
    times: Vec<f64>,
    next_row: usize,
    leg_end: f64,
}

impl<'a> Journey<'a> {
    /// Stands at a start that [`Start::fits`] the arm.
    pub fn new(arm: &'a Arm, start: &Start, rows: &Rows) -> Self {
        let model = Model::new(&arm.parameters, &arm.person);
        let setting = Setting::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
        let events = events(arm);
        let times = rows.chosen(output_times(arm, &events));
        let mut trajectory = Trajectory { work: start.work, ..Trajectory::default() };
        trajectory.rows.reserve_exact(times.len());
        let log = Log { trajectory, times, next_row: 0, leg_end: f64::INFINITY };
        Self {
            arm,
            body: Body { model, setting },
            state: start.state,
            events,
            next_event: 0,
            first_steps: BTreeMap::new(),
            next_step: None,
            log,
        }
    }

    /// Lets the next event happen and gives the leg after it; `None` at the end of the arm.
    pub fn next_leg(&mut self) -> Option<Leg> {
        let Some(event) = self.events.get(self.next_event) else {
            let last = row(&self.body, self.arm.duration_days, &self.state);
            self.log.trajectory.rows.push(last);
            return None;
        };
        self.next_event += 1;
        let following = self.events.get(self.next_event).map(|event| event.time_days);
        let end = following.unwrap_or(self.arm.duration_days);
        happen(self.arm, event, &mut self.body, &mut self.state);
        self.log.trajectory.work.events += 1;
        self.log.leg_end = end;
        self.log.write_start(&self.body, event.time_days, &self.state);
        let first_step = if event.doses.is_empty() {
            self.next_step
        } else {
            self.first_steps.get(&event.minute_of_day()).copied()
        };
        Some(Leg { start: event.time_days, end, first_step })
    }

    /// Learns from a leg that came to its end.
    pub fn leg_done(&mut self, finish: Finish) {
        self.next_step = Some(finish.next_step);
        let (steps, past) = (&mut self.first_steps, self.next_event.checked_sub(1));
        let event = past.and_then(|index| self.events.get(index));
        if let Some(event) = event.filter(|event| !event.doses.is_empty()) {
            steps.insert(event.minute_of_day(), finish.first_step);
        }
    }

    /// Whether the inputs changed at the start of this leg.
    pub fn has_new_inputs(&self) -> bool {
        let past = self.next_event.checked_sub(1).and_then(|index| self.events.get(index));
        past.is_some_and(|event| event.inputs.is_some())
    }
}

impl Log {
    /// Writes the rows due at the start of a leg.
    fn write_start(&mut self, body: &Body<f64>, time_days: f64, state: &[f64; STATE_COUNT]) {
        while self.times.get(self.next_row).is_some_and(|time| *time <= time_days) {
            self.trajectory.rows.push(row(body, time_days, state));
            self.next_row += 1;
        }
    }

    /// Writes the rows within a step, but not the one at the end of the leg.
    pub fn step_taken(&mut self, body: &Body<f64>, view: &StepView<'_>) {
        while let Some(time) = self.row_due(view.end) {
            let mut state = [0.0; STATE_COUNT];
            view.interpolate(time, &mut state);
            self.trajectory.rows.push(row(body, time, &state));
            self.next_row += 1;
        }
    }

    /// The time of the next row, if that is at `until` or before and within the leg.
    pub fn row_due(&self, until: f64) -> Option<f64> {
        let next = self.times.get(self.next_row).copied();
        next.filter(|time| *time <= until && *time < self.leg_end)
    }

    /// Adds work done.
    pub fn add_work(&mut self, work: Work) {
        let sum = &mut self.trajectory.work;
        sum.steps += work.steps;
        sum.rejected += work.rejected;
        sum.rhs_calls += work.rhs_calls;
        sum.jacobians += work.jacobians;
    }
}

/// States, flows and read-outs at one time.
fn row(body: &Body<f64>, time_days: f64, state: &[f64; STATE_COUNT]) -> Row {
    let named = State::from_array(state);
    let rates = body.rates(time_days, &named);
    Row {
        time_days,
        states: *state,
        flows: rates.flows.to_array(),
        read_outs: ReadOuts::of(&body.model, &named, &rates).to_array(),
    }
}
