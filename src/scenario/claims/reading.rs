//! Reads the parts of a claim that name a quantity: `end(cac)`, `mean(pth, 2 to 5 years)`; and time
//! courses: `cac every year`.

use crate::error::defect::OrDefect as _;
use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::physiology::quantities::Quantity;
use crate::scenario::claims::dimensions::{joined, same_dimension};
use crate::scenario::claims::parser::Parser;
use crate::scenario::claims::{Expression, Function, Operation, Reading, Term, UnitOfValue};
use crate::scenario::quantity_names;
use crate::units::amount::expect_number;
use crate::units::date::{days_until, eat_date};
use crate::units::number::rounded;
use crate::units::{Dimension, Matter, conversion, read_unit, unit};
use std::ops::Range;

/// Names of functions.
const FUNCTIONS: &str = "start, end, at, change, change_percent, min, max, mean, time_above, \
                         time_below, abs, smaller, larger";

/// A quantity that is kept over time: `dp_ucmgp every 30 days in k2`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Course {
    pub quantity: &'static Quantity,
    pub period_days: f64,
    /// The arm; all without it.
    pub arm: Option<String>,
}

impl Course {
    /// Reads a time course in one of these arms, or in all.
    pub(crate) fn read(text: &str, arms: &[String]) -> Result<Self, Misread> {
        const HELP: &str = "write such as dp_ucmgp every 30 days, cac every year in ARM";
        let mut parser = Parser::new(text, arms.into())?;
        let name = parser.words.take().map_or("", |piece| piece.text);
        let quantity = known_quantity(name, &(0..name.len()))?;
        let span = parser.words.here();
        if !parser.words.eat(&["every"]) {
            return Err(Misread::new("it does not say how often", span).help(HELP));
        }
        let span = parser.words.here();
        let period_days = parser.every()?;
        if period_days <= 0.0 {
            return Err(Misread::new("the time between two values is 0", span).help(HELP));
        }
        let mut value = reading(Function::End, quantity, (None, None))?;
        let named = parser.words.peek().is_some_and(|next| next.is("in"));
        if named {
            let span = parser.words.here();
            parser.arm(&mut value, span)?;
        }
        if !parser.words.at_end() {
            let span = parser.words.here();
            return Err(Misread::new("cannot read the rest", span).help(HELP));
        }
        let arm = match value.term {
            Term::Reading(reading) if named => Some(reading.arm),
            _ => None,
        };
        Ok(Self { quantity, period_days, arm })
    }

    /// True if it is kept of this arm.
    pub(crate) fn is_of(&self, arm: &str) -> bool {
        self.arm.as_deref().is_none_or(|own| own == arm)
    }

    /// True if both keep the same quantity of the same arm.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let apart = self.arm.is_some() && other.arm.is_some() && self.arm != other.arm;
        self.quantity == other.quantity && !apart
    }
}

