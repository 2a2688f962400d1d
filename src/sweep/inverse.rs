//! The question turned round: the lowest (or highest) value that meets a condition.
//!
//! Points from the wanted end on until one meets the condition; between it and the one before,
//! the place where the condition turns is enclosed by false position with the Illinois
//! correction (Dowell and Jarratt 1971), or by halving where the condition has no distance.

use crate::checks::claims::judge;
use crate::scenario::Overrides;
use crate::scenario::claims::{Comparison, Test};
use crate::sweep::Sweep;
use crate::sweep::cell::{Cell, CellKind, Column, heading};
use crate::sweep::engine::Engine;
use crate::sweep::kept::{Kept, Stopped};
use crate::sweep::quantity::{Number, Quantity};

/// Points at which the condition is tried before it is enclosed.
const SCAN_INTERVALS: u32 = 12;

/// The bracket is halved at least this often in so many steps; more are never needed.
const STEP_LIMIT: u32 = 80;

/// Which value is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The lowest that meets the condition.
    Lowest,
    /// The highest.
    Highest,
}

/// A value that is looked for in each run.
#[derive(Clone, Debug)]
pub struct Search {
    /// Which.
    pub wanted: Wanted,
    /// Of what.
    pub quantity: Quantity,
    /// Its number.
    pub number: Number,
    /// Where it is looked for.
    pub between: (f64, f64),
    /// How narrow the answer's interval becomes.
    pub tolerance: f64,
    /// What it must meet.
    pub condition: Comparison,
    /// That as written.
    pub text: String,
}

/// One value that was tried.
#[derive(Clone, Debug)]
struct Trial {
    value: f64,
    holds: bool,
    /// How far the condition is from turning: below 0 where it holds; NaN if that has no meaning.
    distance: f64,
    kept: Kept,
}

