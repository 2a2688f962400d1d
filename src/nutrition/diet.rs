//! Diets of foods: from grams per day to nutrients per day.

use crate::error::defect::OrDefect as _;
use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::nutrition::food_kinds::did_you_mean_food;
use crate::nutrition::foods::{FOODS, Food, Matrix, food};
use crate::nutrition::outside_model::not_in_model;
use crate::units::amount::expect_number;
use crate::units::frequency::{Frequency, read_frequency, weekday};
use crate::units::tokens::Tokens;
use crate::units::written_number::refuse_thousands;
use crate::units::{Dimension, read_unit, unit};

/// Much of one food in a day; below a fiftieth of it, `1.000 g` may be a kilogram \[g\].
const USUAL_GRAMS: f64 = 500.0;

/// Amounts of food, as they are written.
const EXAMPLES: &str = "\"40 g/day\", \"30 g, 3 times/week\" or \"2 servings/day\"";

/// Grams per day of "40 g/day", "30 g, 3 times/week", "2 servings/day".
///
/// A serving is the food's `serving_g`; of a supplement it is one pill.
pub(crate) fn grams_per_day(text: &str, food: &Food) -> Result<f64, Misread> {
    let grams = read_grams(text, food)?;
    check_thousands(text, grams, food)?;
    Ok(grams)
}

/// Refuses `1.000 g`, which may be a kilogram.
fn check_thousands(text: &str, grams: f64, food: &Food) -> Result<(), Misread> {
    let words = Tokens::new(text)?;
    let place = words.here();
    let after = words.part(&(place.end..text.len()));
    let unit = after.split([',', ' ']).find(|word| !word.is_empty()).unwrap_or_default();
    let is_food = food.matrix != Matrix::Supplement;
    refuse_thousands(text, &place, unit, is_food && grams < USUAL_GRAMS / 50.0)
}

fn read_grams(text: &str, food: &Food) -> Result<f64, Misread> {
    let mut words = Tokens::new(text)?;
    let number = expect_number(&mut words, EXAMPLES)?;
    let written = read_unit(&mut words)
        .map_err(|misread| misread.help("Accepted: g, servings, per day or week."))?;
    words.eat(&[","]);
    let frequency = read_frequency(&mut words)?;
    if let Some(misread) = weekday(&words) {
        return Err(misread);
    }
    if !words.at_end() {
        return Err(
            Misread::new("cannot read this amount of food", words.here()).help(examples(food))
        );
    }
    let per_day = Dimension::NONE.times(Dimension::time(), -1);
    let dimension = frequency.map_or(written.dimension, |_| written.dimension.times(per_day, 1));
    let times = frequency.map_or(1.0, Frequency::per_day);
    for (name, grams) in [("g/d", 1.0), ("serving/d", food.serving_g)] {
        if let Some(daily) = unit(name).filter(|daily| daily.dimension == dimension) {
            let value = number * times * written.factor / daily.factor * grams;
            return eaten(value, text.len());
        }
    }
    Err(Misread::new(
        format!("{} needs grams or servings per day or week", food.name),
        0..text.len(),
    )
    .label("not an amount of food per time")
    .help(examples(food)))
}

fn examples(food: &Food) -> String {
    format!("write such as {EXAMPLES}; a serving of {} is {} g", food.name, food.serving_g)
}

/// Grams per day that were not written as text: the same bits as of "X g/day", which goes through
/// the base unit of mass and back.
pub(crate) fn measured_grams(grams: f64) -> Result<f64, Misread> {
    let factor = unit("g/d").or_defect("a unit without a row").factor;
    eaten(grams * factor / factor, 0)
}

fn eaten(grams: f64, length: usize) -> Result<f64, Misread> {
    if grams >= 0.0 && grams.is_finite() {
        return Ok(grams);
    }
    let message = if grams < 0.0 { "a negative amount of food" } else { "not a finite number" };
    Err(Misread::new(message, 0..length).help("write an amount from 0 on, such as \"40 g/day\""))
}

/// Foods that are eaten at one meal of every day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MealFoods {
    pub hour: f64,
    /// Each food with its grams.
    pub foods: Vec<(&'static Food, f64)>,
}

impl MealFoods {
    /// The nutrients in the foods: names of inputs, amounts.
    pub(crate) fn nutrients(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
        self.foods.iter().flat_map(|(food, grams)| nutrients(food, *grams))
    }
}

/// Grams of "40 g" or "1 serving" at a meal of every day.
pub(crate) fn grams_at_meal(text: &str, food: &Food) -> Result<f64, Misread> {
    if food.matrix == Matrix::Supplement {
        return Err(Misread::new(format!("{} is no food", food.name), 0..text.len())
            .help("pills at a meal are written as take = [\"… daily with breakfast\"]"));
    }
    let grams = read_grams(&format!("{text}, daily"), food).map_err(|_| {
        Misread::new(format!("cannot read how much {} is eaten at this meal", food.name), 0..text.len())
            .label("eaten at this meal of every day")
            .help("write such as \"40 g\" or \"1 serving\"; what is eaten more rarely goes into `foods` of the arm")
    })?;
    check_thousands(text, grams, food)?;
    Ok(grams)
}

