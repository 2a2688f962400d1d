//! The promise of the README about rows: those at the ends carry the solver's tolerance, those
//! between are interpolated.

use crate::physiology::quantities::{QUANTITIES, Quantity};
use crate::scenario::Scenario;
use crate::simulation::{Options, run_arm};
use crate::trajectory::Trajectory;

/// Amounts below this are traces: their relative error says nothing.
const TRACE: f64 = 1e-9;

fn trajectories(relative_tolerance: f64) -> Vec<Trajectory> {
    let text = include_str!("../../scenarios/calcium_paradox.toml");
    let options = Options { relative_tolerance, ..Options::default() };
    let scenario = Scenario::parse(text).unwrap();
    let run = |arm| run_arm(arm, &options, &mut |_| true).trajectory;
    scenario.arms.iter().map(run).collect()
}

/// Largest differences of a quantity, as shares of its largest value: at the ends, between them.
fn differences(quantity: &Quantity, rough: &Trajectory, fine: &Trajectory) -> Option<(f64, f64)> {
    let (rough, fine) = (rough.series(quantity), fine.series(quantity));
    assert_eq!(rough.len(), fine.len());
    let largest = fine.iter().map(|value| value.abs()).fold(0.0, f64::max);
    let apart: Vec<f64> = rough.iter().zip(&fine).map(|(a, b)| (a - b).abs() / largest).collect();
    let (first, rest) = apart.split_first()?;
    let (last, between) = rest.split_last()?;
    let worst = between.iter().copied().fold(0.0, f64::max);
    (largest > TRACE).then_some((first.max(*last), worst))
}

#[test]
fn rows_between_the_ends_are_as_exact_as_the_readme_says() {
    let (rough, fine) = (trajectories(1e-6), trajectories(1e-9));
    let mut seen = 0;
    for (rough, fine) in rough.iter().zip(&fine) {
        assert!(rough.complete && fine.complete);
        for quantity in QUANTITIES {
            let Some((ends, between)) = differences(&quantity, rough, fine) else { continue };
            let name = quantity.name;
            let promised = if name == "bone_balance_mg_per_day" { 5e-4 } else { 1e-4 };
            assert!(ends <= 2e-5, "{name}: {ends:e} at the ends");
            assert!(between <= promised, "{name}: {between:e} between");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}
