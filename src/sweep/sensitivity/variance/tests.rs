//! The estimators against closed forms, and against SALib on the same outputs.

use super::*;
use crate::sweep::sampling::saltelli::SaltelliDesign;
use crate::sweep::sampling::{Design, SamplingMethod};
use crate::sweep::sensitivity::estimate::Reliability;

const BOOTSTRAP: Bootstrap = Bootstrap { seed: 1, count: 200, confidence: 0.95 };

/// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on −π … π.
fn ishigami(shares: &[f64]) -> f64 {
    let x = |at: usize| std::f64::consts::PI * (2.0 * shares[at] - 1.0);
    x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin()
}

const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Π (|4xᵢ − 2| + aᵢ) / (1 + aᵢ)
fn sobol_g(shares: &[f64]) -> f64 {
    shares.iter().zip(G).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

fn outputs(
    function: fn(&[f64]) -> f64,
    inputs: usize,
    samples: u64,
    groups: &[Vec<bool>],
) -> (Vec<f64>, usize) {
    let points = Design::new(SamplingMethod::Sobol, 11, samples, 2 * inputs).unwrap();
    let sets = [SaltelliDesign::singles(inputs), groups.to_vec()].concat();
    let design = SaltelliDesign::new(points, sets);
    let runs = samples * design.stride();
    ((0..runs).map(|run| function(&design.point(run))).collect(), design.stride() as usize)
}

#[track_caller]
fn near(found: &[Estimate], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len());
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found.value - expected).abs() < within, "{at}: {found:?}, not {expected}");
        let inside =
            found.low - 2.0 * within <= *expected && *expected <= found.high + 2.0 * within;
        assert!(inside, "{at}: {found:?} is far from {expected}");
    }
}

#[test]
fn ishigami_meets_its_closed_form() {
    // V₁ = ½(1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = b²π⁸·8/225 with a = 7, b = 0.1.
    let pi = std::f64::consts::PI;
    let first = 0.5 * (1.0 + 0.1 * pi.powi(4) / 5.0).powi(2);
    let (second, both) = (49.0 / 8.0, 0.01 * pi.powi(8) * 8.0 / 225.0);
    let all = first + second + both;
    let (values, stride) = outputs(ishigami, 3, 8192, &[]);
    let found = indices(&values, stride, &BOOTSTRAP);
    assert!((found.variance / all - 1.0).abs() < 0.01, "{} for {all}", found.variance);
    assert!((found.mean - 3.5).abs() < 0.01);
    near(&found.first, &[first / all, second / all, 0.0], 0.01);
    near(&found.total, &[(first + both) / all, second / all, both / all], 0.01);
}

#[test]
fn sobol_g_meets_its_closed_form_also_for_groups() {
    // Vᵢ = 1/(3(1 + aᵢ)²), V = Π(1 + Vᵢ) − 1; a set u alone: Π over u (1 + Vᵢ) − 1.
    let own: Vec<f64> = G.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
    let product = |set: &dyn Fn(usize) -> bool| {
        let chosen = own.iter().enumerate().filter(|(at, _)| set(*at));
        chosen.map(|(_, v)| 1.0 + v).product::<f64>()
    };
    let all = product(&|_| true) - 1.0;
    let group: Vec<bool> = (0..8).map(|at| at == 0 || at == 2).collect();
    let alone = |set: &dyn Fn(usize) -> bool| (product(set) - 1.0) / all;
    let mut first: Vec<f64> = (0..8).map(|one| alone(&|at| at == one)).collect();
    first.push(alone(&|at| group[at]));
    let mut total: Vec<f64> = (0..8).map(|one| 1.0 - alone(&|at| at != one)).collect();
    total.push(1.0 - alone(&|at| !group[at]));
    let (values, stride) = outputs(sobol_g, 8, 8192, std::slice::from_ref(&group));
    let found = indices(&values, stride, &BOOTSTRAP);
    near(&found.first, &first, 0.015);
    near(&found.total, &total, 0.015);
}

