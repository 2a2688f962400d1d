//! Remarks on a scenario that runs, but may not be meant so: each once and short.

use crate::form::problems::Problems;
use crate::form::tree::{Entries, Node, get, table, tables};
use crate::physiology::inputs::INPUTS;
use crate::physiology::person::Sex;
use crate::scenario::claims::Reading;
use crate::scenario::claims::sentence::{Part, RunNumber};
use crate::scenario::dial::{Owner, ScopedDial};
use crate::scenario::template::Template;
use crate::scenario::{Arm, Overrides, Scenario};
use crate::units::number::rounded;
use std::collections::HashMap;

/// All remarks on a scenario without errors.
pub(super) fn on_scenario(
    template: &Template,
    overrides: &Overrides,
    arms: &[Arm],
    problems: &mut Problems,
) {
    on_person(template, overrides, problems);
    on_menopause(template, arms, problems);
    on_changes(overrides, &template.arm_names, arms.len(), problems);
    on_equal_arms(arms, problems);
}

/// Says which claims, answer and headline ask for a time after the end of the run: they cannot be
/// told. A sweep may make the run longer.
pub(super) fn on_times(scenario: &Scenario, root: &Entries, problems: &mut Problems) {
    let mut asked: Vec<(&str, Option<&Node>, Vec<&Reading>)> = Vec::new();
    for (claim, node) in scenario.claims.iter().zip(tables(root, "claim")) {
        let mut readings = Vec::new();
        claim.comparison.readings(&mut readings);
        asked.push(("the claim", get(node.entries(), "that"), readings));
    }
    for (key, sentence) in [("answer", &scenario.answer), ("headline", &scenario.headline)] {
        let mut readings = Vec::new();
        for part in sentence.iter().flat_map(|sentence| &sentence.parts) {
            if let Part::Number(RunNumber::Value(value)) = part {
                value.readings(&mut readings);
            }
        }
        asked.push((key, get(root, key), readings));
    }
    for (what, node, readings) in asked {
        let late = readings.iter().find_map(|reading| {
            let arm = scenario.arms.iter().find(|arm| arm.name == reading.arm)?;
            let day = reading.last_day()?;
            (day > arm.duration_days * (1.0 + 1e-9)).then_some((day, arm.duration_days))
        });
        if let (Some((day, end)), Some(node)) = (late, node) {
            let message = format!("{what} looks at day {}, after the end of the run", rounded(day));
            let help = format!("the run lasts {} days; this cannot be told", rounded(end));
            problems.warning(&node.span, message, "", help);
        }
    }
}

/// Says which person is assumed where sex or age are not given.
fn on_person(template: &Template, overrides: &Overrides, problems: &mut Problems) {
    let in_file = |key: &str| get(table(&template.root, "person"), key).is_some();
    let in_arms = |key: &str| {
        template.nodes.iter().all(|arm| {
            let own = get(table(arm.entries(), "person"), key).is_some();
            // The arm that it is like may say it.
            own || get(arm.entries(), "like").is_some()
        })
    };
    let changed =
        |key: &str| overrides.texts().any(|(name, _)| name.rsplit('.').next() == Some(key));
    let given = |key: &str| in_file(key) || in_arms(key) || changed(key);
    let message = match (given("sex"), given("age") || changed("start_age")) {
        (true, true) => return,
        (false, false) => "no sex and no age given: a woman of 30 is assumed",
        (false, true) => "no sex given: a woman is assumed",
        (true, false) => "no age given: 30 years are assumed",
    };
    problems.remark(None, message, "write [person] with sex = \"female\" and age = 60");
}

/// Says that a man has no menopause.
fn on_menopause(template: &Template, arms: &[Arm], problems: &mut Problems) {
    let is_man =
        |name: &str| arms.iter().any(|arm| arm.name == name && arm.person.sex == Sex::Male);
    let given = |entries: &Entries| get(table(entries, "person"), "menopause_age").cloned();
    let named = template.arm_names.iter().zip(&template.nodes);
    let mut of_men = named.filter(|(name, _)| is_man(name)).map(|(_, node)| node);
    let found = of_men.find_map(|node| given(node.entries()).or_else(|| given(&template.root)));
    if let Some(node) = found {
        problems.remark(Some(&node.span), "the age at menopause does nothing in a man", "");
    }
}

/// Says which `--set` acts on the arm for comparison too.
fn on_changes(overrides: &Overrides, names: &[String], arms: usize, problems: &mut Problems) {
    let keys = overrides.set.iter().map(|(key, _)| key.trim()).filter(|_| arms > 1);
    for key in keys {
        let everywhere = ScopedDial::find(key, names)
            .is_ok_and(|dial| dial.arm.is_none() && dial.dial.owner() == Owner::Arm);
        if everywhere {
            let message = format!("--set {key} acts in every arm, also in the one for comparison");
            problems.remark(None, message, format!("for one arm only: --set ARM.{key}=…"));
        }
    }
}

/// Says which arms are equal in label or in everything: the first two, and how many more there are.
fn on_equal_arms(arms: &[Arm], problems: &mut Problems) {
    let mut labels: HashMap<&str, &str> = HashMap::new();
    let mut lives: HashMap<Vec<u64>, &Arm> = HashMap::new();
    let (mut same_label, mut same_life) = (Vec::new(), Vec::new());
    for arm in arms {
        if let Some(first) = labels.insert(&arm.label, &arm.name) {
            same_label.push((first, arm.name.as_str()));
        }
        let first = *lives.entry(fingerprint(arm)).or_insert(arm);
        let (name, label) = (first.name.clone(), first.label.clone());
        if !std::ptr::eq(first, arm) && *first == (Arm { name, label, ..arm.clone() }) {
            same_life.push((first.name.as_str(), arm.name.as_str()));
        }
    }
    for (pairs, what, help) in [
        (same_label, "have the same label", "nobody can tell them apart in a figure"),
        (same_life, "are the same in everything", "one of them is missing what it differs in"),
    ] {
        let Some((first, second)) = pairs.first() else { continue };
        let more = match pairs.len() - 1 {
            0 => String::new(),
            1 => ", and another".to_owned(),
            more => format!(", and {more} more"),
        };
        problems.remark(None, format!("the arms {first} and {second} {what}{more}"), help);
    }
}

/// Numbers that equal arms share; others hardly ever do.
fn fingerprint(arm: &Arm) -> Vec<u64> {
    let phases = arm.phases.iter().flat_map(|phase| {
        let inputs = INPUTS.iter().filter_map(|info| phase.inputs.get(info.name));
        [phase.start_day].into_iter().chain(inputs)
    });
    let doses = arm.regimens.iter().map(|regimen| regimen.dose);
    let person = [arm.person.start_age_years, arm.person.menopause_age_years];
    let changes = arm.parameter_changes.iter().map(|(_, value)| *value);
    phases.chain(doses).chain(person).chain(changes).map(f64::to_bits).collect()
}
