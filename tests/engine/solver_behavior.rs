//! Closed forms, conservation, restarts, agreement of the methods, and every failure.
use super::solver_problems::{Hires, Rober, Smooth, Vdpol, system};
use crate::real::Real;
use crate::solver::explicit::{Explicit, ExplicitMethod};
use crate::solver::failure::{Failure, FailureKind};
use crate::solver::rosenbrock::Rosenbrock;
use crate::solver::step::{StepLimit, StepView};
use crate::solver::tolerance::Tolerances;
use crate::solver::{Contribution, Held, System};

/// Two pools: exchange at a rate each way, loss from the first.
struct Pools {
    forth: f64,
    back: f64,
    loss: f64,
}

impl System for Pools {
    const STATES: usize = 3;
    const TERMS: usize = 3;
    fn contributions(&self) -> Vec<Contribution> {
        let part = |state, term, factor| Contribution { state, term, factor };
        vec![
            part(0, 0, -1.0),
            part(1, 0, 1.0),
            part(1, 1, -1.0),
            part(0, 1, 1.0),
            part(0, 2, -1.0),
            part(2, 2, 1.0),
        ]
    }
    fn terms<R: Real<Scalar = f64>>(&self, _: R, state: &[R], terms: &mut [R]) {
        terms[0] = state[0] * self.forth;
        terms[1] = state[1] * self.back;
        terms[2] = state[0] * self.loss;
    }
}

fn rosenbrock<M: System>(system: &M, relative: f64, absolute: f64) -> Rosenbrock {
    Rosenbrock::new(system, Tolerances::new(relative, &vec![absolute; M::STATES])).unwrap()
}

#[test]
fn decay_follows_the_exponential() {
    let pools = Pools { forth: 0.0, back: 0.0, loss: 0.7 };
    let mut state = [1000.0, 0.0, 0.0];
    rosenbrock(&pools, 1e-8, 1e-6)
        .integrate(&pools, -7305.0, &mut state, -7295.0, None, &mut |_| true)
        .unwrap();
    assert!((state[0] - 1000.0 * (-7.0_f64).exp()).abs() < 1e-6);
}

/// Pools of which the first is held; what it loses arrives all the same.
struct Reservoir(Pools);

impl System for Reservoir {
    const STATES: usize = Pools::STATES;
    const TERMS: usize = Pools::TERMS;
    fn contributions(&self) -> Vec<Contribution> {
        self.0.contributions()
    }
    fn held(&self) -> Option<Held<f64>> {
        Some(Held { states: &[0], factor: 0.0 })
    }
    fn terms<R: Real<Scalar = f64>>(&self, time: R, state: &[R], terms: &mut [R]) {
        self.0.terms(time, state, terms);
    }
}

#[test]
fn a_held_state_stands_still_and_feeds_the_others() {
    let system = Reservoir(Pools { forth: 3.0, back: 2.0, loss: 0.5 });
    let expected = [10.0, 15.0 * (1.0 - (-8.0_f64).exp()), 20.0];
    let near = |state: [f64; 3]| {
        assert_eq!(state[0], 10.0);
        for (value, expected) in state.into_iter().zip(expected) {
            assert!((value - expected).abs() < 1e-6, "{state:?}");
        }
    };
    let mut state = [10.0, 0.0, 0.0];
    rosenbrock(&system, 1e-9, 1e-9)
        .integrate(&system, 0.0, &mut state, 4.0, None, &mut |_| true)
        .unwrap();
    near(state);
    let mut state = [10.0, 0.0, 0.0];
    Explicit::<4>::new(&system, ExplicitMethod::Dopri5, 1e-9, &[1e-9; 3])
        .unwrap()
        .integrate(&system, 0.0, &mut state, 4.0, None, &mut |_| true)
        .unwrap();
    near(state);
}

#[test]
fn exchange_follows_its_formula_and_conserves_to_rounding() {
    let pools = Pools { forth: 300.0, back: 2.0, loss: 0.0 };
    let mut solver = rosenbrock(&pools, 1e-6, 1e-3);
    let mut state = [1000.0, 5.0, 0.0];
    let mut observer = |view: &StepView<'_>| {
        let total: f64 = view.state.iter().sum();
        assert!((total - 1005.0).abs() < 1005.0 * 1e-14, "{total}");
        true
    };
    solver.integrate(&pools, 0.0, &mut state, 0.01, None, &mut observer).unwrap();
    let rest = 1005.0 * 2.0 / 302.0;
    let exact = rest + (1000.0 - rest) * (-3.02_f64).exp();
    assert!((state[0] - exact).abs() < 1e-6 * exact, "{} {exact}", state[0]);
}

