//! The life before the start: averaged intake from age 30 to the scenario's first day.

use crate::physiology::initial::{
    life_history_start_days, reference_state, start_accounts, start_overrides,
};
use crate::physiology::person::Person;
use crate::physiology::setting::{IntakeMode, Setting};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::body::Body;
use crate::simulation::integrator::Integrator;
use crate::simulation::{Method, Options};
use crate::solver::failure::{Failure, FailureKind};
use crate::solver::step::StepView;
use crate::trajectory::Work;

/// The state at the start of the scenario, and the work it took.
///
/// Begins with the reference state at `reference_age_years`, lives on the habitual inputs in
/// `averaged` resolution, empties the accumulators and the gut, then applies measured values.
/// Always by the Rosenbrock method: years are stiff. `step_taken` is told the day of each step
/// and may stop the run.
pub fn live(
    arm: &Arm,
    body: &mut Body<f64>,
    options: &Options,
    step_taken: &mut dyn FnMut(f64) -> bool,
) -> Result<([f64; STATE_COUNT], Work), Failure> {
    let mut state = reference_state(&body.model).to_array();
    let mut work = Work::default();
    let start = life_history_start_days(&body.model);
    if start < 0.0 {
        body.setting =
            Setting::new(&arm.habitual, IntakeMode::Averaged, None, &body.model.parameters);
        let mut integrator = Integrator::new(body, Method::Rosenbrock, options)?;
        let mut observer = |view: &StepView<'_>| step_taken(view.end);
        integrator.integrate(body, start, &mut state, 0.0, None, &mut observer)?;
        work = integrator.work();
    }
    let mut named = State::from_array(&state);
    start_accounts(&mut named);
    apply_measured(&arm.person, body, &mut named)?;
    Ok((named.to_array(), work))
}

/// Measured start values; a bone state that cannot be scaled is a failure, not a panic.
fn apply_measured(
    person: &Person,
    body: &Body<f64>,
    state: &mut State<f64>,
) -> Result<(), Failure> {
    start_overrides(&body.model, person, state);
    let unsound = state.to_array().iter().position(|value| !value.is_finite());
    match unsound {
        Some(index) => Err(Failure { kind: FailureKind::NotFinite, time: 0.0, state: Some(index) }),
        None => Ok(()),
    }
}
