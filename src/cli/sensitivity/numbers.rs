//! Indices and shares as people read them.

use crate::sweep::sensitivity::estimate::{Estimate, Reliability, Shown};
use crate::sweep::sensitivity::indices::{Index, IndexKind};
use crate::words::numbers::{count, fixed, short};

/// Marks an interval whose number has not converged.
pub(crate) const OPEN: &str = "*";

/// Marks a number that cannot be told from 0.
pub(crate) const NOISE: &str = "†";

/// An index with its interval; what has not converged has only its interval.
pub(crate) fn index(index: Option<&Index>) -> String {
    let Some(Index { measure, estimate, reliability, .. }) = index else { return String::new() };
    match measure {
        IndexKind::FirstOrder | IndexKind::TotalOrder => {
            marked(Shown::share((*estimate, *reliability)), &|share| fixed(share, 2), "")
        }
        _ => marked(Shown::effect(*estimate, *reliability), &|effect| short(effect, 3), ""),
    }
}

/// A share in percent; of one that has not converged its interval.
pub(crate) fn share(share: (Estimate, Reliability)) -> String {
    marked(Shown::share(share), &|share| fixed(100.0 * share, 0), " %")
}

fn marked(shown: Shown, text: &dyn Fn(f64) -> String, unit: &str) -> String {
    match shown {
        Shown::Undefined => "–".to_owned(),
        Shown::NotConverged => format!("not converged {OPEN}"),
        Shown::Number(value, None) => format!("{}{unit}", text(value)),
        Shown::Number(value, Some((low, high))) => {
            format!("{}{unit} ({}–{})", text(value), text(low), text(high))
        }
        Shown::Interval(low, high) => format!("{}–{}{unit} {OPEN}", text(low), text(high)),
        Shown::Below(high) => format!("below {}{unit} {NOISE}", text(high)),
    }
}

/// The meaning of the marks, with the samples that would be wanted; empty without marks.
///
/// `precision` is a share; `key` is the key of the file that asks for samples.
pub(crate) fn marks(reliabilities: &[Reliability], precision: f64, key: &str) -> String {
    let (mut wide, mut noise) = (None, None);
    for reliability in reliabilities {
        match reliability {
            Reliability::NotConverged { wanted } => wide = wide.max(Some(*wanted)),
            Reliability::Noise { wanted } => noise = noise.max(Some(*wanted)),
            _ => {}
        }
    }
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
