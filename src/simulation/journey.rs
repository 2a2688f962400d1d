//! One arm from event to event: inputs change, doses are swallowed, rows are written.
//!
//! A [`Journey`] says which leg to integrate next and is told how that went. Who integrates, one
//! arm alone or several side by side, makes no difference to it.

use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::{Dose, Intake};
use crate::physiology::boluses::{Pill, eat_meal, take_pill};
use crate::physiology::initial::{
    life_history_start_days, reference_state, start_accounts, start_overrides,
};
use crate::physiology::model::Model;
use crate::physiology::readouts::ReadOuts;
use crate::physiology::setting::{IntakeMode, Season, Setting};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::body::{Body, intake_mode};
use crate::simulation::timeline::{Event, events, output_times};
use crate::solver::failure::{Failure, FailureKind};
use crate::solver::step::{Finish, StepView};
use crate::trajectory::{Row, Trajectory, Work};
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// A stretch of time without events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// Which part of the life it belongs to; work and step limit are counted per part.
    pub part: Part,
    /// Begin \[d\].
    pub start: f64,
    /// End \[d\].
    pub end: f64,
    /// The step to begin with, if one is known.
    pub first_step: Option<f64>,
}

/// The parts of a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// From age 30 to the start: averaged intake, always by the implicit method.
    History,
    /// From the start on.
    Scenario,
}

/// How far one arm has come.
pub struct Journey<A> {
    arm: A,
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

impl<A: Borrow<Arm>> Journey<A> {
    /// Stands at age 30, or at the start if that is no later.
    pub fn new(arm: A) -> Self {
        let Arm { parameters, person, habitual, .. } = arm.borrow();
        let model = Model::new(parameters, person);
        let setting = Setting::new(habitual, IntakeMode::Averaged, None, parameters);
        let log = Log {
            trajectory: Trajectory::default(),
            times: Vec::new(),
            next_row: 0,
            leg_end: f64::INFINITY,
        };
        Self {
            arm,
            body: Body { model, setting },
            state: reference_state(&model).to_array(),
            events: Vec::new(),
            next_event: 0,
            first_steps: BTreeMap::new(),
            next_step: None,
            log,
        }
    }

    /// Whose journey it is.
    pub fn arm(&self) -> &Arm {
        self.arm.borrow()
    }

    /// Length of the life before the start \[d\].
    pub fn history_days(&self) -> f64 {
        -life_history_start_days(&self.body.model)
    }

    /// The leg from age 30 to the start, if there is one.
    pub fn history(&self) -> Option<Leg> {
        let start = life_history_start_days(&self.body.model);
        (start < 0.0).then_some(Leg { part: Part::History, start, end: 0.0, first_step: None })
    }

    /// Ends the life history, if there was one: empties the books, applies measured values, and
    /// looks up what will happen.
    ///
    /// Errors: a measured value that makes a state infinite.
    pub fn start(&mut self) -> Result<(), Failure> {
        let mut state = State::from_array(&self.state);
        start_accounts(&mut state);
        start_overrides(&self.body.model, &self.arm.borrow().person, &mut state);
        self.state = state.to_array();
        if let Some(index) = self.state.iter().position(|value| !value.is_finite()) {
            let kind = FailureKind::NotFinite;
            return Err(Failure { kind, time: 0.0, state: Some(index) });
        }
        self.events = events(self.arm.borrow());
        self.log.times = output_times(self.arm.borrow(), &self.events);
        self.log.trajectory.rows.reserve_exact(self.log.times.len());
        Ok(())
    }

    /// Lets the next event happen and gives the leg after it; `None` at the end of the arm.
    pub fn next_leg(&mut self) -> Option<Leg> {
        let Some(event) = self.events.get(self.next_event) else {
            let last = row(&self.body, self.arm.borrow().duration_days, &self.state);
            self.log.trajectory.rows.push(last);
            return None;
        };
        self.next_event += 1;
        let following = self.events.get(self.next_event).map(|event| event.time_days);
        let end = following.unwrap_or(self.arm.borrow().duration_days);
        happen(self.arm.borrow(), event, &mut self.body, &mut self.state);
        self.log.trajectory.work.events += 1;
        self.log.leg_end = end;
        self.log.write_start(&self.body, event.time_days, &self.state);
        let first_step = if event.doses.is_empty() {
            self.next_step
        } else {
            self.first_steps.get(&event.minute_of_day()).copied()
        };
        Some(Leg { part: Part::Scenario, start: event.time_days, end, first_step })
    }

    /// Learns from a leg that came to its end.
    pub fn leg_done(&mut self, finish: Finish) {
        let past = self.next_event.checked_sub(1).and_then(|index| self.events.get(index));
        let Some(event) = past else { return };
        self.next_step = Some(finish.next_step);
        if !event.doses.is_empty() {
            self.first_steps.insert(event.minute_of_day(), finish.first_step);
        }
    }

    /// Whether the inputs have just changed.
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
        while let Some(time) = self.times.get(self.next_row).copied() {
            if time > view.end || time >= self.leg_end {
                return;
            }
            let mut state = [0.0; STATE_COUNT];
            view.interpolate(time, &mut state);
            self.trajectory.rows.push(row(body, time, &state));
            self.next_row += 1;
        }
    }

    /// Whether rows are still to be written.
    pub fn has_rows_left(&self) -> bool {
        self.next_row < self.times.len()
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

/// Inputs first, then all doses: they commute.
fn happen(arm: &Arm, event: &Event, body: &mut Body<f64>, state: &mut [f64; STATE_COUNT]) {
    if let Some(inputs) = &event.inputs {
        let season = arm.season.map(|season| Season {
            amplitude: season.amplitude,
            start_day_of_year: season.start_day_of_year,
        });
        let mode = intake_mode(arm.resolution);
        body.setting = Setting::new(inputs, mode, season, &body.model.parameters);
    }
    if !event.doses.is_empty() {
        let mut named = State::from_array(state);
        for dose in &event.doses {
            swallow(body, dose, &mut named);
        }
        *state = named.to_array();
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

fn swallow(body: &Body<f64>, dose: &Dose, state: &mut State<f64>) {
    let (model, inputs) = (&body.model, &body.setting.inputs);
    match dose.intake {
        Intake::Meal(share) => eat_meal(model, inputs, share, state),
        Intake::Pill(substance, amount) => {
            take_pill(model, inputs, pill(substance, amount), state);
        }
    }
}

fn pill(substance: Substance, amount: f64) -> Pill {
    let mut pill = Pill::default();
    match substance {
        Substance::Calcium => pill.calcium_mg = amount,
        Substance::VitaminD => pill.vitamin_d_ug = amount,
        Substance::K1 => pill.k1_ug = amount,
        Substance::Mk4 => pill.mk4_ug = amount,
        Substance::Mk7 => pill.mk7_ug = amount,
    }
    pill
}
