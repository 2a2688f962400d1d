//! The round numbers along an axis, and counts of things on a page.

/// A count as a number; exact, as no page has so many things that it would not be.
pub(crate) const fn float(count: usize) -> f64 {
    count as f64
}

/// A number as a count from `least` to `most`.
pub(crate) fn count(number: f64, least: usize, most: usize) -> usize {
    number.clamp(float(least), float(most)) as usize
}

/// Multiples of the first of `steps` (ascending) that gives at most `count` parts.
pub(crate) fn stepped(low: f64, high: f64, steps: &[f64], count: usize) -> Vec<f64> {
    let rough = (high - low) / float(count.max(1));
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

/// The first of the lowest and the last of the highest of these by their values.
pub(crate) fn lowest_and_highest<T>(all: &[T], value: impl Fn(&T) -> f64) -> Option<(&T, &T)> {
    let order = |a: &&T, b: &&T| value(a).total_cmp(&value(b));
    all.iter().min_by(order).zip(all.iter().max_by(order))
}

/// The round step that divides `low` to `high` into about `count` parts, if there is one.
pub(crate) fn step(low: f64, high: f64, count: usize) -> Option<f64> {
    let rough = (high - low) / float(count.max(1));
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

/// These factors (ascending) times each power of ten, from `low` to `high`.
pub(crate) fn powers_of_ten(low: f64, high: f64, factors: &[f64]) -> Vec<f64> {
    let all = (-12..=12).flat_map(|power| factors.iter().map(move |f| f * 10f64.powi(power)));
    all.filter(|number| (low..=high).contains(number)).collect()
}

fn decimals_of(step: f64) -> usize {
    let is_whole = |scaled: f64| (scaled - scaled.round()).abs() < 1e-6 * scaled;
    (0..9).position(|decimals| is_whole(step * 10f64.powi(decimals))).unwrap_or(9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let (values, decimals) = ticks(2.18, 2.63, 5);
        assert_eq!(decimals, 1);
        assert_eq!(
            values.iter().map(|value| format!("{value:.1}")).collect::<Vec<_>>(),
            ["2.2", "2.3", "2.4", "2.5", "2.6"]
        );
        assert_eq!(ticks(0.0, 0.0, 5).0.len(), 1);
        assert!(ticks(-1e300, 1e300, 4).0.len() < 20);
        assert!(ticks(f64::NAN, 1.0, 4).0.len() == 1);
    }
}
