//! Meals at clock times: `meals = { … }` or `[[meal]]`, with shares and foods of their own.

use crate::form::problems::Problems;
use crate::form::tree::{Entries, Node, get, table, tables};
use crate::nutrition::diet::{MealFoods, grams_at_meal, known_food};
use crate::nutrition::schedule::{DEFAULT_MEALS, Meal};
use crate::scenario::amounts::share_value;
use crate::units::amount::clock_hour;
use crate::units::number::rounded;

/// The meals of a day and the foods that are eaten at one of them only.
#[derive(Clone, Debug)]
pub(crate) struct Meals {
    /// Clock times and shares of the other food; the shares sum to 1.
    pub times: Vec<Meal>,
    pub foods: Vec<MealFoods>,
}

impl Default for Meals {
    fn default() -> Self {
        Self { times: DEFAULT_MEALS.to_vec(), foods: Vec::new() }
    }
}

impl Meals {
    /// Reads `meals` or `[[meal]]`; nothing if neither is there.
    pub(crate) fn read(entries: &Entries, problems: &mut Problems) -> Option<Self> {
        let (table, list) = (get(entries, "meals"), get(entries, "meal"));
        let mut meals = Self { times: Vec::new(), foods: Vec::new() };
        if let (Some(_), Some(list)) = (table, list) {
            let help = "keep `meals` or `[[meal]]`";
            problems.error(&list.span, "meals are given twice", "", help);
        }
        for entry in table.map_or(&[][..], Node::entries) {
            match clock_hour(&entry.key) {
                Ok(hour) => {
                    let share = share_value(&entry.node, "the share of a meal", problems)?;
                    meals.times.push(Meal { hour, share });
                }
                Err(misread) => problems.misread_at(&entry.span, misread),
            }
        }
        for node in tables(entries, "meal") {
            meals.add(node, problems)?;
        }
        let span = &table.or(list)?.span;
        let sum: f64 = meals.times.iter().map(|meal| meal.share).sum();
        if (sum - 1.0).abs() > 1e-9 {
            let message = format!("the shares of the meals sum to {}, not 1", rounded(sum));
            problems.error(span, message, "", "shares are parts of the day's food");
        }
        meals.times.sort_by(|a, b| a.hour.total_cmp(&b.hour));
        let pairs = meals.times.iter().zip(meals.times.iter().skip(1));
        if pairs.into_iter().any(|(first, second)| first.hour == second.hour) {
            problems.error(span, "two meals at the same time", "", "write them as one meal");
        }
        Some(meals)
    }

    /// One `[[meal]]`; a meal with foods of its own may have no share of the other food.
    fn add(&mut self, node: &Node, problems: &mut Problems) -> Option<()> {
        let (time, share) = (get(node.entries(), "time"), get(node.entries(), "share"));
        let has_foods = get(node.entries(), "foods").is_some();
        let Some(time) = time.filter(|_| share.is_some() || has_foods) else {
            let help = "write time = \"07:30\" and share = 0.3";
            problems.error(&node.span, "a meal needs a time and a share", "", help);
            return None;
        };
        let share = match share {
            Some(share) => share_value(share, "the share of a meal", problems)?,
            None => 0.0,
        };
        match clock_hour(time.text().unwrap_or_default()) {
            Ok(hour) => {
                self.times.push(Meal { hour, share });
                let foods = own_foods(node, problems);
                if !foods.is_empty() {
                    self.foods.push(MealFoods { hour, foods });
                }
            }
            Err(misread) => problems.misread(time, misread),
        }
        Some(())
    }
}

fn own_foods(
    meal: &Node,
    problems: &mut Problems,
) -> Vec<(&'static crate::nutrition::foods::Food, f64)> {
    let mut foods = Vec::new();
    for entry in table(meal.entries(), "foods") {
        match known_food(&entry.key) {
            Err(misread) => problems.misread_at(&entry.span, misread),
            Ok(food) => match grams_at_meal(entry.node.text().unwrap_or_default(), food) {
                Ok(grams) => foods.push((food, grams)),
                Err(misread) => problems.misread(&entry.node, misread),
            },
        }
    }
    foods
}
