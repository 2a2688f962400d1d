//! Wall time of whole runs, one thread, no figures: `cargo bench --bench speed`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly
#![allow(clippy::print_stdout)] // a bench prints its table

#[path = "../tests/engine/arms/cases.rs"]
mod cases;

use calcifate::internals::{self, Options, run_arm};
use cases::Case;
use divan::Bencher;

fn main() {
    divan::main();
}

/// One run at a relative tolerance, all rows and read-outs included.
fn time(bencher: Bencher, case: &Case, relative_tolerance: f64) {
    let options = Options::default().with_relative_tolerance(relative_tolerance).unwrap();
    let arm = case.arm();
    bencher.bench_local(|| run_arm(divan::black_box(&arm), &options, &mut |_| true));
}

#[divan::bench(args = [1e-6, 1e-5, 1e-4])]
fn ten_averaged_years(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::TEN_AVERAGED_YEARS, relative_tolerance);
}

#[divan::bench(args = [1e-6, 1e-5, 1e-4])]
fn life_history_and_twenty_years(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::LIFE_HISTORY_AND_TWENTY_YEARS, relative_tolerance);
}

#[divan::bench(args = [1e-6, 1e-4], sample_count = 10)]
fn year_with_a_daily_pill(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::YEAR_WITH_A_DAILY_PILL, relative_tolerance);
}

#[divan::bench(args = [1e-6, 1e-4], sample_count = 10)]
fn year_of_meals_and_pills(bencher: Bencher, relative_tolerance: f64) {
    time(bencher, &cases::YEAR_OF_MEALS_AND_PILLS, relative_tolerance);
}
