//! A scenario after its runs: what came out and what is to be thought of it.

use std::path::PathBuf;

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::plausible_ranges::{Departure, departures};
use crate::cli::outcome::Outcome;
use crate::cli::scenario_files::ScenarioFile;
use crate::cli::stand_in::{self, Verdict};
use crate::cli::terminal::Terminal;
use crate::cli::words;
use crate::error::failure::RunFailure;
use crate::plots::Figure;
use crate::scenario::Arm;
use crate::simulation::ArmRun;

/// A scenario with its trajectories, judged.
#[derive(Debug)]
pub struct FinishedRun {
    /// What was asked.
    pub file: ScenarioFile,
    /// One run per arm.
    pub runs: Vec<ArmRun>,
    /// One balance per arm that has rows.
    pub balances: Vec<CalciumBalance>,
    /// One verdict per claim; none if a run ended early.
    pub verdicts: Vec<Verdict>,
    /// What left the range of a living person, by arm.
    pub departures: Vec<(String, Departure)>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// Figures that could not be drawn.
    pub figure_failures: Vec<String>,
    /// Where the result was put, if it was.
    pub folder: Option<PathBuf>,
}

impl FinishedRun {
    /// Checks the runs of a scenario.
    pub fn judge(file: ScenarioFile, runs: Vec<ArmRun>) -> Self {
        let arms = || file.scenario.arms.iter().zip(&runs);
        let balances = runs.iter().filter_map(|run| CalciumBalance::of(&run.trajectory)).collect();
        let found = arms().flat_map(|(arm, run)| {
            let found = departures(stand_in::quantities(), &run.trajectory);
            found.into_iter().map(|departure| (arm.name.clone(), departure))
        });
        let departures = found.collect();
        let rows: Vec<_> = arms().map(|(arm, run)| (arm.name.as_str(), &run.trajectory)).collect();
        let whole = runs.iter().all(|run| run.failure.is_none());
        let claims = file.scenario.claims.iter().filter(|_| whole);
        let verdicts = claims.map(|claim| stand_in::evaluate(claim, &rows)).collect();
        let (figures, figure_failures, folder) = (Vec::new(), Vec::new(), None);
        Self { file, runs, balances, verdicts, departures, figures, figure_failures, folder }
    }

    /// Whether every arm reached its end.
    pub fn is_complete(&self) -> bool {
        self.runs.iter().all(|run| run.failure.is_none())
    }

    /// Each arm with its run.
    pub fn arms(&self) -> impl Iterator<Item = (&Arm, &ArmRun)> {
        self.file.scenario.arms.iter().zip(&self.runs)
    }

    /// What this run means for the exit code. Claims about arms that were left out are excused.
    pub fn outcome(&self, strict: bool, some_arms_left_out: bool) -> Outcome {
        let failures = self.runs.iter().filter_map(|run| run.failure.as_ref());
        let of_runs = failures.map(|failure| match failure {
            RunFailure::Interrupted { .. } => Outcome::Interrupted,
            _ => Outcome::Failed,
        });
        let claims = self.verdicts.iter().any(|verdict| match verdict.holds {
            Some(holds) => !holds,
            None => !some_arms_left_out,
        });
        let unbalanced = self.balances.iter().any(|balance| !balance.holds());
        let of_checks =
            if unbalanced || (strict && claims) { Outcome::CheckFailed } else { Outcome::Fine };
        let of_figures =
            if self.figure_failures.is_empty() { Outcome::Fine } else { Outcome::Failed };
        of_runs.chain([of_checks, of_figures]).max().unwrap_or_default()
    }

    /// Prints what went wrong and what is beyond belief.
    pub fn tell_warnings(&self, terminal: &Terminal) {
        for failure in self.runs.iter().filter_map(|run| run.failure.as_ref()) {
            terminal.error(&format!("{}: {failure}", self.file.path));
        }
        for failure in &self.figure_failures {
            terminal.error(&format!("{}: {failure}", self.file.path));
        }
        for (arm, departure) in &self.departures {
            let Departure { quantity, first_day, worst, livable: (low, high) } = *departure;
            terminal.warning(&format!(
                "{}: arm {arm}: {} reaches {}, outside what a living person can have ({low} to \
                 {high}), first on day {}; from there on the numbers are arithmetic, not physiology",
                self.file.path,
                words::labeled(quantity),
                words::clinical(worst, quantity),
                words::short(first_day, 1),
            ));
        }
    }
}
