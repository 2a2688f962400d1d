//! Numbers as people write them: readings of digits with separators between them.

use crate::error::problem::Misread;
use crate::units::lookalikes;
use crate::units::number::exact_decimal;
use std::ops::Range;

/// Signs that people put between digits.
fn is_separator(letter: char) -> bool {
    matches!(letter, '.' | ',' | '\'' | '’' | '_') || is_space(letter)
}

/// Spaces that belong to a number; the usual one ends it.
fn is_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// Length of the digits at the start of `text`.
pub(crate) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Length of the digits and separators at the start of `text`, without an exponent.
pub(crate) fn written_length(text: &str) -> usize {
    let mut end = digits(text);
    while let Some(separator) = text.get(end..).and_then(|rest| rest.chars().next()) {
        let start = end + separator.len_utf8();
        let group = text.get(start..).map_or(0, digits);
        let joins = is_separator(separator) && group > 0 && (group == 3 || !is_space(separator));
        if !joins {
            break;
        }
        end = start + group;
    }
    end
}

/// Length of the digits and the usual space at the end of `text`, if thousands may follow: one to
/// three digits that begin a number.
pub(crate) fn thousands_before(text: &str) -> usize {
    let Some(number) = text.strip_suffix(' ') else { return 0 };
    let before = number.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let length = number.len() - before.len();
    let begins = before.is_empty() || before.ends_with(' ');
    if begins && (1..=3).contains(&length) { length + 1 } else { 0 }
}

/// The readings of digits with separators.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Readings {
    /// The last separator stands before the decimals.
    decimal: Option<f64>,
    /// Every separator stands between thousands.
    thousands: Option<f64>,
}

fn readings(text: &str) -> Readings {
    let is_separator = |letter: char| letter == ' ' || is_separator(letter);
    let separators: Vec<char> = text.chars().filter(|letter| is_separator(*letter)).collect();
    let groups: Vec<&str> = text.split(is_separator).collect();
    let (Some(last), Some((decimals, whole))) = (separators.last(), groups.split_last()) else {
        return Readings::default();
    };
    let same = |separators: &[char]| separators.windows(2).all(|pair| pair.first() == pair.last());
    let before = separators.get(..separators.len() - 1).unwrap_or_default();
    let thousands = (same(&separators) && are_thousands(&groups))
        .then(|| groups.concat().parse().ok())
        .flatten();
    let is_decimal = matches!(last, '.' | ',')
        && !before.contains(last)
        && same(before)
        && (whole.len() == 1 || are_thousands(whole));
    let decimal =
        is_decimal.then(|| format!("{}.{decimals}", whole.concat()).parse().ok()).flatten();
    Readings { decimal, thousands }
}

/// True for one to three digits, not 0 first, then groups of three.
fn are_thousands(groups: &[&str]) -> bool {
    let Some((first, rest)) = groups.split_first() else { return false };
    let whole = groups.iter().all(|group| digits(group) == group.len());
    let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
    whole && leads && !rest.is_empty() && rest.iter().all(|group| group.len() == 3)
}

/// The number a thousand times as large, where a single point may stand between thousands:
/// `1.000`, but neither `0.125` nor `1.5`.
pub(crate) fn as_thousands(text: &str) -> Option<f64> {
    let one_point = text.matches('.').count() == 1;
    readings(text).thousands.filter(|_| one_point)
}

/// The same number, whose point cannot be meant to stand between thousands: `1.1250`.
pub(crate) fn without_thousands(text: String) -> String {
    if as_thousands(&text).is_some() { text + "0" } else { text }
}

/// A number as text that can only be meant as a decimal number: `1.0`, `1.1250`.
fn clearly_decimal(value: f64) -> String {
    let text = exact_decimal(value);
    if text.contains(['.', 'e']) { without_thousands(text) } else { text + ".0" }
}

