//! Virtual people: who they are, what they eat for life, and how their biology differs.
//!
//! What `[population]` does not name is as in the scenario. The same people live through every
//! arm and every point of the grid.

use crate::form::key::Shape;
use crate::parameters::{ENTRIES, Hypothesis, ParameterKind};
use crate::scenario::keys::{HABITUAL, PERSON};
use crate::sweep::distribution::Distribution;
use crate::sweep::plan::Draw;
use crate::sweep::quantity::Quantity;

/// The key under which a quantity of a population acts: diet and conditions act for life.
#[must_use]
pub fn lifelong_key(name: &str) -> String {
    let input = HABITUAL.key(name).is_some_and(|key| matches!(key.shape, Shape::Amount { .. }));
    let of_person = PERSON.key(name).is_some();
    if input && !of_person { format!("habitual.{name}") } else { name.to_owned() }
}

/// Biological spread: each parameter is log-normal around its value, within its table range.
///
/// `variation` is standard deviation / mean. Parameters without a range, at 0, or that `only`
/// does not name (unless it is empty) keep their value.
#[must_use]
pub fn spread(variation: f64, hypothesis: Hypothesis, only: &[String]) -> Vec<Draw> {
    let values = hypothesis.parameters();
    let wanted = |name: &str, group: &str| {
        only.is_empty() || only.iter().any(|word| word == name || word == group)
    };
    let biological = ENTRIES
        .iter()
        .filter(|entry| entry.kind == ParameterKind::Biology && wanted(entry.name, entry.group));
    biological
        .filter_map(|entry| {
            let value = values.get(entry.name)?;
            let (low, high) = (entry.low?, entry.high?);
            let distribution =
                Distribution::log_normal(value, variation * value, low.max(0.0), high)?;
            let quantity = Quantity::find(entry.name, &[]).ok()?;
            Some(Draw { quantity, distribution, shown: false })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::cell::Cell;

    #[test]
    fn people_differ_in_many_parameters_but_only_within_the_table() {
        let draws = spread(0.1, Hypothesis::Paradox, &[]);
        assert!(draws.len() > 80, "{}", draws.len());
        for draw in &draws {
            let entry = crate::parameters::entry(&draw.quantity.key).unwrap();
            for share in [1e-9, 0.5, 1.0 - 1e-9] {
                let Cell::Number(value) = draw.distribution.quantile(share) else { panic!() };
                let (low, high) = (entry.low.unwrap(), entry.high.unwrap());
                assert!((low..=high).contains(&value), "{}: {value}", entry.name);
            }
        }
        let only = spread(0.1, Hypothesis::Paradox, &["pth_steepness".to_owned()]);
        assert_eq!(only.len(), 1);
    }

    #[test]
    fn diet_is_for_life_and_the_person_is_the_person() {
        assert_eq!(lifelong_key("calcium_diet"), "habitual.calcium_diet");
        assert_eq!(lifelong_key("egfr"), "egfr");
        assert_eq!(lifelong_key("sex"), "sex");
    }
}
