//! Runs per second, alone and in lanes, on one thread and two: `cargo bench --bench sweep_speed`.
//!
//! For each case the loosest tolerance is looked for whose error at the end stays below 1e-6
//! against the solution at 1e-10, in each of several runs that differ as in a sweep. Only the
//! first and last row are written, as a sweep does. One thread is timed by the time that it was on
//! a processor (Linux), two threads by the clock; the best of several rounds counts. Words after
//! `--` choose the cases whose names contain them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly
#![allow(clippy::print_stdout)] // a bench prints its table

#[path = "../tests/engine/arms/mod.rs"]
mod arms;

use arms::{cases, error_at_end, man};
use calcifate::internals::{
    self, Arm, InitialState, Options, RowSelection, Width, run_arm, run_arms, run_arms_at,
};
use std::sync::{Arc, OnceLock};
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
    let mut given = cases::ten_averaged_years();
    given.person = man(50.0);
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let measure = |name: &str, arm: &Arm, vary_histories, count| {
        if words.is_empty() || words.iter().any(|word| name.contains(word.as_str())) {
            measure(name, arm, vary_histories, count);
        }
    };
    measure("ten averaged years, man of 50, start given", &given, false, 1024);
    measure("ten averaged years, man of 30", &cases::ten_averaged_years(), false, 1024);
    measure("year with a daily pill, man of 30", &cases::year_with_a_daily_pill(), false, 64);
    let whole = cases::life_history_and_twenty_years();
    measure("life history and 20 years, man of 50", &whole, true, 512);
    measure("year of meals and pills, man of 30", &cases::year_of_meals_and_pills(), false, 32);
}

/// Arms that differ a little, as in a sweep; their life histories too, if they are to be
/// integrated.
fn sweep(arm: &Arm, vary_histories: bool, count: usize) -> Vec<Arm> {
    let vary = |index: usize| {
        let mut arm = arm.clone();
        let share = index as f64 / count as f64;
        arm.output_every_days = arm.duration_days;
        arm.phases[0].inputs.mk7_supplement_ug_per_day = 360.0 * share;
        arm.phases[0].inputs.calcium_diet_mg_per_day = 800.0 + 400.0 * share;
        if vary_histories {
            arm.habitual.calcium_diet_mg_per_day = 800.0 + 400.0 * share;
        }
        arm
    };
    (0..count).map(vary).collect()
}

fn measure(name: &str, arm: &Arm, vary_histories: bool, count: usize) {
    let (relative_tolerance, error) = loosest(&sweep(arm, vary_histories, 9));
    let options = Options { relative_tolerance, ..Options::default() };
    let arms = sweep(arm, vary_histories, count);
    let known = if vary_histories {
        Vec::new()
    } else {
        vec![Arc::new(InitialState::of(arm, &options, &mut |_| true).unwrap())]
    };
    let rows = RowSelection::Around(Vec::new());
    let alone = best(&arms, on_processor, |arms| {
        let runs =
            run_arms_at(Width::Baseline, arms, &mut known.clone(), &rows, &options, &|| true);
        runs.iter().for_each(|run| assert_eq!(run.failure, None));
    });
    let lanes = |arms: &[Arm]| {
        for batch in arms.chunks(BATCH) {
            let runs = run_arms(batch, &mut known.clone(), &rows, &options, &|| true);
            runs.iter().for_each(|run| assert_eq!(run.failure, None));
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

/// The loosest tolerance that is accurate enough, and its largest error.
fn loosest(arms: &[Arm]) -> (f64, f64) {
    let run = |arm: &Arm, relative_tolerance| {
        let options = Options { relative_tolerance, ..Options::default() };
        run_arm(arm, &options, &mut |_| true).trajectory
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
