//! Outcomes of a run: values and conditions in the grammar of claims.

use crate::checks::claims::{FindTrajectory, judge, value};
use crate::error::problem::Misread;
use crate::scenario::claims::{Comparison, Expression, Function, Reading, Scope};
use crate::simulation::RowSelection;
use crate::sweep::results_table::{CellValue, ColumnType, ResultColumn, heading};

/// A value or a condition of each run.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Its name, as the file gives it.
    pub name: String,
    pub text: String,
    pub measure: OutcomeDefinition,
}

#[derive(Clone, Debug)]
pub(crate) enum OutcomeDefinition {
    Value(Expression),
    Condition(Box<Comparison>),
}

impl Outcome {
    /// Reads a value about these arms.
    /// Errors: What cannot be read.
    pub(crate) fn value(name: &str, text: &str, scope: Scope<'_>) -> Result<Self, Misread> {
        let measure = OutcomeDefinition::Value(Expression::read(text, scope)?);
        Ok(Self { name: name.to_owned(), text: text.to_owned(), measure })
    }

    /// Reads a condition about these arms.
    /// Errors: What cannot be read.
    pub(crate) fn condition(name: &str, text: &str, scope: Scope<'_>) -> Result<Self, Misread> {
        let measure = OutcomeDefinition::Condition(Box::new(Comparison::read(text, scope)?));
        Ok(Self { name: name.to_owned(), text: text.to_owned(), measure })
    }

    pub(crate) fn column(&self) -> ResultColumn {
        let (unit, kind) = match &self.measure {
            OutcomeDefinition::Value(expression) => {
                (expression.measure.unit.as_str(), ColumnType::Number)
            }
            OutcomeDefinition::Condition(_) => ("", ColumnType::Truth),
        };
        let shown = if unit.is_empty() { "1" } else { unit };
        ResultColumn::new(heading(&self.name, unit), kind, shown, &self.text)
    }

    /// Its unit as people read it; empty for a condition.
    pub(crate) fn shown_unit(&self) -> &str {
        match &self.measure {
            OutcomeDefinition::Value(expression) => expression.shown_unit(),
            OutcomeDefinition::Condition(_) => "",
        }
    }

    /// Its value in a run; missing if it is undetermined.
    pub(crate) fn of(&self, find: FindTrajectory<'_>) -> CellValue {
        match &self.measure {
            OutcomeDefinition::Value(expression) => CellValue::finite(value(expression, find)),
            OutcomeDefinition::Condition(comparison) => {
                judge(comparison, find).holds().map_or(CellValue::Missing, CellValue::Truth)
            }
        }
    }

    /// Size of what it reads, in the unit of its value; 0 for a condition.
    pub(crate) fn scale(&self) -> f64 {
        let OutcomeDefinition::Value(expression) = &self.measure else { return 0.0 };
        let of_reading = |reading: &&Reading| match reading.function {
            // Shares of what was, and days.
            Function::ChangePercent => 100.0,
            Function::TimeAbove(_) | Function::TimeBelow(_) => 1.0,
            _ => reading.quantity.scale() * reading.factor,
        };
        let largest = self.readings().iter().map(of_reading).fold(0.0, f64::max);
        largest / expression.measure.factor
    }

    /// Everything that it reads from trajectories.
    pub(crate) fn readings(&self) -> Vec<&Reading> {
        let mut found = Vec::new();
        match &self.measure {
            OutcomeDefinition::Value(expression) => expression.readings(&mut found),
            OutcomeDefinition::Condition(comparison) => comparison.readings(&mut found),
        }
        found
    }
}

pub(crate) fn rows_for(readings: &[&Reading]) -> RowSelection {
    let mut periods = Vec::new();
    for reading in readings {
        let from = reading.from_day.unwrap_or(0.0);
        let to = reading.to_day.unwrap_or(f64::INFINITY);
        match reading.function {
            Function::At(day) => periods.push((day, day)),
            Function::Start | Function::End | Function::Change | Function::ChangePercent => {
                periods.extend([(from, from), (to, to)]);
            }
            _ => periods.push((from, to)),
        }
    }
    RowSelection::Around(periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> RowSelection {
        let outcome =
            Outcome::value("x", text, (&["a".to_owned(), "b".to_owned()]).into()).unwrap();
        rows_for(&outcome.readings())
    }

    #[test]
    fn only_the_rows_that_are_read_are_needed() {
        let end = f64::INFINITY;
        assert_eq!(
            rows("change(cac) in a - change(cac) in b"),
            RowSelection::Around(vec![(0.0, 0.0), (end, end), (0.0, 0.0), (end, end)])
        );
        assert_eq!(rows("at(cac, 10 days) in a"), RowSelection::Around(vec![(10.0, 10.0)]));
        assert_eq!(rows("mean(pth, 2 to 5 days) in a"), RowSelection::Around(vec![(2.0, 5.0)]));
        assert_eq!(rows("max(pth) in a"), RowSelection::Around(vec![(0.0, end)]));
        let text = "at(cac, 10 days) in a < 3 and max(pth) in b < 5 pmol/L";
        let both =
            Outcome::condition("x", text, (&["a".to_owned(), "b".to_owned()]).into()).unwrap();
        let periods = vec![(10.0, 10.0), (0.0, end)];
        assert_eq!(rows_for(&both.readings()), RowSelection::Around(periods), "joined by `and`");
    }

    #[test]
    fn columns_carry_units_and_the_words_of_the_file() {
        let arms = ["a".to_owned()];
        let column = Outcome::value("dp", "end(dp_ucmgp)", (&arms).into()).unwrap().column();
        assert_eq!((column.name.as_str(), column.unit.as_str()), ("dp_pmol_per_l", "pmol/L"));
        let column =
            Outcome::condition("in_range", "dp_ucmgp < 300 pmol/L", (&arms).into()).unwrap();
        assert_eq!(column.column().kind, ColumnType::Truth);
        assert_eq!(column.column().name, "in_range");
    }
}
