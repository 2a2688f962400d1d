//! One arm alone.

use crate::scenario::Arm;
use crate::simulation::integrator::{Integrator, run_failure};
use crate::simulation::journey::Journey;
use crate::simulation::life_history::Past;
use crate::simulation::start::Start;
use crate::simulation::{ArmRun, Options, Rows};
use crate::solver::failure::Failure;
use crate::solver::step::StepView;
use crate::trajectory::Trajectory;

/// Steps between two questions whether to go on.
const STEPS_PER_LOOK: u32 = 256;

/// Runs one arm: life history, measured start values, then the scenario with all its events.
///
/// `watch` is called now and then with the share done (0 to 1) and returns whether to go on;
/// `false` ends the run with [`crate::error::failure::RunFailure::Interrupted`]. After a failure the rows up to it are
/// kept and the trajectory is marked incomplete.
pub fn run_arm(arm: &Arm, options: &Options, watch: &mut dyn FnMut(f64) -> bool) -> ArmRun {
    let history = Past::of(arm).days();
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
pub fn now_and_then(mut ask: impl FnMut(f64) -> bool) -> impl FnMut(f64) -> bool {
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
    let mut journey = Journey::new(arm, start, rows);
    let failure = travel(&mut journey, options, step_taken).err();
    ArmRun::ended(
        journey.log.trajectory,
        failure.map(|f| run_failure(&f, &arm.name, options.method)),
    )
}

/// Integrates leg after leg and writes the rows on the way.
fn travel(
    journey: &mut Journey<'_>,
    options: &Options,
    step_taken: &mut dyn FnMut(f64) -> bool,
) -> Result<(), Failure> {
    let mut integrator = Integrator::new(&journey.body, options.method, options)?;
    let mut result = Ok(());
    while let Some(leg) = journey.next_leg() {
        let Journey { body, state, log, .. } = journey;
        let mut observer = |view: &StepView<'_>| {
            log.step_taken(body, view);
            step_taken(view.end)
        };
        match integrator.integrate(body, &leg, state, &mut observer) {
            Ok(finish) => journey.leg_done(finish),
            Err(failure) => {
                result = Err(failure);
                break;
            }
        }
    }
    journey.log.add_work(integrator.work());
    result
}
