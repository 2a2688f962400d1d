//! Conflicts: an input must not vary twice, nor vary and be searched for, nor silently undo a difference
//! between arms.

use crate::form::tree::{Entries, get, table};
use crate::scenario::Overrides;
use crate::scenario::dial::{ScenarioPart, ScopedDial};
use crate::sweep::file::{Reader, file_start};
use crate::sweep::inverse::Search;
use crate::sweep::outcomes::Outcome;
use crate::sweep::plan::Plan;
use crate::units::amount::display_unit;
use crate::units::number::rounded;

impl Reader<'_> {
    /// Reports dials that stand twice in `[vary]` and `[population]`, whatever their spelling.
    pub(super) fn check_twice(&mut self, entries: &Entries, arms: &[String]) {
        let mut seen: Vec<(ScopedDial, String)> = Vec::new();
        for section in ["vary", "population"] {
            for entry in table(entries, section) {
                let Ok(found) = ScopedDial::find(&entry.key, arms) else { continue };
                let dial = if section == "population" { found.for_life() } else { found };
                match seen.iter().find(|(other, _)| *other == dial) {
                    Some((_, first)) => {
                        let message = format!("{} varies twice", entry.key);
                        let help = "only one of the two could hold: take one out";
                        self.problems.error(&entry.span, message, first.as_str(), help);
                    }
                    None => {
                        let label = format!("it is {} in [{section}] already", entry.key);
                        seen.push((dial, label));
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
        let varied = plan.dials().zip(plan.in_results()).filter(|(_, shown)| *shown);
        names.extend(varied.map(|(dial, _)| dial.column()));
        if let Some(search) = search {
            if names.contains(&search.dial.column()) {
                let span = get(entries, "find").map(|node| node.span.clone());
                let message = format!("{} is looked for, and it varies", search.dial.key);
                let help = "only one of the two could hold: take it out of [vary]";
                self.problems.error(&span.unwrap_or(file_start()), message, "", help);
            }
            names.extend(search.columns().into_iter().map(|column| column.name));
        }
        for outcome in outcomes {
            let name = outcome.column().name;
            if names.contains(&name) {
                let found = |key| get(table(entries, key), &outcome.name);
                let node = found("outcomes").or_else(|| found("conditions"));
                let span = node.map_or(file_start(), |node| node.span.clone());
                let message = format!("there is already a column \"{name}\"");
                self.problems.error(&span, message, "", "give the outcome another name");
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
        let of_all_arms = |scoped: &&ScopedDial| scoped.arm.is_none();
        for ScopedDial { dial, key, .. } in plan.dials().filter(of_all_arms) {
            if !matches!(dial.part, ScenarioPart::FromStart(_)) {
                continue;
            }
            let own = |arm: &crate::scenario::Arm| dial.value(arm);
            let first = arms.first().and_then(own);
            let Some((other, value)) = arms
                .iter()
                .find_map(|arm| own(arm).filter(|v| Some(*v) != first).map(|v| (arm, v)))
            else {
                continue;
            };
            let span = get(table(entries, "vary"), key).map(|node| node.span.clone());
            let (value, unit) = (rounded(value), display_unit(dial.unit()));
            let message = format!("{key} is the same in every arm now");
            let label = format!("arm {} loses its own {value} {unit}", other.name);
            let help = format!("to vary it in one arm only, write {}.{key}", other.name);
            self.problems.warning(&span.unwrap_or(file_start()), message, label, help);
        }
    }
}
