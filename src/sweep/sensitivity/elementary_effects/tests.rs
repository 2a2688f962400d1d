//! Effects against closed forms of Morris's function, and against SALib on the same points.

use super::*;

const BOOTSTRAP: Bootstrap = Bootstrap { seed: 1, count: 300, confidence: 0.95 };

/// An input of Morris's function: 2(x − ½), or bent for the third, fifth, seventh.
fn bent(at: usize, x: f64) -> f64 {
    if [2, 4, 6].contains(&at) { 2.0 * (1.1 * x / (x + 0.1) - 0.5) } else { 2.0 * (x - 0.5) }
}

/// The sum over all sets of `order` of the first `among` numbers of their products.
fn products(w: &[f64], among: usize, order: usize) -> f64 {
    // Elementary symmetric polynomial, number by number.
    let mut sums = vec![0.0; order + 1];
    sums[0] = 1.0;
    for number in &w[..among] {
        for degree in (1..=order).rev() {
            sums[degree] += number * sums[degree - 1];
        }
    }
    sums[order]
}

/// Morris (1991), with the terms that he draws at random left out.
fn morris(x: &[f64]) -> f64 {
    let w: Vec<f64> = x.iter().enumerate().map(|(at, x)| bent(at, *x)).collect();
    20.0 * products(&w, 10, 1) - 15.0 * products(&w, 6, 2) - 10.0 * products(&w, 5, 3)
        + 5.0 * products(&w, 4, 4)
}

fn level_mean(of: impl Fn(f64) -> f64) -> f64 {
    (0..4).map(|level| of(f64::from(level) / 3.0)).sum::<f64>() / 4.0
}

/// The mean effect of an input: its own mean step times what multiplies it on the average.
fn mean_effect(at: usize) -> f64 {
    let step = 2.0 / 3.0;
    let own = |low: f64| (bent(at, low + step) - bent(at, low)) / step;
    let own = 0.5 * (own(0.0) + own(1.0 / 3.0));
    // The levels of different inputs are independent, so means of products are products of means.
    let means: Vec<f64> = (0..20).map(|other| level_mean(|x| bent(other, x))).collect();
    let others = |among: usize, order: usize| {
        if at >= among {
            return 0.0;
        }
        let rest: Vec<f64> = (0..among).filter(|o| *o != at).map(|other| means[other]).collect();
        products(&rest, among - 1, order)
    };
    let linear = if at < 10 { 20.0 } else { 0.0 };
    own * (linear - 15.0 * others(6, 1) - 10.0 * others(5, 2) + 5.0 * others(4, 3))
}

fn found(count: u64) -> Vec<MorrisStatistics> {
    let design = MorrisDesign { seed: 5, count, levels: 4, ends: vec![(0.0, 1.0); 20] };
    let values: Vec<f64> = (0..design.points()).map(|run| morris(&design.point(run))).collect();
    summary(&elementary(&design, &values), 20, &BOOTSTRAP)
}

#[test]
fn morris_function_meets_its_closed_form() {
    let found = found(3000);
    for (at, effects) in found.iter().enumerate() {
        let expected = mean_effect(at);
        let error = effects.sigma / 3000_f64.sqrt();
        assert!((effects.mu - expected).abs() < 4.0 * error + 1e-9, "{at}: {effects:?} {expected}");
        let Estimate { value, low, high } = effects.mu_star;
        assert!(value >= effects.mu.abs() - 1e-9 && low <= value && value <= high, "{effects:?}");
    }
    // Straight lines: 20 · 2 for the whole range, without any spread.
    for effects in &found[7..10] {
        assert!((effects.mu - 40.0).abs() < 1e-9 && effects.sigma < 1e-6, "{effects:?}");
    }
    // Idle inputs have no effect at all.
    assert!(found[10..].iter().all(|effects| effects.mu_star.value == 0.0));
    // Inputs with interactions scatter.
    assert!(found[..6].iter().all(|effects| effects.sigma > 10.0));
}

#[test]
fn a_failed_run_leaves_out_its_two_effects() {
    let design = MorrisDesign { seed: 5, count: 10, levels: 4, ends: vec![(0.0, 1.0); 3] };
    let mut values: Vec<f64> = (0..design.points())
        .map(|run| design.point(run).iter().zip([1.0, 2.0, 3.0]).map(|(x, a)| a * x).sum())
        .collect();
    values[4 * 2 + 1] = f64::NAN; // after the first move of the third trajectory
    let effects = summary(&elementary(&design, &values), 3, &BOOTSTRAP);
    assert_eq!(effects.iter().map(|one| one.left_out).sum::<u64>(), 2);
    for (effects, expected) in effects.iter().zip([1.0, 2.0, 3.0]) {
        assert!((effects.mu - expected).abs() < 1e-12 && effects.sigma < 1e-6, "{effects:?}");
    }
}

#[test]
fn shares_by_class_are_those_of_the_variance_of_a_sum() {
    let design = MorrisDesign { seed: 5, count: 20, levels: 4, ends: vec![(0.0, 1.0); 3] };
    let values: Vec<f64> = (0..design.points())
        .map(|run| design.point(run).iter().zip([1.0, 2.0, 3.0]).map(|(x, a)| a * x).sum())
        .collect();
    let effects = elementary(&design, &values);
    let shares = shares_by_class(&effects, &[0, 2, 0], 3, &BOOTSTRAP);
    let share: Vec<f64> = shares.iter().map(|share| share.value).collect();
    for (share, expected) in share.iter().zip([10.0 / 14.0, 0.0, 4.0 / 14.0]) {
        assert!((share - expected).abs() < 1e-12, "{share}");
    }
}

#[test]
fn salib_gives_the_same_effects_of_the_same_points() {
    let table = |name: &str| -> Vec<Vec<f64>> {
        let path = format!("{}/tests/sensitivity/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let cells = |line: &str| line.split(',').map(|cell| cell.parse().unwrap()).collect();
        text.lines().skip(1).map(cells).collect()
    };
    let (points, expected) = (table("morris_points.csv"), table("morris_salib.csv"));
    let design = MorrisDesign { seed: 5, count: 20, levels: 4, ends: vec![(0.0, 1.0); 20] };
    assert_eq!(points.len() as u64, design.points());
    for (run, row) in (0..).zip(&points) {
        let (point, value) = row.split_at(20);
        // The samples are the same on every machine and in every version.
        assert!(design.point(run).iter().zip(point).all(|(a, b)| (a - b).abs() < 1e-15), "{run}");
        assert!((morris(point) - value[0]).abs() < 1e-9);
    }
    let values: Vec<f64> = points.iter().map(|row| row[20]).collect();
    let found = summary(&elementary(&design, &values), 20, &BOOTSTRAP);
    for (at, (found, row)) in found.iter().zip(&expected).enumerate() {
        for (own, theirs) in [found.mu, found.mu_star.value, found.sigma].iter().zip(row) {
            assert!((own - theirs).abs() < 1e-10 * theirs.abs().max(1.0), "{at}: {own} {theirs}");
        }
    }
}
