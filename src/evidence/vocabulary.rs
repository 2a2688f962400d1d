//! The words of an evidence table: what a row asks, where it holds, how arms are compared.

use crate::form::vocabulary::vocabulary;
use crate::parameters::Hypothesis;

vocabulary! {
    /// What a row asks of the model.
    Kind {
        /// A size within an interval.
        Quantitative: "quantitative",
        /// No effect within the trial's accuracy.
        Null: "null",
        /// A sign or a bound.
        Directional: "directional",
    }
}

vocabulary! {
    /// The hypothesis sets in which the specification expects a row to hold.
    Expected {
        Both: "both",
        Paradox: "paradox",
        Conservative: "conservative",
        None: "none",
    }
}

impl Expected {
    pub(crate) fn holds_in(self, set: Hypothesis) -> bool {
        match self {
            Self::Both => true,
            Self::None => false,
            Self::Paradox | Self::Conservative => self.name() == set.name(),
        }
    }
}

vocabulary! {
    /// How the ends of the treated arm (s, e) and of the control (s0, e0) are compared.
    Comparison {
        /// e
        End: "end",
        /// e − s
        Change: "change",
        /// 100 (e/s − 1)
        ChangePercent: "change_percent",
        /// e − e0
        Difference: "difference",
        /// 100 (e/e0 − 1)
        DifferencePercent: "difference_percent",
        /// e/e0
        Ratio: "ratio",
        /// (e − s)/(e0 − s0)
        ChangeRatio: "change_ratio",
        /// The highest value after a single dose.
        PeakAfterOneDose: "peak_after_one_dose",
    }
}
