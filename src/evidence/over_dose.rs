//! Published trials over the dose of one input, in measures that trials of different length share.

use crate::evidence::shipped_trials;
use crate::evidence::trial::Trial;
use crate::evidence::vocabulary::Comparison;
use crate::physiology::quantities::Quantity;
use crate::units::DAYS_PER_YEAR;

/// How the effect of a dose against none is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Difference in percent of the end without the dose, for each year.
    PercentPerYear,
    /// Growth as a multiple of that without the dose.
    GrowthRatio,
    /// Difference in percent of the end without the dose, where years add nothing.
    Percent,
}

impl Measure {
    /// The measure in which a trial can be told; `None` for those that no other length shares.
    fn of(comparison: Comparison, quantity: &Quantity) -> Option<Self> {
        match comparison {
            Comparison::DifferencePercent if quantity.is_bone_strength() => {
                Some(Self::PercentPerYear)
            }
            Comparison::ChangeRatio if quantity.is_artery_hardness() => Some(Self::GrowthRatio),
            Comparison::ChangePercent | Comparison::DifferencePercent
                if quantity.endpoint.is_none() =>
            {
                Some(Self::Percent)
            }
            _ => None,
        }
    }

    /// The value without an effect.
    pub(crate) const fn neutral(self) -> f64 {
        match self {
            Self::PercentPerYear | Self::Percent => 0.0,
            Self::GrowthRatio => 1.0,
        }
    }

    /// The effect of a dose: ends and changes with it and without it, after so many years.
    pub(crate) fn value(self, with: (f64, f64), without: (f64, f64), years: f64) -> f64 {
        let percent = 100.0 * (with.0 / without.0 - 1.0);
        match self {
            Self::PercentPerYear => percent / years,
            Self::GrowthRatio => with.1 / without.1,
            Self::Percent => percent,
        }
    }
}

/// Trials of one read-out in one measure.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub quantity: &'static Quantity,
    pub measure: Measure,
    pub trials: Vec<Effect>,
}

/// The effect that a trial found, in the measure of its group.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    pub trial: Trial,
    pub dose: f64,
    pub observed: f64,
    pub interval: (f64, f64),
}

impl Effect {
    pub(crate) fn years(&self) -> f64 {
        self.trial.duration_days / DAYS_PER_YEAR
    }
}

/// The published trials in which this input alone differs between the arms, those of most trials
/// first.
pub(crate) fn over_dose(input: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for trial in shipped_trials().into_iter().filter(|trial| trial.published) {
        let Some(dose) = trial.dose_alone(input).filter(|dose| *dose > 0.0) else { continue };
        let Some(quantity) = trial.read_out.quantity else { continue };
        let Some(measure) = Measure::of(trial.comparison, quantity) else { continue };
        let years = trial.duration_days / DAYS_PER_YEAR;
        let scale = if measure == Measure::PercentPerYear { 1.0 / years } else { 1.0 };
        let middle = trial.observed.unwrap_or(0.5 * (trial.low + trial.high));
        let (observed, interval) = (middle * scale, (trial.low * scale, trial.high * scale));
        let effect = Effect { trial, dose, observed, interval };
        let same =
            |found: &&mut Found| (found.quantity.name, found.measure) == (quantity.name, measure);
        match all.iter_mut().find(same) {
            Some(found) => found.trials.push(effect),
            None => all.push(Found { quantity, measure, trials: vec![effect] }),
        }
    }
    all.sort_by_key(|found| std::cmp::Reverse(found.trials.len()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_of_mk7_alone_are_told_in_shared_measures() {
        let all = over_dose("mk7_supplement_ug_per_day");
        let of = |name: &str| all.iter().find(|found| found.quantity.name == name).unwrap();
        let spine = of("lumbar_spine_bmd_percent");
        assert_eq!(spine.measure, Measure::PercentPerYear);
        let knapen = spine.trials.iter().find(|one| one.trial.id == "knapen2013_ls").unwrap();
        // 1.0 % [0.5 to 1.5] in three years of 180 µg.
        assert_eq!(knapen.dose, 180.0);
        approx::assert_relative_eq!(knapen.observed, 1.0 / 3.0, epsilon = 1e-9);
        approx::assert_relative_eq!(knapen.interval.1, 0.5, epsilon = 1e-9);
        assert!((knapen.years() - 3.0).abs() < 1e-9);
        let artery = of("cac_agatston");
        assert_eq!((artery.measure, artery.measure.neutral()), (Measure::GrowthRatio, 1.0));
        let named = |id: &str| artery.trials.iter().any(|one| one.trial.id == id);
        assert!(named("trevasc2023") && !named("hasific2023_all"), "AVADEC gave D3, too");
        assert!(over_dose("calcium_diet_mg_per_day").iter().all(|found| !found.trials.is_empty()));
        assert!(over_dose("mk4_food_ug_per_day").is_empty());
    }

    /// Ratios made of two quantities have no curve of one.
    #[test]
    fn read_outs_made_of_two_quantities_are_left_out() {
        let found = over_dose("mk7_supplement_ug_per_day");
        let trials = || found.iter().flat_map(|one| &one.trials);
        assert!(trials().count() > 3);
        assert!(trials().all(|one| one.trial.read_out.quantity.is_some()));
    }

    #[test]
    fn an_effect_is_that_against_no_dose() {
        for (measure, effect) in
            [(Measure::Percent, 10.0), (Measure::PercentPerYear, 2.0), (Measure::GrowthRatio, 0.5)]
        {
            let value = measure.value((110.0, 10.0), (100.0, 20.0), 5.0);
            approx::assert_relative_eq!(value, effect, epsilon = 1e-9);
        }
    }
}
