//! Inverse problem: the lowest (or highest) value of an input that meets a condition.
//!
//! A scan from the wanted end stops at the first point that meets the condition. Between it and
//! the point before, the change of the condition is bracketed by false position with the Illinois
//! correction (Dowell and Jarratt 1971), or by halving where the condition has no distance.

use crate::checks::claims::judge;
use crate::error::defect::OrDefect as _;
use crate::scenario::claims::{Comparison, Test};
use crate::scenario::dial::{DialValue, Number, ScopedDial, Setting};
use crate::scenario::{Arm, Overrides};
use crate::simulation::ArmRun;
use crate::sweep::Sweep;
use crate::sweep::evaluation::trajectory_of;
use crate::sweep::results_table::{CellValue, ColumnType, ResultColumn, heading};
use crate::sweep::run_record::{Interrupted, RunRecord};

/// Points at which the condition is tried before it is enclosed.
const SCAN_INTERVALS: u32 = 12;

/// The bracket is halved at least this often in so many steps; more are never needed.
const STEP_LIMIT: u32 = 80;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchGoal {
    /// The lowest that meets the condition.
    Lowest,
    Highest,
}

/// A search for a value in each run.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub goal: SearchGoal,
    pub dial: ScopedDial,
    pub number: &'static Number,
    pub range: (f64, f64),
    /// The width of the final interval.
    pub tolerance: f64,
    /// The condition that the value must meet.
    pub condition: Comparison,
    pub text: String,
}

#[derive(Clone, Debug)]
struct Trial {
    value: f64,
    holds: bool,
    /// Distance of the two sides of the condition: below 0 where it holds; NaN without a meaning.
    distance: f64,
    record: RunRecord,
}

impl Trial {
    const fn failed(value: f64, record: RunRecord) -> Self {
        Self { value, holds: false, distance: f64::NAN, record }
    }
}

/// The values of the search's columns, and the record of the run with the value found.
type SearchResult = (Vec<CellValue>, RunRecord);

enum SearchState {
    /// Looks for the first point that meets the condition; the one `before` does not.
    Scan {
        step: u32,
        before: Option<Trial>,
    },
    /// Narrows the interval between a value that fails and one that holds.
    Bracket {
        step: u32,
        fails: Trial,
        holds: Trial,
    },
    Finished(SearchResult),
}