#[test]
fn many_steps_conserve_a_linear_invariant_to_rounding() {
    let (mut state, mut worst) = ([1.0, 0.0, 0.0], 0.0_f64);
    let mut observer = |view: &StepView<'_>| {
        worst = worst.max((view.state.iter().sum::<f64>() - 1.0).abs());
        true
    };
    rosenbrock(&Rober, 1e-8, 1e-14)
        .integrate(&Rober, 0.0, &mut state, 1e6, None, &mut observer)
        .unwrap();
    assert!(worst < 1e-14, "{worst}");
}

/// A dose every day, remembered first step, against the sum of exponentials.
#[test]
fn repeated_doses_follow_their_formula_and_cost_no_rejections() {
    let pools = Pools { forth: 0.0, back: 0.0, loss: 2.5 };
    let mut solver = rosenbrock(&pools, 1e-8, 1e-6);
    let (mut state, mut first_step) = ([0.0; 3], None);
    for day in 0..30 {
        state[0] += 100.0;
        let (start, end) = (f64::from(day), f64::from(day + 1));
        let finish =
            solver.integrate(&pools, start, &mut state, end, first_step, &mut |_| true).unwrap();
        first_step = Some(finish.first_step);
    }
    let per_day = (-2.5_f64).exp();
    let exact = 100.0 * per_day * (1.0 - per_day.powi(30)) / (1.0 - per_day);
    assert!((state[0] - exact).abs() < 1e-7 * exact, "{} {exact}", state[0]);
    assert!((state[0] + state[2] - 3000.0).abs() < 3000.0 * 1e-14);
    assert!(solver.statistics.rejected <= 2, "{:?}", solver.statistics);
}

#[test]
fn a_step_shortened_for_the_end_does_not_shrink_the_remembered_one() {
    let mut solver = rosenbrock(&Smooth, 1e-6, 1e-9);
    let mut state = Smooth::solution(0.0);
    let mut finish = solver.integrate(&Smooth, 0.0, &mut state, 1.0, None, &mut |_| true).unwrap();
    let wanted = finish.next_step;
    for piece in 0..20 {
        let start = 1.0 + 1e-9 * f64::from(piece);
        finish = solver
            .integrate(
                &Smooth,
                start,
                &mut state,
                start + 1e-9,
                Some(finish.next_step),
                &mut |_| true,
            )
            .unwrap();
        assert!(finish.next_step >= wanted);
    }
}

#[test]
fn parameters_may_change_between_calls_and_nothing_happens_backward() {
    let mut solver = rosenbrock(&Pools { forth: 1.0, back: 1.0, loss: 1.0 }, 1e-9, 1e-9);
    let mut state = [1.0, 0.0, 0.0];
    let slow = Pools { forth: 0.0, back: 0.0, loss: 0.1 };
    solver.integrate(&slow, 0.0, &mut state, 1.0, None, &mut |_| true).unwrap();
    let fast = Pools { forth: 0.0, back: 0.0, loss: 10.0 };
    solver.integrate(&fast, 1.0, &mut state, 2.0, None, &mut |_| true).unwrap();
    assert!((state[0] - (-10.1_f64).exp()).abs() < 1e-9);
    let before = state;
    solver.integrate(&fast, 2.0, &mut state, 2.0, None, &mut |_| true).unwrap();
    solver.integrate(&fast, 2.0, &mut state, 1.0, None, &mut |_| true).unwrap();
    assert_eq!(state, before);
}

#[test]
fn the_end_is_hit_exactly_and_interpolation_meets_both_ends() {
    let end = 1.0 / 3.0 + 1e-7;
    let mut previous = [1.0, 0.0, 0.0];
    let mut last = 0.0;
    let mut observer = |view: &StepView<'_>| {
        let mut at = [0.0; 3];
        view.interpolate(view.start, &mut at);
        assert_eq!(at, previous);
        view.interpolate(view.end, &mut at);
        assert_eq!(at, view.state);
        previous = at;
        last = view.end;
        true
    };
    let mut state = [1.0, 0.0, 0.0];
    rosenbrock(&Rober, 1e-6, 1e-12)
        .integrate(&Rober, 0.0, &mut state, end, None, &mut observer)
        .unwrap();
    assert_eq!(last, end);
}

