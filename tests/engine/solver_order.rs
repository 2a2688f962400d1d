//! Observed order of convergence, with fixed steps on problems with known solutions.
use super::solver_problems::Smooth;
use crate::real::Real;
use crate::solver::rosenbrock::Rosenbrock;
use crate::solver::step::StepView;
use crate::solver::tolerance::Tolerances;
use crate::solver::{Contribution, System};

/// Largest errors at the ends of the steps and inside them, with `count` steps over 0 to `end`.
fn errors<M: System>(
    system: &M,
    solution: &dyn Fn(f64) -> Vec<f64>,
    end: f64,
    count: u32,
) -> [f64; 2] {
    let step = end / f64::from(count);
    let mut solver =
        Rosenbrock::new(system, Tolerances::new(1e12, &vec![1e12; M::STATES])).unwrap();
    solver.largest_step = step;
    let mut state = solution(0.0);
    let (mut at_ends, mut inside) = (0.0_f64, 0.0_f64);
    let mut inner = state.clone();
    let mut observer = |view: &StepView<'_>| {
        at_ends = at_ends.max(distance(view.state, &solution(view.end)));
        for share in [0.2, 0.5, 0.8] {
            let time = view.start + share * (view.end - view.start);
            view.interpolate(time, &mut inner);
            inside = inside.max(distance(&inner, &solution(time)));
        }
        true
    };
    solver.integrate(system, 0.0, &mut state, end, Some(step), &mut observer).unwrap();
    assert_eq!(solver.statistics.accepted, u64::from(count));
    [at_ends, inside]
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Orders from the ratio of errors of `count` and twice `count` steps.
fn orders(
    system: &impl System,
    solution: &dyn Fn(f64) -> Vec<f64>,
    end: f64,
    count: u32,
) -> [f64; 2] {
    let coarse = errors(system, solution, end, count);
    let fine = errors(system, solution, end, 2 * count);
    [0, 1].map(|which| (coarse[which] / fine[which]).log2())
}

#[test]
fn order_five_and_dense_output_of_order_four() {
    let solution = |time| Smooth::solution(time).to_vec();
    let [at_ends, inside] = orders(&Smooth, &solution, 3.0, 80);
    assert!((4.7..5.5).contains(&at_ends), "{at_ends}");
    assert!((3.8..5.5).contains(&inside), "{inside}");
}

/// y' = −λ(y − φ) + φ' with φ = cos: the order that is left as λ grows (Prothero & Robinson 1974).
struct ProtheroRobinson(f64);

impl System for ProtheroRobinson {
    const STATES: usize = 1;
    const TERMS: usize = 2;
    fn contributions(&self) -> Vec<Contribution> {
        (0..2).map(|term| Contribution { state: 0, term, factor: -1.0 }).collect()
    }
    fn terms<R: Real<Scalar = f64>>(&self, time: R, state: &[R], terms: &mut [R]) {
        let turns = time / std::f64::consts::TAU;
        terms[0] = (state[0] - turns.cos_turns()) * self.0;
        terms[1] = (turns - 0.25).cos_turns();
    }
}

/// Stiff order 3 at the ends, with a constant that falls with the stiffness; 4 inside.
#[test]
fn little_order_is_lost_on_a_stiff_problem_driven_from_outside() {
    for stiffness in [1e4, 1e6] {
        let problem = ProtheroRobinson(stiffness);
        let solution = |time: f64| vec![time.cos()];
        let [at_ends, inside] = orders(&problem, &solution, 3.0, 20);
        assert!(at_ends > 2.9, "{stiffness}: {at_ends}");
        assert!(inside > 3.9, "{stiffness}: {inside}");
        let [at_ends, inside] = errors(&problem, &solution, 3.0, 40);
        assert!(at_ends < 5e-6 / stiffness, "{stiffness}: {at_ends}");
        assert!(inside < 2e-8, "{stiffness}: {inside}");
    }
}
