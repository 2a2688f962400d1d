use super::*;
use crate::solver::Contribution;
use approx::assert_relative_eq;

/// Random-looking sparse system: each term reads three states, some also the time.
struct Web<const STATES: usize, const READS: usize>;

impl<const STATES: usize, const READS: usize> System for Web<STATES, READS> {
    const STATES: usize = STATES;
    const TERMS: usize = 2 * STATES;
    fn contributions(&self) -> Vec<Contribution> {
        let part = |state, term, factor| Contribution { state, term, factor };
        (0..Self::TERMS)
            .flat_map(|term| {
                let to = (term * 5 + 2) % STATES;
                [part(term % STATES, term, -1.0), part(to, term, 0.5)]
            })
            .collect()
    }
    fn terms<R: Real<Scalar = f64>>(&self, time: R, state: &[R], terms: &mut [R]) {
        for (index, term) in terms.iter_mut().enumerate() {
            let read = |k: usize| state[(index * (2 * k + 1) + k * k) % STATES];
            let mut product = read(0);
            for k in 1..READS {
                product = product * (read(k) + 0.5) / (read(k - 1) * 0.3 + 1.0);
            }
            *term = if index % 4 == 0 { product * (time * 0.2).exp() } else { product };
        }
    }
}

fn rates<M: System>(web: &M, structure: &Structure, time: f64, state: &Vector<f64>) -> Vector<f64> {
    let mut terms = [0.0; TERM_CAPACITY];
    web.terms(time, &state[..M::STATES], &mut terms[..M::TERMS]);
    let mut rates = [0.0; STATE_CAPACITY];
    structure.stoichiometry.add_rates(&terms, &mut rates);
    rates
}

fn dense(structure: &Structure, jacobian: &Jacobian<f64>) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![0.0; structure.states]; structure.states];
    for ((row, column), entry) in structure.places().zip(&jacobian.entries) {
        matrix[row][column] = *entry;
    }
    matrix
}

fn check<M: System>(web: &M) -> usize {
    let structure = Structure::new(web).unwrap();
    let mut state = [0.0; STATE_CAPACITY];
    for (index, value) in state.iter_mut().take(M::STATES).enumerate() {
        *value = 0.4 + (index as f64 * 1.7).sin().abs();
    }
    let time = 0.7;
    let (mut f, mut by_time) = ([0.0; STATE_CAPACITY], [0.0; STATE_CAPACITY]);
    let mut jacobian = Jacobian::new(&structure);
    jacobian.evaluate(&structure, web, time, &state, &mut f, &mut by_time);
    assert_eq!(f, rates(web, &structure, time, &state));
    let matrix = dense(&structure, &jacobian);
    let h = 1e-6;
    for column in 0..M::STATES {
        let (mut above, mut below) = (state, state);
        above[column] += h;
        below[column] -= h;
        let (above, below) =
            (rates(web, &structure, time, &above), rates(web, &structure, time, &below));
        for row in 0..M::STATES {
            let slope = (above[row] - below[row]) / (2.0 * h);
            assert_relative_eq!(matrix[row][column], slope, epsilon = 1e-8, max_relative = 1e-7);
        }
    }
    let later = rates(web, &structure, time + h, &state);
    let sooner = rates(web, &structure, time - h, &state);
    for row in 0..M::STATES {
        let slope = (later[row] - sooner[row]) / (2.0 * h);
        assert_relative_eq!(by_time[row], slope, epsilon = 1e-8, max_relative = 1e-7);
    }
    dense_seeding_agrees(web, time, &state, &matrix);
    structure.jacobian.passes.len()
}

/// One state at a time, without any coloring.
fn dense_seeding_agrees<M: System>(web: &M, time: f64, state: &Vector<f64>, matrix: &[Vec<f64>]) {
    for column in 0..M::STATES {
        let seeded: Vec<Dual<f64, 1>> = (0..M::STATES)
            .map(|s| Dual::seeded(state[s], if s == column { 0 } else { 1 }))
            .collect();
        let mut terms = vec![Dual::fixed(0.0); M::TERMS];
        web.terms(Dual::fixed(time), &seeded, &mut terms);
        let mut slopes = vec![0.0; M::STATES];
        for part in web.contributions() {
            slopes[part.state] += part.factor * terms[part.term].tangent[0];
        }
        for (row, slope) in matrix.iter().zip(slopes) {
            assert_relative_eq!(row[column], slope, epsilon = 1e-14, max_relative = 1e-14);
        }
    }
}

#[test]
fn agrees_with_differences_and_with_dense_seeding() {
    assert_eq!(check(&Web::<38, 2>), 1);
}

#[test]
fn more_colors_than_directions_take_several_passes() {
    assert!(check(&Web::<23, 9>) > 1);
}

#[test]
fn a_system_that_does_not_fit_is_refused() {
    assert!(Structure::new(&Web::<128, 1>).is_err());
    assert!(Structure::new(&Web::<127, 2>).is_ok());
}
