//! The unit of a value as people read it.

use crate::scenario::claims::{Expression, Function, Operation, Term};
use crate::units::amount::unit_of_difference;

impl Expression {
    /// The unit of its measure; "%" of a share that is multiplied by 100, and points of a difference
    /// of percentages.
    pub(crate) fn shown_unit(&self) -> &str {
        let unit = match self.measure.unit.as_str() {
            "" if self.is_percentage() => "%",
            unit => unit,
        };
        if self.is_difference() { unit_of_difference(unit) } else { unit }
    }

    /// True of `100 * …` and of sums of such.
    fn is_percentage(&self) -> bool {
        let is_hundred = |one: &Self| one.term == Term::Number(100.0);
        match &self.term {
            Term::Joined(Operation::Times, left, right) => is_hundred(left) || is_hundred(right),
            Term::Joined(Operation::Over, left, _) => left.is_percentage(),
            Term::Joined(Operation::Plus | Operation::Minus, left, right) => {
                left.is_percentage() && right.is_percentage()
            }
            _ => false,
        }
    }

    /// True of a change, of one value less another, and of sums and multiples of such.
    fn is_difference(&self) -> bool {
        self.levels().abs() < 1e-9
    }

    /// How many levels are added up in it, those taken away counted below zero: 1 of a value, 0 of a
    /// change or a difference.
    fn levels(&self) -> f64 {
        match &self.term {
            Term::Number(_) => 1.0,
            Term::Reading(reading) => f64::from(reading.function != Function::Change),
            Term::Scaled(_, inner) | Term::Absolute(inner) => inner.levels(),
            Term::Joined(operation, left, right) => {
                let (one, other) = (left.levels(), right.levels());
                match operation {
                    Operation::Plus => one + other,
                    Operation::Minus => one - other,
                    Operation::Smaller | Operation::Larger | Operation::Times => one * other,
                    Operation::Over if matches!(right.term, Term::Number(_)) => one,
                    Operation::Over => 1.0,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_percentages_is_in_points() {
        let arms = ["a", "b"].map(str::to_owned);
        for (text, wanted) in [
            ("end(femoral_neck_bmd) in a", "%"),
            ("mean(ucoc) in a", "%"),
            ("change(femoral_neck_bmd) in a", "points"),
            ("end(ucoc) in a - end(ucoc) in b", "points"),
            ("abs(end(ucoc) in a - end(ucoc) in b)", "points"),
            ("change(ucoc) in a - change(ucoc) in b", "points"),
            ("(end(ucoc) in a - end(ucoc) in b) / 2", "points"),
            ("end(ucoc) in a - change(ucoc) in a", "%"),
            ("end(ucoc) in a + change(ucoc) in b", "%"),
            ("end(ucoc) in a + end(ucoc) in b - start(ucoc) in a", "%"),
            ("end(ucoc) in a + end(ucoc) in b - end(ucoc) in b - start(ucoc) in a", "points"),
            ("2 * (end(ucoc) in a - end(ucoc) in b)", "points"),
            ("change_percent(cac) in a", "%"),
            ("change_percent(cac) in a - change_percent(cac) in b", "points"),
            ("100 * end(fractional_absorption) in a", "%"),
            ("100 * change(fractional_absorption) in a", "points"),
            ("100 * (cac in a - cac in b) / cac in a", "%"),
            ("100 * cac in a / cac in b - 100 * cac in b / cac in a", "points"),
            ("change(cac) in a", "AU"),
            ("cac in a / cac in b", ""),
            ("100 / inr in a", ""),
            ("100 * cac in a", "AU"),
        ] {
            assert_eq!(Expression::read(text, &arms).unwrap().shown_unit(), wanted, "{text}");
        }
    }
}
