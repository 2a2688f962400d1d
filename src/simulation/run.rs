//! One arm alone.

use crate::scenario::Arm;
use crate::simulation::integrator::{Integrator, run_failure};
use crate::simulation::journey::{Journey, Leg, Part};
use crate::simulation::{ArmRun, Method, Options};
use crate::solver::failure::Failure;
use crate::solver::step::{Finish, StepView};

/// Steps between two questions whether to go on.
const STEPS_PER_LOOK: u32 = 256;

/// Runs one arm: life history, measured start values, then the scenario with all its events.
///
/// `watch` is called now and then with the share done (0 to 1) and returns whether to go on;
/// `false` ends the run with an interruption as its failure. After a failure the rows up to it are
/// kept and the trajectory is marked incomplete.
pub fn run_arm(arm: &Arm, options: &Options, watch: &mut dyn FnMut(f64) -> bool) -> ArmRun {
    let mut journey = Journey::new(arm);
    let result = travel(&mut journey, options, watch);
    let failure = result.err().map(|failure| run_failure(&failure, &arm.name, options.method));
    let mut trajectory = journey.log.trajectory;
    trajectory.complete = failure.is_none();
    ArmRun { trajectory, failure }
}

fn travel(
    journey: &mut Journey<&Arm>,
    options: &Options,
    watch: &mut dyn FnMut(f64) -> bool,
) -> Result<(), Failure> {
    let history = journey.history_days();
    let whole = history + journey.arm().duration_days;
    let mut steps = 0;
    let mut step_taken = |day: f64| {
        steps = (steps + 1) % STEPS_PER_LOOK;
        steps != 1 || watch((day + history) / whole)
    };
    if let Some(leg) = journey.history() {
        let mut integrator = Integrator::new(&journey.body, Method::Rosenbrock, options)?;
        integrate(journey, &mut integrator, &leg, &mut step_taken)?;
        journey.log.add_work(integrator.work());
    }
    journey.start()?;
    let mut integrator = Integrator::new(&journey.body, options.method, options)?;
    let mut result = Ok(());
    while let Some(leg) = journey.next_leg() {
        match integrate(journey, &mut integrator, &leg, &mut step_taken) {
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

/// Integrates one leg and writes the rows on the way.
fn integrate(
    journey: &mut Journey<&Arm>,
    integrator: &mut Integrator,
    leg: &Leg,
    step_taken: &mut dyn FnMut(f64) -> bool,
) -> Result<Finish, Failure> {
    let Journey { body, state, log, .. } = journey;
    let mut observer = |view: &StepView<'_>| {
        if leg.part == Part::Scenario {
            log.step_taken(body, view);
        }
        step_taken(view.end)
    };
    integrator.integrate(body, leg.start, state, leg.end, leg.first_step, &mut observer)
}
