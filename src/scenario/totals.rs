//! What a day brings in all, nutrient by nutrient: for `calcifate check`.

use crate::physiology::inputs::Inputs;

/// One nutrient of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// Words for a table.
    pub nutrient: &'static str,
    /// Unit of the amounts.
    pub unit: &'static str,
    /// From food, and for vitamin D also from sunlight.
    pub food: f64,
    /// From supplements.
    pub supplement: f64,
}

impl Total {
    /// Food and supplements together.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.food + self.supplement
    }
}

/// The daily totals of a phase (or of the habitual life): calcium in mg, vitamins in ug.
#[must_use]
pub fn daily_totals(inputs: &Inputs<f64>) -> [Total; 6] {
    let k1_food = inputs.k1_mixed_ug_per_day
        + inputs.k1_leafy_plain_ug_per_day
        + inputs.k1_leafy_with_fat_ug_per_day
        + inputs.k1_oil_ug_per_day;
    let total = |nutrient, unit, food, supplement| Total { nutrient, unit, food, supplement };
    [
        total(
            "calcium",
            "mg/day",
            inputs.calcium_diet_mg_per_day,
            inputs.calcium_supplement_mg_per_day,
        ),
        total(
            "vitamin D",
            "ug/day",
            inputs.vitamin_d_diet_ug_per_day + inputs.vitamin_d_sun_ug_per_day,
            inputs.vitamin_d_supplement_ug_per_day,
        ),
        total("vitamin K1", "ug/day", k1_food, inputs.k1_supplement_ug_per_day),
        total("MK-4", "ug/day", inputs.mk4_food_ug_per_day, inputs.mk4_supplement_ug_per_day),
        total("MK-7", "ug/day", inputs.mk7_food_ug_per_day, inputs.mk7_supplement_ug_per_day),
        total("MK-8 and MK-9", "ug/day", inputs.long_chain_mk_food_ug_per_day, 0.0),
    ]
}
