//! Values in the grammar of claims as people read them.

use crate::physiology::quantities::Quantity;
use crate::scenario::claims::{Expression, Function, Term};
use crate::words::numbers::{fixed, short, with_unit};

/// Digits of a value that is written like no quantity: a ratio, say.
const DIGITS: i32 = 3;

/// The value with its unit: "76 AU"; a share that the author multiplies by 100 has none of its own.
pub(crate) fn value(expression: &Expression, value: f64) -> String {
    let unit = if expression.measure.unit.is_empty() { "" } else { expression.shown_unit() };
    with_unit(&number(expression, value), unit)
}

/// The value alone, with as many decimals as the quantity that it reads.
pub(crate) fn number(expression: &Expression, value: f64) -> String {
    finer(expression, value, 0)
}

/// The same with so many digits more, by which it differs from another.
pub(crate) fn finer(expression: &Expression, value: f64, more: u8) -> String {
    match written_like(expression) {
        Some(quantity) => fixed(value, quantity.decimals + usize::from(more)),
        None => short(value, DIGITS + i32::from(more)),
    }
}

/// The quantity in whose unit and size the value is: not a ratio of two, nor a percentage of one.
fn written_like(expression: &Expression) -> Option<&'static Quantity> {
    match &expression.term {
        Term::Reading(reading) => match reading.function {
            Function::ChangePercent | Function::TimeAbove(_) | Function::TimeBelow(_) => None,
            _ => Some(reading.quantity),
        },
        Term::Absolute(inner) => written_like(inner),
        Term::Joined(operation, left, right) if operation.keeps_the_unit() => {
            written_like(left).or_else(|| written_like(right))
        }
        Term::Number(_) | Term::Scaled(..) | Term::Joined(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, number: f64) -> String {
        let arms = ["a", "b"].map(str::to_owned);
        value(&Expression::read(text, &arms).unwrap(), number).replace('\u{A0}', " ")
    }

    #[test]
    fn values_are_written_as_a_clinic_does() {
        assert_eq!(told("end(cac) in a", 76.4), "76 AU");
        assert_eq!(told("end(serum_calcium) in a", 2.419), "2.42 mmol/L");
        assert_eq!(told("end(cac) in a - end(cac) in b", -12.2), "−12 AU");
        assert_eq!(told("larger(cac in a, 0)", 12.2), "12 AU");
        assert_eq!(told("lumbar_spine_t_score in a", -2.44), "−2.4");
        assert_eq!(told("change_percent(cac) in a", 12.345), "12.3 %");
        assert_eq!(told("end(ucoc) in a - end(ucoc) in b", -12.3), "−12 points");
        assert_eq!(told("end(cac) in a / end(cac) in b", 0.7654), "0.765");
        assert_eq!(told("100 * end(cac) in a / end(cac) in b", 1234.5), "1234");
        assert_eq!(told("time_above(cac, 5) in a", 100.25), "100 days");
        assert_eq!(told("mk7_plasma_ug in a", 1.254), "1.25 µg");
    }
}
