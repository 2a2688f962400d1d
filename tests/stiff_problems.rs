//! Published stiff problems: accuracy at the end, and the work it took.

mod solver_problems;

use calcifate::solver::System;
use calcifate::solver::rosenbrock::Rosenbrock;
use calcifate::solver::step::Statistics;
use solver_problems::{E5, Hires, Orego, Pollu, Reference, Rober, Vdpol};

/// Largest error relative to |reference| + `floor`, and the work.
fn solve(
    system: &impl System,
    reference: &Reference,
    relative: f64,
    absolute: f64,
    floor: f64,
) -> (f64, Statistics) {
    let tolerances = vec![absolute; reference.start.len()];
    let mut solver = Rosenbrock::new(system, relative, &tolerances).unwrap();
    let mut state = reference.start.clone();
    solver.integrate(system, 0.0, &mut state, reference.end_time, None, &mut |_| true).unwrap();
    let errors = state.iter().zip(&reference.end).map(|(x, r)| (x - r).abs() / (r.abs() + floor));
    (errors.fold(0.0, f64::max), solver.statistics())
}

fn work(statistics: Statistics) -> String {
    let Statistics { accepted, rejected, rate_calls, jacobian_calls } = statistics;
    format!("{accepted} + {rejected} steps, {rate_calls} rates, {jacobian_calls} Jacobians")
}

#[test]
fn explore() {
    for relative in [1e-3, 1e-4, 1e-6, 1e-9, 1e-12] {
        let print = |name: &str, (error, statistics): (f64, Statistics)| {
            println!("{name:6} {relative:e} error {error:.2e}  {}", work(statistics));
        };
        print("rober", solve(&Rober, &Rober::reference(), relative, relative * 1e-8, 1e-13));
        print("hires", solve(&Hires, &Hires::reference(), relative, relative * 1e-4, 1e-5));
        print("orego", solve(&Orego, &Orego::reference(), relative, relative, 1e-3));
        print("vdpol", solve(&Vdpol, &Vdpol::reference(), relative, relative, 1e-3));
        print("e5", solve(&E5, &E5::reference(), relative, relative * 1e-22, 1e-24));
        print("pollu", solve(&Pollu, &Pollu::reference(), relative, relative * 1e-6, 1e-8));
    }
}
#[test]
fn explore_e5() {
    for (relative, absolute) in
        [(1e-6, 1e-28), (1e-6, 1e-26), (1e-6, 1e-30), (1e-9, 1e-31), (1e-9, 1e-28), (1e-9, 1e-25)]
    {
        let r = E5::reference();
        let mut solver = Rosenbrock::new(&E5, relative, &[absolute; 3]).unwrap();
        let mut state = r.start.clone();
        solver.integrate(&E5, 0.0, &mut state, r.end_time, None, &mut |_| true).unwrap();
        println!("{relative:e} {absolute:e} {state:?} {}", work(solver.statistics()));
    }
}
