//! Meals at clock times: `meals = { … }` or `[[meal]]`, with shares and foods of their own.

use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, Value, get, table, tables};
use crate::nutrition::diet::{MealFoods, grams_at_meal, known_food};
use crate::nutrition::schedule::{DEFAULT_MEALS, Meal};
use crate::scenario::amounts::share_value;
use crate::units::clock::clock_hour;
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
        let span = &table.or(list)?.span;
        // Every meal is read, so that all problems are told; after one, the sum says nothing.
        let mut complete = true;
        for entry in table.map_or(&[][..], Node::entries) {
            complete &= meals.add_share(entry, problems).is_some();
        }
        for node in tables(entries, "meal") {
            complete &= meals.add(node, problems).is_some();
        }
        if !complete {
            return None;
        }
        // Without any meal, the sum would be −0.
        let sum = meals.times.iter().map(|meal| meal.share).sum::<f64>() + 0.0;
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

    /// One clock time of `[meals]` with its share.
    fn add_share(&mut self, entry: &Entry, problems: &mut Problems) -> Option<()> {
        if let Value::Table(_) = entry.node.value {
            // 12.30 = 0.5 is a key 12 with a table in it.
            let help = "write the time in quotes: \"12:30\" = 0.5";
            problems.error(&entry.span, "a clock time without quotes", "", help);
            return None;
        }
        let hour =
            clock_hour(&entry.key).map_err(|misread| problems.misread_at(&entry.span, misread));
        let share = share_value(&entry.node, "the share of a meal", problems);
        self.times.push(Meal { hour: hour.ok()?, share: share? });
        Some(())
    }

    /// One `[[meal]]`; a meal with foods of its own may have no share of the other food.
    fn add(&mut self, node: &Node, problems: &mut Problems) -> Option<()> {
        let (time, share) = (get(node.entries(), "time"), get(node.entries(), "share"));
        let has_foods = get(node.entries(), "foods").is_some();
        let refused = |key: &str| problems.was_refused(&node.span, key);
        let is_refused = ["time", "share", "foods"].into_iter().any(refused);
        let Some(time) = time.filter(|_| share.is_some() || has_foods) else {
            let help = "write time = \"07:30\" and share = 0.3";
            if !is_refused {
                problems.error(&node.span, "a meal needs a time and a share", "", help);
            }
            return None;
        };
        let hour = match &time.value {
            Value::Text(text, _) | Value::Date(text) => problems.value(time, clock_hour(text)),
            _ => None,
        };
        let share = match share {
            Some(share) => share_value(share, "the share of a meal", problems),
            None => Some(0.0),
        };
        let foods = own_foods(node, problems);
        let (hour, share) = (hour?, share?);
        self.times.push(Meal { hour, share });
        if !foods.is_empty() {
            self.foods.push(MealFoods { hour, foods });
        }
        (!is_refused).then_some(())
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
