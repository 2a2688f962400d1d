//! Evaluation of runs: from a run's number to its row of results.

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::plausible_ranges::departures;
use crate::error::failure::RunFailure;
use crate::error::problem::{Problem, Severity};
use crate::physiology::quantities::QUANTITIES;
use crate::scenario::dial::DialKind;
use crate::scenario::{Arm, Overrides};
use crate::simulation::{ArmRun, InitialState, PastCache, RowSelection, run_arms};
use crate::sweep::Sweep;
use crate::sweep::courses;
use crate::sweep::results_table::{CellValue, ColumnType, ResultColumn};
use crate::sweep::run_record::{Interrupted, RunRecord, RunRow};
use crate::trajectory::Trajectory;

pub(crate) fn columns(sweep: &Sweep) -> Vec<ResultColumn> {
    let mut columns = vec![ResultColumn::new("run", ColumnType::Whole, "1", "number of the run")];
    let reported =
        sweep.plan.dials().zip(sweep.plan.in_results()).filter(|(_, reported)| *reported);
    columns.extend(reported.map(|(scoped, _)| {
        let kind = match scoped.dial.kind {
            DialKind::Number(_) => ColumnType::Number,
            DialKind::Word(_) => ColumnType::Word,
        };
        ResultColumn::new(scoped.column(), kind, scoped.dial.unit(), "varied")
    }));
    columns.extend(sweep.search.iter().flat_map(|search| search.columns()));
    columns.extend(sweep.outcomes.iter().map(|outcome| outcome.column()));
    let residual = "largest residual of the calcium balance of its arms";
    let beyond = "read-outs that leave what a living person can have; empty if none does";
    columns.extend([
        ResultColumn::new("balance_residual_mg", ColumnType::Number, "mg", residual),
        ResultColumn::new("implausible", ColumnType::Word, "1", beyond),
        ResultColumn::new("complete", ColumnType::Truth, "1", "false if the run failed"),
    ]);
    columns
}

pub(crate) type ArmRuns = (Vec<Arm>, Vec<ArmRun>);

impl Sweep {
    /// The changes of a run whose dials have these values.
    pub(crate) fn overrides(&self, values: &[CellValue]) -> Overrides {
        let mut overrides = self.base.clone();
        overrides.dials.extend(self.plan.settings(values));
        overrides
    }

    /// The arms of a run.
    /// Errors: Why the scenario does not take the values.
    pub(crate) fn arms(&self, overrides: &Overrides) -> Result<Vec<Arm>, String> {
        self.template.arms(overrides).map_err(|problems| error_messages(&problems))
    }

    /// Integrates the pasts of the base arms, which the threads then share.
    /// Errors: The problems of the base arms.
    pub(crate) fn integrate_pasts(&self) -> Result<(), String> {
        for arm in self.arms(&self.base)? {
            // A past that fails will fail again and be reported in the run of its arm.
            let _ = InitialState::of(&arm, &self.options, &mut |_| true);
        }
        Ok(())
    }

