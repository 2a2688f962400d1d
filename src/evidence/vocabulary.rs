//! The words of an evidence table: what a row asks, where it holds, how arms are compared.

use crate::parameters::Hypothesis;

/// A vocabulary of a column.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$own:meta])* $variant:ident: $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$own])* $variant,)* }

        impl $name {
            pub(crate) const NAMES: &'static [&'static str] = &[$($word),*];

            pub(crate) fn by_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$variant),)* _ => None }
            }

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}
words! {
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

words! {
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

words! {
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
