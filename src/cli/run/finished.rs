//! A scenario after its runs, judged.

use std::path::PathBuf;

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::claims::{Verdict, judge};
use crate::checks::plausible_ranges::{Departure, departures};
use crate::cli::exit_status::ExitStatus;
use crate::cli::session::input_files::ScenarioFile;
use crate::cli::terminal::Terminal;
use crate::cli::words;
use crate::error::failure::RunFailure;
use crate::physiology::quantities::QUANTITIES;
use crate::scenario::Arm;
use crate::simulation::ArmRun;
use crate::storage::figure_files::FigureFiles;

/// A scenario with its trajectories, judged.
#[derive(Debug)]
pub(crate) struct FinishedRun {
    pub file: ScenarioFile,
    /// One run per arm.
    pub runs: Vec<ArmRun>,
    /// One balance per arm that has rows.
    pub balances: Vec<CalciumBalance>,
    /// One verdict per claim; none if a run ended early.
    pub verdicts: Vec<Verdict>,
    /// Read-outs that left the range of a living person, with their arm.
    pub departures: Vec<(String, Departure)>,
    pub figures: Vec<FigureFiles>,
    /// Figures that could not be drawn.
    pub figure_failures: Vec<String>,
    /// Folder of the result, if it could be written.
    pub folder: Option<PathBuf>,
}

impl FinishedRun {
    /// Checks the runs of a scenario.
    pub(crate) fn judge(file: ScenarioFile, runs: Vec<ArmRun>) -> Self {
        let arms = || file.scenario.arms.iter().zip(&runs);
        let balances = runs.iter().filter_map(|run| CalciumBalance::of(&run.trajectory)).collect();
        let found = arms().flat_map(|(arm, run)| {
            let found = departures(QUANTITIES.iter(), &run.trajectory);
            found.into_iter().map(|departure| (arm.name.clone(), departure))
        });
        let departures = found.collect();
        let find =
            |name: &str| arms().find(|(arm, _)| arm.name == name).map(|(_, run)| &run.trajectory);
        let whole = runs.iter().all(|run| run.failure.is_none());
        let claims = file.scenario.claims.iter().filter(|_| whole);
        let verdicts = claims.map(|claim| judge(&claim.comparison, &find)).collect();
        let (figures, figure_failures, folder) = (Vec::new(), Vec::new(), None);
        Self { file, runs, balances, verdicts, departures, figures, figure_failures, folder }
    }

    /// `true` if every arm reached its end.
    pub(crate) fn is_complete(&self) -> bool {
        self.runs.iter().all(|run| run.failure.is_none())
    }

    pub(crate) fn arms(&self) -> impl Iterator<Item = (&Arm, &ArmRun)> {
        self.file.scenario.arms.iter().zip(&self.runs)
    }

    /// Exit status of this run. Claims about arms that were left out are excused.
    pub(crate) fn status(&self, strict: bool, some_arms_left_out: bool) -> ExitStatus {
        let failures = self.runs.iter().filter_map(|run| run.failure.as_ref());
        let of_runs = failures.map(|failure| match failure {
            RunFailure::Interrupted { .. } => ExitStatus::Interrupted,
            _ => ExitStatus::Failed,
        });
        let claims = self.verdicts.iter().any(|verdict| match verdict.holds {
            Some(holds) => !holds,
            None => !some_arms_left_out,
        });
        let unbalanced = self.balances.iter().any(|balance| !balance.holds());
        let of_checks = if unbalanced || (strict && claims) {
            ExitStatus::CheckFailed
        } else {
            ExitStatus::Success
        };
        let of_figures =
            if self.figure_failures.is_empty() { ExitStatus::Success } else { ExitStatus::Failed };
        of_runs.chain([of_checks, of_figures]).max().unwrap_or_default()
    }

    /// Prints failures, and read-outs that no living person can have.
    pub(crate) fn print_warnings(&self, terminal: &Terminal) {
        for failure in self.runs.iter().filter_map(|run| run.failure.as_ref()) {
            terminal.error(&format!("{}: {failure}", self.file.path));
        }
        for failure in &self.figure_failures {
            terminal.error(&format!("{}: {failure}", self.file.path));
        }
        for (arm, departure) in &self.departures {
            let Departure { quantity, first_day, worst, livable: (low, high) } = *departure;
            let unit = if quantity.unit == "1" { "" } else { quantity.unit };
            let text = format!(
                "{}: arm {arm}: {} reaches {} {unit}, outside what a living person can have ({} to \
                 {}), first on day {}; from there on the numbers are arithmetic, not physiology",
                self.file.path,
                quantity.label,
                words::clinical(worst, quantity),
                words::short(low, 3),
                words::short(high, 3),
                words::short(first_day, 1),
            );
            terminal.warning(&text.replace(" ,", ","));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Overrides;
    use crate::simulation::Options;

    const LESSON: &str = "title = \"x\"\nduration = \"1 year\"\n[person]\nsex = \"female\"\n\
        age = 40\n[[arm]]\nname = \"usual\"\n";

    fn finished() -> FinishedRun {
        let read = |_: &str, _: &str| Err(String::new());
        let loaded = crate::scenario::load("x.toml", LESSON, &Overrides::default(), &read);
        let scenario = loaded.scenario.unwrap();
        let run = crate::simulation::run_arm(&scenario.arms[0], &Options::default(), &mut |_| true);
        let file = ScenarioFile { path: "x.toml".into(), scenario, warnings: Vec::new() };
        FinishedRun::judge(file, vec![run])
    }

    fn verdict(holds: Option<bool>) -> Verdict {
        Verdict { holds, left: 0.0, right: 0.0, unit: String::new(), text: String::new() }
    }

    #[test]
    fn calcium_that_got_lost_fails_the_run_even_if_not_strict() {
        let mut run = finished();
        assert_eq!(run.status(false, false), ExitStatus::Success);
        run.balances[0].residual_mg = 1.0;
        assert_eq!(run.status(false, false), ExitStatus::CheckFailed);
    }

    #[test]
    fn a_claim_that_cannot_be_decided_fails_only_if_its_arm_was_run() {
        let mut run = finished();
        run.verdicts = vec![verdict(None)];
        assert_eq!(run.status(true, false), ExitStatus::CheckFailed);
        assert_eq!(run.status(true, true), ExitStatus::Success);
        run.verdicts = vec![verdict(Some(false))];
        assert_eq!(run.status(true, true), ExitStatus::CheckFailed);
        assert_eq!(run.status(false, false), ExitStatus::Success);
    }

    #[test]
    fn an_interruption_outweighs_a_failure_and_a_failure_a_check() {
        let mut run = finished();
        run.figure_failures.push("no paint".into());
        run.balances[0].residual_mg = f64::NAN;
        assert_eq!(run.status(false, false), ExitStatus::Failed);
        run.runs[0].failure = Some(RunFailure::Interrupted { arm: "usual".into(), day: 1.0 });
        assert_eq!(run.status(false, false), ExitStatus::Interrupted);
    }
}
