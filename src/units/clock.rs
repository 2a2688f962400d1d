//! Clock times as people write them: `07:30`, `7:30 am`, `12.30`, `8 pm`, `noon`.

use crate::error::problem::Misread;
use crate::units::tokens::{TokenKind, Tokens};
use crate::units::written_number::digits;

/// Takes a clock time \[h\] if one comes next.
pub(crate) fn eat_clock(words: &mut Tokens<'_>) -> Option<f64> {
    if words.eat(&["noon"]) {
        return Some(12.0);
    }
    if words.eat(&["midnight"]) {
        return Some(0.0);
    }
    let mark = words.mark();
    let token = words.take();
    let found = token.and_then(|token| {
        let hour = match token.kind {
            TokenKind::Clock(hour) => Some(hour),
            TokenKind::Number(_) => with_point(token.text),
            _ => None,
        };
        let whole = token.text.parse::<u32>().ok().map(f64::from);
        let half_of_day = eat_half_of_day(words);
        match half_of_day {
            None => hour,
            // Of a clock of twelve hours, the twelfth comes first.
            Some(start) => hour
                .or(whole)
                .filter(|hour| (1.0..13.0).contains(hour))
                .map(|hour| if hour >= 12.0 { hour - 12.0 + start } else { hour + start }),
        }
    });
    if found.is_none() {
        words.back_to(mark);
    }
    found
}

/// "am" and "pm": the hour at which that half of the day begins.
fn eat_half_of_day(words: &mut Tokens<'_>) -> Option<f64> {
    for (letter, word, start) in [("a", "am", 0.0), ("p", "pm", 12.0)] {
        if words.eat(&[word])
            || words.eat(&[letter, ".", "m", "."])
            || words.eat(&[letter, ".", "m"])
        {
            return Some(start);
        }
    }
    None
}

/// `12.30`: hours and two digits of minutes.
fn with_point(text: &str) -> Option<f64> {
    let (hour, minute) = text.split_once('.')?;
    let minutes =
        minute.parse::<u32>().ok().filter(|minutes| minute.len() == 2 && *minutes < 60)?;
    let hours = hour.parse::<u32>().ok().filter(|hours| *hours < 24)?;
    Some(f64::from(hours) + f64::from(minutes) / 60.0)
}

/// The remedy of what is no clock time; a whole hour is spelled out.
pub(crate) fn clock_help(text: &str) -> String {
    let text = text.trim();
    let (hour, rest) = text.split_at_checked(digits(text)).unwrap_or_default();
    let behind = rest.trim_start_matches(['h', 'H', 'u', ' ', '-', ';']);
    let minutes = behind.get(..digits(behind)).filter(|_| behind.len() < rest.len());
    let is_minutes = |text: &&str| text.len() == 2 && text.parse().is_ok_and(|all: u32| all < 60);
    match (hour.parse::<u32>(), minutes.filter(|text| !text.is_empty())) {
        (Ok(hour), None) if hour < 24 => format!("write \"{hour:02}:00\""),
        (Ok(hour), Some(minutes)) if hour < 24 && is_minutes(&minutes) => {
            format!("write \"{hour:02}:{minutes}\"")
        }
        _ => "write hours and minutes, such as \"07:30\" or \"7:30 pm\"".to_owned(),
    }
}

/// Reads a clock time in hours.
pub(crate) fn clock_hour(text: &str) -> Result<f64, Misread> {
    let mut words = Tokens::new(text)?;
    match eat_clock(&mut words) {
        // Times of a TOML file may have seconds: 07:30:00.
        Some(hour) if words.at_end() || words.eat(&[":", "00"]) && words.at_end() => Ok(hour),
        _ => Err(Misread::new("not a clock time", 0..text.len()).help(clock_help(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_as_people_write_them() {
        let cases = [
            ("07:30", 7.5),
            ("7:30", 7.5),
            ("7:30 am", 7.5),
            ("7:30am", 7.5),
            ("7:30 a.m.", 7.5),
            ("7:30 PM", 19.5),
            ("12:30 am", 0.5),
            ("12:30 pm", 12.5),
            ("12.30", 12.5),
            ("7.30", 7.5),
            ("7.30 pm", 19.5),
            ("8 pm", 20.0),
            ("12 am", 0.0),
            ("noon", 12.0),
            ("07:30:00", 7.5),
        ];
        for (text, hour) in cases {
            assert_eq!(clock_hour(text), Ok(hour), "{text}");
        }
        for bad in ["24:00", "13 pm", "0:30 am", "7.3", "12.60", "7.300", "", "seven", "7:30 xm"] {
            assert!(clock_hour(bad).is_err(), "{bad}");
        }
        let helps = [("8", "08:00"), ("7h30", "07:30"), ("7 30", "07:30"), ("19 h 45", "19:45")];
        for (text, meant) in helps {
            let help = clock_hour(text).unwrap_err().help;
            assert_eq!(help, format!("write \"{meant}\""), "{text}");
        }
        assert_eq!(clock_help("7 and 19:00"), "write \"07:00\"");
        assert!(clock_help("7h75").starts_with("write hours"), "{}", clock_help("7h75"));
    }
}
