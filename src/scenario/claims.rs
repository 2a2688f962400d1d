//! The small grammar of claims, outcomes and conditions.
//!
//! ```text
#![doc = include_str!("claims/grammar.txt")]
//! ```

mod dimensions;
mod parser;
mod reading;
pub(crate) mod sentence;
mod shown_unit;

pub(crate) use parser::period;
pub(crate) use reading::Course;

use crate::error::problem::Misread;
use crate::physiology::quantities::Quantity;
use crate::units::date::Date;
use crate::units::{Dimension, Matter};

/// The grammar in words, as `calcifate list claims` shows it.
pub(crate) const GRAMMAR: &str = include_str!("claims/grammar.txt");

/// The arms that a text may name, and the date of day 0 from which its dates count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    pub arms: &'a [String],
    pub start_date: Option<Date>,
}

impl<'a, Arms: AsRef<[String]> + ?Sized> From<&'a Arms> for Scope<'a> {
    fn from(arms: &'a Arms) -> Self {
        Self { arms: arms.as_ref(), start_date: None }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Its statement, for people.
    pub says: String,
    /// Its condition, as written.
    pub text: String,
    /// In a verdict: the person or dose that it is about; may be empty.
    pub case: String,
    /// In a verdict: it decides, and does not only stand beside.
    pub decides: bool,
    pub comparison: Comparison,
}

impl Claim {
    /// Reads the condition of a claim about these arms.
    pub(crate) fn read<'a>(
        says: &str,
        text: &'a str,
        scope: impl Into<Scope<'a>>,
    ) -> Result<Self, Misread> {
        let comparison = Comparison::read(text, scope)?;
        let (says, text) = (says.to_owned(), text.to_owned());
        Ok(Self { says, text, case: String::new(), decides: false, comparison })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// The right side of a comparison; units agree with the value's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// Smaller or larger than another value, by more than the margin if there is one.
    Against { relation: Relation, other: Expression, margin: Option<Margin> },
    /// Not below the first and not above the second.
    Between(Expression, Expression),
    /// Not farther than the first from the second.
    Within(Expression, Expression),
}

/// The distance below which two values count as the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Margin {
    /// In the unit of the values; a percentage is one of the size of the right side.
    pub distance: Expression,
    /// As the claim gives it: "1 %".
    pub written: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Comparison {
    pub value: Expression,
    pub test: Test,
    /// Further comparisons, which must hold as well.
    pub also: Vec<Comparison>,
}

impl Comparison {
    /// Reads a comparison about these arms.
    pub(crate) fn read<'a>(text: &'a str, scope: impl Into<Scope<'a>>) -> Result<Self, Misread> {
        parser::comparison(text, scope.into())
    }

    /// It and its further comparisons.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.also)
    }

    /// Everything that it and its further comparisons read from trajectories.
    pub(crate) fn readings<'a>(&'a self, found: &mut Vec<&'a Reading>) {
        self.value.readings(found);
        match &self.test {
            Test::Against { other, margin, .. } => {
                other.readings(found);
                margin.iter().for_each(|margin| margin.distance.readings(found));
            }
            Test::Between(a, b) | Test::Within(a, b) => {
                a.readings(found);
                b.readings(found);
            }
        }
        self.also.iter().for_each(|other| other.readings(found));
    }
}

/// A number computed from trajectories, in base units (see [`crate::units::Unit`]).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub term: Term,
    pub measure: UnitOfValue,
}

impl Expression {
    /// Reads a value about these arms: an outcome of a sweep, say.
    pub(crate) fn read<'a>(text: &'a str, scope: impl Into<Scope<'a>>) -> Result<Self, Misread> {
        parser::expression(text, scope.into())
    }

    /// Everything that it reads from trajectories.
    pub(crate) fn readings<'a>(&'a self, found: &mut Vec<&'a Reading>) {
        match &self.term {
            Term::Number(_) => {}
            Term::Reading(reading) => found.push(reading),
            Term::Scaled(_, inner) | Term::Absolute(inner) => inner.readings(found),
            Term::Joined(_, left, right) => {
                left.readings(found);
                right.readings(found);
            }
        }
    }
}

/// The dimension of an expression and its unit for people.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct UnitOfValue {
    pub dimension: Dimension,
    /// Converts masses and amounts of substance.
    pub matter: Matter,
    /// Unit for people; empty for a plain number.
    pub unit: String,
    /// One of that unit in base units.
    pub factor: f64,
    /// A number as written, without any quantity.
    pub literal: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Term {
    Number(f64),
    Reading(Reading),
    /// A multiple: a converted unit or a minus sign.
    Scaled(f64, Box<Expression>),
    Joined(Operation, Box<Expression>, Box<Expression>),
    Absolute(Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Plus,
    Minus,
    Times,
    Over,
    Smaller,
    Larger,
}

impl Operation {
    /// True if the result measures the same as both values.
    pub(crate) const fn keeps_the_unit(self) -> bool {
        !matches!(self, Self::Times | Self::Over)
    }
}

/// One number read from the trajectory of one arm.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub function: Function,
    pub quantity: &'static Quantity,
    /// One unit of the quantity in base units; 1 for percent and time.
    pub factor: f64,
    pub arm: String,
    /// First day of the period; the start if none.
    pub from_day: Option<f64>,
    /// Last day of the period; the end if none.
    pub to_day: Option<f64>,
}

/// A statistic of a quantity over a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Function {
    /// Value at the start of the period.
    Start,
    /// Value at its end.
    End,
    At(f64),
    Change,
    /// 100 · (end / start − 1).
    ChangePercent,
    Minimum,
    Maximum,
    Mean,
    /// Days above a value in the quantity's unit.
    TimeAbove(f64),
    TimeBelow(f64),
}

impl Reading {
    /// Days on which it reads the curve; the end of the run if none. Empty for a whole period.
    pub(crate) fn days(&self) -> Vec<Option<f64>> {
        let start = Some(self.from_day.unwrap_or(0.0));
        match self.function {
            Function::Start => vec![start],
            Function::End => vec![self.to_day],
            Function::At(day) => vec![Some(day)],
            Function::Change | Function::ChangePercent => vec![start, self.to_day],
            _ => Vec::new(),
        }
    }

    /// The last day that it looks at; `None` for the end of the run.
    pub(crate) fn last_day(&self) -> Option<f64> {
        let at = match self.function {
            Function::At(day) => Some(day),
            _ => None,
        };
        [at, self.from_day, self.to_day].into_iter().flatten().reduce(f64::max)
    }
}

#[cfg(test)]
mod tests;
