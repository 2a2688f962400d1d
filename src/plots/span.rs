//! The time axis: ages for long runs, else years, weeks, days or hours since the start.

use super::Subject;
use super::numbers::extremes;
use crate::words::catalogue::message;
use crate::words::numbers::significant;
use crate::words::time::{DAYS, HOURS, TimeUnit, YEARS};

/// A time axis: its unit, and where it starts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clock {
    unit: TimeUnit,
    /// Value at day 0.
    start: f64,
    /// Whether it counts the age of the person.
    is_age: bool,
    days: (f64, f64),
    /// Whether an arm ends before the longest does.
    ends_apart: bool,
}

impl Clock {
    /// The clock that suits the length of the longest arm.
    pub(crate) fn of(subject: &Subject) -> Self {
        let days = extent(subject);
        let unit = TimeUnit::of_axis(days.1 - days.0);
        let age = subject.start_age_years.filter(|age| age.is_finite() && unit == YEARS);
        let last = subject.arms.iter().filter_map(|arm| arm.trajectory.rows.last());
        let ends_apart =
            last.map(|row| row.time_days).any(|end| end < days.1 - 0.01 * (days.1 - days.0));
        Self { unit, start: age.unwrap_or(0.0), is_age: age.is_some(), days, ends_apart }
    }

    pub(crate) fn title(&self) -> String {
        let what = if self.is_age { "age" } else { "time" };
        format!("{what} [{}]", self.unit.plural)
    }

    /// The time of a day in the unit of the axis.
    pub(crate) fn at(&self, day: f64) -> f64 {
        self.start + day / self.unit.days
    }

    /// Steps in which people count the unit.
    pub(crate) const fn steps(&self) -> &'static [f64] {
        self.unit.steps
    }

    /// Length of the longest arm \[d\].
    pub(crate) fn length_days(&self) -> f64 {
        self.days.1 - self.days.0
    }

    pub(crate) const fn days(&self) -> (f64, f64) {
        self.days
    }

    /// A clock for a part of the run, in days (hours if it is shorter than 3) since its start.
    pub(crate) fn part(from: f64, to: f64) -> Self {
        let unit = if to - from <= 3.0 { HOURS } else { DAYS };
        let start = -from / unit.days;
        Self { unit, start, is_age: false, days: (from, to), ends_apart: false }
    }

    /// The end in words: "at age 70", "after 12 weeks".
    pub(crate) fn end_in_words(&self) -> String {
        if self.ends_apart {
            return message!(time.each_end);
        }
        let end = self.at(self.days.1);
        let whole = (end - end.round()).abs() < 0.02 * end.abs();
        let number = significant(if whole { end.round() } else { end }, 2);
        let number = number.trim_end_matches(".0");
        if self.is_age {
            format!("at age\u{A0}{number}")
        } else {
            format!("after {}", self.unit.times(number))
        }
    }

    /// The way to the end in words: "by age 70", "within 12 weeks".
    pub(crate) fn until_in_words(&self) -> String {
        self.end_in_words().replace("at ", "by ").replace("after ", "within ")
    }
}

/// First and last finite day of all arms; 0 to 1 if there is none.
fn extent(subject: &Subject) -> (f64, f64) {
    let rows = subject.arms.iter().flat_map(|arm| &arm.trajectory.rows);
    let ends = extremes(rows.map(|row| row.time_days));
    ends.filter(|(low, high)| low < high).unwrap_or((0.0, 1.0))
}
