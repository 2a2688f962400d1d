//! From event to event: inputs change, doses are swallowed, rows are written.

use crate::nutrition::diet::{EATEN, MealFoods};
use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::{Dose, Intake};
use crate::physiology::boluses::{Pill, eat_meal, take_pill};
use crate::physiology::initial::life_history_start_days;
use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::readouts::ReadOuts;
use crate::physiology::setting::{IntakeMode, Season, Setting};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::body::{Body, intake_mode};
use crate::simulation::integrator::{Integrator, run_failure};
use crate::simulation::start::Start;
use crate::simulation::timeline::{Event, events, minute_of_day, output_times};
use crate::simulation::{ArmRun, Options, Rows};
use crate::solver::failure::Failure;
use crate::solver::step::{Finish, StepView};
use crate::trajectory::{Row, Trajectory, Work};
use std::collections::BTreeMap;

/// Steps between two questions whether to go on.
const STEPS_PER_LOOK: u32 = 256;

/// Runs one arm: life history, measured start values, then the scenario with all its events.
///
/// `watch` is called now and then with the share done (0 to 1) and returns whether to go on;
/// `false` ends the run with [`crate::error::failure::RunFailure::Interrupted`]. After a failure the rows up to it are
/// kept and the trajectory is marked incomplete.
pub fn run_arm(arm: &Arm, options: &Options, watch: &mut dyn FnMut(f64) -> bool) -> ArmRun {
    let history = -life_history_start_days(&Model::new(&arm.parameters, &arm.person));
    let whole = history + arm.duration_days;
    let mut step_taken = now_and_then(|day| watch((day + history) / whole));
    match Start::of(arm, options, &mut step_taken) {
        Ok(start) => from_start(arm, &start, options, &Rows::All, &mut step_taken),
        Err(failure) => ArmRun { trajectory: Trajectory::default(), failure: Some(failure) },
    }
}

/// Runs one arm from a start that [`Start::fits`] it, and keeps only some rows.
///
/// The rows that are kept are to the last bit those of [`run_arm`].
pub fn run_arm_from(
    arm: &Arm,
    start: &Start,
    options: &Options,
    rows: &Rows,
    watch: &mut dyn FnMut(f64) -> bool,
) -> ArmRun {
    let mut step_taken = now_and_then(|day| watch(day / arm.duration_days));
    from_start(arm, start, options, rows, &mut step_taken)
}

/// Asks only once in [`STEPS_PER_LOOK`] steps.
fn now_and_then(mut ask: impl FnMut(f64) -> bool) -> impl FnMut(f64) -> bool {
    let mut steps = 0;
    move |day| {
        steps = (steps + 1) % STEPS_PER_LOOK;
        steps != 1 || ask(day)
    }
}

fn from_start(
    arm: &Arm,
    start: &Start,
    options: &Options,
    rows: &Rows,
    step_taken: &mut dyn FnMut(f64) -> bool,
) -> ArmRun {
    let mut trajectory = Trajectory::default();
    let failure = simulate(arm, start, options, rows, step_taken, &mut trajectory)
        .map_err(|failure| run_failure(&failure, &arm.name, options.method))
        .err();
    trajectory.complete = failure.is_none();
    ArmRun { trajectory, failure }
}

fn simulate(
    arm: &Arm,
    start: &Start,
    options: &Options,
    rows: &Rows,
    step_taken: &mut dyn FnMut(f64) -> bool,
    trajectory: &mut Trajectory,
) -> Result<(), Failure> {
    let model = Model::new(&arm.parameters, &arm.person);
    let setting = Setting::new(&arm.habitual, IntakeMode::Averaged, None, &arm.parameters);
    let body = Body { model, setting };
    let integrator = Integrator::new(&body, options.method, options)?;
    let (state, first_steps) = (start.state, BTreeMap::new());
    let mut run = Run { arm, rows, body, integrator, state, first_steps, next_step: None };
    let result = run.all_events(trajectory, step_taken);
    trajectory.work = sum(start.work, run.integrator.work(), trajectory.work.events);
    result
}

fn sum(lived: Work, run: Work, events: u64) -> Work {
    Work {
        steps: lived.steps + run.steps,
        rejected: lived.rejected + run.rejected,
        rhs_calls: lived.rhs_calls + run.rhs_calls,
        jacobians: lived.jacobians + run.jacobians,
        events,
    }
}

