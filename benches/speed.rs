//! Wall time of whole runs, one thread, no figures: `cargo bench --bench speed`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly
#![allow(clippy::print_stdout)] // a bench prints its table

#[path = "../tests/engine/arms/mod.rs"]
mod arms;

use arms::cases;
use calcifate::internals::{self, Arm, Options, run_arm};
use divan::Bencher;

fn main() {
    divan::main();
}

/// One run at a relative tolerance, all rows and read-outs included.
fn time(bencher: Bencher, arm: &Arm, relative_tolerance: f64) {
    let options = Options { relative_tolerance, ..Options::default() };
    bencher.bench_local(|| run_arm(divan::black_box(arm), &options, &mut |_| true));
}

#[divan::bench(args = [1e-6, 1e-5, 1e-4])]
fn ten_averaged_years(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::ten_averaged_years(), relative_tolerance);
}

#[divan::bench(args = [1e-6, 1e-5, 1e-4])]
fn life_history_and_twenty_years(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::life_history_and_twenty_years(), relative_tolerance);
}

#[divan::bench(args = [1e-6, 1e-4], sample_count = 10)]
fn year_with_a_daily_pill(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::year_with_a_daily_pill(), relative_tolerance);
}

#[divan::bench(args = [1e-6, 1e-4], sample_count = 10)]
fn year_of_meals_and_pills(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::year_of_meals_and_pills(), relative_tolerance);
}