impl Search {
    pub(crate) const fn word(&self) -> &'static str {
        match self.goal {
            SearchGoal::Lowest => "lowest",
            SearchGoal::Highest => "highest",
        }
    }

    pub(crate) fn columns(&self) -> Vec<ResultColumn> {
        let column = |name: String, kind, meaning: String| {
            let unit = if kind == ColumnType::Number { self.number.unit } else { "1" };
            ResultColumn::new(heading(&name, unit), kind, unit, meaning)
        };
        let (word, text) = (self.word(), &self.text);
        let name = format!("{word}_{}", self.dial.column());
        let found = format!("{word} {} such that {text}", self.dial.key);
        let end = |end: &str| {
            let meaning = format!("{end} end of the interval that encloses it");
            column(format!("interval_{end}_{}", self.dial.column()), ColumnType::Number, meaning)
        };
        let answers = "found, already holds (at that end), or not reachable".to_owned();
        vec![
            column(name, ColumnType::Number, found),
            end("low"),
            end("high"),
            column("answer".to_owned(), ColumnType::Word, answers),
        ]
    }

    /// Names of the columns of the values found and of the answers.
    pub(crate) fn found_and_answer(&self) -> [String; 2] {
        let columns = self.columns();
        [ColumnType::Number, ColumnType::Word].map(|kind| {
            let column = columns.iter().find(|column| column.kind == kind);
            column.or_defect("a search without its columns").name.clone()
        })
    }

    /// The answer of each run, and the record of the run with that value.
    ///
    /// `bases` holds what each run sets apart from the value. The searches go on side by side:
    /// each round tries one value of every search that has no answer yet.
    /// Errors: The user interrupted the runs.
    pub(crate) fn find_values(
        &self,
        sweep: &Sweep,
        bases: &[Overrides],
        go_on: &dyn Fn() -> bool,
    ) -> Result<Vec<SearchResult>, Interrupted> {
        let mut states: Vec<SearchState> =
            bases.iter().map(|_| SearchState::Scan { step: 0, before: None }).collect();
        loop {
            let open = bases.iter().zip(&states);
            let trials_due: Vec<_> =
                open.filter_map(|(base, state)| Some((base, self.value(state)?))).collect();
            if trials_due.is_empty() {
                break;
            }
            let mut trials = self.run_trials(sweep, &trials_due, go_on)?.into_iter();
            let advance = |state: SearchState| match self.value(&state).and_then(|_| trials.next())
            {
                Some(trial) => self.next_state(state, trial),
                None => state,
            };
            states = states.into_iter().map(advance).collect();
        }
        Ok(states.into_iter().map(|state| self.answer(sweep, state)).collect())
    }

    /// The value to try next; `None` if the search has its answer.
    fn value(&self, state: &SearchState) -> Option<f64> {
        match state {
            SearchState::Scan { step, .. } => {
                (*step <= SCAN_INTERVALS).then(|| self.scan_point(*step))
            }
            SearchState::Bracket { step, fails, holds } => {
                self.next_in_bracket(*step, fails, holds)
            }
            SearchState::Finished(..) => None,
        }
    }

    fn next_state(&self, state: SearchState, trial: Trial) -> SearchState {
        if trial.record.failure.is_some() {
            return SearchState::Finished((cells(None, "failed"), trial.record));
        }
        match state {
            SearchState::Scan { before: None, .. } if trial.holds => {
                let cells = cells(Some([trial.value; 3]), "already holds");
                SearchState::Finished((cells, trial.record))
            }
            SearchState::Scan { before: Some(fails), .. } if trial.holds => {
                SearchState::Bracket { step: 0, fails, holds: trial }
            }
            SearchState::Scan { step, .. } => {
                SearchState::Scan { step: step + 1, before: Some(trial) }
            }
            SearchState::Bracket { step, fails, .. } if trial.holds => {
                SearchState::Bracket { step: step + 1, fails, holds: trial }
            }
            SearchState::Bracket { step, holds, .. } => {
                SearchState::Bracket { step: step + 1, fails: trial, holds }
            }
            finished @ SearchState::Finished(_) => finished,
        }
    }

    fn answer(&self, sweep: &Sweep, state: SearchState) -> SearchResult {
        match state {
            SearchState::Scan { before, .. } => {
                let record = before
                    .map_or_else(|| sweep.failed_record("nothing was tried".into()), |t| t.record);
                let outcomes = vec![CellValue::Missing; record.cells.len()];
                let record = RunRecord { cells: outcomes, courses: Vec::new(), ..record };
                (cells(None, "not reachable"), record)
            }
            SearchState::Bracket { fails, holds, .. } => {
                let (low, high) = (fails.value.min(holds.value), fails.value.max(holds.value));
                (cells(Some([holds.value, low, high]), "found"), holds.record)
            }
            SearchState::Finished(answer) => answer,
        }
    }

    /// A point of the scan, from the wanted end.
    fn scan_point(&self, step: u32) -> f64 {
        let (low, high) = match self.goal {
            SearchGoal::Lowest => self.range,
            SearchGoal::Highest => (self.range.1, self.range.0),
        };
        let (step, all) = (f64::from(step), f64::from(SCAN_INTERVALS));
        if step == all { high } else { low + (high - low) * (step / all) }
    }

    /// Tries a value in each of some runs, all of them side by side.
    fn run_trials(
        &self,
        sweep: &Sweep,
        trials_due: &[(&Overrides, f64)],
        go_on: &dyn Fn() -> bool,
    ) -> Result<Vec<Trial>, Interrupted> {
        let arms = trials_due.iter().map(|(base, value)| {
            let mut overrides = (*base).clone();
            let (dial, value) = (self.dial.clone(), DialValue::Number(*value));
            overrides.dials.push(Setting { dial, value });
            sweep.arms(&overrides)
        });
        let results = sweep.run_all(arms.collect(), &sweep.rows, go_on);
        let trials = trials_due.iter().zip(results).map(|((_, value), result)| match result {
            Ok((arms, results)) => self.evaluate(sweep, *value, &arms, &results),
            Err(failure) => Ok(Trial::failed(*value, sweep.failed_record(failure))),
        });
        trials.collect()
    }

    /// Evaluates the condition of a trial and its distance.
    fn evaluate(
        &self,
        sweep: &Sweep,
        value: f64,
        arms: &[Arm],
        results: &[ArmRun],
    ) -> Result<Trial, Interrupted> {
        let record = sweep.evaluate(arms, results)?;
        let find = |name: &str| trajectory_of(arms, results, name);
        let verdict = judge(&self.condition, &find);
        let Some(holds) = verdict.holds().filter(|_| record.failure.is_none()) else {
            let failure = record.failure.unwrap_or_else(|| format!("{} cannot be told", self.text));
            return Ok(Trial::failed(value, sweep.failed_record(failure)));
        };
        let apart = (verdict.left - verdict.right).abs();
        let one_sided = matches!(self.condition.test, Test::Against { margin: None, .. });
        let distance = match (one_sided, holds) {
            (false, _) => f64::NAN,
            (true, true) => -apart,
            (true, false) => apart,
        };
        Ok(Trial { value, holds, distance, record })
    }

    /// The next value between one that fails and one that holds; `None` once they are so close
    /// together as the tolerance says, or as numbers can be.
    fn next_in_bracket(&self, step: u32, fails: &Trial, holds: &Trial) -> Option<f64> {
        let width = (holds.value - fails.value).abs();
        if step >= STEP_LIMIT || width <= self.tolerance {
            return None;
        }
        let middle = 0.5 * (fails.value + holds.value);
        let share = fails.distance / (fails.distance - holds.distance);
        let guess = fails.value + share * (holds.value - fails.value);
        // Every third step halves, so that the interval surely shrinks; a guess goes a little
        // to the far side of the turn, so that the bracket closes from both sides.
        let toward = 0.45 * self.tolerance * (holds.value - fails.value).signum();
        let inside = |value: f64| (value - fails.value) * (value - holds.value) < 0.0;
        let nudged = if step.is_multiple_of(2) { guess + toward } else { guess - toward };
        let usable = step % 3 != 2 && guess.is_finite() && inside(nudged);
        Some(if usable { nudged } else { middle }).filter(|value| inside(*value))
    }
}

/// The search's columns: the value found and its interval, if there is one, and the answer.
fn cells(found: Option<[f64; 3]>, answer: &str) -> Vec<CellValue> {
    let missing = [const { CellValue::Missing }; 3];
    let numbers = found.map_or(missing, |numbers| numbers.map(CellValue::Number));
    numbers.into_iter().chain([CellValue::Word(answer.to_owned())]).collect()
}
