//! The people who are simulated, and the hypotheses.

use crate::physiology::person::Sex;
use crate::scenario::Arm;
use crate::units::DAYS_PER_YEAR;
use crate::units::number::rounded;
use crate::words::habits::before_day_0;
use crate::words::numbers::at_most;
use crate::words::time;

/// "woman 50 → 70", "man 40, 14 days", or "several people" if the arms differ.
pub(crate) fn person(arms: &[Arm]) -> String {
    let mut people = arms.iter().map(arm_person);
    let first = people.next().unwrap_or_default();
    if people.all(|other| other == first) { first } else { "several people".to_owned() }
}

fn arm_person(arm: &Arm) -> String {
    let who = if arm.person.sex == Sex::Female { "woman" } else { "man" };
    let start = arm.person.start_age_years;
    if arm.duration_days < DAYS_PER_YEAR {
        return format!("{who} {}, {}", at_most(start, 1), time::duration(arm.duration_days));
    }
    let end = start + arm.duration_days / DAYS_PER_YEAR;
    format!("{who} {} → {}", at_most(start, 1), at_most(end, 1))
}

/// What the file's own hypothesis sets are, and what acts before day 0.
pub(crate) fn circumstances(arms: &[Arm]) -> Vec<String> {
    own_hypotheses(arms).into_iter().chain(before_day_0(arms)).collect()
}

/// What the file's own hypothesis sets are, a sentence for each: "Hypothesis mine: conservative, but
/// osteocalcin_accretion_gain 0.1 instead of 0".
pub(crate) fn own_hypotheses(arms: &[Arm]) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for set in arms.iter().map(|arm| &arm.hypothesis) {
        let Some(differences) = set.differences() else { continue };
        let usual = set.shipped.parameters();
        let differences: Vec<String> = differences
            .iter()
            .map(|(name, value)| {
                let was = usual.get(name).map(rounded).unwrap_or_default();
                format!("{name} {} instead of {was}", rounded(*value))
            })
            .collect();
        let shipped = set.shipped.name();
        let sentence =
            format!("Hypothesis {}: {shipped}, but {}", set.name(), differences.join(", "));
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// The hypothesis sets of the arms: "paradox" or "paradox, conservative".
pub(crate) fn hypotheses(arms: &[Arm]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for arm in arms {
        if !names.contains(&arm.hypothesis.name()) {
            names.push(arm.hypothesis.name());
        }
    }
    names.join(", ")
}
