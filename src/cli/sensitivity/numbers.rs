//! Indices and shares as people read them.

use crate::sweep::sensitivity::estimate::{Estimate, Reliability};
use crate::sweep::sensitivity::indices::{Index, IndexKind};
use crate::words::numbers::{count, fixed, short};

/// Marks an interval whose number has not converged.
pub(crate) const OPEN: &str = "*";

/// Marks a number that cannot be told from 0.
pub(crate) const NOISE: &str = "†";

/// An index with its interval; what has not converged has only its interval.
pub(crate) fn index(index: Option<&Index>) -> String {
    let Some(index) = index else { return String::new() };
    let is_share = matches!(index.measure, IndexKind::FirstOrder | IndexKind::TotalOrder);
    let write = |value: f64| if is_share { fixed(value, 2) } else { short(value, 3) };
    let (low, high) = if is_share {
        match (index.estimate.interval_of_share(index.reliability), index.reliability) {
            (None, Reliability::NotConverged { .. }) => return format!("not converged {OPEN}"),
            (found, _) => found.unwrap_or((f64::NAN, f64::NAN)),
        }
    } else {
        (index.estimate.low, index.estimate.high)
    };
    let interval = format!("{}–{}", write(low), write(high));
    match index.reliability {
        Reliability::Undefined => "–".to_owned(),
        Reliability::Converged if is_share && index.estimate.low.is_finite() => {
            format!("{} ({interval})", write(index.estimate.value.min(1.0)))
        }
        Reliability::NotConverged { .. } => format!("{interval} {OPEN}"),
        Reliability::Noise { .. } => format!("below {} {NOISE}", fixed(up(high, 100.0), 2)),
        Reliability::Converged if index.estimate.low.is_finite() => {
            format!("{} ({interval})", write(index.estimate.value))
        }
        Reliability::Converged => write(index.estimate.value),
    }
}

/// A share in percent; of one that has not converged its interval.
pub(crate) fn share((estimate, reliability): (Estimate, Reliability)) -> String {
    let interval = estimate.interval_of_share(reliability);
    let (low, high) = interval.unwrap_or((f64::NAN, f64::NAN));
    match reliability {
        Reliability::Undefined => "–".to_owned(),
        Reliability::NotConverged { .. } if interval.is_none() => format!("not converged {OPEN}"),
        Reliability::Converged if estimate.low.is_finite() => {
            let value = estimate.value.min(1.0);
            let [value, low, high] = [value, low, high].map(|x| fixed(100.0 * x, 0));
            format!("{value} % ({low}–{high})")
        }
        Reliability::Converged => format!("{} %", fixed(100.0 * estimate.value, 0)),
        Reliability::Noise { .. } => {
            format!("below {} % {NOISE}", fixed(100.0 * up(high, 100.0), 0))
        }
        Reliability::NotConverged { .. } => {
            let (low, high) = (100.0 * low, 100.0 * high);
            format!("{}–{} % {OPEN}", fixed(low, 0), fixed(high, 0))
        }
    }
}

/// The meaning of the marks, with the samples that would be wanted; empty without marks.
///
/// `precision` is a share; `key` is the key of the file that asks for samples.
pub(crate) fn marks(reliabilities: &[Reliability], precision: f64, key: &str) -> String {
    let most = |of: fn(&Reliability) -> Option<u64>| reliabilities.iter().filter_map(of).max();
    let wide = most(|reliability| match reliability {
        Reliability::NotConverged { wanted } => Some(*wanted),
        _ => None,
    });
    let noise = most(|reliability| match reliability {
        Reliability::Noise { wanted } => Some(*wanted),
        _ => None,
    });
    let mut text = String::new();
    if let Some(samples) = wide {
        let percent = short(100.0 * precision, 3);
        text += &format!(
            "{OPEN} not converged to ± {percent} % of the variance, so only the interval, cut at 0 and \
             100 %; about {} {key} would be wanted\n",
            count(samples)
        );
    }
    if let Some(samples) = noise {
        text += &format!(
            "{NOISE} not converged: cannot be told from 0; about {} {key} would be wanted\n",
            count(samples)
        );
    }
    text
}

/// Rounded up, at least to one step.
fn up(value: f64, steps: f64) -> f64 {
    (value * steps).ceil().max(1.0) / steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: f64, low: f64, high: f64, reliability: Reliability) -> String {
        let estimate = Estimate { value, low, high };
        let measure = IndexKind::TotalOrder;
        index(Some(&Index { factor: 0, measure, estimate, reliability, left_out: 0 }))
    }

    #[test]
    fn what_has_not_converged_is_never_a_number() {
        assert_eq!(text(0.312, 0.28, 0.341, Reliability::Converged), "0.31 (0.28–0.34)");
        let open = Reliability::NotConverged { wanted: 4096 };
        assert_eq!(text(0.2, 0.06, 0.35, open), "0.06–0.35 *");
        let noise = Reliability::Noise { wanted: 4096 };
        assert_eq!(text(-0.02, -0.09, 0.051, noise), "below 0.06 †");
        assert_eq!(share((Estimate::new(0.5, (0.3, 0.72)), open)), "30–72 % *");
        assert_eq!(share((Estimate::new(-0.01, (-0.03, 0.012)), noise)), "below 2 % †");
        assert_eq!(
            share((Estimate::new(0.5, (0.46, 0.53)), Reliability::Converged)),
            "50 % (46–53)"
        );
        assert_eq!(text(f64::NAN, f64::NAN, f64::NAN, Reliability::Undefined), "–");
        assert_eq!(marks(&[Reliability::Converged], 0.1, "samples"), "");
        // What lies outside 0 to 100 % has no interval that could be told.
        assert_eq!(share((Estimate::new(-0.2, (-0.5, 0.1)), open)), "not converged *");
        assert_eq!(text(-0.2, -0.5, 0.1, open), "not converged *");
        assert_eq!(
            share((Estimate::new(1.02, (0.97, 1.07)), Reliability::Converged)),
            "100 % (97–100)"
        );
        let both = marks(&[open, noise, Reliability::Converged], 0.1, "grade_samples");
        assert!(both.matches("grade_samples").count() == 2, "{both}");
        assert!(both.contains("± 10 %") && both.lines().count() == 2, "{both}");
    }
}
