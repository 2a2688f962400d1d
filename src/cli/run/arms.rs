//! All arms of all scenarios, side by side.

use rayon::ThreadPool;

use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt};
use crate::library::run::run_all as run_arms;
use crate::scenario::{Arm, Scenario};
use crate::simulation::{ArmRun, Options};

/// Length of the progress bar.
const STEPS: u64 = 1000;

/// The runs of each scenario's arms, in their order.
pub(crate) fn run_all(
    scenarios: &[&Scenario],
    options: &Options,
    threads: &ThreadPool,
    session: &Session,
) -> Vec<Vec<ArmRun>> {
    let arms: Vec<&Arm> = scenarios.iter().flat_map(|scenario| &scenario.arms).collect();
    let bar = PatientBar::new(STEPS, "running {bar:40} {percent:>3} %  {eta}", session);
    let runs = threads.install(|| {
        run_arms(&arms, options, &|share| {
            bar.reach(share);
            !interrupt::requested()
        })
    });
    bar.end();
    let mut runs = runs.into_iter();
    scenarios.iter().map(|scenario| runs.by_ref().take(scenario.arms.len()).collect()).collect()
}
