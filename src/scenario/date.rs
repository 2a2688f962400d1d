//! The start date: which day of the year day 0 is.

use crate::form::problems::Problems;
use crate::form::tree::{Node, Value};

/// Day of the year, 0 for 1 January, of "2026-01-01" or a TOML date.
pub(crate) fn day_of_year(node: &Node, problems: &mut Problems) -> Option<f64> {
    let written = match &node.value {
        Value::Date(date) | Value::Text(date, _) => date.as_str(),
        _ => return None,
    };
    let day = read(written);
    if day.is_none() {
        let help = "write year-month-day, such as \"2026-07-01\"";
        problems.error(&node.span, "not a date", "", help);
    }
    day
}

fn read(written: &str) -> Option<f64> {
    let date = written.get(..10).unwrap_or(written);
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let february = if leap { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = usize::try_from(month).ok()?.checked_sub(1)?;
    let length = *lengths.get(month)?;
    if !(1..=length).contains(&day) {
        return None;
    }
    let before: u32 = lengths.iter().take(month).sum();
    Some(f64::from(before + day - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_year() {
        assert_eq!(read("2026-01-01"), Some(0.0));
        assert_eq!(read("2026-07-20"), Some(200.0));
        assert_eq!(read("2024-12-31"), Some(365.0));
        assert_eq!(read("2026-07-20T00:00:00"), Some(200.0));
        for bad in ["", "2026", "2026-13-01", "2026-02-29", "2026-00-01", "2026-01-00", "today"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