impl Parser<'_> {
    /// The days between two values: `30 days`, `year`.
    fn every(&mut self) -> Result<f64, Misread> {
        let mark = self.words.mark();
        let counted = self.words.number().is_some();
        self.words.back_to(mark);
        if counted {
            return self.length();
        }
        let span = self.words.here();
        let found = read_unit(&mut self.words)?;
        match conversion(found.dimension, Dimension::time(), Matter::Any) {
            Some(_) => Ok(found.factor),
            None => Err(Misread::new("not a time", span).help("write such as every 30 days")),
        }
    }

    /// A function or a bare quantity.
    pub(super) fn named(&mut self) -> Result<Expression, Misread> {
        let Some(name) = self.words.take() else {
            return Err(Misread::new("a value is missing", self.words.here())
                .help("write such as end(cac)"));
        };
        if !self.words.eat(&["("]) {
            let quantity = known_quantity(name.text, &name.bytes)?;
            return reading(Function::End, quantity, (None, None));
        }
        match name.text {
            "abs" => {
                let value = self.sum()?;
                self.close()?;
                let measure = value.measure.clone();
                Ok(Expression { term: Term::Absolute(Box::new(value)), measure })
            }
            "smaller" | "larger" => {
                let first = self.sum()?;
                let span = self.words.here();
                self.comma()?;
                let second = self.sum()?;
                self.close()?;
                let larger = name.text == "larger";
                let operation = if larger { Operation::Larger } else { Operation::Smaller };
                joined(operation, first, second, &span)
            }
            function if FUNCTIONS.split(", ").any(|known| known == function) => {
                self.reading(function)
            }
            unknown => {
                let meant = match unknown {
                    "difference" => "write a - b. ".into(),
                    "ratio" => "write a / b. ".into(),
                    _ => did_you_mean(unknown, FUNCTIONS.split(", ")),
                };
                Err(Misread::new(format!("unknown function \"{unknown}\""), name.bytes)
                    .help(format!("{meant}Known: {FUNCTIONS}.")))
            }
        }
    }

    fn comma(&mut self) -> Result<(), Misread> {
        let help =
            "write such as larger(A, B), at(cac, 5 years), time_above(serum_calcium, 2.6 mmol/L)";
        self.expect(",", "something is missing between the brackets", help)
    }

    /// The inside of `end(…)` and its like.
    fn reading(&mut self, function: &str) -> Result<Expression, Misread> {
        let span = self.words.here();
        let name = self.words.take().map_or("", |piece| piece.text);
        let quantity = known_quantity(name, &span)?;
        let function = match function {
            "start" => Function::Start,
            "end" => Function::End,
            "at" => {
                self.comma()?;
                Function::At(self.day()?)
            }
            "change" => Function::Change,
            "change_percent" => Function::ChangePercent,
            "min" => Function::Minimum,
            "max" => Function::Maximum,
            "mean" => Function::Mean,
            "time_above" => Function::TimeAbove(self.threshold(quantity)?),
            _ => Function::TimeBelow(self.threshold(quantity)?),
        };
        let mut period = (None, None);
        let pointed = matches!(function, Function::Start | Function::End | Function::At(_));
        if !pointed && self.words.eat(&[","]) {
            period = self.period()?;
        }
        let span = self.words.here();
        if pointed && self.words.eat(&[","]) {
            return Err(Misread::new("end, start and at take no period", span).help(
                "the arm stands behind the bracket: end(cac) in ARM; a day: at(cac, 5 years) in ARM",
            ));
        }
        self.close()?;
        if !pointed && self.words.eat(&["over"]) {
            let bracket = self.words.eat(&["("]);
            period = self.period()?;
            if bracket {
                self.close()?;
            }
        }
        reading(function, quantity, period)
    }

    /// The threshold of `time_above`, in the quantity's unit.
    fn threshold(&mut self, quantity: &'static Quantity) -> Result<f64, Misread> {
        self.comma()?;
        let span = self.words.here();
        let number = self.number("2.6 mmol/L")?;
        let of = reading(Function::End, quantity, (None, None))?;
        let (of, number) = same_dimension(of, number, &span)?;
        let base = constant(&number).or_defect("a number that is no constant");
        Ok(base / of.measure.factor)
    }

    /// A time from the start: `10 years`, or a date.
    fn day(&mut self) -> Result<f64, Misread> {
        let mark = self.words.mark();
        match eat_date(&mut self.words) {
            Some(date) => days_until(date, self.start_date, self.words.since(mark)),
            None => self.length(),
        }
    }

    /// A length of time: `10 years`.
    fn length(&mut self) -> Result<f64, Misread> {
        let span = self.words.here();
        let number = self.number("10 years")?;
        let day = conversion(number.measure.dimension, Dimension::time(), Matter::Any);
        match (number.term, day) {
            (Term::Number(days), Some(_)) if days >= 0.0 => Ok(days),
            _ => {
                Err(Misread::new("not a time from the start", span).help("write such as 10 years"))
            }
        }
    }

    pub(super) fn period(&mut self) -> Result<(Option<f64>, Option<f64>), Misread> {
        let span = self.words.here();
        if self.words.eat(&["until"]) {
            return Ok((None, Some(self.day()?)));
        }
        let only_from = self.words.eat(&["from"]);
        // "2 to 5 years": the first number takes the unit of the second.
        let mark = self.words.mark();
        let bare = self.words.number();
        let from = if let (Some(number), true) = (bare, self.words.eat(&["to"])) {
            let mark = self.words.mark();
            let second = expect_number(&mut self.words, "2 to 5 years")?;
            self.words.back_to(mark);
            let to = self.length()?;
            let from = if second == 0.0 { number } else { number * to / second };
            return ordered(from, to, span);
        } else {
            self.words.back_to(mark);
            self.day()?
        };
        if self.words.eat_any(&["to", "until"]) {
            let to = self.day()?;
            return ordered(from, to, span);
        }
        if only_from {
            return Ok((Some(from), None));
        }
        Err(Misread::new("a period has a beginning and an end", self.words.here())
            .help("write 2 years to 5 years, from 2 years, or until 5 years"))
    }
}

fn ordered(from: f64, to: f64, span: Range<usize>) -> Result<(Option<f64>, Option<f64>), Misread> {
    if from < to {
        return Ok((Some(from), Some(to)));
    }
    let label = format!("day {} to day {}", rounded(from), rounded(to));
    let fault =
        if from == to { "the period has no length" } else { "the period ends before it begins" };
    Err(Misread::new(fault, span).label(label).help("write such as 2 years to 5 years"))
}

/// The value of a number that may have been converted.
fn constant(value: &Expression) -> Option<f64> {
    match &value.term {
        Term::Number(number) => Some(*number),
        Term::Scaled(factor, inner) => Some(factor * constant(inner)?),
        _ => None,
    }
}

fn known_quantity(name: &str, span: &Range<usize>) -> Result<&'static Quantity, Misread> {
    let spaces = if name.contains('-') { "Put spaces around a minus sign. " } else { "" };
    quantity_names::known_quantity(name, span.clone())
        .map_err(|misread| Misread { help: format!("{spaces}{}", misread.help), ..misread })
}

fn reading(
    function: Function,
    quantity: &'static Quantity,
    (from_day, to_day): (Option<f64>, Option<f64>),
) -> Result<Expression, Misread> {
    let Some(own) = unit(quantity.unit) else {
        let message = format!("{} has the unknown unit {}", quantity.name, quantity.unit);
        return Err(Misread::new(message, 0..0));
    };
    let shown = if quantity.unit == "1" { "" } else { quantity.unit };
    let (dimension, factor, unit) = match function {
        Function::ChangePercent => (Dimension::percent(), 1.0, "%"),
        Function::TimeAbove(_) | Function::TimeBelow(_) => (Dimension::time(), 1.0, "days"),
        _ => (own.dimension, own.factor, shown),
    };
    let measure = UnitOfValue {
        dimension,
        matter: quantity.matter,
        unit: unit.to_owned(),
        factor,
        literal: false,
    };
    let reading = Reading { function, quantity, factor, arm: String::new(), from_day, to_day };
    Ok(Expression { term: Term::Reading(reading), measure })
}
