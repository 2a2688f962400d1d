//! One arm, integrated on its own.

use crate::scenario::Arm;
use crate::simulation::arm_integration::ArmIntegration;
use crate::simulation::initial_state::InitialState;
use crate::simulation::integrator::run_failure;
use crate::simulation::{ArmRun, Options, RowSelection};
use crate::trajectory::Trajectory;

/// Steps between two calls of `watch`.
const STEPS_PER_POLL: u32 = 256;

/// Runs one arm: lived past, measured start values, then the scenario with all its events.
///
/// `watch` is called now and then with the share done (0 to 1) and returns whether to go on;
/// `false` ends the run with [`RunFailure::Interrupted`](crate::RunFailure::Interrupted). After a failure
/// the rows up to it are kept and the trajectory is marked incomplete.
pub fn run_arm(arm: &Arm, options: &Options, watch: &mut dyn FnMut(f64) -> bool) -> ArmRun {
    // The past is short against a run that lasts: it counts as no part of it.
    let mut step_taken = throttled(|day| watch(day.max(0.0) / arm.duration_days));
    match InitialState::of(arm, options, &mut step_taken) {
        Ok(start) => run_with(arm, &start, options, &RowSelection::All, &mut step_taken),
        Err(failure) => ArmRun { trajectory: Trajectory::default(), failure: Some(failure) },
    }
}

/// Runs one arm from an initial state that [`InitialState::fits`] it, and keeps only some rows.
///
/// The rows that are kept are to the last bit those of [`run_arm`].
pub(crate) fn run_arm_from(
    arm: &Arm,
    start: &InitialState,
    options: &Options,
    rows: &RowSelection,
    watch: &mut dyn FnMut(f64) -> bool,
) -> ArmRun {
    let mut step_taken = throttled(|day| watch(day / arm.duration_days));
    run_with(arm, start, options, rows, &mut step_taken)
}

/// A function of each step's day that asks only once in [`STEPS_PER_POLL`] steps.
pub(crate) fn throttled(mut ask: impl FnMut(f64) -> bool) -> impl FnMut(f64) -> bool {
    let mut steps = 0;
    move |day| {
        steps = (steps + 1) % STEPS_PER_POLL;
        steps != 1 || ask(day)
    }
}

fn run_with(
    arm: &Arm,
    start: &InitialState,
    options: &Options,
    rows: &RowSelection,
    step_taken: &mut dyn FnMut(f64) -> bool,
) -> ArmRun {
    let mut integration = ArmIntegration::new(arm, start, rows);
    let failure = integration.integrate(options.method, options, step_taken).err();
    ArmRun::ended(
        integration.log.trajectory,
        failure.map(|f| run_failure(&f, &arm.name, options.method)),
    )
}
