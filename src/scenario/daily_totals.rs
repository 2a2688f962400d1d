//! Daily totals, nutrient by nutrient: for `calcifate check`.

use crate::parameters::Parameters;
use crate::physiology::inputs::{INPUTS, InputInfo, InputKind, Inputs};
use crate::units::amount::display_unit;
use crate::units::number::rounded;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DailyTotal {
    pub nutrient: &'static str,
    pub unit: &'static str,
    /// From food, and for vitamin D also from sunlight.
    pub food: f64,
    pub supplement: f64,
}

impl DailyTotal {
    pub(crate) fn sum(&self) -> f64 {
        self.food + self.supplement
    }
}

/// The daily totals of a phase (or of the habitual life): calcium in mg, vitamins in ug.
pub(crate) fn daily_totals(eaten: &Inputs<f64>) -> [DailyTotal; 6] {
    let k1_food = eaten.k1_mixed_ug_per_day
        + eaten.k1_leafy_plain_ug_per_day
        + eaten.k1_leafy_with_fat_ug_per_day
        + eaten.k1_oil_ug_per_day;
    let vitamin_d = eaten.vitamin_d_diet_ug_per_day + eaten.vitamin_d_sun_ug_per_day;
    let rows = [
        ("calcium", eaten.calcium_diet_mg_per_day, eaten.calcium_supplement_mg_per_day),
        ("vitamin D", vitamin_d, eaten.vitamin_d_supplement_ug_per_day),
        ("vitamin K1", k1_food, eaten.k1_supplement_ug_per_day),
        ("MK-4", eaten.mk4_food_ug_per_day, eaten.mk4_supplement_ug_per_day),
        ("MK-7", eaten.mk7_food_ug_per_day, eaten.mk7_supplement_ug_per_day),
        ("MK-8 and MK-9", eaten.long_chain_mk_food_ug_per_day, 0.0),
    ];
    rows.map(|(nutrient, food, supplement)| {
        let unit = if nutrient == "calcium" { "mg/day" } else { "ug/day" };
        DailyTotal { nutrient, unit, food, supplement }
    })
}

/// Conditions and drugs of a phase that differ from the usual ones: "exercise
/// 0.3, warfarin 5 mg/day"; empty if nothing does.
pub(crate) fn unusual_conditions(inputs: &Inputs<f64>) -> String {
    let usual = Inputs::reference(&Parameters::PARADOX);
    let is_shown = |kind| matches!(kind, InputKind::Drug | InputKind::Condition);
    let shown = INPUTS.iter().filter(|info| is_shown(info.kind)).filter_map(|info| {
        let value = inputs.get(info.name).filter(|value| Some(*value) != usual.get(info.name))?;
        Some(condition(info, value))
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// An input with its value: "warfarin 5 mg/day".
fn condition(info: &InputInfo, value: f64) -> String {
    let unit =
        if info.unit == "1" { String::new() } else { format!(" {}", display_unit(info.unit)) };
    format!("{} {}{unit}", info.key, rounded(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unusual_conditions_are_told() {
        let usual = Inputs::reference(&Parameters::PARADOX);
        assert_eq!(unusual_conditions(&usual), "");
        let lived = Inputs { warfarin_mg_per_day: 5.0, exercise: 0.3, ..usual };
        assert_eq!(unusual_conditions(&lived), "warfarin 5 mg/day, exercise 0.3");
    }
}
