//! A run on its way to the terminal and its folder.

use std::path::PathBuf;

use crate::checks::plausible_ranges::Departure;
use crate::cli::exit_status::ExitStatus;
use crate::cli::terminal::Terminal;
use crate::error::failure::RunFailure;
use crate::error::render::render_each;
use crate::library::run::Run;
use crate::printed::shown_path;
use crate::storage::figure_files::FigureFiles;
use crate::words::numbers::{at_most, measured};

/// A run with its figures and its folder.
pub(crate) struct FinishedRun {
    /// The path of its file, as written.
    pub path: String,
    pub run: Run,
    /// The same arms under the other hypothesis set, where the answer is asked of both.
    pub under_other_set: Option<Run>,
    pub figures: Vec<FigureFiles>,
    pub figure_failures: Vec<String>,
    /// The page about it, if it could be made.
    pub page: Option<String>,
    /// Folder of the result, if it could be written.
    pub folder: Option<PathBuf>,
}

impl FinishedRun {
    /// A run before its figures are drawn.
    pub(crate) fn new(path: String, run: Run, under_other_set: Option<Run>) -> Self {
        let (figures, figure_failures) = (Vec::new(), Vec::new());
        Self { path, run, under_other_set, figures, figure_failures, page: None, folder: None }
    }

    /// Exit status of this run. Claims about arms that were left out are excused.
    pub(crate) fn status(&self, strict: bool, some_arms_left_out: bool) -> ExitStatus {
        let of_runs = self.run.failures().map(|failure| match failure {
            RunFailure::Interrupted { .. } => ExitStatus::Interrupted,
            _ => ExitStatus::Failed,
        });
        let claims = self.run.verdicts.iter().any(|verdict| match verdict.holds() {
            Some(holds) => !holds,
            None => !some_arms_left_out,
        });
        let unbalanced = self.run.balances().any(|(_, balance)| !balance.holds());
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
        for (_, result) in self.run.arms() {
            let Some(failure) = &result.failure else { continue };
            let kept = match &self.folder {
                Some(folder) if !result.trajectory.rows.is_empty() => {
                    format!("; the rows up to that day are kept in {}", shown_path(folder))
                }
                _ => String::new(),
            };
            terminal.error(&format!("{}: {failure}{kept}", self.path));
        }
        for failure in &self.figure_failures {
            terminal.error(&format!("{}: {failure}", self.path));
        }
        if self.run.is_complete() && !self.figures.is_empty() {
            let texts = &self.run.scenario.texts;
            let warnings = self.run.warnings_of_limits();
            terminal.talk(&render_each(&warnings, texts, terminal.colored_talk));
        }
        for (arm, departure) in &self.run.departures {
            let Departure { quantity, first_day, worst, livable: (low, high) } = *departure;
            let text = format!(
                "{}: arm {arm}: {} reaches {}, outside what a living person can have ({} to \
                 {}), first on day {}; from there on the numbers are arithmetic, not physiology",
                self.path,
                quantity.label,
                measured(quantity, worst),
                at_most(low, 3),
                at_most(high, 3),
                at_most(first_day, 1),
            );
            terminal.warning(&text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::checks::claims::{Judgement, Verdict};

    const LESSON: &str = "title = \"x\"\nduration = \"1 year\"\n[person]\nsex = \"female\"\n\
        age = 40\n[[arm]]\nname = \"usual\"\n";

    fn finished() -> FinishedRun {
        let scenario = crate::scenario::Scenario::parse(LESSON).unwrap();
        FinishedRun::new("x.toml".into(), scenario.run().unwrap(), None)
    }

    fn verdict(judgement: Judgement) -> Verdict {
        Verdict {
            judgement,
            left: 0.0,
            right: 0.0,
            unit: String::new(),
            text: String::new(),
            standing: 0.0,
            decided_by: 0,
        }
    }

    #[test]
    fn calcium_that_got_lost_fails_the_run_even_if_not_strict() {
        let mut run = finished();
        assert_eq!(run.status(false, false), ExitStatus::Success);
        run.run.balances[0].as_mut().unwrap().residual_mg = 1.0;
        assert_eq!(run.status(false, false), ExitStatus::CheckFailed);
    }

    #[test]
    fn a_claim_that_cannot_be_decided_fails_only_if_its_arm_was_run() {
        let mut run = finished();
        run.run.verdicts = vec![verdict(Judgement::Undecided)];
        assert_eq!(run.status(true, false), ExitStatus::CheckFailed);
        assert_eq!(run.status(true, true), ExitStatus::Success);
        for judgement in [Judgement::Fails, Judgement::NoDifference] {
            run.run.verdicts = vec![verdict(judgement)];
            assert_eq!(run.status(true, true), ExitStatus::CheckFailed);
            assert_eq!(run.status(false, false), ExitStatus::Success);
        }
    }

    #[test]
    fn an_interruption_outweighs_a_failure_and_a_failure_a_check() {
        let mut run = finished();
        run.figure_failures.push("no paint".into());
        run.run.balances[0].as_mut().unwrap().residual_mg = f64::NAN;
        assert_eq!(run.status(false, false), ExitStatus::Failed);
        let first = Arc::get_mut(&mut run.run.runs[0]).unwrap();
        first.failure = Some(RunFailure::Interrupted { arm: "usual".into(), day: 1.0 });
        assert_eq!(run.status(false, false), ExitStatus::Interrupted);
    }
}
