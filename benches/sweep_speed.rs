//! Runs per second, alone and in lanes, on one thread and two: `cargo bench --bench sweep_speed`.
//!
//! For each case the loosest tolerance is looked for whose error at the end stays below 1e-6
//! against the solution at 1e-10, in each of several runs that differ as in a sweep. Only the
//! first and last row are written, as a sweep does. One thread is timed by the time that it was on
//! a processor (Linux), two threads by the clock; the best of several rounds counts. Words after
//! `--` choose the cases whose names contain them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly
#![allow(clippy::print_stdout)] // a bench prints its table

#[path = "../tests/engine/arms/cases.rs"]
mod cases;

use calcifate::internals::{
    self, Arm, Options, PastCache, RowSelection, Width, run_arm, run_arms, run_arms_at, trajectory,
};
use cases::{Case, error_at_end};
use std::sync::OnceLock;
use std::time::Instant;

/// Tolerances that are tried, the loosest first.
const TOLERANCES: [f64; 9] = [1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5, 3e-6, 1e-6];
/// Largest error allowed.
const ACCURACY: f64 = 1e-6;
/// Runs that an engine gets at once.
const BATCH: usize = 64;
const ROUNDS: usize = 7;

fn main() {
    println!("registers: {:?}\n", Width::widest());
    println!("| case | rtol | error | alone /s | lanes /s | ratio | two threads /s | ratio |");
    println!("|---|---|---|---|---|---|---|---|");
    let given = Case { age: 50.0, ..cases::TEN_AVERAGED_YEARS };
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let measure = |name: &str, case: &Case, vary_histories, count| {
        if words.is_empty() || words.iter().any(|word| name.contains(word.as_str())) {
            measure(name, case, vary_histories, count);
        }
    };
    measure("ten averaged years, man of 50, start given", &given, false, 1024);
    measure("ten averaged years, man of 30", &cases::TEN_AVERAGED_YEARS, false, 1024);
    measure("year with a daily pill, man of 30", &cases::YEAR_WITH_A_DAILY_PILL, false, 64);
    let whole = cases::LIFE_HISTORY_AND_TWENTY_YEARS;
    measure("life history and 20 years, man of 50", &whole, true, 512);
    measure("year of meals and pills, man of 30", &cases::YEAR_OF_MEALS_AND_PILLS, false, 32);
}

/// Arms that differ a little, as in a sweep; their life histories too, if they are to be
/// integrated.
fn sweep(case: &Case, vary_histories: bool, count: usize) -> Vec<Arm> {
    let vary = |index: usize| {
        let share = index as f64 / count as f64;
        let calcium = 800.0 + 400.0 * share;
        let habitual_calcium = if vary_histories { calcium } else { case.habitual_calcium };
        let (every, mk7_supplement) = (case.days, 360.0 * share);
        Case { every, mk7_supplement, calcium_diet: calcium, habitual_calcium, ..*case }.arm()
    };
    (0..count).map(vary).collect()
}

fn measure(name: &str, case: &Case, vary_histories: bool, count: usize) {
    let (relative_tolerance, error) = loosest(&sweep(case, vary_histories, 9));
    let options = options(relative_tolerance);
    let arms = sweep(case, vary_histories, count);
    let rows = RowSelection::Around(Vec::new());
    // What does not vary is lived once, before the clock starts.
    let lived = PastCache::default();
    run_arms(&arms[..1], &lived, &rows, &options, &|| true);
    let none = PastCache::default;
    let alone = best(&arms, on_processor, |arms| {
        let none = none();
        let cache = if vary_histories { &none } else { &lived };
        let runs = run_arms_at(Width::Baseline, arms, cache, &rows, &options, &|| true);
        runs.iter().for_each(|run| assert_eq!(run.failure(), None));
    });
    let lanes = |arms: &[Arm]| {
        for batch in arms.chunks(BATCH) {
            let none = none();
            let cache = if vary_histories { &none } else { &lived };
            let runs = run_arms(batch, cache, &rows, &options, &|| true);
            runs.iter().for_each(|run| assert_eq!(run.failure(), None));
        }
    };
    let one = best(&arms, on_processor, lanes);
    let one_by_clock = best(&arms, clock, lanes);
    let two = best(&arms, clock, |arms| {
        let (left, right) = arms.split_at(arms.len() / 2);
        std::thread::scope(|scope| {
            scope.spawn(|| lanes(left));
            lanes(right);
        });
    });
    println!(
        "| {name} | {relative_tolerance:.0e} | {error:.1e} | {alone:.0} | **{one:.0}** | {:.2} | {two:.0} | {:.2} |",
        one / alone,
        two / one_by_clock
    );
}

fn options(relative_tolerance: f64) -> Options {
    Options::default().with_relative_tolerance(relative_tolerance).unwrap()
}

/// The loosest tolerance that is accurate enough, and its largest error.
fn loosest(arms: &[Arm]) -> (f64, f64) {
    let run = |arm: &Arm, relative_tolerance| {
        let run = run_arm(arm, &options(relative_tolerance), &mut |_| true);
        trajectory(&run).clone()
    };
    let references: Vec<_> = arms.iter().map(|arm| run(arm, 1e-10)).collect();
    let error = |tolerance| {
        let errors = arms.iter().zip(&references);
        errors
            .map(|(arm, reference)| error_at_end(&run(arm, tolerance), reference).0)
            .fold(0.0, f64::max)
    };
    let errors = TOLERANCES.map(|tolerance| (tolerance, error(tolerance)));
    errors.into_iter().find(|(_, error)| *error <= ACCURACY).unwrap_or((1e-6, errors[8].1))
}

/// Seconds that this thread was on a processor; by the clock where the system does not tell.
fn on_processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(clock, |nanoseconds| 1e-9 * nanoseconds)
}

/// Seconds by the clock.
fn clock() -> f64 {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Runs per second in the best round.
fn best(arms: &[Arm], seconds: impl Fn() -> f64, run: impl Fn(&[Arm])) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = seconds();
        run(arms);
        best = best.min(seconds() - start);
    }
    arms.len() as f64 / best
}
