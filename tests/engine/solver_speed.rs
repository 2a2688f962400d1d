//! Time of a step, by hand: `cargo test --release --test solver_speed -- --ignored --nocapture`.
use crate::real::{Dual, Real};
use crate::solver::rosenbrock::Rosenbrock;
use crate::solver::tolerance::Tolerances;
use crate::solver::{Contribution, System};
use std::hint::black_box;
use std::time::Instant;

/// As large and as connected as the body: 38 states, 19 flows around one pool, 26 single rates.
struct Chain;

const POOL: usize = 2;

impl System for Chain {
    const STATES: usize = 38;
    const TERMS: usize = 45;
    fn contributions(&self) -> Vec<Contribution> {
        let part = |state, term, factor| Contribution { state, term, factor };
        let flows = (0..19).flat_map(|flow| {
            let from = if flow % 3 == 0 { flow % 12 } else { POOL };
            let to = if from == POOL { (flow + 3) % 12 } else { POOL };
            [part(from, flow, -1.0), part(to, flow, 1.0)]
        });
        flows.chain((0..26).map(|single| part(12 + single, 19 + single, 1.0))).collect()
    }
    fn terms<R: Real<Scalar = f64>>(&self, time: R, state: &[R], terms: &mut [R]) {
        let (flows, singles) = terms.split_at_mut(19);
        for (flow, term) in flows.iter_mut().enumerate() {
            let from = if flow % 3 == 0 { flow % 12 } else { POOL };
            let effects = state[12 + flow] * state[13 + flow] * 0.1 + state[14 + flow] + 1.0;
            *term = state[from] * effects * (0.01 + 0.3 * flow as f64);
        }
        for (single, term) in singles.iter_mut().enumerate() {
            let own = state[12 + single];
            let drive = state[12 + (single + 1) % 26] / (state[POOL] * 0.5 + 1.0)
                + state[(single * 3) % 12];
            let season = if single == 0 { time } else { R::zero() };
            *term = (drive * 0.2 - own) * (0.02 * (1 + single * single) as f64) + season * 1e-3;
        }
    }
}

fn nanoseconds(repeats: u32, mut work: impl FnMut()) -> f64 {
    let best = (0..200).map(|_| {
        let start = Instant::now();
        (0..repeats).for_each(|_| work());
        start.elapsed().as_nanos() as f64 / f64::from(repeats)
    });
    best.fold(f64::INFINITY, f64::min)
}

#[test]
#[ignore = "measures time"]
fn cost_of_a_step() {
    let state: Vec<f64> = (0..38).map(|s| 0.5 + 0.02 * f64::from(s)).collect();
    let mut terms = [0.0; 45];
    let rates = nanoseconds(2_000, || Chain.terms(black_box(0.1), black_box(&state), &mut terms));
    let dual: Vec<Dual<f64, 8>> =
        state.iter().enumerate().map(|(s, &value)| Dual::seeded(value, s % 8)).collect();
    let mut dual_terms = [Dual::<f64, 8>::fixed(0.0); 45];
    let time = Dual::fixed(0.1);
    let duals =
        nanoseconds(2_000, || Chain.terms(black_box(time), black_box(&dual), &mut dual_terms));
    let mut solver = Rosenbrock::new(&Chain, Tolerances::new(1e10, &[1e10; 38])).unwrap();
    solver.largest_step = 0.01;
    let step = nanoseconds(1, || {
        let mut state = state.clone();
        solver.integrate(&Chain, 0.0, &mut state, 10.0, Some(0.01), &mut |_| true).unwrap();
        black_box(state);
    }) / 1000.0;
    println!("{:?}", solver.statistics);
    println!("rates {rates:.0} ns, with 8 directions {duals:.0} ns, step {step:.0} ns");
    println!("step without the system: {:.0} ns", step - 7.0 * rates - duals);
}