#[test]
fn rosenbrock_agrees_with_both_explicit_methods() {
    let mut implicit = Smooth::solution(0.0);
    rosenbrock(&Smooth, 1e-10, 1e-12)
        .integrate(&Smooth, 0.0, &mut implicit, 7.0, None, &mut |_| true)
        .unwrap();
    let exact = Smooth::solution(7.0);
    for method in [ExplicitMethod::Dopri5, ExplicitMethod::Dop853] {
        let mut state = Smooth::solution(0.0);
        let mut solver = Explicit::<3>::new(&Smooth, method, 1e-10, &[1e-12; 2]).unwrap();
        solver.integrate(&Smooth, 0.0, &mut state, 7.0, None, &mut |_| true).unwrap();
        for ((explicit, implicit), exact) in state.iter().zip(implicit).zip(exact) {
            assert!((explicit - implicit).abs() < 1e-8);
            assert!((explicit - exact).abs() < 1e-8);
        }
        assert!(solver.statistics.accepted < 400, "{method:?} {:?}", solver.statistics);
    }
    let mut implicit = Hires::reference().start;
    let mut explicit = implicit.clone();
    rosenbrock(&Hires, 1e-10, 1e-12)
        .integrate(&Hires, 0.0, &mut implicit, 5.0, None, &mut |_| true)
        .unwrap();
    let mut solver =
        Explicit::<9>::new(&Hires, ExplicitMethod::Dop853, 1e-10, &[1e-12; 8]).unwrap();
    solver.integrate(&Hires, 0.0, &mut explicit, 5.0, None, &mut |_| true).unwrap();
    for (implicit, explicit) in implicit.iter().zip(explicit) {
        assert!((implicit - explicit).abs() < 1e-8);
    }
}

// y' = −√y, which ends at y = 0 (time 2·√start); beyond it the root is not a number.
system!(Draining, 2, 1, [&[], &[(0, -1.0)]], |_t, y| [y[1].sqrt()]);

#[test]
fn a_trial_outside_the_domain_shortens_the_step_only() {
    let mut state = [0.0, 1.0];
    let mut solver = rosenbrock(&Draining, 1e-8, 1e-10);
    solver.integrate(&Draining, 0.0, &mut state, 1.99, Some(100.0), &mut |_| true).unwrap();
    assert!((state[1] - 0.005_f64.powi(2)).abs() < 1e-9, "{state:?}");
}

fn failure(system: &impl System, start: &[f64], end: f64) -> (Failure, Vec<f64>) {
    let mut state = start.to_vec();
    let mut solver = rosenbrock(system, 1e-6, 1e-9);
    solver.step_limit = StepLimit::of_all(100_000);
    let failure = solver.integrate(system, 0.0, &mut state, end, None, &mut |_| true).unwrap_err();
    (failure, state)
}

#[test]
fn leaving_the_domain_for_good_names_time_and_state() {
    let (failure, state) = failure(&Draining, &[0.0, 1.0], 3.0);
    assert_eq!((failure.kind, failure.state), (FailureKind::NotFinite, Some(1)));
    assert!((failure.time - 2.0).abs() < 1e-3, "{failure:?}");
    assert!(state[1].is_finite());
    for method in [ExplicitMethod::Dopri5, ExplicitMethod::Dop853] {
        let mut state = [0.0, 1.0];
        let mut solver = Explicit::<3>::new(&Draining, method, 1e-6, &[1e-9; 2]).unwrap();
        let failure =
            solver.integrate(&Draining, 0.0, &mut state, 3.0, None, &mut |_| true).unwrap_err();
        assert_eq!((failure.kind, failure.state), (FailureKind::NotFinite, Some(1)));
        assert!((failure.time - 2.0).abs() < 1e-3, "{failure:?}");
    }
}

#[test]
fn a_start_outside_the_domain_fails_at_once() {
    let (failure, state) = failure(&Draining, &[0.0, -1.0], 3.0);
    assert_eq!(failure, Failure { kind: FailureKind::NotFinite, time: 0.0, state: Some(1) });
    assert_eq!(state, [0.0, -1.0]);
    let mut solver =
        Explicit::<3>::new(&Draining, ExplicitMethod::Dopri5, 1e-6, &[1e-9; 2]).unwrap();
    let mut state = [0.0, -1.0];
    let explicit = solver.integrate(&Draining, 0.0, &mut state, 3.0, None, &mut |_| true);
    assert_eq!(explicit.unwrap_err(), failure);
    for bad in [f64::NAN, f64::INFINITY] {
        let mut solver = rosenbrock(&Draining, 1e-6, 1e-9);
        let failed = solver.integrate(&Draining, 0.0, &mut [0.0, 1.0], bad, None, &mut |_| true);
        assert_eq!(failed.unwrap_err().kind, FailureKind::NotFinite);
    }
}