struct Run<'a> {
    arm: &'a Arm,
    rows: &'a Rows,
    body: Body<f64>,
    integrator: Integrator,
    state: [f64; STATE_COUNT],
    /// Size of the first step that worked after the doses of a minute of the day.
    first_steps: BTreeMap<u16, f64>,
    next_step: Option<f64>,
}

impl Run<'_> {
    fn all_events(
        &mut self,
        trajectory: &mut Trajectory,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<(), Failure> {
        let events = events(self.arm);
        let times = self.rows.chosen(output_times(self.arm, &events));
        let mut coming = times.as_slice();
        trajectory.rows.reserve_exact(times.len());
        let ends = events.iter().skip(1).map(|event| event.time_days);
        let ends = ends.chain(std::iter::once(self.arm.duration_days));
        for (event, end) in events.iter().zip(ends) {
            self.happen(event);
            trajectory.work.events += 1;
            while let Some((_, later)) =
                coming.split_first().filter(|(time, _)| **time <= event.time_days)
            {
                trajectory.rows.push(self.row(event.time_days, &self.state));
                coming = later;
            }
            let finish = self.segment(event, end, &mut coming, trajectory, step_taken)?;
            self.next_step = Some(finish.next_step);
            if !event.doses.is_empty() {
                self.first_steps.insert(event.minute_of_day(), finish.first_step);
            }
        }
        trajectory.rows.push(self.row(self.arm.duration_days, &self.state));
        Ok(())
    }

    /// Inputs first, then all doses: they commute.
    fn happen(&mut self, event: &Event) {
        let parameters = &self.body.model.parameters;
        if let Some(inputs) = &event.inputs {
            let season = self.arm.season.map(|season| Season {
                amplitude: season.amplitude,
                start_day_of_year: season.start_day_of_year,
            });
            let mode = intake_mode(self.arm.resolution);
            self.body.setting = Setting::new(inputs, mode, season, parameters);
        }
        if !event.doses.is_empty() {
            let mut state = State::from_array(&self.state);
            for dose in &event.doses {
                self.swallow(dose, &mut state);
            }
            self.state = state.to_array();
        }
    }

    fn swallow(&self, dose: &Dose, state: &mut State<f64>) {
        let (model, inputs) = (&self.body.model, &self.body.setting.inputs);
        match dose.intake {
            Intake::Meal(share) if self.arm.meal_foods.is_empty() => {
                eat_meal(model, inputs, share, state);
            }
            Intake::Meal(share) => {
                let (rest, own) =
                    apart(inputs, &self.arm.meal_foods, minute_of_day(dose.time_days));
                eat_meal(model, &rest, share, state);
                eat_meal(model, &own, 1.0, state);
            }
            Intake::Pill(substance, amount) => {
                take_pill(model, inputs, pill(substance, amount), state);
            }
        }
    }

    /// Integrates to the next event and writes the rows on the way, but not the one at `end`.
    fn segment(
        &mut self,
        event: &Event,
        end: f64,
        coming: &mut &[f64],
        trajectory: &mut Trajectory,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Finish, Failure> {
        let first_step = if event.doses.is_empty() {
            self.next_step
        } else {
            self.first_steps.get(&event.minute_of_day()).copied()
        };
        let body = &self.body;
        let mut observer = |view: &StepView<'_>| {
            while let Some((time, later)) =
                coming.split_first().filter(|(time, _)| **time <= view.end && **time < end)
            {
                let mut state = [0.0; STATE_COUNT];
                view.interpolate(*time, &mut state);
                trajectory.rows.push(row(body, *time, &state));
                *coming = later;
            }
            step_taken(view.end)
        };
        let start = event.time_days;
        self.integrator.integrate(body, start, &mut self.state, end, first_step, &mut observer)
    }

    fn row(&self, time_days: f64, state: &[f64; STATE_COUNT]) -> Row {
        row(&self.body, time_days, state)
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

/// The day's food without that of single meals, and what is eaten at the meal of this minute only.
fn apart(inputs: &Inputs<f64>, meals: &[MealFoods], minute: u16) -> (Inputs<f64>, Inputs<f64>) {
    let (mut rest, mut own) = (*inputs, *inputs);
    for name in EATEN {
        if let Some(value) = own.get_mut(name) {
            *value = 0.0;
        }
    }
    for meal in meals {
        let is_now = minute_of_day(meal.hour / 24.0) == minute;
        for (name, amount) in meal.nutrients() {
            if let Some(value) = rest.get_mut(name) {
                *value = (*value - amount).max(0.0);
            }
            if let Some(value) = own.get_mut(name).filter(|_| is_now) {
                *value += amount;
            }
        }
    }
    (rest, own)
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
