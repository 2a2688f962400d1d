//! All arms of all files, side by side.

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::cli::session::input_files::ScenarioFile;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt};
use crate::scenario::Arm;
use crate::simulation::{ArmRun, Options, run_arm};

/// Steps of the progress bar for each arm.
const STEPS: u32 = 1000;

/// The runs of each scenario's arms, in their order.
pub(crate) fn run_all(
    scenarios: &[ScenarioFile],
    options: &Options,
    threads: &ThreadPool,
    session: &Session,
) -> Vec<Vec<ArmRun>> {
    let arms: Vec<&Arm> = scenarios.iter().flat_map(|file| &file.scenario.arms).collect();
    let length = arms.len() as u64 * u64::from(STEPS);
    let bar = PatientBar::new(length, "running {bar:40} {percent:>3} %  {eta}", session);
    let run_one = |arm: &Arm| {
        let mut done = 0;
        run_arm(arm, options, &mut |share| {
            let now = steps(share);
            if now > done {
                bar.advance(now - done);
                done = now;
            }
            !interrupt::requested()
        })
    };
    let runs: Vec<ArmRun> = threads.install(|| arms.into_par_iter().map(run_one).collect());
    bar.end();
    let mut runs = runs.into_iter();
    scenarios.iter().map(|file| runs.by_ref().take(file.scenario.arms.len()).collect()).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped before
fn steps(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * f64::from(STEPS)) as u64
}
