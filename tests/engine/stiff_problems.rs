//! Published stiff problems: accuracy at the end, and the work it took.
use super::solver_problems::{E5, Hires, Orego, Pollu, Reference, Rober, Vdpol};
use crate::solver::System;
use crate::solver::rosenbrock::Rosenbrock;
use crate::solver::step::Statistics;
use crate::solver::tolerance::Tolerances;

/// Largest error relative to |reference| + `floor`, and the work.
fn solve(
    system: &impl System,
    reference: &Reference,
    relative: f64,
    absolute: f64,
    floor: f64,
) -> (f64, Statistics) {
    let tolerances = vec![absolute; reference.start.len()];
    let mut solver = Rosenbrock::new(system, Tolerances::new(relative, &tolerances)).unwrap();
    let mut state = reference.start.clone();
    solver.integrate(system, 0.0, &mut state, reference.end_time, None, &mut |_| true).unwrap();
    let errors = state.iter().zip(&reference.end).map(|(x, r)| (x - r).abs() / (r.abs() + floor));
    (errors.fold(0.0, f64::max), solver.statistics)
}

fn work(statistics: Statistics) -> String {
    let Statistics { accepted, rejected, rate_calls, jacobian_calls, .. } = statistics;
    format!("{accepted} + {rejected} steps, {rate_calls} rates, {jacobian_calls} Jacobians")
}

/// Solves at 10⁻⁶ and 10⁻⁹ and gives the work of both.
fn check(
    system: &impl System,
    reference: &Reference,
    absolute_share: f64,
    floor: f64,
    limits: [f64; 2],
) -> String {
    let works = [1e-6, 1e-9].into_iter().zip(limits).map(|(relative, limit)| {
        let absolute = relative * absolute_share;
        let (error, statistics) = solve(system, reference, relative, absolute, floor);
        assert!(error < limit, "error {error:.2e} at {relative:e}");
        work(statistics)
    });
    works.collect::<Vec<_>>().join("; ")
}

#[test]
fn rober() {
    let work = check(&Rober, &Rober::reference(), 1e-8, 1e-13, [1e-6, 1e-7]);
    insta::assert_snapshot!(work, @"294 + 1 steps, 2065 rates, 294 Jacobians; 1401 + 23 steps, 9968 rates, 1401 Jacobians");
}

#[test]
fn hires() {
    let work = check(&Hires, &Hires::reference(), 1e-4, 1e-5, [1e-6, 1e-9]);
    insta::assert_snapshot!(work, @"228 + 1 steps, 1603 rates, 228 Jacobians; 1628 + 3 steps, 11417 rates, 1628 Jacobians");
}

#[test]
fn orego() {
    let work = check(&Orego, &Orego::reference(), 1.0, 1e-3, [2e-6, 2e-9]);
    insta::assert_snapshot!(work, @"811 + 4 steps, 5705 rates, 811 Jacobians; 4535 + 6 steps, 31787 rates, 4535 Jacobians");
}

#[test]
fn vdpol() {
    let work = check(&Vdpol, &Vdpol::reference(), 1.0, 1e-3, [2e-6, 5e-9]);
    insta::assert_snapshot!(work, @"664 + 11 steps, 4725 rates, 664 Jacobians; 3962 + 13 steps, 27825 rates, 3962 Jacobians");
}

#[test]
fn pollu() {
    let work = check(&Pollu, &Pollu::reference(), 1e-6, 1e-8, [5e-7, 2e-9]);
    insta::assert_snapshot!(work, @"90 + 6 steps, 672 rates, 90 Jacobians; 495 + 4 steps, 3493 rates, 495 Jacobians");
}

#[test]
fn e5() {
    let work = check(&E5, &E5::reference(), 1e-22, 1e-24, [1e-5, 1e-6]);
    insta::assert_snapshot!(work, @"509 + 4 steps, 3591 rates, 509 Jacobians; 4507 + 4 steps, 31577 rates, 4507 Jacobians");
}

#[test]
fn a_loose_tolerance_is_met_with_few_steps() {
    let (error, statistics) = solve(&Pollu, &Pollu::reference(), 1e-3, 1e-9, 1e-8);
    assert!(error < 1e-3, "{error:.2e}");
    insta::assert_snapshot!(work(statistics), @"25 + 0 steps, 175 rates, 25 Jacobians");
}
