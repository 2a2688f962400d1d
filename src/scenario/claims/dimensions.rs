//! Dimensions of joined values in a claim: sums need one dimension, products join them.

use crate::error::problem::Misread;
use crate::scenario::claims::{Expression, Operation, Term, UnitOfValue};
use crate::units::{Dimension, Matter, conversion};
use std::ops::Range;

/// Brings two values to one dimension, converting units where that is possible.
pub(crate) fn same_dimension(
    left: Expression,
    right: Expression,
    span: &Range<usize>,
) -> Result<(Expression, Expression), Misread> {
    let (a, b) = (left.measure.clone(), right.measure.clone());
    if a.dimension == b.dimension {
        return Ok((left, right));
    }
    if is_plain(&a) && b.dimension.is_bare() {
        return Ok((Expression { measure: UnitOfValue { literal: true, ..b }, ..left }, right));
    }
    if is_plain(&b) && a.dimension.is_bare() {
        return Ok((left, Expression { measure: UnitOfValue { literal: true, ..a }, ..right }));
    }
    let matter = if a.matter == Matter::Any { b.matter } else { a.matter };
    if a.literal
        && let Some(factor) = conversion(a.dimension, b.dimension, matter)
    {
        return Ok((scaled(factor, left, b), right));
    }
    if let Some(factor) = conversion(b.dimension, a.dimension, matter) {
        return Ok((left, scaled(factor, right, a)));
    }
    Err(mismatch(&a, &b, span))
}

/// A number as written without a unit.
fn is_plain(measure: &UnitOfValue) -> bool {
    measure.literal && measure.dimension == Dimension::NONE
}

fn mismatch(a: &UnitOfValue, b: &UnitOfValue, span: &Range<usize>) -> Misread {
    let plain = [(a, b), (b, a)].into_iter().find(|(number, _)| is_plain(number));
    if let Some((_, other)) = plain {
        return Misread::new(
            "a number without a unit beside a quantity that has one",
            span.clone(),
        )
        .help(format!("write the number in {}", other.unit));
    }
    let name = |measure: &UnitOfValue| {
        if measure.unit.is_empty() { "a plain number".into() } else { measure.unit.clone() }
    };
    Misread::new(format!("{} and {} measure different things", name(a), name(b)), span.clone())
        .help("only values of one kind can be added or compared")
}

/// A multiple of a value that measures something else then.
pub(crate) fn scaled(factor: f64, value: Expression, measure: UnitOfValue) -> Expression {
    let measure = UnitOfValue { literal: value.measure.literal, ..measure };
    Expression { term: Term::Scaled(factor, Box::new(value)), measure }
}

/// Joins two values; sums, differences and choices need one dimension.
pub(crate) fn joined(
    operation: Operation,
    left: Expression,
    right: Expression,
    span: &Range<usize>,
) -> Result<Expression, Misread> {
    let (left, right, measure) = match operation {
        Operation::Times | Operation::Over => {
            let (left, right) = (from_percent(left), from_percent(right));
            let measure = product(operation, &left.measure, &right.measure);
            (left, right, measure)
        }
        _ => {
            let (left, right) = same_dimension(left, right, span)?;
            let shown = if left.measure.literal { &right.measure } else { &left.measure };
            let literal = left.measure.literal && right.measure.literal;
            let measure = UnitOfValue { literal, ..shown.clone() };
            (left, right, measure)
        }
    };
    let term = Term::Joined(operation, Box::new(left), Box::new(right));
    Ok(Expression { term, measure })
}

/// A percentage as written is a factor: 10 % times a value is a tenth of it.
pub(crate) fn from_percent(value: Expression) -> Expression {
    if value.measure.literal && value.measure.dimension == Dimension::percent() {
        scaled(0.01, value, UnitOfValue { factor: 1.0, ..UnitOfValue::default() })
    } else {
        value
    }
}

/// A unit behind a stroke: mg in so many years are mg/year.
fn one_of(unit: &str) -> &str {
    let is_word = |unit: &&str| unit.len() > 1 && !unit.contains('/');
    unit.strip_suffix('s').filter(is_word).unwrap_or(unit)
}

fn product(operation: Operation, left: &UnitOfValue, right: &UnitOfValue) -> UnitOfValue {
    let (power, sign) = if operation == Operation::Times { (1, "·") } else { (-1, "/") };
    let dimension = left.dimension.times(right.dimension, power);
    let literal = left.literal && right.literal;
    let factor = left.factor * right.factor.powi(i32::from(power));
    if dimension == Dimension::NONE {
        return UnitOfValue { factor: 1.0, literal, ..UnitOfValue::default() };
    }
    let unit = match (left.unit.as_str(), right.unit.as_str()) {
        (unit, "") => unit.to_owned(),
        ("", unit) if operation == Operation::Times => unit.to_owned(),
        (left, right) if operation == Operation::Over => format!("{left}/{}", one_of(right)),
        (left, right) => format!("{left}{sign}{right}"),
    };
    let matter = if left.matter == Matter::Any { right.matter } else { left.matter };
    UnitOfValue { dimension, matter, unit, factor, literal }
}
