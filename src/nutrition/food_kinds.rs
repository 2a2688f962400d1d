//! Foods by the name of their kind, and by a word of their name.

use crate::error::suggest::is_same_name;
use crate::nutrition::foods::{FOODS, food};

include!(concat!(env!("OUT_DIR"), "/food_kinds.rs"));

/// A row of `food_kinds.csv`: foods by the name of their kind.
struct FoodKind {
    kind: &'static str,
    foods: &'static [&'static str],
}

/// The foods that a name may mean: the food itself, those of its kind, or those that have it as a
/// word of their name.
pub(crate) fn foods_meant(text: &str) -> Vec<&'static str> {
    let wanted = text.trim().replace('_', " ");
    if let Some(food) = food(&wanted) {
        return vec![food.name];
    }
    if let Some(row) = FOOD_KINDS.iter().find(|row| is_same_name(row.kind, &wanted)) {
        return row.foods.to_vec();
    }
    let holds = |name: &&str| {
        !name.starts_with("pill ") && name.split([' ', '-']).any(|word| is_same_name(word, &wanted))
    };
    FOODS.iter().map(|food| food.name).filter(holds).collect()
}

/// `did you mean "whole milk" or "fortified milk"? `, or nothing.
pub(crate) fn did_you_mean_food(text: &str) -> Option<String> {
    let names: Vec<String> =
        foods_meant(text).into_iter().map(|name| format!("\"{name}\"")).collect();
    (!names.is_empty()).then(|| format!("did you mean {}? ", names.join(" or ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_kinds_lead_to_foods() {
        assert_eq!(foods_meant("milk"), ["whole milk", "fortified milk"]);
        assert_eq!(foods_meant("eggs"), ["egg yolk", "whole egg"]);
        assert_eq!(foods_meant("Bread"), ["wholemeal bread"]);
        assert_eq!(foods_meant("water"), ["calcium-rich mineral water"]);
        assert_eq!(foods_meant("whole_milk"), ["whole milk"]);
        assert!(foods_meant("cheese").contains(&"gouda"));
        assert!(foods_meant("vitamin").is_empty() && foods_meant("").is_empty());
        for FoodKind { kind, foods } in FOOD_KINDS {
            for name in *foods {
                assert!(food(name).is_some(), "{kind}: {name}");
            }
        }
    }
}
