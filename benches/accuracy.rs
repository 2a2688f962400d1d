//! Error against work: `cargo bench --bench accuracy`.
//!
//! Error of a run: the largest |x − r| / (|r| + 10⁻³ · the state's scale) over the states at the
//! end, r the solution at 10⁻¹¹. Steps and calls are the same on every machine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly
#![allow(clippy::print_stdout)] // a bench prints its table

#[path = "../tests/engine/arms/cases.rs"]
mod cases;

use calcifate::internals::{self, Options, run_arm, trajectory};
use cases::error_at_end;

fn main() {
    println!("| case | rtol | error | in state | steps | rejected | rhs | jacobians |");
    println!("|---|---|---|---|---|---|---|---|");
    for case in cases::ALL {
        let (name, arm) = (case.name, case.arm());
        let reference = run_arm(&arm, &options(1e-11), &mut |_| true);
        let reference = trajectory(&reference);
        for relative in [1e-3, 1e-4, 1e-5, 3e-6, 1e-6, 1e-7, 1e-8] {
            let run = run_arm(&arm, &options(relative), &mut |_| true);
            let run = trajectory(&run);
            let (error, state) = error_at_end(run, reference);
            let work = run.work;
            println!(
                "| {name} | {relative:.0e} | {error:.1e} | {state} | {} | {} | {} | {} |",
                work.steps, work.rejected, work.rhs_calls, work.jacobians
            );
        }
    }
}

fn options(relative_tolerance: f64) -> Options {
    Options::default().with_relative_tolerance(relative_tolerance).unwrap()
}
