use super::*;
use crate::real::Real;
use nalgebra::Vector1;
use ode_solvers::{Dop853, Dopri5};

/// y' = −y.
struct Decay;

impl System for Decay {
    const STATES: usize = 1;
    const TERMS: usize = 1;
    fn contributions(&self) -> Vec<Contribution> {
        vec![Contribution { state: 0, term: 0, factor: -1.0 }]
    }
    fn terms<R: Real<Scalar = f64>>(&self, _: R, state: &[R], terms: &mut [R]) {
        terms[0] = state[0];
    }
}

struct Upstream;

impl ode_solvers::System<f64, Vector1<f64>> for Upstream {
    fn system(&self, _: f64, y: &Vector1<f64>, rates: &mut Vector1<f64>) {
        rates[0] = -y[0];
    }
}

/// y' = cos t as Dop853 sees it.
struct Driven;

impl ode_solvers::System<f64, Vector1<f64>> for Driven {
    fn system(&self, time: f64, _: &Vector1<f64>, rates: &mut Vector1<f64>) {
        rates[0] = time.cos();
    }
}

/// c₁₂ = 0 instead of 1: hundreds of steps where a dozen would do. When it fails, the crate has
/// been mended, and time need no longer be a state.
#[test]
fn the_dop853_of_ode_solvers_still_mistakes_the_time_of_its_last_stage() {
    let mut dop853 = Dop853::new(Driven, 0.0, 10.0, 10.0, Vector1::new(0.0), 1e-8, 1e-8);
    dop853.set_output(ode_solvers::OutputType::Sparse);
    let outcome = dop853.integrate();
    assert!(outcome.is_err() || dop853.x_out().len() > 300, "{}", dop853.x_out().len());
}

/// The defect that this module works around. When it fails, the crate has been mended: then
/// its dense output may be considered.
#[test]
fn the_dense_output_of_ode_solvers_still_has_a_wrong_last_point() {
    let start = Vector1::new(1.0);
    let mut dopri5 = Dopri5::new(Upstream, 0.0, 10.0, 10.0, start, 1e-8, 1e-10);
    dopri5.integrate().unwrap();
    let mut dop853 = Dop853::new(Upstream, 0.0, 10.0, 10.0, start, 1e-8, 1e-10);
    dop853.integrate().unwrap();
    for last in [dopri5.y_out().last().unwrap(), dop853.y_out().last().unwrap()] {
        assert!((last[0] - (-10.0_f64).exp()).abs() > 1.0, "{last}");
    }
}

#[test]
fn the_last_point_and_points_inside_steps_are_as_accurate_as_asked() {
    for method in [ExplicitMethod::Dopri5, ExplicitMethod::Dop853] {
        let mut solver = Explicit::<2>::new(&Decay, method, 1e-8, &[1e-12]).unwrap();
        let (mut state, mut points) = ([1.0], Vec::new());
        let mut observer = |step: &StepView<'_>| {
            for share in [0.0, 0.3, 0.9, 1.0] {
                let time = step.start + share * (step.end - step.start);
                let mut inner = [0.0];
                step.interpolate(time, &mut inner);
                points.push((time, inner[0]));
            }
            true
        };
        solver.integrate(&Decay, 0.0, &mut state, 10.0, None, &mut observer).unwrap();
        assert_eq!(points.last(), Some(&(10.0, state[0])));
        for (time, value) in points {
            let exact = (-time).exp();
            assert!((value - exact).abs() < 2e-8 * exact, "{method:?} at {time}");
        }
    }
}

/// x' = v, v' = −x.
struct Oscillator;

impl System for Oscillator {
    const STATES: usize = 2;
    const TERMS: usize = 2;
    fn contributions(&self) -> Vec<Contribution> {
        let part = |state, term, factor| Contribution { state, term, factor };
        vec![part(0, 1, 1.0), part(1, 0, -1.0)]
    }
    fn terms<R: Real<Scalar = f64>>(&self, _: R, state: &[R], terms: &mut [R]) {
        terms.copy_from_slice(state);
    }
}

#[test]
fn an_integration_of_more_steps_than_one_call_reaches_its_end() {
    let mut solver =
        Explicit::<3>::new(&Oscillator, ExplicitMethod::Dopri5, 1e-12, &[1e-12; 2]).unwrap();
    let (mut state, mut count) = ([1.0, 0.0], 0);
    let mut observer = |_: &StepView<'_>| {
        count += 1;
        true
    };
    solver.integrate(&Oscillator, -300.0, &mut state, 0.0, Some(1e-3), &mut observer).unwrap();
    assert!(count > u64::from(STEPS_PER_CALL));
    assert_eq!(count, solver.statistics.accepted);
    assert!((state[0] - 300_f64.cos()).abs() < 1e-8, "{state:?}");
}
