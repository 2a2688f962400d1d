//! What was eaten, taken and lived through before day 0, and since when.

use crate::form::problems::Problems;
use crate::nutrition::regimen::{Regimen, Substance};
use crate::parameters::Parameters;
use crate::physiology::inputs::{InputInfo, InputKind, Inputs, input};
use crate::physiology::person::Person;
use crate::scenario::doses::check_means;
use crate::scenario::lifestyle::{Lifestyle, LifestyleLayer};
use crate::scenario::phases::{check_inputs, with_supplements};
use crate::scenario::{Arm, EarlierHabits};
use crate::units::number::rounded;

/// Mean daily inputs of the last life before day 0.
pub(super) fn habits(life: &Lifestyle, problems: &mut Problems) -> Inputs<f64> {
    let inputs = with_supplements(life, &life.begun_before(0.0), 0.0);
    check_inputs(&inputs, &life.origins, problems);
    check_means(&life.regimens, &|name, _| life.origins.get(name).cloned(), problems);
    inputs
}

/// The habits of earlier life: an input that began later was as in the reference person.
///
/// A beginning before the age from which life is followed means for life, with a warning.
pub(super) fn earlier_habits(
    life: &Lifestyle,
    person: &Person,
    parameters: &Parameters<f64>,
    problems: &mut Problems,
) -> Vec<EarlierHabits> {
    let years = (person.start_age_years - parameters.reference_age_years).max(0.0);
    let mut lengths: Vec<f64> = Vec::new();
    for (name, length) in &life.since {
        if *length <= years * parameters.days_per_year {
            lengths.push(*length);
        } else if let (Some(info), Some(span)) = (input(name), life.origins.get(name)) {
            let message = format!(
                "{} acts for life: it began before the age of {}, {} years before day 0",
                info.key,
                rounded(parameters.reference_age_years),
                rounded(years)
            );
            let help = "the model follows nobody below that age; a shorter `since` begins later";
            problems.warning(span, message, "", help);
        }
    }
    lengths.sort_by(|a, b| b.total_cmp(a));
    lengths.dedup();
    let before = |days: f64| EarlierHabits {
        until_day: -days,
        inputs: with_supplements(&life.before(days), &life.begun_before(days), 0.0),
    };
    lengths.into_iter().map(before).collect()
}

impl Lifestyle {
    /// The same as it was so many days before day 0: what began later is as in the usual diet.
    fn before(&self, days: f64) -> Self {
        let mut earlier = self.clone();
        let begun_later = self.since.iter().filter(|(_, since)| **since <= days);
        for info in begun_later.filter_map(|(name, _)| input(name)) {
            let usual = self.usual.get(info.name).filter(|_| !self.empties(info));
            if let Some(value) = earlier.diet.get_mut(info.name) {
                *value = usual.unwrap_or(0.0);
            }
        }
        earlier
    }

    /// The regimens of a habit that had begun so many days before day 0, as of day 0.
    fn begun_before(&self, days: f64) -> Vec<Regimen> {
        let begun = |regimen: &&Regimen| regimen.from_day >= 0.0 || -regimen.from_day > days;
        self.regimens.iter().filter(begun).cloned().collect()
    }

    /// The day on which a plain supplement of a layer begins.
    pub(super) fn begins(&self, substance: Substance, layer: LifestyleLayer) -> f64 {
        let since = self.since.get(substance.supplement_input());
        since.filter(|_| layer.is_habitual()).map_or(layer.day(), |days| -days)
    }

    /// True for what the empty plate of `only_foods` does not hold.
    fn empties(&self, info: &InputInfo) -> bool {
        self.only_foods && info.kind == InputKind::Food
    }
}

impl Arm {
    /// How long before day 0 an input became what it is on that day, where it was not so for life
    /// \[d\].
    pub(crate) fn habit_since(&self, name: &str) -> Option<f64> {
        let last = self.habitual.get(name);
        let other = |habits: &&EarlierHabits| habits.inputs.get(name) != last;
        self.earlier_habits.iter().rev().find(other).map(|habits| -habits.until_day)
    }
}
