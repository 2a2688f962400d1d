//! Numbers as a clinic writes them.

use crate::error::defect::OrDefect as _;
use crate::physiology::quantities::Quantity;
use crate::words::names;

/// Parts thousands; as narrow as a thin space in the embedded font, and known to every terminal.
const GAP: char = '\u{A0}';
/// A minus as long as a plus.
const MINUS: char = '−';

/// A number with fixed decimals, thousands parted, a true minus, never "−0".
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    if value.abs() >= 1e9 {
        return scientific(value, 1);
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(a, b)| (a, Some(b)));
    let minus = (value < 0.0 && has_digits(&plain)).then_some(MINUS);
    let rest = rest.map_or_else(String::new, |rest| format!(".{rest}"));
    minus.into_iter().chain(grouped(whole).chars()).chain(rest.chars()).collect()
}

/// The number that [`fixed`] writes: the nearest with so many decimals, exact ties to the even digit.
pub(crate) fn rounded(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().or_defect("a written number that cannot be read")
}

/// The number that [`significant`] writes.
pub(crate) fn rounded_to_digits(value: f64, digits: i32) -> f64 {
    rounded(value, decimals_for(value, digits))
}

/// A count with its thousands parted.
pub(crate) fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// Digits in groups of three, where there are more than four.
fn grouped(digits: &str) -> String {
    let letters = digits.chars().enumerate().flat_map(|(index, digit)| {
        let left = digits.len() - index;
        let gap = index > 0 && left.is_multiple_of(3) && digits.len() > 4;
        gap.then_some(GAP).into_iter().chain([digit])
    });
    letters.collect()
}

/// The smallest difference that is seen between numbers with so many decimals.
pub(crate) fn last_digit(decimals: usize) -> f64 {
    10f64.powi(-i32::try_from(decimals).or_defect("more decimals than a number has"))
}

/// Whether a clinic would hardly see the difference: a few of the smallest digits, little of the
/// value, or a small part of what is `usual` among healthy adults.
pub(crate) fn hardly_differ(
    (low, high): (f64, f64),
    smallest: f64,
    usual: Option<(f64, f64)>,
) -> bool {
    let (difference, size) = (high - low, low.abs().max(high.abs()));
    let of_usual = usual.is_some_and(|(floor, ceiling)| {
        difference < 0.26 * (ceiling - floor) && difference < 0.05 * size
    });
    of_usual || difference <= (2.0 * smallest).max(0.02 * size).max(1e-300)
}

/// True if a text holds a digit other than 0.
pub(crate) fn has_digits(text: &str) -> bool {
    text.contains(|digit: char| ('1'..='9').contains(&digit))
}

/// A power of ten with a factor: 3.4×10¹⁷.
fn scientific(value: f64, decimals: usize) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let plain = format!("{value:.decimals$e}");
    let (front, power) = plain.split_once('e').or_defect("a number without its exponent");
    let front = front.replace('-', "−");
    let sign = if power.starts_with('-') { "⁻" } else { "" };
    let digits = power.chars().filter_map(|digit| digit.to_digit(10));
    let raised: String = digits.filter_map(|digit| RAISED.get(digit as usize)).collect();
    format!("{front}×10{sign}{raised}")
}

/// The same with its sign: "+3.1", "−0.4", "0".
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    with_sign(value, fixed(value, decimals))
}

/// The text of a number, with a plus if it is above 0 and written so.
pub(crate) fn with_sign(value: f64, text: String) -> String {
    if value > 0.0 && has_digits(&text) { format!("+{text}") } else { text }
}

/// About `digits` significant digits, at least whole numbers from there on: 0.0123, 4.5, 812.
pub(crate) fn significant(value: f64, digits: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return fixed(value, 0);
    }
    let text = fixed(value, decimals_for(value, digits));
    if has_digits(&text) { text } else { "0".to_owned() }
}

/// Decimals with which a value has about so many significant digits.
fn decimals_for(value: f64, digits: i32) -> usize {
    let size = value.abs().log10();
    let before = if size.is_finite() { size.floor() + 1.0 } else { 0.0 };
    (f64::from(digits) - before).clamp(0.0, 9.0) as usize
}