// y' = y², which reaches infinity at time 1.
system!(Explosion, 2, 1, [&[(0, 1.0)], &[]], |_t, y| [y[0] * y[0]]);

#[test]
fn an_explosion_names_its_time_and_state() {
    let (failure, _) = failure(&Explosion, &[1.0, 1.0], 2.0);
    // Whether the last trial overflowed or merely erred is chance.
    assert!(matches!(failure.kind, FailureKind::StepTooSmall | FailureKind::NotFinite));
    assert_eq!(failure.state, Some(0));
    assert!((failure.time - 1.0).abs() < 1e-6, "{failure:?}");
    let mut solver =
        Explicit::<3>::new(&Explosion, ExplicitMethod::Dop853, 1e-6, &[1e-9; 2]).unwrap();
    let failure =
        solver.integrate(&Explosion, 0.0, &mut [1.0, 1.0], 2.0, None, &mut |_| true).unwrap_err();
    assert_eq!((failure.kind, failure.state), (FailureKind::StepTooSmall, Some(0)));
}

#[test]
fn too_many_steps_and_a_wish_to_stop_keep_the_last_state() {
    let mut solver = rosenbrock(&Vdpol, 1e-6, 1e-6);
    solver.step_limit = StepLimit::of_all(40);
    let mut state = [2.0, 0.0];
    let failure = solver.integrate(&Vdpol, 0.0, &mut state, 2.0, None, &mut |_| true).unwrap_err();
    assert_eq!(failure.kind, FailureKind::TooManySteps { limit: 40 });
    assert!(failure.time > 0.0 && state[0] < 2.0);

    let mut solver = rosenbrock(&Vdpol, 1e-6, 1e-6);
    let (mut state, mut seen) = ([2.0, 0.0], [0.0; 2]);
    let mut observer = |view: &StepView<'_>| {
        seen.copy_from_slice(view.state);
        view.end < 0.1
    };
    let failure = solver.integrate(&Vdpol, 0.0, &mut state, 2.0, None, &mut observer).unwrap_err();
    assert_eq!((failure.kind, state), (FailureKind::Stopped, seen));
    assert!(failure.time >= 0.1);
}

#[test]
fn explicit_methods_say_when_a_problem_is_stiff_or_too_long() {
    for method in [ExplicitMethod::Dopri5, ExplicitMethod::Dop853] {
        let mut solver = Explicit::<3>::new(&Vdpol, method, 1e-6, &[1e-6; 2]).unwrap();
        let failure =
            solver.integrate(&Vdpol, 0.0, &mut [2.0, 0.0], 2.0, None, &mut |_| true).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Stiff, "{method:?}");
        assert!(failure.time > 0.0);
        let mut solver = Explicit::<3>::new(&Vdpol, method, 1e-6, &[1e-6; 2]).unwrap();
        solver.step_limit = StepLimit::of_all(50);
        let failure =
            solver.integrate(&Vdpol, 0.0, &mut [2.0, 0.0], 2.0, None, &mut |_| true).unwrap_err();
        assert_eq!(failure.kind, FailureKind::TooManySteps { limit: 50 }, "{method:?}");
        let mut solver = Explicit::<3>::new(&Vdpol, method, 1e-6, &[1e-6; 2]).unwrap();
        let failure =
            solver.integrate(&Vdpol, 0.0, &mut [2.0, 0.0], 2.0, None, &mut |_| false).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Stopped, "{method:?}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let refused = |result: Result<(), Failure>| {
        assert_eq!(result.unwrap_err().kind, FailureKind::Unsupported)
    };
    refused(Rosenbrock::new(&Rober, Tolerances::new(1e-6, &[1e-6; 2])).map(|_| ()));
    refused(Explicit::<3>::new(&Rober, ExplicitMethod::Dopri5, 1e-6, &[1e-6; 2]).map(|_| ()));
    let mut solver = rosenbrock(&Rober, 1e-6, 1e-6);
    refused(solver.integrate(&Rober, 0.0, &mut [1.0; 2], 1.0, None, &mut |_| true).map(|_| ()));
}
