//! For how long before day 0 medicines, supplements and conditions have acted.

use crate::physiology::inputs::{INPUTS, InputInfo, InputKind, Inputs};
use crate::scenario::Arm;
use crate::units::DAYS_PER_YEAR;
use crate::units::number::rounded;
use crate::words::names::{beside, in_words, unit};
use crate::words::numbers::at_most;
use crate::words::time::duration;

/// A habitual input that is not as in the reference person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Habit {
    pub input: &'static InputInfo,
    pub value: f64,
    /// Length before day 0 \[d\]: the life from the reference age where `for_life`.
    pub days: f64,
    pub for_life: bool,
}

/// The medicines, supplements and conditions of a person before day 0, and whatever began during
/// life.
pub(crate) fn habits(arm: &Arm) -> Vec<Habit> {
    let usual = Inputs::reference(&arm.parameters);
    let life = (arm.person.start_age_years - arm.parameters.reference_age_years) * DAYS_PER_YEAR;
    let acts =
        |kind| matches!(kind, InputKind::Drug | InputKind::Condition | InputKind::Supplement);
    let habit = |input: &'static InputInfo| {
        let value = arm.habitual.get(input.name)?;
        let since = arm.habit_since(input.name);
        let told = acts(input.kind) && usual.get(input.name) != Some(value);
        let days = since.unwrap_or_else(|| life.max(0.0));
        (told || since.is_some()).then_some(Habit { input, value, days, for_life: since.is_none() })
    };
    INPUTS.iter().filter_map(habit).collect()
}

impl Habit {
    /// "warfarin 5 mg/day for 2 years", "exercise 0.3 for life (20 years, since the age of 30)".
    fn text(&self, arm: &Arm) -> String {
        let what = format!("{} {}", in_words(self.input.key), rounded(self.value));
        let what = beside(&what, &unit(self.input.unit));
        let born = at_most(arm.parameters.reference_age_years, 1);
        match (self.for_life, self.days > 0.0) {
            (false, _) => format!("{what} for {}", duration(self.days)),
            (true, true) => {
                format!("{what} for life ({}, since the age of {born})", duration(self.days))
            }
            (true, false) => format!("{what} for life"),
        }
    }
}

/// What acts before day 0, one sentence for each group of arms that share it.
pub(crate) fn before_day_0(arms: &[Arm]) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for arm in arms {
        let texts: Vec<String> = habits(arm).iter().map(|habit| habit.text(arm)).collect();
        let text = texts.join("; ");
        match groups.iter_mut().find(|(other, _)| *other == text) {
            Some((_, names)) => names.push(&arm.name),
            None => groups.push((text, vec![&arm.name])),
        }
    }
    let shared = groups.len() == 1;
    let told = groups.into_iter().filter(|(text, _)| !text.is_empty());
    let sentence = |(text, names): (String, Vec<&str>)| match shared {
        true => format!("Before day 0: {text}"),
        false => format!("Before day 0 in {}: {text}", names.join(", ")),
    };
    told.map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn each_group_of_arms_has_its_sentence() {
        let text = "duration = '1 year'\n[person]\nage = 50\n[habitual]\nexercise = 0.3\n\
            calcium_diet = '700 mg/day'\n";
        let told =
            |more: &str| before_day_0(&Scenario::parse(&format!("{text}{more}")).unwrap().arms);
        assert_eq!(
            told(""),
            ["Before day 0: exercise 0.3 for life (20 years, since the age of 30)"]
        );
        let arms = "[[arm]]\nname = 'a'\n[[arm]]\nname = 'b'\n[arm.habitual]\n\
            exercise = 0\nwarfarin = { dose = '5 mg/day', since = '2 years' }\n\
            calcium_diet = { amount = '700 mg/day', since = '6 months' }\n\
            [arm.person]\nage = 60\n";
        assert_eq!(
            told(arms),
            [
                "Before day 0 in a: exercise 0.3 for life (20 years, since the age of 30)",
                "Before day 0 in b: calcium diet 700 mg/day for 6 months; warfarin 5 mg/day for 2 years"
            ]
        );
        assert_eq!(told("[parameters]\n").len(), 1);
        let k2 =
            "[[arm]]\nname = 'a'\n[arm.habitual]\nmk7_supplement = '180 ug/day'\nexercise = 0\n";
        assert_eq!(
            told(k2),
            ["Before day 0: MK-7 supplement 180 µg/day for life (20 years, since the age of 30)"]
        );
        let usual = Scenario::parse("duration = '1 year'\n").unwrap();
        assert!(before_day_0(&usual.arms).is_empty());
    }
}
