//! What is in force in an arm: the value of every dial, foods, what is unusual.

use serde_json::{Map, Value, json};

use crate::error::problem::Problems;
use crate::explorer::file::{Tables, written};
use crate::explorer::request::State;
use crate::explorer::states::States;
use crate::explorer::{Answer, comparison, listed};
use crate::form::tree::{Entries, table, text};
use crate::library::listings::spelling;
use crate::nutrition::diet::{MealFoods, grams_per_day, nutrients};
use crate::nutrition::foods::{Food, food};
use crate::physiology::aging::default_egfr_ml_per_min;
use crate::scenario::dial::{Dial, DialKind, ScenarioPart, dials};
use crate::words::numbers::rounded_to_digits;

/// Digits of a diet of which foods were taken off.
const DIGITS: i32 = 10;

pub(super) fn told(states: &mut States, wanted: &State) -> Answer {
    let (arm, remarks) = states.arm(wanted)?;
    let text = states.text(&wanted.scenario)?;
    let tables = Tables::of(text, wanted)?;
    let foods = foods(&tables);
    let eaten = |name: &str| -> f64 {
        let single = foods.iter().flat_map(|(food, grams)| nutrients(food, *grams));
        let meals = arm.meal_foods.iter().flat_map(MealFoods::nutrients);
        single.chain(meals).filter(|(own, _)| *own == name).map(|(_, amount)| amount).sum()
    };
    let mut values = Map::new();
    for dial in dials() {
        let value = match (&dial.kind, dial.part) {
            (DialKind::Word(words), _) => word(dial, words, &tables).map(Value::from),
            // Foods add to the diet that a dial sets.
            (_, ScenarioPart::FromStart(info)) => {
                let all = dial.value(&arm);
                all.map(|all| rounded_to_digits(all - eaten(info.name), DIGITS).max(0.0).into())
            }
            _ => dial.value(&arm).map(Value::from),
        };
        values.extend(value.map(|value| (spelling(dial), value)));
    }
    // Who has no measured kidney function has that of the age.
    let of_age = || default_egfr_ml_per_min(arm.person.start_age_years, &arm.parameters);
    values.entry("egfr").or_insert_with(|| rounded_to_digits(of_age(), DIGITS).into());
    values.insert("hypothesis".to_owned(), arm.hypothesis.name().into());
    let scenario = &text.scenario;
    let remarks = Problems::of(remarks, scenario.texts.clone());
    Ok(json!({
        "arms": comparison::arms(&scenario.arms),
        "compare": scenario.compare.map(|pair| {
            pair.map(|at| scenario.arms.get(at).map(|arm| arm.name.clone()))
        }),
        "arm": arm.name,
        "label": arm.label,
        "title": scenario.title,
        "question": scenario.question,
        "lesson": scenario.lesson,
        "duration_days": arm.duration_days,
        "dials": values,
        "foods": foods.iter().map(|(food, grams)| (food.name.to_owned(), (*grams).into())).collect::<Map<_, _>>(),
        "warnings": listed(&remarks),
    }))
}

/// The word of a dial: of the arm, of the file, or the first that there is.
fn word(dial: &Dial, words: &[&'static str], tables: &Tables) -> Option<String> {
    let in_tables = |entries: &Entries| match dial.part {
        ScenarioPart::Person(_) => text(table(entries, "person"), dial.name).map(str::to_owned),
        _ => text(entries, dial.name).map(str::to_owned),
    };
    let usual = || words.first().map(|word| (*word).to_owned());
    in_tables(&tables.arm).or_else(|| in_tables(&tables.root)).or_else(usual)
}

/// Grams per day of the foods from day 0 on: those of life before unless the arm says otherwise.
fn foods(tables: &Tables) -> Vec<(&'static Food, f64)> {
    let mut eaten: Vec<(&'static Food, f64)> = Vec::new();
    let layers = [table(&tables.root, "habitual"), table(&tables.arm, "habitual"), &tables.arm];
    for entry in layers.into_iter().flat_map(|entries| table(entries, "foods")) {
        let Some(food) = food(&entry.key) else { continue };
        eaten.retain(|(known, _)| known.name != food.name);
        let grams = grams_per_day(&written(&entry.node), food);
        eaten.extend(grams.ok().filter(|grams| *grams > 0.0).map(|grams| (food, grams)));
    }
    eaten
}
