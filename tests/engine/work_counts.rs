//! Steps and calls of the promised runs: speed guarded without a clock, on every machine alike.
//!
//! A number that grows is a regression; one that falls is a gain. Either way it is renewed by hand
//! and, where a lesson's result moves, stands in the changelog.

use super::arms::{cases, error_at_end, four_arm};
use crate::parameters::Hypothesis;
use crate::scenario::Arm;
use crate::simulation::{Method, Options, run_arm};

fn count(arm: &Arm, method: Method) -> String {
    let options = Options { method, ..Options::default() };
    let work = run_arm(arm, &options, &mut |_| true).trajectory.work;
    format!(
        "{} steps, {} rejected, {} rates, {} Jacobians, {} events",
        work.steps, work.rejected, work.rhs_calls, work.jacobians, work.events
    )
}

#[test]
fn work_of_the_promised_runs() {
    let counts: Vec<String> = cases::ALL
        .iter()
        .map(|case| format!("{}: {}", case.name, count(&case.arm(), Method::Rosenbrock)))
        .collect();
    insta::assert_snapshot!(counts.join("\n"), @r"
    ten averaged years: 51 steps, 1 rejected, 364 rates, 51 Jacobians, 1 events
    life history 30 to 50 and 20 years: 91 steps, 5 rejected, 672 rates, 91 Jacobians, 1 events
    year with a daily pill: 5856 steps, 0 rejected, 40992 rates, 5856 Jacobians, 366 events
    year of three meals and two pills a day: 19376 steps, 6 rejected, 135674 rates, 19376 Jacobians, 1096 events
    ");
}

#[test]
fn work_of_the_four_arms() {
    let counts =
        [(false, false), (true, false), (true, true), (false, true)].map(|(calcium, k2)| {
            count(&four_arm(Hypothesis::Paradox, calcium, k2), Method::Rosenbrock)
        });
    insta::assert_snapshot!(counts.join("\n"), @r"
    97 steps, 6 rejected, 721 rates, 97 Jacobians, 1 events
    113 steps, 6 rejected, 833 rates, 113 Jacobians, 1 events
    121 steps, 5 rejected, 882 rates, 121 Jacobians, 1 events
    118 steps, 5 rejected, 861 rates, 118 Jacobians, 1 events
    ");
}

#[test]
fn a_run_at_the_default_tolerance_errs_by_about_that() {
    for case in cases::ALL {
        let (name, arm) = (case.name, case.arm());
        let run = |relative_tolerance| {
            let options = Options { relative_tolerance, ..Options::default() };
            run_arm(&arm, &options, &mut |_| true).trajectory
        };
        let (error, state) = error_at_end(&run(1e-6), &run(1e-11));
        assert!(error < 2e-6, "{name}: {error:.1e} in {state}");
    }
}
