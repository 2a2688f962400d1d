//! All arms of all files, side by side.

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::cli::interrupt;
use crate::cli::run::progress::Progress;
use crate::cli::scenario_files::ScenarioFile;
use crate::cli::terminal::Terminal;
use crate::scenario::Arm;
use crate::simulation::{ArmRun, Options, run_arm};

/// The runs of each scenario's arms, in their order.
pub fn run_all(
    scenarios: &[ScenarioFile],
    options: &Options,
    threads: &ThreadPool,
    terminal: &Terminal,
) -> Vec<Vec<ArmRun>> {
    let arms: Vec<&Arm> = scenarios.iter().flat_map(|file| &file.scenario.arms).collect();
    let progress = Progress::new(arms.len(), terminal.quiet);
    let run_one = |arm: &Arm| {
        let mut tell = progress.watcher();
        run_arm(arm, options, &mut |share| {
            tell(share);
            !interrupt::requested()
        })
    };
    let runs: Vec<ArmRun> = threads.install(|| arms.into_par_iter().map(run_one).collect());
    progress.end();
    let mut runs = runs.into_iter();
    scenarios.iter().map(|file| runs.by_ref().take(file.scenario.arms.len()).collect()).collect()
}
