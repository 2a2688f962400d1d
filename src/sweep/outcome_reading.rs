//! The reading behind an outcome, for figures: one statistic of one quantity, or the same in two
//! arms. Any other outcome keeps the words of the file.

use crate::physiology::quantities::Quantity;
use crate::scenario::claims::{Expression, Function, Operation, Reading, Term};
use crate::sweep::outcomes::{Outcome, OutcomeDefinition};

/// One statistic of one quantity in an arm, or its difference from another arm.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OutcomeReading {
    pub quantity: &'static Quantity,
    pub statistic: Function,
    pub arm: String,
    /// The arm whose value is taken off, for a difference between arms.
    pub reference_arm: Option<String>,
}

impl Outcome {
    /// The single reading behind it; `None` for conditions, parts of a run and longer calculations.
    pub(crate) fn single_reading(&self) -> Option<OutcomeReading> {
        let OutcomeDefinition::Value(expression) = &self.measure else { return None };
        match &expression.term {
            Term::Joined(Operation::Minus, left, right) => {
                let (left, right) = (reading(left)?, reading(right)?);
                let same = left.quantity == right.quantity && left.function == right.function;
                let single_reading = of(left)?;
                (same && whole(right) && left.arm != right.arm).then(|| OutcomeReading {
                    reference_arm: Some(right.arm.clone()),
                    ..single_reading
                })
            }
            _ => of(reading(expression)?),
        }
    }
}

const fn reading(expression: &Expression) -> Option<&Reading> {
    match &expression.term {
        Term::Reading(reading) => Some(reading),
        _ => None,
    }
}

const fn whole(reading: &Reading) -> bool {
    reading.from_day.is_none() && reading.to_day.is_none()
}

fn of(reading: &Reading) -> Option<OutcomeReading> {
    let (quantity, statistic, arm) = (reading.quantity, reading.function, reading.arm.clone());
    whole(reading).then_some(OutcomeReading { quantity, statistic, arm, reference_arm: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn single_reading(text: &str) -> Option<OutcomeReading> {
        Outcome::value("x", text, (&["a".to_owned(), "b".to_owned()]).into())
            .unwrap()
            .single_reading()
    }

    #[test]
    fn plain_readings_and_differences_are_known() {
        let end = single_reading("end(cac) in a").unwrap();
        assert_eq!((end.quantity.name, end.statistic), ("cac_agatston", Function::End));
        let effect = single_reading("change(cac) in b - change(cac) in a").unwrap();
        assert_eq!((effect.arm.as_str(), effect.reference_arm.as_deref()), ("b", Some("a")));
        assert_eq!(effect.statistic, Function::Change);
    }

    #[test]
    fn what_mixes_things_keeps_its_own_words() {
        for text in [
            "end(cac) in b - change(cac) in a",
            "end(cac) in a / start(cac) in a",
            "mean(pth, 2 to 5 days) in a",
        ] {
            assert_eq!(single_reading(text), None, "{text}");
        }
    }
}
