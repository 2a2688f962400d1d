//! Conflicts: an input must not vary twice, nor vary and be searched for, nor silently undo a difference
//! between arms.

use crate::form::tree::table;
use crate::scenario::dial::{ScenarioPart, ScopedDial};
use crate::sweep::file::{Reader, file_start};
use crate::sweep::inverse::Search;
use crate::sweep::outcomes::Outcome;
use crate::sweep::plan::Plan;
use crate::units::amount::display_unit;
use crate::units::number::rounded;

impl Reader<'_> {
    /// Reports dials that stand twice in `[vary]` and `[population]`, whatever their spelling.
    pub(super) fn check_twice(&mut self) {
        let mut seen: Vec<(ScopedDial, String)> = Vec::new();
        for section in ["vary", "population"] {
            for entry in table(self.entries, section) {
                let Ok(found) = ScopedDial::find(&entry.key, &self.arms) else { continue };
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
        plan: &Plan,
        outcomes: &[Outcome],
        search: Option<&Search>,
    ) {
        let mut names: Vec<String> = Vec::new();
        let varied = plan.dials().zip(plan.in_results()).filter(|(_, shown)| *shown);
        names.extend(varied.map(|(dial, _)| dial.column()));
        if let Some(search) = search {
            if names.contains(&search.dial.column()) {
                let message = format!("{} is looked for, and it varies", search.dial.key);
                let help = "only one of the two could hold: take it out of [vary]";
                self.problems.error(&self.place("find"), message, "", help);
            }
            names.extend(search.columns().into_iter().map(|column| column.name));
        }
        for outcome in outcomes {
            let name = outcome.column().name;
            if names.contains(&name) {
                let message = format!("there is already a column \"{name}\"");
                let help = "give the outcome another name";
                self.problems.error(&self.place_of(outcome), message, "", help);
            }
            names.push(name);
        }
    }

    /// Warns where one value for all arms undoes a difference between them.
    pub(super) fn check_arms_stay_apart(&mut self, plan: &Plan) {
        let Ok(arms) = self.template.arms(&self.base) else { return };
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
            let span = self.place_in("vary", key).unwrap_or(file_start());
            let (value, unit) = (rounded(value), display_unit(dial.unit()));
            let message = format!("{key} is the same in every arm now");
            let label = format!("arm {} loses its own {value} {unit}", other.name);
            let help = format!("to vary it in one arm only, write {}.{key}", other.name);
            self.problems.warning(&span, message, label, help);
        }
    }
}
