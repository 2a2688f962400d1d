//! Lengths of time.

use crate::units::DAYS_PER_YEAR;
use crate::words::numbers::{at_most, fixed};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TimeUnit {
    pub days: f64,
    /// "years".
    pub plural: &'static str,
    /// Steps in which people count it along an axis.
    pub steps: &'static [f64],
    /// Shortest run whose axis counts in it \[d\].
    shortest_days: f64,
}

pub(crate) const YEARS: TimeUnit =
    unit(DAYS_PER_YEAR, "years", &[1.0, 2.0, 5.0, 10.0, 20.0], 2.5 * DAYS_PER_YEAR);
const MONTHS: TimeUnit = unit(DAYS_PER_YEAR / 12.0, "months", &[1.0, 2.0, 3.0, 6.0, 12.0], 180.0);
const WEEKS: TimeUnit = unit(7.0, "weeks", &[1.0, 2.0, 4.0, 8.0], 43.0);
pub(crate) const DAYS: TimeUnit = unit(1.0, "days", &[1.0, 2.0, 7.0, 14.0, 28.0], 3.0 + 1e-9);
pub(crate) const HOURS: TimeUnit =
    unit(1.0 / 24.0, "hours", &[1.0, 2.0, 3.0, 6.0, 12.0, 24.0], 0.0);

const fn unit(
    days: f64,
    plural: &'static str,
    steps: &'static [f64],
    shortest_days: f64,
) -> TimeUnit {
    TimeUnit { days, plural, steps, shortest_days }
}

impl TimeUnit {
    /// The unit in which the axis of a run of this length counts.
    pub(crate) fn of_axis(length_days: f64) -> Self {
        let all = [YEARS, MONTHS, WEEKS, DAYS];
        all.into_iter().find(|unit| length_days >= unit.shortest_days).unwrap_or(HOURS)
    }

    /// A number of them: "1 year", "20 years".
    pub(crate) fn times(&self, number: &str) -> String {
        let word = if number == "1" { self.plural.trim_end_matches('s') } else { self.plural };
        format!("{number}\u{A0}{word}")
    }
}

/// "20 years", "9 months", "14 days", "12 hours".
pub(crate) fn duration(days: f64) -> String {
    let whole = |unit: &TimeUnit| {
        let count = days / unit.days;
        count >= 1.0 && (count - count.round()).abs() < 1e-3
    };
    let least = if days >= 2.0 { DAYS } else { HOURS };
    let unit = [YEARS, MONTHS, DAYS].into_iter().find(whole).unwrap_or(least);
    unit.times(&at_most(days / unit.days, 1)).replace('\u{A0}', " ")
}

/// The length of a computation: "a second", "12 minutes".
pub(crate) fn computing_time(seconds: f64) -> String {
    match seconds {
        s if s < 1.0 => "a second".to_owned(),
        s if s < 120.0 => format!("{} seconds", fixed(s, 0)),
        s if s < 7200.0 => format!("{} minutes", fixed(s / 60.0, 0)),
        s if s < 172_800.0 => format!("{} hours", fixed(s / 3600.0, 1)),
        s => format!("{} days", fixed(s / 86_400.0, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_the_unit_that_fits() {
        let told = [7305.0, 365.25, 273.9375, 14.0, 1.0, 0.5, 84.0, 1.5].map(duration);
        assert_eq!(
            told,
            [
                "20 years", "1 year", "9 months", "14 days", "1 day", "12 hours", "84 days",
                "36 hours"
            ]
        );
    }
}
