//! What varies must not vary twice, nor be looked for as well, nor silently undo what arms differ in.

use crate::scenario::Overrides;
use crate::scenario::set::split_arm;
use crate::scenario::tree::{Entries, get, table};
use crate::sweep::file::{Reader, start_of_file};
use crate::sweep::inverse::Search;
use crate::sweep::outcomes::Outcome;
use crate::sweep::plan::Plan;
use crate::sweep::population::lifelong_key;
use crate::sweep::quantity::Quantity;
use crate::units::amount::{display_unit, rounded};

impl Reader<'_> {
    /// Reports quantities that stand twice in `[vary]` and `[population]`, whatever their spelling.
    pub(super) fn check_twice(&mut self, entries: &Entries, arms: &[String]) {
        let mut seen: Vec<(String, String)> = Vec::new();
        for section in ["vary", "population"] {
            for entry in table(entries, section) {
                let key = match section {
                    "population" => lifelong_key(&entry.key),
                    _ => entry.key.clone(),
                };
                let Ok(quantity) = Quantity::find(&key, arms) else { continue };
                match seen.iter().find(|(column, _)| *column == quantity.column) {
                    Some((_, first)) => {
                        let message = format!("{} varies twice", entry.key);
                        let help = "only one of the two could hold: take one out";
                        self.problems.error(&entry.place, message, first.as_str(), help);
                    }
                    None => {
                        let label = format!("it is {} in [{section}] already", entry.key);
                        seen.push((quantity.column, label));
                    }
                }
            }
        }
    }

    /// Reports columns of the results that would have the same name.
    pub(super) fn check_columns(
        &mut self,
        entries: &Entries,
        plan: &Plan,
        outcomes: &[Outcome],
        search: Option<&Search>,
    ) {
        let mut names: Vec<String> = Vec::new();
        let varied = plan.quantities().zip(plan.shown()).filter(|(_, shown)| *shown);
        names.extend(varied.map(|(quantity, _)| quantity.column.clone()));
        if let Some(search) = search {
            if names.contains(&search.quantity.column) {
                let place = get(entries, "find").map(|node| node.place.clone());
                let message = format!("{} is looked for, and it varies", search.quantity.key);
                let help = "only one of the two could hold: take it out of [vary]";
                self.problems.error(&place.unwrap_or(start_of_file()), message, "", help);
            }
            names.extend(search.columns().into_iter().map(|column| column.name));
        }
        for outcome in outcomes {
            let name = outcome.column().name;
            if names.contains(&name) {
                let found = |key| get(table(entries, key), &outcome.name);
                let node = found("outcomes").or_else(|| found("conditions"));
                let place = node.map_or(start_of_file(), |node| node.place.clone());
                let message = format!("there is already a column \"{name}\"");
                self.problems.error(&place, message, "", "give the outcome another name");
            }
            names.push(name);
        }
    }

    /// Warns where one value for all arms undoes a difference between them.
    pub(super) fn check_arms_stay_apart(
        &mut self,
        entries: &Entries,
        base: &Overrides,
        plan: &Plan,
    ) {
        let Ok(arms) = self.template.arms(base) else { return };
        for quantity in plan.quantities() {
            if split_arm(&quantity.key, &self.template.arm_names).0.is_some() {
                continue;
            }
            let own = |arm: &crate::scenario::Arm| {
                arm.phases.first().and_then(|phase| phase.inputs.get(&quantity.column))
            };
            let first = arms.first().and_then(own);
            let Some((other, value)) = arms
                .iter()
                .find_map(|arm| own(arm).filter(|v| Some(*v) != first).map(|v| (arm, v)))
            else {
                continue;
            };
            let place = get(table(entries, "vary"), &quantity.key).map(|node| node.place.clone());
            let (key, value) = (&quantity.key, rounded(value));
            let unit = display_unit(quantity.unit());
            let message = format!("{key} is the same in every arm now");
            let label = format!("arm {} loses its own {value} {unit}", other.name);
            let help = format!("to vary it in one arm only, write {}.{key}", other.name);
            self.problems.warning(&place.unwrap_or(start_of_file()), message, label, help);
        }
    }
}
