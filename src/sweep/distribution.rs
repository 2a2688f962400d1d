//! Distributions by their quantiles: from a share between 0 and 1 to the value above that share.

use crate::error::defect::OrDefect as _;
use crate::real::portable::{exp, ln};
use crate::sweep::results_table::CellValue;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Distribution {
    Uniform(f64, f64),
    /// Its logarithm is equally likely between two values, both above 0.
    LogUniform(f64, f64),
    Normal(TruncatedNormal),
    LogNormal(TruncatedNormal),
    /// Values, such as words, and their shares, which sum to 1.
    Values(Vec<(CellValue, f64)>),
}

/// A normal distribution truncated at two ends, which may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TruncatedNormal {
    mean: f64,
    deviation: f64,
    /// Probability below the lower end, before the truncation.
    below: f64,
    /// Probability between the ends, before the truncation.
    between: f64,
    low: f64,
    high: f64,
}

impl TruncatedNormal {
    /// A truncated normal distribution; `None` if hardly anything (10⁻⁹) lies between the ends.
    pub(crate) fn between(mean: f64, deviation: f64, low: f64, high: f64) -> Option<Self> {
        let share = |end: f64| normal_cumulative((end - mean) / deviation);
        let (below, between) = (share(low), share(high) - share(low));
        let sound = deviation > 0.0 && mean.is_finite() && between > 1e-9;
        sound.then_some(Self { mean, deviation, below, between, low, high })
    }

    fn quantile(&self, share: f64) -> f64 {
        let value = self.mean + self.deviation * normal_quantile(self.below + share * self.between);
        value.clamp(self.low, self.high)
    }
}

impl Distribution {
    /// A log-normal distribution with this mean and standard deviation, cut off at two ends.
    pub(crate) fn log_normal(mean: f64, deviation: f64, low: f64, high: f64) -> Option<Self> {
        if mean <= 0.0 || deviation <= 0.0 {
            return None;
        }
        let variance = ln(1.0 + (deviation / mean) * (deviation / mean));
        let middle = ln(mean) - variance / 2.0;
        let low = if low > 0.0 { ln(low) } else { f64::NEG_INFINITY };
        let high = if high.is_finite() { ln(high) } else { f64::INFINITY };
        TruncatedNormal::between(middle, variance.sqrt(), low, high).map(Self::LogNormal)
    }

    /// The value below which this share (above 0, below 1) of all values lies.
    pub(crate) fn quantile(&self, share: f64) -> CellValue {
        CellValue::Number(match self {
            Self::Uniform(low, high) => (low + share * (high - low)).max(*low).min(*high),
            Self::LogUniform(low, high) => {
                exp(ln(*low) + share * (ln(*high) - ln(*low))).clamp(*low, *high)
            }
            Self::Normal(bell) => bell.quantile(share),
            Self::LogNormal(bell) => exp(bell.quantile(share)),
            Self::Values(values) => {
                return pick(values, share).cloned().or_defect("a list without a value");
            }
        })
    }

    /// The same as a number; NaN for a word.
    pub(crate) fn number(&self, share: f64) -> f64 {
        self.quantile(share).number().unwrap_or(f64::NAN)
    }
}

/// The value above whose share the others begin.
fn pick(values: &[(CellValue, f64)], share: f64) -> Option<&CellValue> {
    let mut below = 0.0;
    let found = values.iter().find(|(_, own)| {
        below += own;
        share < below
    });
    found.or(values.last()).map(|(value, _)| value)
}

