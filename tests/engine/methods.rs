//! The explicit methods as a second opinion on the whole model, and what they refuse.

use super::arms::{arm, cases, error_at_end, man, woman};
use crate::error::failure::RunFailure;
use crate::parameters::Hypothesis;
use crate::physiology::segment_inputs::{Resolution, Season};
use crate::physiology::state::STATES;
use crate::scenario::Arm;
use crate::simulation::{ArmRun, Method, Options, run_arm};
use crate::trajectory::Trajectory;

fn day_of_meals() -> Arm {
    let mut day = arm(woman(40.0), Hypothesis::Paradox, 1.0, 1.0 / 24.0);
    day.resolution = Resolution::Meals;
    let inputs = &mut day.phases[0].inputs;
    inputs.calcium_supplement_mg_per_day = 500.0;
    inputs.mk7_supplement_ug_per_day = 90.0;
    day.regimens = super::arms::regimens_of(inputs, 0.0, f64::INFINITY);
    day
}

fn run(arm: &Arm, method: Method, relative_tolerance: f64) -> ArmRun {
    let options = Options { method, relative_tolerance, ..Options::default() };
    run_arm(arm, &options, &mut |_| true)
}

/// The largest error over all states and all rows, as at the end of a run.
fn largest_difference(a: &Trajectory, b: &Trajectory) -> f64 {
    assert_eq!(a.rows.len(), b.rows.len());
    let rows = a.rows.iter().zip(&b.rows);
    rows.flat_map(|(a, b)| STATES.iter().zip(a.states).zip(b.states))
        .map(|((state, x), y)| (x - y).abs() / (y.abs() + 1e-3 * state.scale))
        .fold(0.0, f64::max)
}

#[test]
fn rosenbrock_and_the_explicit_methods_agree_on_a_day_of_meals() {
    let day = day_of_meals();
    let implicit = run(&day, Method::Rosenbrock, 1e-10);
    assert_eq!(implicit.failure, None);
    for method in [Method::Dop853, Method::Dopri5] {
        let explicit = run(&day, method, 1e-10);
        assert_eq!(explicit.failure, None);
        let difference = largest_difference(&explicit.trajectory, &implicit.trajectory);
        assert!(difference < 1e-6, "{}: {difference:.1e}", method.name());
    }
}

#[test]
fn an_explicit_method_says_that_years_are_stiff_and_what_to_use() {
    for method in [Method::Dop853, Method::Dopri5] {
        let years = run(&arm(man(50.0), Hypothesis::Paradox, 7305.0, 30.0), method, 1e-6);
        let failure = years.failure.unwrap();
        assert!(matches!(failure, RunFailure::Stiff { day, .. } if day > 0.0), "{failure:?}");
        assert!(failure.to_string().contains("--method rosenbrock"), "{failure}");
        assert!(!years.trajectory.complete && !years.trajectory.rows.is_empty());
    }
}

/// The Jacobian once missed the season, because its pattern was taken without one.
#[test]
fn a_season_costs_few_steps_and_no_accuracy() {
    let mut constant = arm(woman(60.0), Hypothesis::Paradox, 730.5, 30.0);
    constant.phases[0].inputs.vitamin_d_supplement_ug_per_day = 10.0;
    let mut seasonal = constant.clone();
    seasonal.season = Some(Season { amplitude: 0.9, start_day_of_year: 0.0 });
    let steps = |arm: &Arm| run(arm, Method::Rosenbrock, 1e-6).trajectory.work.steps;
    assert!(steps(&seasonal) < 3 * steps(&constant));
    let exact = run(&seasonal, Method::Rosenbrock, 1e-11).trajectory;
    let usual = run(&seasonal, Method::Rosenbrock, 1e-6).trajectory;
    let (error, state) = error_at_end(&usual, &exact);
    assert!(error < 2e-6, "{error:.1e} in {state}");
    assert!(largest_difference(&usual, &exact) < 1e-5);
}

#[test]
fn too_many_steps_keep_the_rows_so_far() {
    let options = Options { step_limit: 3000, ..Options::default() };
    let stopped = run_arm(&cases::YEAR_OF_MEALS_AND_PILLS.arm(), &options, &mut |_| true);
    assert!(matches!(stopped.failure, Some(RunFailure::TooManySteps { limit: 3000, .. })));
    assert!(!stopped.trajectory.complete && !stopped.trajectory.rows.is_empty());
}

#[test]
fn an_interrupted_run_keeps_its_rows_and_says_the_day() {
    let stopped =
        run_arm(&cases::YEAR_OF_MEALS_AND_PILLS.arm(), &Options::default(), &mut |share| {
            share < 0.5
        });
    let Some(RunFailure::Interrupted { day, .. }) = stopped.failure else { panic!("not stopped") };
    assert!((170.0..200.0).contains(&day), "{day}");
    assert!(stopped.trajectory.rows.len() > 4 && !stopped.trajectory.complete);
}

#[test]
fn absurd_parameters_end_in_a_typed_failure() {
    let mut absurd = arm(man(40.0), Hypothesis::Paradox, 3652.5, 365.25);
    absurd.parameters.ecf_volume_l = -10.0;
    let failure = run(&absurd, Method::Rosenbrock, 1e-6).failure;
    let typed = matches!(
        failure,
        Some(RunFailure::NotFinite { day, .. } | RunFailure::StepTooSmall { day, .. }) if day < 0.0
    );
    assert!(typed, "{failure:?}");
    absurd = arm(man(40.0), Hypothesis::Paradox, 3652.5, 365.25);
    absurd.parameters.osteoclast_time_days = 0.0;
    let failure = run(&absurd, Method::Rosenbrock, 1e-6).failure;
    assert!(matches!(failure, Some(RunFailure::NotFinite { .. })), "{failure:?}");
}

/// Of 2500 mg less than nothing is absorbed then; steps of 10⁻⁹ d once went on for minutes.
#[test]
fn steps_that_shrink_without_end_are_a_failure_with_a_day() {
    let mut endless = arm(woman(40.0), Hypothesis::Paradox, 1095.75, 30.0);
    endless.parameters.averaged_load_exponent = 1.97;
    endless.phases[0].inputs.calcium_diet_mg_per_day = 2500.0;
    let failure = run(&endless, Method::Rosenbrock, 1e-6).failure;
    let Some(RunFailure::TooManySteps { day, limit: 100_200, .. }) = failure else {
        panic!("{failure:?}")
    };
    assert!((0.0..1095.75).contains(&day), "{day}");
}

#[test]
fn no_run_needs_a_fifth_of_the_steps_that_it_may_take() {
    let usual = cases::ALL.iter().map(|case| (case.name, case.arm(), 1e-6));
    let precise = [1e-2, 1e-9, 1e-12].map(|tolerance| ("a day", day_of_meals(), tolerance));
    for (name, arm, relative_tolerance) in usual.chain(precise) {
        let options = Options { relative_tolerance, ..Options::default() };
        let limit = options.steps(Method::Rosenbrock);
        let work = run_arm(&arm, &options, &mut |_| true).trajectory.work;
        let allowed = limit.first + limit.each * work.events;
        assert!(5 * (work.steps + work.rejected) < allowed, "{name}: {work:?}");
    }
}
