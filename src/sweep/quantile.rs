//! Quantiles of samples.

/// The number below which this share of ascending numbers lies, straight between neighbors: the
/// smallest at share 0, the largest at 1, NaN without numbers.
pub(crate) fn quantile(ascending: &[f64], share: f64) -> f64 {
    let place = share.clamp(0.0, 1.0) * ascending.len().saturating_sub(1) as f64;
    let below = place.floor() as usize;
    let Some(low) = ascending.get(below) else { return f64::NAN };
    let high = ascending.get(below + 1).unwrap_or(low);
    low + (high - low) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_their_neighbors() {
        let values = [1.0, 2.0, 4.0, 8.0];
        let shares = [0.0, 0.5, 1.0, 1.0 / 6.0];
        assert_eq!(shares.map(|share| quantile(&values, share)), [1.0, 3.0, 8.0, 1.5]);
        assert_eq!(quantile(&[7.0], 0.9), 7.0);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