/// Share of the standard normal distribution below `x`.
///
/// Φ(x) = ½ + φ(x)·Σ x^(2n+1)/(1·3·5…(2n+1)) near 0, Laplace's continued fraction beyond
/// (Abramowitz and Stegun 26.2.11, 26.2.14). Error below 10⁻¹⁴.
pub(crate) fn normal_cumulative(x: f64) -> f64 {
    const INVERSE_ROOT_OF_TWO_PI: f64 = 0.398_942_280_401_432_7;
    if x.is_nan() || x.is_infinite() {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let density = INVERSE_ROOT_OF_TWO_PI * exp(-x * x / 2.0);
    if x.abs() < 3.0 {
        let (mut term, mut sum, mut odd) = (x, x, 1.0);
        while term.abs() > 1e-17 * sum.abs() {
            odd += 2.0;
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + density * sum;
    }
    let size = x.abs();
    let fraction = (1..=200).rev().fold(size, |tail, n| size + f64::from(n) / tail);
    let beyond = density / fraction;
    if x > 0.0 { 1.0 - beyond } else { beyond }
}

/// The point below which this share of the standard normal distribution lies.
///
/// Rational start (Abramowitz and Stegun 26.2.23), then Halley's steps on [`normal_cumulative`].
pub(crate) fn normal_quantile(share: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 || share.is_nan() {
        return if share >= 1.0 { f64::INFINITY } else { f64::NEG_INFINITY };
    }
    let tail = share.min(1.0 - share);
    let t = (-2.0 * ln(tail)).sqrt();
    let rise = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let run = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut x = rise / run - t; // the point in the lower half
    for _ in 0..3 {
        let density = 0.398_942_280_401_432_7 * exp(-x * x / 2.0);
        let step = (normal_cumulative(x) - tail) / density;
        x -= step / (1.0 + x * step / 2.0);
    }
    if share < 0.5 { x } else { -x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_normal_distribution_meets_published_values() {
        assert_relative_eq!(normal_cumulative(1.0), 0.841_344_746_068_542_9, max_relative = 1e-14);
        assert_relative_eq!(
            normal_cumulative(-2.0),
            0.022_750_131_948_179_21,
            max_relative = 1e-13
        );
        assert_relative_eq!(
            normal_cumulative(-5.0),
            2.866_515_718_791_939e-7,
            max_relative = 1e-12
        );
        assert_relative_eq!(normal_quantile(0.975), 1.959_963_984_540_054, max_relative = 1e-13);
        assert_relative_eq!(normal_quantile(1e-6), -4.753_424_308_822_899, max_relative = 1e-12);
        assert!(normal_quantile(0.5).abs() < 1e-16);
    }

    #[test]
    fn quantile_and_share_undo_each_other() {
        for step in 1..1000 {
            let share = f64::from(step) / 1000.0;
            assert_relative_eq!(
                normal_cumulative(normal_quantile(share)),
                share,
                max_relative = 1e-13
            );
        }
    }

    fn mean(distribution: &Distribution) -> f64 {
        let count = 20_000;
        let value = |index: u32| distribution.number((f64::from(index) + 0.5) / f64::from(count));
        (0..count).map(value).sum::<f64>() / f64::from(count)
    }

    #[test]
    fn means_are_those_of_the_closed_forms() {
        assert_relative_eq!(mean(&Distribution::Uniform(2.0, 6.0)), 4.0, max_relative = 1e-12);
        let expected = 99.0 / 100.0_f64.ln();
        assert_relative_eq!(
            mean(&Distribution::LogUniform(1.0, 100.0)),
            expected,
            max_relative = 1e-6
        );
        let bell = TruncatedNormal::between(80.0, 15.0, f64::NEG_INFINITY, f64::INFINITY).unwrap();
        assert_relative_eq!(mean(&Distribution::Normal(bell)), 80.0, max_relative = 1e-9);
        let skewed = Distribution::log_normal(80.0, 30.0, 0.0, f64::INFINITY).unwrap();
        assert_relative_eq!(mean(&skewed), 80.0, max_relative = 1e-3);
        // Half of a normal distribution: mean = σ·√(2/π).
        let half = TruncatedNormal::between(0.0, 1.0, 0.0, f64::INFINITY).unwrap();
        let expected = (2.0 / std::f64::consts::PI).sqrt();
        assert_relative_eq!(mean(&Distribution::Normal(half)), expected, max_relative = 1e-3);
    }

    #[test]
    fn a_cut_bell_stays_between_its_ends() {
        let bell = TruncatedNormal::between(50.0, 20.0, 30.0, 60.0).unwrap();
        for share in [1e-12, 0.1, 0.5, 0.9, 1.0 - 1e-12] {
            assert!((30.0..=60.0).contains(&bell.quantile(share)));
        }
        assert!(TruncatedNormal::between(50.0, 1.0, 100.0, 110.0).is_none());
        assert!(TruncatedNormal::between(50.0, 0.0, 0.0, 110.0).is_none());
    }

    #[test]
    fn words_come_in_their_shares() {
        let [a, b] = ["a", "b"].map(|word| CellValue::Word(word.into()));
        let words = Distribution::Values(vec![(a.clone(), 0.25), (b.clone(), 0.75)]);
        assert_eq!([0.2, 0.25, 1.0 - 1e-16].map(|share| words.quantile(share)), [a, b.clone(), b]);
    }
}
