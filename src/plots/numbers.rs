//! Numbers as a clinic writes them, and the round numbers along an axis.

/// Parts thousands; as narrow as a thin space in the embedded font.
const GAP: char = '\u{A0}';
/// A minus as long as a plus.
const MINUS: char = '−';

/// A number with fixed decimals, thousands parted, a true minus, never "−0".
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    if value.abs() >= 1e9 {
        return scientific(value);
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(a, b)| (a, Some(b)));
    let mut out = String::new();
    if value < 0.0 && plain.contains(|digit: char| ('1'..='9').contains(&digit)) {
        out.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left.is_multiple_of(3) && whole.len() > 4 {
            out.push(GAP);
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// The number that [`fixed`] writes.
pub(crate) fn rounded(value: f64, decimals: usize) -> f64 {
    let scale = 10f64.powi(i32::try_from(decimals).unwrap_or(0));
    (value * scale).round() / scale
}

/// A number far beyond what a body holds: 3.4×10¹⁷.
fn scientific(value: f64) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let plain = format!("{value:.1e}").replace('-', "−");
    let (front, power) = plain.split_once('e').unwrap_or((&plain, "0"));
    let digits = power.chars().filter_map(|digit| digit.to_digit(10));
    let raised: String = digits.filter_map(|digit| RAISED.get(digit as usize)).collect();
    format!("{front}×10{raised}")
}

/// The same with its sign: "+3.1", "−0.4", "0".
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let nothing = !text.contains(|digit: char| ('1'..='9').contains(&digit));
    if value > 0.0 && !nothing { format!("+{text}") } else { text }
}

/// About `digits` significant digits, at least whole numbers from there on: 0.0123, 4.5, 812.
pub(crate) fn significant(value: f64, digits: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return fixed(value, 0);
    }
    let size = value.abs().log10();
    let before = if size.is_finite() { size.floor() + 1.0 } else { 0.0 };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped before
    let decimals = (f64::from(digits) - before).clamp(0.0, 9.0) as usize;
    let text = fixed(value, decimals);
    if text.contains(|digit: char| ('1'..='9').contains(&digit)) { text } else { "0".to_owned() }
}

/// As few digits as tell the number: "37.5", "0.1", "1200".
pub(crate) fn short(value: f64) -> String {
    let text = significant(value, 6);
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The value below which this share of the ascending `values` lies; NaN without values.
///
/// Straight between neighbors, the smallest at share 0, the largest at 1.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // at most a few million values
    let place = share.clamp(0.0, 1.0) * values.len().saturating_sub(1) as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and the length
    let below = place.floor() as usize;
    let Some(low) = values.get(below) else { return f64::NAN };
    let high = values.get(below + 1).unwrap_or(low);
    low + (high - low) * place.fract()
}

/// Multiples of the first of `steps` (ascending) that gives at most `count` parts.
pub(crate) fn stepped(low: f64, high: f64, steps: &[f64], count: usize) -> Vec<f64> {
    #[allow(clippy::cast_precision_loss)] // a few steps
    let rough = (high - low) / count.max(1) as f64;
    let Some(step) = steps.iter().find(|step| **step >= rough * 0.999) else {
        return ticks(low, high, count).0;
    };
    let first = (low / step - 1e-9).ceil();
    let all = (0..60).map(|index| (first + f64::from(index)) * step);
    all.take_while(|tick| *tick <= high + 1e-9 * step).collect()
}

/// Lowest and highest of the finite values, if there is one.
pub(crate) fn extremes(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .filter(|value| value.is_finite())
        .map(|value| (value, value))
        .reduce(|(low, high), (value, _)| (low.min(value), high.max(value)))
}

/// The round step that divides `low` to `high` into about `count` parts, if there is one.
pub(crate) fn step(low: f64, high: f64, count: usize) -> Option<f64> {
    #[allow(clippy::cast_precision_loss)] // a few steps
    let rough = (high - low) / count.max(1) as f64;
    if !rough.is_finite() || rough <= 0.0 {
        return None;
    }
    let power = 10f64.powf(rough.log10().floor());
    let choices = [1.0, 2.0, 2.5, 5.0, 10.0];
    let choice = choices.iter().find(|choice| *choice * power >= rough * 0.999);
    Some(choice.unwrap_or(&10.0) * power)
}

/// Round numbers that divide `low` to `high` into about `count` parts, and their decimals.
pub(crate) fn ticks(low: f64, high: f64, count: usize) -> (Vec<f64>, usize) {
    let Some(step) = step(low, high, count) else { return (vec![low], 0) };
    let first = (low / step - 1e-9).ceil();
    let all = (0..50).map(|index| (first + f64::from(index)) * step);
    (all.take_while(|tick| *tick <= high + 1e-9 * step).collect(), decimals_of(step))
}

fn decimals_of(step: f64) -> usize {
    (0..9)
        .find(|decimals| {
            let scaled = step * 10f64.powi(*decimals);
            (scaled - scaled.round()).abs() < 1e-6 * scaled
        })
        .and_then(|decimals| usize::try_from(decimals).ok())
        .unwrap_or(9)
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
    }

    #[test]
    fn quantiles_lie_between_their_neighbors() {
        let values = [1.0, 2.0, 4.0, 8.0];
        let shares = [0.0, 0.5, 1.0, 1.0 / 6.0];
        assert_eq!(shares.map(|share| quantile(&values, share)), [1.0, 3.0, 8.0, 1.5]);
        assert_eq!(quantile(&[7.0], 0.9), 7.0);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn short_numbers_keep_what_tells_them_apart() {
        assert_eq!([37.5, 0.1, 1200.0, 0.0].map(short), ["37.5", "0.1", "1200", "0"]);
    }

    #[test]
    fn ticks_are_round_and_inside() {
        let (values, decimals) = ticks(2.18, 2.63, 5);
        assert_eq!(decimals, 1);
        assert_eq!(
            values.iter().map(|value| fixed(*value, 1)).collect::<Vec<_>>(),
            ["2.2", "2.3", "2.4", "2.5", "2.6"]
        );
        assert_eq!(ticks(0.0, 0.0, 5).0.len(), 1);
        assert!(ticks(-1e300, 1e300, 4).0.len() < 20);
        assert!(ticks(f64::NAN, 1.0, 4).0.len() == 1);
    }
}
