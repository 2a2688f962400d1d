//! What an outcome is about, for figures: one reading of one quantity, or the same reading in two
//! arms. Anything else is told in the words of the file.

use crate::physiology::quantities::Quantity;
use crate::scenario::claims::{Expression, Function, Operation, Reading, Term};
use crate::sweep::outcomes::{Measure, Outcome};

/// What is read of a quantity over time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Aspect {
    /// Its value at the start, at the end or on a day \[d\].
    Level(Time),
    Lowest,
    Highest,
    /// Its mean over time.
    Mean,
    /// End − start, in its unit.
    Change,
    /// End − start in percent of the start.
    ChangePercent,
    /// Days above or below a value.
    Days,
}

/// When a value is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Time {
    Start,
    End,
    Day(f64),
}

/// What an outcome is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct About {
    pub quantity: &'static Quantity,
    pub aspect: Aspect,
    pub arm: String,
    /// The arm whose value is taken off, for a difference between arms.
    pub minus: Option<String>,
}

impl Outcome {
    /// What it is about; `None` for conditions, parts of a run and longer calculations.
    pub(crate) fn about(&self) -> Option<About> {
        let Measure::Value(expression) = &self.measure else { return None };
        match &expression.term {
            Term::Joined(Operation::Minus, left, right) => {
                let (left, right) = (reading(left)?, reading(right)?);
                let same = left.quantity == right.quantity && left.function == right.function;
                let about = of(left)?;
                (same && whole(right) && left.arm != right.arm)
                    .then(|| About { minus: Some(right.arm.clone()), ..about })
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

fn of(reading: &Reading) -> Option<About> {
    let aspect = match reading.function {
        Function::Start => Aspect::Level(Time::Start),
        Function::End => Aspect::Level(Time::End),
        Function::At(day) => Aspect::Level(Time::Day(day)),
        Function::Change => Aspect::Change,
        Function::ChangePercent => Aspect::ChangePercent,
        Function::Minimum => Aspect::Lowest,
        Function::Maximum => Aspect::Highest,
        Function::Mean => Aspect::Mean,
        Function::TimeAbove(_) | Function::TimeBelow(_) => Aspect::Days,
    };
    let (quantity, arm) = (reading.quantity, reading.arm.clone());
    whole(reading).then_some(About { quantity, aspect, arm, minus: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(text: &str) -> Option<About> {
        Outcome::value("x", text, &["a".to_owned(), "b".to_owned()]).unwrap().about()
    }

    #[test]
    fn plain_readings_and_differences_are_known() {
        let end = about("end(cac) in a").unwrap();
        assert_eq!((end.quantity.name, end.aspect), ("cac_agatston", Aspect::Level(Time::End)));
        let effect = about("change(cac) in b - change(cac) in a").unwrap();
        assert_eq!((effect.arm.as_str(), effect.minus.as_deref()), ("b", Some("a")));
        assert_eq!(effect.aspect, Aspect::Change);
    }

    #[test]
    fn what_mixes_things_keeps_its_own_words() {
        for text in [
            "end(cac) in b - change(cac) in a",
            "end(cac) in a / start(cac) in a",
            "mean(pth, 2 to 5 days) in a",
        ] {
            assert_eq!(about(text), None, "{text}");
        }
    }
}
