//! A supplement regimen: substance, dose, frequency, share of missed doses.

use crate::units::frequency::Frequency;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Substance {
    Calcium,
    VitaminD,
    K1,
    Mk4,
    Mk7,
}

impl Substance {
    pub(crate) const ALL: [Self; 5] =
        [Self::Calcium, Self::VitaminD, Self::K1, Self::Mk4, Self::Mk7];

    /// The substance whose mean daily amount an input holds.
    pub(crate) fn of_input(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|substance| substance.supplement_input() == name)
    }

    /// The input (section 8 of the model) that holds its mean daily amount.
    pub(crate) const fn supplement_input(self) -> &'static str {
        match self {
            Self::Calcium => "calcium_supplement_mg_per_day",
            Self::VitaminD => "vitamin_d_supplement_ug_per_day",
            Self::K1 => "k1_supplement_ug_per_day",
            Self::Mk4 => "mk4_supplement_ug_per_day",
            Self::Mk7 => "mk7_supplement_ug_per_day",
        }
    }
}

/// One supplement as taken from `from_day` until `to_day`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Regimen {
    pub substance: Substance,
    /// Amount of one dose: mg elemental calcium or ug vitamin.
    pub dose: f64,
    /// Days with doses, counted from `from_day`; how many a day, `hours` says.
    pub rhythm: Frequency,
    /// Clock hours of the doses of such a day.
    pub hours: Vec<f64>,
    /// Each dose moves to the nearest meal of the day's meal list.
    pub with_meals: bool,
    /// Share of doses that are missed, 0 to 1.
    pub missed_share: f64,
    /// First day \[d from the scenario's start\].
    pub from_day: f64,
    /// First day without it; infinite if it never ends.
    pub to_day: f64,
}

impl Regimen {
    /// Mean amount per day, missed doses taken off.
    pub(crate) fn mean_per_day(&self) -> f64 {
        let doses = self.hours.len() as f64;
        self.dose * doses * self.rhythm.per_day() * (1.0 - self.missed_share)
    }
}