/// The same without idle zeros, and with a power of ten below 10⁻⁴: "37.5", "0.1", "1.03×10⁻⁵".
pub(crate) fn short(value: f64, digits: i32) -> String {
    if value != 0.0 && value.abs() < 1e-4 {
        return scientific(value, usize::try_from(digits - 1).unwrap_or_default());
    }
    without_zeros(significant(value, digits))
}

/// At most `decimals` decimals, without idle zeros: "50", "49.5".
pub(crate) fn at_most(value: f64, decimals: usize) -> String {
    without_zeros(fixed(value, decimals))
}

fn without_zeros(text: String) -> String {
    match text.contains('.') && !text.contains('×') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// A share in percent: "91 %", but never 0 or 100 while there is a rest.
pub(crate) fn percent(share: f64) -> String {
    let text = match 100.0 * share {
        0.0 => "0".to_owned(),
        p if p > 0.0 && p < 1.0 => "under 1".to_owned(),
        p if p < 100.0 && p > 99.0 => "over 99".to_owned(),
        p => fixed(p, 0),
    };
    format!("{text}\u{A0}%")
}

/// The size of an error of computation: "4×10⁻⁹", "0".
pub(crate) fn error_size(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        size if size.is_finite() => scientific(size, 0),
        _ => fixed(value, 0),
    }
}

/// A value as a clinic writes it, without its unit.
pub(crate) fn clinical(quantity: &Quantity, value: f64) -> String {
    fixed(value, quantity.decimals)
}

/// A value as a clinic writes it: "2.41 mmol/L".
pub(crate) fn measured(quantity: &Quantity, value: f64) -> String {
    with_unit(&clinical(quantity, value), quantity.unit)
}

/// A number beside its unit; alone without one.
pub(crate) fn with_unit(number: &str, unit: &str) -> String {
    match names::unit(unit) {
        unit if unit.is_empty() => number.to_owned(),
        unit => format!("{number}\u{A0}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clinic_numbers() {
        assert_eq!(fixed(1_234_567.8, 0), "1\u{A0}234\u{A0}568");
        assert_eq!(fixed(1234.0, 0), "1234");
        assert_eq!(fixed(-0.004, 2), "0.00");
        assert_eq!(fixed(-2.5, 1), "−2.5");
        assert_eq!(signed(0.3, 1), "+0.3");
        assert_eq!(significant(0.012_34, 2), "0.012");
        assert_eq!(significant(812.4, 2), "812");
        assert_eq!(significant(3e-12, 2), "0");
        assert_eq!(fixed(f64::NAN, 1), "–");
        assert_eq!(fixed(-3.42e17, 1), "−3.4×10¹⁷");
        assert_eq!((count(9998), count(1_000_000)), ("9998".into(), "1\u{A0}000\u{A0}000".into()));
        assert_eq!([4.4e-9, 0.0, f64::NAN].map(error_size), ["4×10⁻⁹", "0", "–"]);
    }

    #[test]
    fn a_rounded_number_is_the_one_that_is_written() {
        for (value, decimals) in [(1.15, 1), (2.5, 0), (0.125, 2), (-7.449, 1), (1e12, 0)] {
            let written = format!("{value:.decimals$}");
            assert_eq!(written.parse(), Ok(rounded(value, decimals)), "{value}");
        }
        assert!(rounded(f64::NAN, 1).is_nan());
    }

    #[test]
    fn short_numbers_keep_the_digits_by_which_they_differ() {
        let six = |value| short(value, 6);
        assert_eq!([37.5, 0.1, 1200.0, 0.0].map(six), ["37.5", "0.1", "1200", "0"]);
        assert_eq!((short(0.1 + 0.2, 4), short(-0.012_34, 3)), ("0.3".into(), "−0.0123".into()));
        assert_eq!([50.0, 49.55, -0.01].map(|value| at_most(value, 1)), ["50", "49.5", "0"]);
        assert_eq!(short(1e10, 3), "1.0×10¹⁰");
        assert_eq!(
            [1e-4, -1.034e-5, 9.7e-17].map(|v| short(v, 3)),
            ["0.0001", "−1.03×10⁻⁵", "9.70×10⁻¹⁷"]
        );
    }

    #[test]
    fn shares_near_the_ends_say_that_there_is_a_rest() {
        let told = [0.0, 0.004, 0.5, 0.996, 1.0].map(percent);
        assert_eq!(told, ["0", "under 1", "50", "over 99", "100"].map(|n| format!("{n}\u{A0}%")));
    }
}
