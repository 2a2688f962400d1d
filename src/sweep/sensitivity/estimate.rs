//! A number with its interval and its reliability.

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Estimate {
    pub value: f64,
    /// Lower end of its interval; NaN if it has none.
    pub low: f64,
    /// Upper end of its interval; NaN if it has none.
    pub high: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reliability {
    /// Its interval is narrow enough, or it is exact.
    Converged,
    NotConverged {
        /// Samples that would be wanted, about.
        wanted: u64,
    },
    /// It lies below 0 though it cannot be: not distinguished from 0.
    Noise {
        /// Samples that would be wanted, about.
        wanted: u64,
    },
    /// There is no such number: nothing varied, or too few runs were complete.
    Undefined,
}

impl Estimate {
    /// A number without an interval.
    pub(crate) const fn exact(value: f64) -> Self {
        Self { value, low: f64::NAN, high: f64::NAN }
    }

    pub(crate) const fn new(value: f64, (low, high): (f64, f64)) -> Self {
        Self { value, low, high }
    }

    pub(crate) fn half_width(&self) -> f64 {
        0.5 * (self.high - self.low)
    }

    /// The reliability of a share of a variance, to within `precision` from so many samples.
    ///
    /// The width of an interval shrinks as 1/√samples. A share below 0 is noise; to distinguish it from
    /// 0, the half width must come below half of the largest share that the interval still allows.
    pub(crate) fn reliability_of_share(&self, precision: f64, samples: u64) -> Reliability {
        let half = self.half_width();
        if !(self.value.is_finite() && half.is_finite()) {
            return Reliability::Undefined;
        }
        if self.low > 1.0 || self.high < 0.0 {
            // No share lies in such an interval: sampling has not found it yet.
            return Reliability::NotConverged {
                wanted: wanted(samples, (half / precision).max(2.0)),
            };
        }
        if half > precision {
            return Reliability::NotConverged { wanted: wanted(samples, half / precision) };
        }
        if self.value < 0.0 {
            let allowed = (0.5 * self.high).max(0.1 * half);
            return Reliability::Noise { wanted: wanted(samples, (half / allowed).max(1.5)) };
        }
        Reliability::Converged
    }

    /// The interval of a share, cut at 0 and 1, where every share lies; `None` if it has none.
    ///
    /// Also `None` where the cut would make it look narrower than it is: if the number itself has
    /// not converged and lies outside, most of the interval would be cut away.
    pub(crate) fn interval_of_share(&self, reliability: Reliability) -> Option<(f64, f64)> {
        let misses = self.low > 1.0 || self.high < 0.0;
        let open = matches!(reliability, Reliability::NotConverged { .. });
        let outside = open && !(0.0..=1.0).contains(&self.value);
        let known = self.low.is_finite() && self.high.is_finite();
        (known && !misses && !outside)
            .then(|| (self.low.clamp(0.0, 1.0), self.high.clamp(0.0, 1.0)))
    }
}

/// What may be shown of an estimate: what has not converged is never a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shown {
    /// A number with its interval, if it has one.
    Number(f64, Option<(f64, f64)>),
    /// Only the interval, since the number has not converged.
    Interval(f64, f64),
    /// The upper end, rounded up to hundredths, of what cannot be told from 0.
    Below(f64),
    NotConverged,
    Undefined,
}

impl Shown {
    /// A share of a variance, cut at 0 and 1.
    pub(crate) fn share((estimate, reliability): (Estimate, Reliability)) -> Self {
        let interval = estimate.interval_of_share(reliability);
        let open = matches!(reliability, Reliability::NotConverged { .. });
        match interval {
            None if open => Self::NotConverged,
            _ => Self::of(estimate.value.min(1.0), interval, reliability),
        }
    }

    /// An effect in the unit of its outcome.
    pub(crate) fn effect(estimate: Estimate, reliability: Reliability) -> Self {
        let interval = estimate.low.is_finite().then_some((estimate.low, estimate.high));
        Self::of(estimate.value, interval, reliability)
    }

    fn of(value: f64, interval: Option<(f64, f64)>, reliability: Reliability) -> Self {
        match (reliability, interval) {
            (Reliability::Converged, _) => Self::Number(value, interval),
            (Reliability::NotConverged { .. }, Some((low, high))) => Self::Interval(low, high),
            (Reliability::Noise { .. }, Some((_, high))) => {
                Self::Below((100.0 * high).ceil().max(1.0) / 100.0)
            }
            _ => Self::Undefined,
        }
    }
}

/// Samples that make an interval narrower by this ratio, as a power of 2.
fn wanted(samples: u64, ratio: f64) -> u64 {
    let count = samples as f64 * ratio * ratio;
    let count = count.clamp(1.0, 1e18) as u64;
    count.checked_next_power_of_two().unwrap_or(1 << 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_negative_shares_are_not_told() {
        let share = |value: f64, half: f64| Estimate::new(value, (value - half, value + half));
        assert_eq!(share(0.3, 0.04).reliability_of_share(0.05, 256), Reliability::Converged);
        // Four times the width: sixteen times the samples.
        let wide = share(0.3, 0.2).reliability_of_share(0.05, 256);
        assert_eq!(wide, Reliability::NotConverged { wanted: 4096 });
        // −0.01 … 0.03 around −0.01: half 0.02, allowed 0.01: 256 · 4.
        let negative = share(-0.01, 0.03).reliability_of_share(0.05, 256);
        assert_eq!(negative, Reliability::Noise { wanted: 256 * 16 });
        assert_eq!(share(f64::NAN, 0.1).reliability_of_share(0.05, 256), Reliability::Undefined);
        assert_eq!(Estimate::exact(0.0).reliability_of_share(0.05, 256), Reliability::Undefined);
        assert_eq!(share(0.0, 0.0).reliability_of_share(0.05, 256), Reliability::Converged);
        assert_eq!(share(0.25, 0.5).interval_of_share(wide), Some((0.0, 0.75)));
    }

    #[test]
    fn an_interval_that_would_lose_most_by_the_cut_is_not_told() {
        let share = |value: f64, half: f64| Estimate::new(value, (value - half, value + half));
        for estimate in [share(-0.2, 0.1), share(-0.05, 0.02), share(1.2, 0.1), share(1.05, 0.02)] {
            let reliability = estimate.reliability_of_share(0.15, 256);
            assert!(
                matches!(reliability, Reliability::NotConverged { wanted: 1024.. }),
                "{estimate:?}"
            );
            assert_eq!(estimate.interval_of_share(reliability), None, "{estimate:?}");
        }
        // Centered below 0 and wide: 0 to 13 % would look converged to ± 10 %.
        let wide = share(-0.085, 0.215);
        assert_eq!(wide.interval_of_share(wide.reliability_of_share(0.1, 256)), None);
        let above = share(1.02, 0.05);
        let reliability = above.reliability_of_share(0.1, 256);
        let (low, high) = above.interval_of_share(reliability).unwrap();
        assert!(reliability == Reliability::Converged && (low - 0.97).abs() < 1e-12 && high == 1.0);
    }
}
