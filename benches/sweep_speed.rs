//! Runs per second on one core, alone and in lanes: `cargo bench --bench sweep_speed`.
//!
//! The best of several rounds, since others may use the machine. Only the first and last row are
//! written; the tolerances keep the error at the end below 1e-6 (see the bench `accuracy`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly
#![allow(clippy::print_stdout)] // a bench prints its table

#[path = "../tests/arms/mod.rs"]
mod arms;

use arms::cases;
use calcifate::real::dispatch::Width;
use calcifate::scenario::Arm;
use calcifate::simulation::{Options, run_arm, run_arms_at};
use std::time::Instant;

fn main() {
    println!("| case | rtol | alone /s | lanes /s | ratio | {:?} |", Width::widest());
    println!("|---|---|---|---|---|---|");
    measure("ten averaged years", &cases::ten_averaged_years(), 1e-4, 400);
    measure("life history and 20 years", &cases::life_history_and_twenty_years(), 1e-6, 200);
    measure("life history and 20 years", &cases::life_history_and_twenty_years(), 1e-4, 200);
    measure("year with a daily pill", &cases::year_with_a_daily_pill(), 1e-4, 8);
    measure("year of meals and pills", &cases::year_of_meals_and_pills(), 1e-4, 8);
}

/// Arms that differ a little, as in a sweep.
fn sweep(arm: &Arm, count: usize) -> Vec<Arm> {
    let vary = |index: usize| {
        let mut arm = arm.clone();
        arm.output_every_days = arm.duration_days;
        arm.phases[0].inputs.calcium_diet_mg_per_day *= 1.0 + 0.2 * index as f64 / count as f64;
        arm
    };
    (0..count).map(vary).collect()
}

fn measure(name: &str, arm: &Arm, relative_tolerance: f64, count: usize) {
    let options = Options { relative_tolerance, ..Options::default() };
    let arms = sweep(arm, count);
    let mut best = [f64::INFINITY; 2];
    for _ in 0..7 {
        let start = Instant::now();
        for arm in &arms {
            assert_eq!(run_arm(arm, &options, &mut |_| true).failure, None);
        }
        best[0] = best[0].min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        run_arms_at(Width::widest(), &mut arms.iter().cloned(), &options, &mut |_, run| {
            assert_eq!(run.failure, None);
        });
        best[1] = best[1].min(start.elapsed().as_secs_f64());
    }
    let [alone, lanes] = best.map(|seconds| count as f64 / seconds);
    println!(
        "| {name} | {relative_tolerance:.0e} | {alone:.0} | {lanes:.0} | {:.2} | |",
        lanes / alone
    );
}