#[test]
fn the_interval_holds_the_closed_form_about_as_often_as_it_says() {
    // 40 seeds of independent samples, interval of 90 %: 30 to 40 of them hold S₂ = 0.4424.
    let (mut held, mut narrow) = (0, 0);
    for seed in 0..40 {
        let points = Design::new(SamplingMethod::MonteCarlo, seed, 512, 6).unwrap();
        let design = SaltelliDesign::new(points, SaltelliDesign::singles(3));
        let values: Vec<f64> = (0..512 * 5).map(|run| ishigami(&design.point(run))).collect();
        let bootstrap = Bootstrap { seed, count: 200, confidence: 0.9 };
        let found = indices(&values, 5, &bootstrap);
        held += u32::from(found.total[1].low < 0.4424 && 0.4424 < found.total[1].high);
        narrow += u32::from(found.total[1].half_width() < 0.15);
    }
    assert!((31..=40).contains(&held), "{held} of 40");
    assert_eq!(narrow, 40, "an interval that holds everything tells nothing");
}

#[test]
fn a_failed_run_is_left_out_with_its_pair_and_nothing_else() {
    let (mut values, stride) = outputs(ishigami, 3, 4096, &[]);
    let whole = indices(&values, stride, &BOOTSTRAP);
    values[7 * stride + 2] = f64::NAN; // second input of sample 7
    values[9 * stride] = f64::NAN; // A of sample 9
    let found = indices(&values, stride, &BOOTSTRAP);
    assert_eq!((found.left_out, found.samples), (2, 4095));
    assert_eq!([0, 1, 2].map(|set| found.left_out_of(set)), [1, 2, 1]);
    for (a, b) in found.total.iter().zip(&whole.total) {
        assert!(a.value != b.value && (a.value - b.value).abs() < 0.01, "{a:?} {b:?}");
    }
}

#[test]
fn what_never_varies_has_no_indices_and_noise_is_not_told() {
    let found = indices(&vec![3.25; 5 * 64], 5, &BOOTSTRAP);
    assert_eq!(found.variance, 0.0);
    assert!(found.first.iter().all(|one| one.value.is_nan()));
    // 16 samples: some first orders come out negative or wide; none of those is reliable.
    let (values, stride) = outputs(sobol_g, 8, 16, &[]);
    let found = indices(&values, stride, &BOOTSTRAP);
    let negative = found.first.iter().filter(|one| one.value < 0.0).count();
    assert!(negative > 0, "{:?}", found.first);
    for one in &found.first {
        let reported = one.reliability_of_share(0.05, 16) == Reliability::Converged;
        assert!(!(reported && (one.value < 0.0 || one.half_width() > 0.05)), "{one:?}");
    }
}

/// Rows of a table beside the tests: see tests/sensitivity/README.md.
fn table(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/sensitivity/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn salib_gives_the_same_indices_of_the_same_outputs() {
    for (name, inputs) in [("ishigami", 3), ("sobol_g", 8)] {
        let outputs = table(&format!("{name}_outputs.csv"));
        let values: Vec<f64> = outputs.iter().map(|row| row[0].parse().unwrap()).collect();
        let found = indices(&values, inputs + 2, &Bootstrap { count: 2000, ..BOOTSTRAP });
        let expected = table(&format!("{name}_salib.csv"));
        assert_eq!(expected.len(), inputs);
        for (at, row) in expected.iter().enumerate() {
            let number = |column: usize| row[column].parse::<f64>().unwrap();
            let (first, total) = (found.first[at], found.total[at]);
            assert!((first.value - number(1)).abs() < 1e-10, "{name} {at}: {first:?}");
            assert!((total.value - number(3)).abs() < 1e-10, "{name} {at}: {total:?}");
            // SALib: 1.96 standard deviations of its own resamples; ours are quantiles of others.
            for (own, theirs) in [(first.half_width(), number(2)), (total.half_width(), number(4))]
            {
                assert!((own - theirs).abs() < 0.12 * theirs + 1e-4, "{name} {at}: {own} {theirs}");
            }
        }
    }
}