impl Search {
    /// The word in the file.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.wanted {
            Wanted::Lowest => "lowest",
            Wanted::Highest => "highest",
        }
    }

    /// The columns of the answer.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let column = |name: String, kind, meaning: String| {
            let unit = if kind == CellKind::Number { self.number.unit } else { "1" };
            Column { name: heading(&name, unit), unit: unit.to_owned(), kind, meaning }
        };
        let (word, text) = (self.word(), &self.text);
        let name = format!("{word}_{}", self.quantity.column);
        let found = format!("{word} {} such that {text}", self.quantity.key);
        let end = |end: &str| {
            let meaning = format!("{end} end of the interval that encloses it");
            column(format!("interval_{end}_{}", self.quantity.column), CellKind::Number, meaning)
        };
        let answers = "found, already holds (at that end), or not reachable".to_owned();
        vec![
            column(name, CellKind::Number, found),
            end("low"),
            end("high"),
            column("answer".to_owned(), CellKind::Word, answers),
        ]
    }

    /// The answer of one run, and what is kept of the run with that value.
    ///
    /// # Errors
    /// Somebody asked to stop.
    pub fn answer(
        &self,
        sweep: &Sweep,
        base: &Overrides,
        engine: &dyn Engine,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<(Vec<Cell>, Kept), Stopped> {
        let attempt = |value| self.attempt(sweep, base, value, engine, go_on);
        let mut before: Option<Trial> = None;
        for step in 0..=SCAN_INTERVALS {
            let trial = attempt(self.scanned(step))?;
            if trial.kept.failure.is_some() {
                return Ok((missing("failed"), trial.kept));
            }
            match before {
                None if trial.holds => {
                    let cells = self.cells(trial.value, trial.value, trial.value, "already holds");
                    return Ok((cells, trial.kept));
                }
                Some(before) if trial.holds => return self.enclose(before, trial, &attempt),
                _ => before = Some(trial),
            }
        }
        let kept = before.map_or_else(|| sweep.failed("nothing was tried".into()), |t| t.kept);
        Ok((
            missing("not reachable"),
            Kept { cells: vec![Cell::Missing; kept.cells.len()], ..kept },
        ))
    }

    /// The points of the scan, from the wanted end on.
    fn scanned(&self, step: u32) -> f64 {
        let (low, high) = match self.wanted {
            Wanted::Lowest => self.between,
            Wanted::Highest => (self.between.1, self.between.0),
        };
        let (step, all) = (f64::from(step), f64::from(SCAN_INTERVALS));
        if step == all { high } else { low + (high - low) * (step / all) }
    }

    fn attempt(
        &self,
        sweep: &Sweep,
        base: &Overrides,
        value: f64,
        engine: &dyn Engine,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Trial, Stopped> {
        let failed = |failure| Trial {
            value,
            holds: false,
            distance: f64::NAN,
            kept: sweep.failed(failure),
        };
        let mut overrides = base.clone();
        overrides.set.push((self.quantity.key.clone(), self.number.text(value)));
        let arms = match sweep.arms(&overrides) {
            Ok(arms) => arms,
            Err(failure) => return Ok(failed(failure)),
        };
        let results = engine.run(&arms, &sweep.rows, go_on);
        let kept = sweep.judged(&arms, &results)?;
        let find = |name: &str| {
            let named = arms.iter().zip(&results).find(|(arm, _)| arm.name == name);
            named.map(|(_, result)| &result.trajectory)
        };
        let verdict = judge(&self.condition, &find);
        let Some(holds) = verdict.holds.filter(|_| kept.failure.is_none()) else {
            let failure = kept.failure.unwrap_or_else(|| format!("{} cannot be told", self.text));
            return Ok(failed(failure));
        };
        let apart = (verdict.left - verdict.right).abs();
        let one_sided = matches!(self.condition.test, Test::Against(..));
        let distance = match (one_sided, holds) {
            (false, _) => f64::NAN,
            (true, true) => -apart,
            (true, false) => apart,
        };
        Ok(Trial { value, holds, distance, kept })
    }

    /// Narrows the interval between a value that fails and one that holds.
    fn enclose(
        &self,
        mut fails: Trial,
        mut holds: Trial,
        attempt: &dyn Fn(f64) -> Result<Trial, Stopped>,
    ) -> Result<(Vec<Cell>, Kept), Stopped> {
        for step in 0..STEP_LIMIT {
            let width = (holds.value - fails.value).abs();
            if width <= self.tolerance {
                break;
            }
            let middle = 0.5 * (fails.value + holds.value);
            let share = fails.distance / (fails.distance - holds.distance);
            let guess = fails.value + share * (holds.value - fails.value);
            // Every third step halves, so that the interval surely shrinks; a guess goes a little
            // to the far side of the turn, so that the bracket closes from both sides.
            let toward = 0.45 * self.tolerance * (holds.value - fails.value).signum();
            let inside = |value: f64| (value - fails.value) * (value - holds.value) < 0.0;
            let nudged = if step % 2 == 0 { guess + toward } else { guess - toward };
            let usable = step % 3 != 2 && guess.is_finite() && inside(nudged);
            let value = if usable { nudged } else { middle };
            if !inside(value) {
                break; // no number lies between the two
            }
            let trial = attempt(value)?;
            if trial.kept.failure.is_some() {
                return Ok((missing("failed"), trial.kept));
            }
            if trial.holds {
                holds = trial;
            } else {
                fails = trial;
            }
        }
        let cells = self.cells(holds.value, fails.value, holds.value, "found");
        Ok((cells, holds.kept))
    }

    fn cells(&self, value: f64, one: f64, other: f64, answer: &str) -> Vec<Cell> {
        vec![
            Cell::Number(value),
            Cell::Number(one.min(other)),
            Cell::Number(one.max(other)),
            Cell::Word(answer.to_owned()),
        ]
    }
}

fn missing(answer: &str) -> Vec<Cell> {
    vec![Cell::Missing, Cell::Missing, Cell::Missing, Cell::Word(answer.to_owned())]
}
