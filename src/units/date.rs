//! Calendar dates, `2027-01-01`, and the days between them.

use crate::error::problem::Misread;
use crate::units::tokens::{TokenKind, Tokens};
use std::ops::Range;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    year: u32,
    /// Days of the year before it.
    day_of_year: u32,
}

impl Date {
    /// Day of the year, 0 for 1 January.
    pub(crate) fn day_of_year(self) -> f64 {
        f64::from(self.day_of_year)
    }

    /// Days from another date until this one.
    pub(crate) fn days_since(self, other: Self) -> f64 {
        f64::from(self.number()) - f64::from(other.number())
    }

    /// Days since 1 January of the year 0.
    const fn number(self) -> u32 {
        let leap_days = self.year.div_ceil(4) - self.year.div_ceil(100) + self.year.div_ceil(400);
        365 * self.year + leap_days + self.day_of_year
    }

    /// Reads "2026-07-20", with or without a clock time behind it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (date, rest) = text.trim().split_at_checked(10)?;
        let clock_follows = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
        let mut parts = date.splitn(3, '-').map(|part| part.parse::<u32>().ok());
        let date = Self::of(parts.next()??, parts.next()??, parts.next()??)?;
        clock_follows.then_some(date)
    }

    fn of(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let february = if leap { 29 } else { 28 };
        let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let month = usize::try_from(month).ok()?.checked_sub(1)?;
        let length = *lengths.get(month)?;
        if !(1..=length).contains(&day) || year > 9999 {
            return None;
        }
        let before: u32 = lengths.iter().take(month).sum();
        Some(Self { year, day_of_year: before + day - 1 })
    }
}

/// Takes a date if one comes next.
pub(crate) fn eat_date(words: &mut Tokens<'_>) -> Option<Date> {
    let first = words.peek().filter(|token| matches!(token.kind, TokenKind::Number(_)))?;
    let text = words.text.get(first.bytes.start..first.bytes.start + 10)?;
    let (date, end) = (Date::read(text)?, first.bytes.start + 10);
    while words.peek().is_some_and(|token| token.bytes.start < end) {
        words.take();
    }
    Some(date)
}

/// Days from the start of a scenario until a date; a scenario without one has no dates.
pub(crate) fn days_until(
    date: Date,
    start: Option<Date>,
    place: Range<usize>,
) -> Result<f64, Misread> {
    let Some(start) = start else {
        return Err(Misread::new("a date, but the scenario has no start_date", place)
            .help("write start_date = \"2026-01-01\" at the top of the file, or a time such as \"2 years\""));
    };
    let days = date.days_since(start);
    if days < 0.0 {
        return Err(Misread::new("this date is before start_date", place)
            .help("write a later date, or a length of time such as \"20 years\""));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::read(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn days_of_the_year() {
        assert_eq!(date("2026-01-01").day_of_year(), 0.0);
        assert_eq!(date("2026-07-20").day_of_year(), 200.0);
        assert_eq!(date("2024-12-31").day_of_year(), 365.0);
        assert_eq!(date("2026-07-20T00:00:00").day_of_year(), 200.0);
        let bad = "2026 2026-13-01 2026-02-29 2026-00-01 2026-01-00 today 2026-01-011";
        for bad in bad.split(' ').chain([""]) {
            assert_eq!(Date::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_between_dates_count_leap_days() {
        let days = |from, to| date(to).days_since(date(from));
        assert_eq!(days("2026-01-01", "2027-01-01"), 365.0);
        assert_eq!(days("2024-01-01", "2025-01-01"), 366.0);
        assert_eq!(days("1900-01-01", "1901-01-01"), 365.0);
        assert_eq!(days("2000-02-28", "2000-03-01"), 2.0);
        assert_eq!(days("2000-01-01", "2400-01-01"), 146_097.0);
        assert_eq!(days("2026-03-01", "2026-02-28"), -1.0);
    }

    #[test]
    fn a_date_needs_a_start() {
        let mut words = Tokens::new("2027-01-01 on").unwrap();
        let found = eat_date(&mut words).unwrap();
        assert!(words.eat(&["on"]) && words.at_end());
        assert_eq!(days_until(found, Some(date("2026-12-31")), 0..10), Ok(1.0));
        assert!(days_until(found, None, 0..10).unwrap_err().message.contains("no start_date"));
        assert!(days_until(found, Some(date("2027-01-02")), 0..10).is_err());
    }
}