/// The food called `name`, or an error with the nearest name.
pub(crate) fn known_food(name: &str) -> Result<&'static Food, Misread> {
    if let Some(food) = food(name.trim()) {
        return Ok(food);
    }
    if let Some(outside) = not_in_model(name) {
        return Err(outside);
    }
    let near = || did_you_mean(name, FOODS.iter().map(|food| food.name));
    let meant = did_you_mean_food(name).unwrap_or_else(near);
    Err(Misread::new(format!("unknown food \"{name}\""), 0..name.len())
        .help(format!("{meant}`calcifate list foods` shows all {}.", FOODS.len())))
}

/// The nutrients in an amount of a food: names of inputs (section 8 of the model), amounts per day.
pub(crate) fn nutrients(food: &Food, grams_per_day: f64) -> Vec<(&'static str, f64)> {
    let pill = food.matrix == Matrix::Supplement;
    let pick = |eaten: &'static str, taken: &'static str| if pill { taken } else { eaten };
    let k1 = match food.matrix {
        Matrix::Mixed => "k1_mixed_ug_per_day",
        Matrix::LeafyPlain => "k1_leafy_plain_ug_per_day",
        Matrix::LeafyWithFat => "k1_leafy_with_fat_ug_per_day",
        Matrix::Oil => "k1_oil_ug_per_day",
        Matrix::Supplement => "k1_supplement_ug_per_day",
    };
    let contents = [
        (
            pick("calcium_diet_mg_per_day", "calcium_supplement_mg_per_day"),
            food.calcium_mg_per_100g,
        ),
        (
            pick("vitamin_d_diet_ug_per_day", "vitamin_d_supplement_ug_per_day"),
            food.vitamin_d_ug_per_100g,
        ),
        (k1, food.k1_ug_per_100g),
        (pick("mk4_food_ug_per_day", "mk4_supplement_ug_per_day"), food.mk4_ug_per_100g),
        (pick("mk7_food_ug_per_day", "mk7_supplement_ug_per_day"), food.mk7_ug_per_100g),
        ("long_chain_mk_food_ug_per_day", food.long_chain_mk_ug_per_100g),
    ];
    contents
        .into_iter()
        .filter(|(_, content)| *content > 0.0)
        .map(|(name, content)| (name, content * grams_per_day / 100.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_food() {
        let gouda = known_food("gouda").unwrap();
        assert_eq!(grams_per_day("40 g/day", gouda), Ok(40.0));
        assert!((grams_per_day("30 g, 3 times/week", gouda).unwrap() - 90.0 / 7.0).abs() < 1e-12);
        assert_eq!(grams_per_day("2 servings/day", gouda), Ok(60.0));
        assert_eq!(grams_per_day("30 g every other day", gouda), Ok(15.0));
        let glass = grams_per_day("1 glass/day", gouda).unwrap_err();
        assert!(glass.help.ends_with("; a serving of gouda is 30 g"), "{}", glass.help);
        assert_eq!(grams_per_day("60 g monthly", gouda), Ok(60.0 * (12.0 / 365.25)));
        for bad in ["", "40", "40 g", "-40 g/day", "40 mL/day", "40 g/day of it", "40 gg/day"] {
            assert!(grams_per_day(bad, gouda).is_err(), "{bad}");
        }
    }

    #[test]
    fn amounts_at_a_meal_are_per_meal() {
        let gouda = known_food("gouda").unwrap();
        assert_eq!(grams_at_meal("40 g", gouda), Ok(40.0));
        assert_eq!(grams_at_meal("1 serving", gouda), Ok(30.0));
        for bad in ["", "40", "-40 g", "40 g/day", "40 g, 3 times/week", "40 g weekly"] {
            assert!(grams_at_meal(bad, gouda).is_err(), "{bad}");
        }
        assert!(grams_at_meal("1 pill", known_food("pill MK-7 90").unwrap()).is_err());
    }

    #[test]
    fn natto_brings_mk7_and_calcium() {
        let natto = known_food("natto").unwrap();
        let amount = |name| {
            let found = nutrients(natto, 40.0).into_iter().find(|(input, _)| *input == name);
            found.map(|(_, amount)| amount)
        };
        assert!((amount("mk7_food_ug_per_day").unwrap() - 399.2).abs() < 1e-9);
        assert!((amount("calcium_diet_mg_per_day").unwrap() - 86.8).abs() < 1e-9);
        assert_eq!(amount("mk4_food_ug_per_day"), None);
        assert!(known_food("gauda").unwrap_err().help.contains("\"gouda\""));
    }
}
