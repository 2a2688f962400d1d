//! Decimal numbers as written, so that 0.1 steps meet 0.3 exactly.

/// mantissa · 10^−scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// More digits than this no quantity has.
const DIGIT_LIMIT: usize = 18;

impl Decimal {
    /// Splits a decimal number from the start of a text; the rest is trimmed.
    pub(crate) fn split(text: &str) -> Option<(Self, &str)> {
        let text = text.trim_start();
        let end = number_length(text);
        let (number, rest) = text.split_at_checked(end)?;
        Some((Self::read(number)?, rest.trim()))
    }

    /// Reads a decimal number with at most 18 digits, with or without an exponent.
    fn read(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let joined = format!("{whole}{fraction}");
        if joined.len() > DIGIT_LIMIT + 1 || exponent.abs() > 18 {
            return None;
        }
        let mantissa: i128 = joined.parse().ok()?;
        let scale = i32::try_from(fraction.len()).ok()? - exponent;
        Some(match u32::try_from(scale) {
            Ok(scale) => Self { mantissa, scale },
            Err(_) => Self { mantissa: mantissa * power_of_ten(scale.unsigned_abs()), scale: 0 },
        })
    }

    pub(crate) fn value(self) -> f64 {
        ratio(self.mantissa, power_of_ten(self.scale))
    }

    fn at_scale(self, scale: u32) -> i128 {
        self.mantissa * power_of_ten(scale.saturating_sub(self.scale))
    }

    /// `low`, `low + step` … up to `high`, or `None` if there are more than `limit`; and whether
    /// the last point is `high`.
    pub(crate) fn steps(low: Self, high: Self, step: Self, limit: u64) -> Option<(Vec<f64>, bool)> {
        let scale = low.scale.max(high.scale).max(step.scale);
        let [low, high, step] = [low, high, step].map(|number| number.at_scale(scale));
        if step <= 0 || high < low || (high - low) / step >= i128::from(limit) {
            return None;
        }
        let unit = power_of_ten(scale);
        let points = (0..=(high - low) / step).map(|index| ratio(low + index * step, unit));
        Some((points.collect(), (high - low) % step == 0))
    }

    /// `count` (at least 2) points from `low` to `high` at equal distances.
    pub(crate) fn points(low: Self, high: Self, count: u64) -> Vec<f64> {
        let scale = low.scale.max(high.scale);
        let (low, high) = (low.at_scale(scale), high.at_scale(scale));
        let gaps = i128::from(count.saturating_sub(1).max(1));
        let unit = power_of_ten(scale);
        (0..=gaps).map(|index| ratio(low * (gaps - index) + high * index, gaps * unit)).collect()
    }
}

/// Length of the decimal number at the start of a text.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = |at: usize| text.get(at..).unwrap_or_default();
    let mut end = usize::from(text.starts_with(['-', '+']));
    end += digits(rest(end));
    if rest(end).starts_with('.') && digits(rest(end + 1)) > 0 {
        end += 1 + digits(rest(end + 1));
    }
    if rest(end).starts_with(['e', 'E']) {
        let sign = usize::from(rest(end + 1).starts_with(['-', '+']));
        let exponent = digits(rest(end + 1 + sign));
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    end
}

fn power_of_ten(exponent: u32) -> i128 {
    10_i128.saturating_pow(exponent)
}

/// The nearest floating-point number to a fraction of whole numbers.
fn ratio(numerator: i128, denominator: i128) -> f64 {
    let (mut numerator, mut denominator) = (numerator, denominator);
    while numerator % 10 == 0 && denominator % 10 == 0 && numerator != 0 {
        numerator /= 10;
        denominator /= 10;
    }
    if numerator == 0 {
        return 0.0;
    }
    // Both are exact up to 2^53: one rounding only.
    numerator as f64 / denominator as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::split(text).unwrap().0
    }

    #[test]
    fn steps_are_the_decimals_that_people_write() {
        let (points, meets) =
            Decimal::steps(decimal("0"), decimal("1"), decimal("0.1"), 100).unwrap();
        assert_eq!(points, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
        assert!(meets);
        let (points, meets) =
            Decimal::steps(decimal("0"), decimal("100"), decimal("30"), 100).unwrap();
        assert_eq!((points, meets), (vec![0.0, 30.0, 60.0, 90.0], false));
        assert!(Decimal::steps(decimal("0"), decimal("1e15"), decimal("1"), 1_000_000).is_none());
        assert!(Decimal::steps(decimal("0"), decimal("1"), decimal("0"), 10).is_none());
    }

    #[test]
    fn points_at_equal_distances_meet_both_ends() {
        assert_eq!(Decimal::points(decimal("0.1"), decimal("0.7"), 3), [0.1, 0.4, 0.7]);
        assert_eq!(
            Decimal::points(decimal("0"), decimal("1"), 4),
            [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0]
        );
    }

    #[test]
    fn numbers_are_split_from_their_unit() {
        for (text, value, unit) in [(" 1.5e2 ug/day", 150.0, "ug/day"), ("-3 %", -3.0, "%")] {
            assert_eq!(
                Decimal::split(text).map(|(d, rest)| (d.value(), rest)),
                Some((value, unit))
            );
        }
        for wrong in ["", "ug", "1e99", ".", "nan", "1234567890123456789012"] {
            assert!(Decimal::split(wrong).is_none(), "{wrong}");
        }
    }
}