/// Refuses digits with other separators than one decimal point anywhere in a text.
pub(crate) fn refuse_separators(text: &str) -> Result<(), Misread> {
    let mut start = 0;
    while let Some(found) =
        text.get(start..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
    {
        start += found;
        let end = start + text.get(start..).map_or(1, written_length);
        let written = text.get(start..end).unwrap_or_default();
        if has_separators(written) {
            return Err(with_separators(written, start));
        }
        start = end;
    }
    Ok(())
}

/// True for a written number that has other separators than one decimal point.
pub(crate) fn has_separators(written: &str) -> bool {
    written.contains(|letter: char| !letter.is_ascii_digit() && letter != '.')
        || written.matches('.').count() > 1
}

/// The error of digits with other separators than one decimal point, and of a minus before them;
/// `start` is their place.
pub(crate) fn with_separators(text: &str, start: usize) -> Misread {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let place: Range<usize> = start..start + text.len();
    let comma = text.contains(',');
    let space = text.chars().find(|letter| is_space(*letter));
    let message = match (comma, space.and_then(lookalikes::name)) {
        (true, _) => "a number with a comma".to_owned(),
        (false, Some(name)) => format!("a number with a {name}"),
        (false, None) => "a number with several separators".to_owned(),
    };
    let Readings { decimal, thousands } = readings(unsigned);
    let [decimal, thousands] = [decimal, thousands].map(|read| read.map(|value| sign * value));
    let (label, help) = match (decimal, thousands) {
        (Some(decimal), Some(thousands)) => (
            "decimal comma or thousands?",
            format!(
                "write \"{}\" (a comma between thousands) or \"{}\" ({}, a decimal comma)",
                exact_decimal(thousands),
                clearly_decimal(decimal),
                text.replace(',', "."),
            ),
        ),
        (Some(value), None) if comma => {
            ("decimals stand behind a point", format!("write \"{}\"", clearly_decimal(value)))
        }
        (Some(value), None) => ("", format!("write \"{}\"", clearly_decimal(value))),
        (None, Some(value)) => {
            ("thousands are written together", format!("write \"{}\"", exact_decimal(value)))
        }
        (None, None) => (
            "neither decimals nor thousands",
            "write digits with a point before the decimals, such as 1234.5".to_owned(),
        ),
    };
    Misread::new(message, place).label(label).help(help)
}

/// Refuses a number such as `1.000 IU` that is far below what is usual (`doubtful`), unless the
/// point stands between thousands; `place` is that of the number in the text.
pub(crate) fn refuse_thousands(
    text: &str,
    place: &Range<usize>,
    unit: &str,
    doubtful: bool,
) -> Result<(), Misread> {
    let written = text.get(place.clone()).filter(|_| doubtful);
    let thousands = written.and_then(as_thousands);
    match (written.and_then(|text| text.parse().ok()), thousands) {
        (Some(decimal), Some(thousands)) => {
            Err(point_or_thousands(decimal, thousands, unit, place.clone()))
        }
        _ => Ok(()),
    }
}

/// The error of a number that may be decimal or have a point between thousands.
pub(crate) fn point_or_thousands(
    decimal: f64,
    thousands: f64,
    unit: &str,
    place: Range<usize>,
) -> Misread {
    let (small, large) = (clearly_decimal(decimal), exact_decimal(thousands));
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    Misread::new("a decimal point or thousands?", place)
        .label(format!("{}{unit} or {large}{unit}", exact_decimal(decimal)))
        .help(format!("write \"{large}{unit}\" or \"{small}{unit}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(text: &str) -> String {
        assert_eq!(written_length(text), text.len(), "{text}");
        with_separators(text, 0).help
    }

    #[test]
    fn every_suggestion_is_a_reading_of_what_was_written() {
        assert_eq!(help("0,18"), "write \"0.18\"");
        assert_eq!(help("0,180"), "write \"0.18\"");
        assert_eq!(help("2,5"), "write \"2.5\"");
        assert_eq!(
            help("1,000"),
            "write \"1000\" (a comma between thousands) or \"1.0\" (1.000, a decimal comma)"
        );
        assert_eq!(
            help("1,125"),
            "write \"1125\" (a comma between thousands) or \"1.1250\" (1.125, a decimal comma)"
        );
        assert_eq!(help("1.000,5"), "write \"1000.5\"");
        assert_eq!(help("1,000.5"), "write \"1000.5\"");
        assert_eq!(help("1.234.567,25"), "write \"1234567.25\"");
        assert_eq!(help("1,234,567"), "write \"1234567\"");
        assert_eq!(help("1.234.567"), "write \"1234567\"");
        assert_eq!(help("50'000"), "write \"50000\"");
        assert_eq!(help("1_000"), "write \"1000\"");
        assert_eq!(help("1\u{a0}000"), "write \"1000\"");
        assert_eq!(help("1\u{202f}000,5"), "write \"1000.5\"");
        for strange in ["2026.01.01", "1,2,3", "12,34.5", "1.000.5"] {
            assert!(help(strange).starts_with("write digits"), "{strange}");
        }
    }

    #[test]
    fn no_suggestion_is_refused_in_its_turn() {
        for number in [1.0, 1.125, 50.0, 0.18, 1000.0, 123.456, 0.125, 1e-7] {
            let text = clearly_decimal(number);
            assert_eq!(text.parse::<f64>(), Ok(number));
            assert_eq!(as_thousands(&text), None, "{text}");
        }
    }

    #[test]
    fn three_digits_behind_a_point_may_be_thousands() {
        assert_eq!(as_thousands("1.000"), Some(1000.0));
        assert_eq!(as_thousands("50.000"), Some(50_000.0));
        assert_eq!(as_thousands("1.125"), Some(1125.0));
        for plain in ["0.125", "1.5", "1.0000", "1000", "1234.567", "1.2e3"] {
            assert_eq!(as_thousands(plain), None, "{plain}");
        }
    }

    #[test]
    fn a_list_and_a_range_are_no_number() {
        for (text, length) in [("1, 2", 1), ("0...5", 1), ("5\u{a0}mg", 1), ("90 100", 2), ("", 0)]
        {
            assert_eq!(written_length(text), length, "{text}");
        }
    }
}
