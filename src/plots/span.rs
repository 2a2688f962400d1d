//! The time axis: ages for long runs, else years, weeks, days or hours since the start.

use super::Subject;
use super::numbers;
use crate::units::DAYS_PER_YEAR;

/// How a figure tells time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clock {
    unit_days: f64,
    /// Value at day 0.
    start: f64,
    /// Title of the axis.
    pub title: &'static str,
    /// First and last day.
    days: (f64, f64),
}

impl Clock {
    /// The clock that suits the length of the longest arm.
    pub(crate) fn of(subject: &Subject) -> Self {
        let days = extent(subject);
        let length = days.1 - days.0;
        let age = subject.start_age_years.filter(|age| age.is_finite());
        let (unit_days, start, title) = match age {
            Some(age) if length >= 2.5 * DAYS_PER_YEAR => (DAYS_PER_YEAR, age, "age [years]"),
            _ if length >= 2.5 * DAYS_PER_YEAR => (DAYS_PER_YEAR, 0.0, "time [years]"),
            _ if length >= 180.0 => (DAYS_PER_YEAR / 12.0, 0.0, "time [months]"),
            _ if length >= 43.0 => (7.0, 0.0, "time [weeks]"),
            _ if length > 3.0 => (1.0, 0.0, "time [days]"),
            _ => (1.0 / 24.0, 0.0, "time [hours]"),
        };
        Self { unit_days, start, title, days }
    }

    /// A day on this clock.
    pub(crate) fn tell(&self, day: f64) -> f64 {
        self.start + day / self.unit_days
    }

    /// Steps in which people count the unit.
    pub(crate) fn steps(&self) -> &'static [f64] {
        match self.title {
            "time [hours]" => &[1.0, 2.0, 3.0, 6.0, 12.0, 24.0],
            "time [days]" => &[1.0, 2.0, 7.0, 14.0, 28.0],
            "time [weeks]" => &[1.0, 2.0, 4.0, 8.0],
            "time [months]" => &[1.0, 2.0, 3.0, 6.0, 12.0],
            _ => &[1.0, 2.0, 5.0, 10.0, 20.0],
        }
    }

    /// Length of the longest arm \[d\].
    pub(crate) fn length_days(&self) -> f64 {
        self.days.1 - self.days.0
    }

    /// First and last day.
    pub(crate) const fn days(&self) -> (f64, f64) {
        self.days
    }

    /// A clock for a part of the run, in days (hours if it is shorter than 3) since its start.
    pub(crate) fn part(from: f64, to: f64) -> Self {
        let (unit_days, title) =
            if to - from <= 3.0 { (1.0 / 24.0, "time [hours]") } else { (1.0, "time [days]") };
        Self { unit_days, start: -from / unit_days, title, days: (from, to) }
    }

    /// The end in words: "at 70 years", "after 12 weeks".
    pub(crate) fn end_in_words(&self) -> String {
        let end = self.tell(self.days.1);
        let unit = self.title.split(['[', ']']).nth(1).unwrap_or("days");
        let whole = (end - end.round()).abs() < 0.02 * end.abs();
        let number = numbers::significant(if whole { end.round() } else { end }, 2);
        let number = number.trim_end_matches(".0");
        if self.title.starts_with("age") {
            format!("at age\u{A0}{number}")
        } else {
            let unit = if number == "1" { unit.trim_end_matches('s') } else { unit };
            format!("after {number}\u{A0}{unit}")
        }
    }

    /// The way to the end in words: "by age 70", "within 12 weeks".
    pub(crate) fn until_in_words(&self) -> String {
        self.end_in_words().replace("at age", "by age").replace("after ", "within ")
    }
}

/// First and last finite day of all arms; 0 to 1 if there is none.
fn extent(subject: &Subject) -> (f64, f64) {
    let rows = subject.arms.iter().flat_map(|arm| &arm.trajectory.rows);
    let ends = numbers::extremes(rows.map(|row| row.time_days));
    ends.filter(|(low, high)| low < high).unwrap_or((0.0, 1.0))
}
