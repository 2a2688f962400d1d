//! Numbers, people and times as people write them.

use crate::physiology::person::Sex;
use crate::physiology::quantities::Quantity;
use crate::scenario::{Arm, Scenario};
use crate::units::DAYS_PER_YEAR;

/// "woman 50 → 70", "man 40, 14 days", or "several people" if the arms differ.
pub(crate) fn person(scenario: &Scenario) -> String {
    person_of(&scenario.arms)
}

/// The same for any arms.
pub(crate) fn person_of(arms: &[Arm]) -> String {
    let mut people = arms.iter().map(arm_person);
    let first = people.next().unwrap_or_default();
    if people.all(|other| other == first) { first } else { "several people".to_owned() }
}

fn arm_person(arm: &Arm) -> String {
    let who = if arm.person.sex == Sex::Female { "woman" } else { "man" };
    let start = arm.person.start_age_years;
    if arm.duration_days < DAYS_PER_YEAR {
        return format!("{who} {}, {}", short(start, 1), duration(arm.duration_days));
    }
    format!("{who} {} → {}", short(start, 1), short(start + arm.duration_days / DAYS_PER_YEAR, 1))
}

/// "20 years", "9 months", "14 days", "12 hours".
pub(crate) fn duration(days: f64) -> String {
    let candidates = [(DAYS_PER_YEAR, "year"), (DAYS_PER_YEAR / 12.0, "month"), (1.0, "day")];
    let whole = |unit: f64| days >= unit && (days / unit - (days / unit).round()).abs() < 1e-3;
    let (unit, word) = match candidates.into_iter().find(|(unit, _)| whole(*unit)) {
        Some(found) => found,
        None if days >= 2.0 => (1.0, "day"),
        None => (1.0 / 24.0, "hour"),
    };
    let count = short(days / unit, 1);
    let plural = if count == "1" { "" } else { "s" };
    format!("{count} {word}{plural}")
}

/// The hypothesis sets of the arms: "paradox" or "paradox, conservative".
pub(crate) fn hypotheses(scenario: &Scenario) -> String {
    hypotheses_of(&scenario.arms)
}

/// The same for any arms.
pub(crate) fn hypotheses_of(arms: &[Arm]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for arm in arms {
        if !names.contains(&arm.hypothesis.name()) {
            names.push(arm.hypothesis.name());
        }
    }
    names.join(", ")
}

/// A number with at most `decimals` decimals and no idle zeros.
pub(crate) fn short(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A value as a clinic writes it; zero has no sign.
pub(crate) fn clinical(value: f64, quantity: &Quantity) -> String {
    let text = format!("{value:.*}", quantity.decimals);
    match () {
        () if !value.is_finite() => "–".to_owned(),
        () if text.parse() == Ok(0.0) => text.trim_start_matches('-').to_owned(),
        () => text,
    }
}

/// Milligrams in groups of three digits: "5 844 000".
pub(crate) fn milligrams(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let digits = format!("{:.0}", value.abs());
    let length = digits.len();
    let grouped = digits.chars().enumerate().flat_map(|(index, digit)| {
        let gap = (index > 0 && (length - index) % 3 == 0).then_some('\u{202f}');
        gap.into_iter().chain([digit])
    });
    let sign = if value < 0.0 && digits != "0" { "−" } else { "" };
    sign.chars().chain(grouped).collect()
}

/// A quantity's label with its unit: "Coronary calcium AU".
pub(crate) fn labeled(quantity: &Quantity) -> String {
    match quantity.unit {
        "1" | "" => quantity.label.to_owned(),
        unit => format!("{} {unit}", quantity.label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        let told = [7305.0, 365.25, 273.9375, 14.0, 1.0, 0.5, 84.0, 1.5].map(duration);
        assert_eq!(
            told,
            [
                "20 years", "1 year", "9 months", "14 days", "1 day", "12 hours", "84 days",
                "36 hours"
            ]
        );
    }

    #[test]
    fn masses_are_grouped_and_numbers_are_short() {
        assert_eq!(milligrams(5_844_000.4), "5\u{202f}844\u{202f}000");
        assert_eq!(
            (milligrams(999.0), milligrams(-1000.0)),
            ("999".into(), "−1\u{202f}000".into())
        );
        assert_eq!(
            (short(50.0, 1), short(49.55, 1), short(-0.01, 1)),
            ("50".into(), "49.5".into(), "0".into())
        );
    }
}
