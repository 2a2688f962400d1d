//! Numbers as texts that a program reads back, and numbers of few digits.

use crate::error::defect::OrDefect as _;

/// The shortest text that reads back as the same number, as in the tables of a run; no sign on
/// zero.
pub(crate) fn exact(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{value:?}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// The same as a decimal, as in the tables of a sweep and in files of scenarios; with an exponent
/// only where it would be very long.
pub(crate) fn exact_decimal(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// The nearest number with so many significant digits.
pub(crate) fn with_digits(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits.saturating_sub(1))
        .parse()
        .or_defect("a number that cannot be read back")
}

/// A number in a message: at most six significant digits, as files may write it.
pub(crate) fn rounded(value: f64) -> String {
    with_digits(value, 6).to_string()
}

/// The same with as few decimals, three digits at least, as tell the number from a limit that it
/// passes.
pub(crate) fn rounded_beside(value: f64, limit: f64) -> String {
    let side = |number: f64| number.partial_cmp(&limit);
    let whole = format!("{:.0}", value.abs()).len();
    let mut shown = (whole.max(3)..6).map(|digits| with_digits(value, digits));
    shown
        .find(|number| side(*number) == side(value))
        .map_or_else(|| rounded(value), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_numbers_are_short_and_read_back_as_the_same_bits() {
        let values =
            [1.0, 0.1, 0.1 + 0.2, 1e-300, 5e-324, 1.0 / 3.0, -2.5, 1e22, 1e300, 700_000.0, -3e-7];
        for value in values {
            for text in [exact(value), exact_decimal(value)] {
                assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits());
            }
        }
        assert_eq!((exact(1000.0), exact(-0.0)), ("1000".to_owned(), "0".to_owned()));
        assert_eq!((exact(f64::NAN), rounded(0.1 + 0.2)), ("NaN".to_owned(), "0.3".to_owned()));
        assert_eq!(rounded_beside(492.813_141, 250.0), "493");
        assert_eq!(rounded_beside(2142.857, 1000.0), "2143");
        assert_eq!(rounded_beside(1000.4, 1000.0), "1000.4");
        assert_eq!(rounded_beside(0.012_345, 0.2), "0.0123");
        assert_eq!((exact(5e-5), exact_decimal(5e-5)), ("5e-5".to_owned(), "0.00005".to_owned()));
    }
}