    /// The rows of some runs.
    /// Errors: The user interrupted the runs.
    pub(crate) fn rows(
        &self,
        runs: std::ops::Range<u64>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Vec<RunRow>, Interrupted> {
        let values: Vec<_> = runs.clone().map(|run| self.plan.values(run)).collect();
        let overrides: Vec<_> = values.iter().map(|values| self.overrides(values)).collect();
        let searched = match &self.search {
            Some(search) => search.find_values(self, &overrides, go_on)?,
            None => {
                let arms = overrides.iter().map(|overrides| self.arms(overrides)).collect();
                let results = self.run_all(arms, &self.rows, go_on).into_iter();
                let records = results.map(|result| match result {
                    Ok((arms, results)) => self.evaluate(&arms, &results),
                    Err(failure) => Ok(self.failed_record(failure)),
                });
                records.map(|record| Ok((Vec::new(), record?))).collect::<Result<_, _>>()?
            }
        };
        let rows = runs.zip(values).zip(searched);
        Ok(rows
            .map(|((run, values), (answer, record))| {
                record.into_row(run, self.reported(values), answer)
            })
            .collect())
    }

    /// The arms of each run with their results, all integrated side by side; a run whose arms
    /// could not be made stays what it is.
    pub(crate) fn run_all(
        &self,
        runs: Vec<Result<Vec<Arm>, String>>,
        rows: &RowSelection,
        go_on: &dyn Fn() -> bool,
    ) -> Vec<Result<ArmRuns, String>> {
        let all: Vec<Arm> = runs.iter().flatten().flatten().cloned().collect();
        let results = run_arms(&all, PastCache::of_process(), rows, &self.options, go_on);
        let mut results = results.into_iter();
        let with_results = |run: Result<Vec<Arm>, String>| {
            run.map(|arms| {
                let results = results.by_ref().take(arms.len()).collect();
                (arms, results)
            })
        };
        runs.into_iter().map(with_results).collect()
    }

    /// The values that have a column.
    fn reported(&self, values: Vec<CellValue>) -> Vec<CellValue> {
        let with_column = values.into_iter().zip(self.plan.in_results());
        with_column.filter_map(|(value, reported)| reported.then_some(value)).collect()
    }

    /// The outcomes of arms that have run.
    pub(super) fn evaluate(
        &self,
        arms: &[Arm],
        results: &[ArmRun],
    ) -> Result<RunRecord, Interrupted> {
        let mut residual_mg = 0.0_f64;
        for (arm, result) in arms.iter().zip(results) {
            match &result.failure {
                Some(RunFailure::Interrupted { .. }) => return Err(Interrupted),
                Some(failure) => return Ok(self.failed_record(failure.to_string())),
                None => {}
            }
            let Some(balance) = CalciumBalance::of(&result.trajectory) else {
                let message = format!("arm {}: it ended without a single row", arm.name);
                return Ok(self.failed_record(message));
            };
            let residual = balance.residual_mg.abs();
            // Not a number outweighs every number.
            residual_mg = if residual <= residual_mg { residual_mg } else { residual };
            if !balance.holds() {
                let message = format!(
                    "arm {}: the calcium balance does not hold: {residual:e} mg were lost or made",
                    arm.name
                );
                let residual_mg = Some(residual_mg);
                return Ok(RunRecord { residual_mg, ..self.failed_record(message) });
            }
        }
        let find = |name: &str| trajectory_of(arms, results, name);
        let cells: Vec<CellValue> = self.outcomes.iter().map(|outcome| outcome.of(&find)).collect();
        let undetermined =
            self.outcomes.iter().zip(&cells).find(|(_, cell)| **cell == CellValue::Missing);
        let failure = undetermined.map(|(outcome, _)| {
            format!(
                "{} = {} cannot be told in this run: a ratio of nothing, or a time outside the run",
                outcome.name, outcome.text
            )
        });
        let courses = courses::rows(&self.courses, arms, results);
        let implausible = implausible(results);
        let residual_mg = Some(residual_mg);
        Ok(RunRecord { cells, residual_mg, implausible, failure, courses })
    }

    pub(super) fn failed_record(&self, failure: String) -> RunRecord {
        let cells = vec![CellValue::Missing; self.outcomes.len()];
        RunRecord {
            cells,
            residual_mg: None,
            implausible: Vec::new(),
            failure: Some(failure),
            courses: Vec::new(),
        }
    }
}

/// Names of the quantities that leave the range of a living person in the stored rows of any arm.
fn implausible(results: &[ArmRun]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for departure in results.iter().flat_map(|run| departures(QUANTITIES.iter(), &run.trajectory)) {
        if !names.contains(&departure.quantity.name) {
            names.push(departure.quantity.name);
        }
    }
    names
}

/// The trajectory of an arm by its name.
pub(super) fn trajectory_of<'a>(
    arms: &[Arm],
    results: &'a [ArmRun],
    name: &str,
) -> Option<&'a Trajectory> {
    let named = arms.iter().zip(results).find(|(arm, _)| arm.name == name);
    named.map(|(_, result)| &result.trajectory)
}

/// The errors among problems, on one line.
fn error_messages(problems: &[Problem]) -> String {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let words = errors.map(|problem| match problem.help.as_str() {
        "" => problem.message.clone(),
        help => format!("{} ({help})", problem.message),
    });
    words.collect::<Vec<_>>().join("; ")
}
