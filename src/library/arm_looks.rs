//! Color, dash and shape of each arm: what an arm adds to the first one looks the same in every
//! lesson.

use crate::physiology::inputs::Inputs;
use crate::plots::style::{CALCIUM, COLORS, K2, K2_TOO, VITAMIN_D, free_looks};
use crate::scenario::Arm;

/// The look of the first arm.
const FIRST: usize = 0;

/// Names of inputs that belong to calcium, vitamin D and K2.
const CALCIUM_INPUTS: [&str; 2] = ["calcium_diet_mg_per_day", "calcium_supplement_mg_per_day"];
const VITAMIN_D_INPUTS: [&str; 2] =
    ["vitamin_d_diet_ug_per_day", "vitamin_d_supplement_ug_per_day"];
const K2_INPUTS: [&str; 5] = [
    "mk4_food_ug_per_day",
    "mk4_supplement_ug_per_day",
    "mk7_food_ug_per_day",
    "mk7_supplement_ug_per_day",
    "long_chain_mk_food_ug_per_day",
];

/// The look of each arm; of several that add the same the first has it, the others have free ones.
pub(crate) fn looks(arms: &[Arm]) -> Vec<usize> {
    let mut taken = vec![false; arms.len() + COLORS];
    let mut take =
        |look: usize| taken.get_mut(look).is_some_and(|taken| !std::mem::replace(taken, true));
    let named: Vec<Option<usize>> = arms
        .iter()
        .enumerate()
        .map(|(position, arm)| {
            let first = arms.first()?;
            let look = if position == 0 { FIRST } else { added(first, arm)? };
            take(look).then_some(look)
        })
        .collect();
    let mut free = free_looks().filter(|look| take(*look));
    named.into_iter().filter_map(|look| look.or_else(|| free.next())).collect()
}

/// The look of what an arm adds to the first, if that is one of those with a look of their own.
fn added(first: &Arm, arm: &Arm) -> Option<usize> {
    let more = |names: &[&str]| most(arm, names) > 1.001 * most(first, names) + 1e-9;
    let (calcium, d, k2) = (more(&CALCIUM_INPUTS), more(&VITAMIN_D_INPUTS), more(&K2_INPUTS));
    match (calcium, d, k2) {
        (true, _, false) => Some(CALCIUM),
        (true, _, true) | (false, true, true) => Some(K2_TOO),
        (false, false, true) => Some(K2),
        (false, true, false) => Some(VITAMIN_D),
        (false, false, false) => None,
    }
}

/// The most that an arm eats and takes of some inputs, in any of its phases.
fn most(arm: &Arm, names: &[&str]) -> f64 {
    let sum = |inputs: &Inputs<f64>| names.iter().filter_map(|name| inputs.get(name)).sum::<f64>();
    arm.phases.iter().map(|phase| sum(&phase.inputs)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

    #[test]
    fn what_an_arm_adds_has_one_look() {
        let text = |arms: &str| format!("duration = \"1 year\"\n{arms}");
        let arm = |name: &str, take: &str| format!("[[arm]]\nname = \"{name}\"\ntake = [{take}]\n");
        let looks_of =
            |arms: &[String]| looks(&Scenario::parse(&text(&arms.concat())).unwrap().arms);
        let usual = arm("usual", "");
        let k2 = arm("k2", "\"MK-7 180 ug daily\"");
        let more_k2 = arm("more_k2", "\"MK-7 360 ug daily\"");
        let calcium = arm("calcium", "\"calcium 500 mg daily\"");
        let all = arm("all", "\"calcium 500 mg daily\", \"MK-7 180 ug daily\"");
        let same = arm("same", "");
        assert_eq!(looks_of(&[usual.clone(), k2.clone()]), [FIRST, K2]);
        let paradox = [usual.clone(), calcium, all, k2.clone()];
        assert_eq!(looks_of(&paradox), [FIRST, CALCIUM, K2_TOO, K2]);
        assert_eq!(looks_of(&[usual.clone(), k2, more_k2, same]), [FIRST, K2, 5, 6]);
        let others: Vec<String> = (0..7).map(|number| arm(&format!("other{number}"), "")).collect();
        let all = looks_of(&[vec![usual], others].concat());
        assert_eq!(all, [FIRST, 5, 6, 4, 1, 2, 3, 7], "no color twice before all are used");
    }
}
