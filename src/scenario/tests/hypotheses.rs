//! Hypothesis sets of a file.

use super::{Arm, Overrides, load, load_under, says, scenario, set, shown};
use crate::parameters::Hypothesis;
use crate::words::people::own_hypotheses;

const FILE: &str = "duration = '1 year'\n[person]\nsex = 'male'\nage = 60\n\
    [hypotheses.mine]\nlike = 'conservative'\nosteocalcin_accretion_gain = 0.1\n";

const ARMS: &str = "[[arm]]\nname = 'a'\n[[arm]]\nname = 'b'\nhypothesis = 'mine'\n\
    [arm.parameters]\npth_steepness = 20\n";

fn under(text: &str, overrides: &Overrides) -> Vec<Arm> {
    let loaded = load_under(text, overrides);
    loaded.scenario.unwrap_or_else(|| panic!("{:#?}", loaded.problems)).arms
}

/// Name and two parameters of each arm: one that the set changes, one in which the shipped sets differ.
fn sets(arms: &[Arm]) -> Vec<(&str, f64, f64)> {
    let of = |arm: &Arm| {
        (arm.parameters.osteocalcin_accretion_gain, arm.parameters.mgp_inhibition_strength)
    };
    arms.iter().map(|arm| (arm.hypothesis.name(), of(arm).0, of(arm).1)).collect()
}

#[test]
fn a_set_differs_from_a_shipped_one() {
    let [paradox, conservative] = Hypothesis::ALL.map(|set| {
        let values = set.parameters();
        (set.name(), values.osteocalcin_accretion_gain, values.mgp_inhibition_strength)
    });
    let mine = ("mine", 0.1, conservative.2);
    assert_ne!(paradox.2, conservative.2);
    let plain = Overrides::default();
    let arms = under(&format!("{FILE}{ARMS}"), &plain);
    assert_eq!(sets(&arms), [paradox, mine]);
    // What an arm changes is not what its set differs in.
    assert_eq!(arms[1].parameter_changes, [("pth_steepness".to_owned(), 20.0)]);
    let told = "Hypothesis mine: conservative, but osteocalcin_accretion_gain 0.1 instead of 0";
    assert_eq!(own_hypotheses(&arms), [told]);
    let whole = format!("hypothesis = 'mine'\n{FILE}[[arm]]\nname = 'a'\n");
    assert_eq!(sets(&under(&whole, &plain)), [mine]);
    // With the word of the key itself, which a file cannot give twice.
    let written = FILE.replace("[hypotheses.", "[hypothesis.");
    assert_eq!(sets(&under(&format!("{written}{ARMS}"), &plain)), [paradox, mine]);
    // By --set, by --hypothesis, and from a file that is extended.
    let file = format!("{FILE}[[arm]]\nname = 'a'\n");
    assert_eq!(sets(&under(&file, &set(&[("hypothesis", "mine")]))), [mine]);
    let forced = Overrides { hypothesis: Some("mine".to_owned()), ..plain.clone() };
    assert_eq!(sets(&under(&format!("{FILE}{ARMS}"), &forced)), [mine, mine]);
    let read = |_: &str, _: &str| Ok(("base.toml".to_owned(), written.clone()));
    let own = "extends = 'base.toml'\nhypothesis = 'mine'\n[hypotheses.mine]\nlike = 'paradox'\n";
    let loaded = load("x.toml", own, &plain, &read);
    assert_eq!(sets(&loaded.scenario.unwrap().arms), [("mine", 0.1, paradox.2)]);
}

#[test]
fn an_answer_is_asked_of_the_set_that_it_differs_from() {
    let text = format!(
        "hypothesis = 'mine'\nanswer = 'It ends at {{end(cac) in a}}.'\n{FILE}[[arm]]\nname = 'a'\n"
    );
    let other = scenario(&text).arms_under_other_set.unwrap();
    assert_eq!(other[0].hypothesis.name(), "conservative");
}

#[test]
fn bad_sets_are_told() {
    for (text, parts) in [
        (
            "hypothesis = 'min'\n",
            &[
                "unknown hypothesis set \"min\"",
                "did you mean \"mine\"? Known: paradox, conservative, mine.",
                "[hypotheses.NAME]",
            ][..],
        ),
        (
            "[[arm]]\nname = 'a'\nhypothesis = 'mouse'\n",
            &["unknown hypothesis set \"mouse\"", ":10:14"],
        ),
        (
            "[hypotheses.paradox]\npth_steepness = 12\n",
            &["is that of a shipped set", "such as \"mine\""],
        ),
        ("[hypotheses.'a b']\npth_steepness = 12\n", &["holds other signs"]),
        ("[hypotheses.other]\npth_steepness = 1e9\n", &["is outside its range"]),
        (
            "[hypotheses.other]\npth_steepnes = 12\n",
            &["unknown parameter", "did you mean \"pth_steepness\""],
        ),
        (
            "[hypotheses.other]\nlike = 'mine'\npth_steepness = 12\n",
            &["Accepted: paradox, conservative"],
        ),
        (
            "[hypotheses.other]\ncoronary_growth_per_year = 0.5\n",
            &["gone since model 3.1", "9.09514"],
        ),
        (
            "[hypotheses.other]\nbeyond_range = true\nmenadione_capture = 0.9\n",
            &["menadione_capture 0.9 and menadione_urinary_share 0.2 are together more than 1"],
        ),
        ("[hypotheses]\nother = 3\n", &["other needs a table"]),
        (
            "[hypotheses.other]\nlike = 'conservative'\n",
            &["the hypothesis set other is conservative"],
        ),
    ] {
        let file = match text.strip_prefix("hypothesis = ") {
            Some(_) => format!("{text}{FILE}"),
            None => format!("{FILE}{text}"),
        };
        says(&shown(&file), parts, &[]);
    }
    let forced = Overrides { hypothesis: Some("mouse".to_owned()), ..Overrides::default() };
    let problems = load_under(FILE, &forced).problems;
    assert!(problems.iter().any(|problem| problem.message == "unknown hypothesis set \"mouse\""));
}
