//! A supplement regimen: substance, dose, frequency, share of missed doses.

use crate::units::frequency::days_of_months;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // substances by their names
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

/// The days of a regimen with doses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rhythm {
    /// Every day.
    Daily,
    /// `n` days of each week, spread evenly: day ⌊7·i/n⌋ of the week, i = 0 … n − 1.
    TimesPerWeek(u32),
    /// Every `n` days: days 0, n, 2n …
    EveryDays(u32),
    /// So many times in this number of months, spread evenly: a month is a twelfth of a year of
    /// 365.25 days, and each dose falls on the first whole day at or after its time.
    PerMonths { times: u32, months: u32 },
}

impl Rhythm {
    /// Days after which the rhythm begins again.
    pub(crate) fn period_days(self) -> f64 {
        match self {
            Self::Daily => 1.0,
            Self::TimesPerWeek(_) => 7.0,
            Self::EveryDays(days) => f64::from(days.max(1)),
            Self::PerMonths { times, months } => days_of_months(months) / f64::from(times.max(1)),
        }
    }
}

/// One supplement as taken from `from_day` until `to_day`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Regimen {
    /// Substance of each dose.
    pub substance: Substance,
    /// Amount of one dose: mg elemental calcium or ug vitamin.
    pub dose: f64,
    /// Days with doses, counted from `from_day`.
    pub rhythm: Rhythm,
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
        let days = match self.rhythm {
            Rhythm::Daily => 1.0,
            Rhythm::TimesPerWeek(times) => f64::from(times) / 7.0,
            Rhythm::EveryDays(days) => 1.0 / f64::from(days.max(1)),
            Rhythm::PerMonths { times, months } => f64::from(times) / days_of_months(months),
        };
        #[allow(clippy::cast_precision_loss)] // a few doses a day
        let doses = self.hours.len() as f64;
        self.dose * doses * days * (1.0 - self.missed_share)
    }
}
