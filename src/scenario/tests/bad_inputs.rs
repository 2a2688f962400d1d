//! Messages for bad files: the whole text.

use super::load_text;
use crate::error::problem::Problem;
use crate::scenario::keys;

/// The rendered problems of a text; none of them is an error if it makes a scenario.
fn shown(text: &str) -> String {
    let loaded = load_text(text);
    assert!(loaded.scenario.is_none() || !loaded.problems.iter().any(Problem::is_error));
    super::shown(text)
}

/// Each bad file below its name, after an empty line; ␀ and its like stand for control characters.
const CASES: &str = include_str!("bad_inputs.txt");

fn all() -> String {
    let control = |letter: char| match u32::from(letter).checked_sub(0x2400) {
        Some(code @ ..0x20) => char::from_u32(code).unwrap(),
        _ => letter,
    };
    let cases = CASES.trim_start_matches("## ").trim_end_matches('\n').split("\n\n## ");
    let cases = cases.map(|case| case.split_once('\n').unwrap());
    cases
        .map(|(name, text)| {
            let text: String = text.chars().map(control).collect();
            format!("## {name}\n\n{}\n", shown(&format!("{text}\n")))
        })
        .collect()
}

#[test]
fn every_bad_input_is_explained() {
    insta::assert_snapshot!(all());
}

#[test]
fn deep_nesting_is_refused() {
    for deep in [
        "[".repeat(50_000),
        format!("a = {}", "[".repeat(50_000)),
        format!("a = {}", "{b = ".repeat(50_000)),
    ] {
        assert!(load_text(&deep).scenario.is_none());
    }
}

/// "such as 500 mg/day" was told of ages, and of warfarin it is a poisoning.
#[test]
fn the_example_of_a_message_fits_its_key() {
    let with = |section: &str, key: &str, value: &str| {
        let person = "[person]\nsex = 'female'\nage = 45\n";
        let base = match (section, key) {
            ("person", "age" | "sex") => "[person]\n".to_owned(),
            ("person", _) => person.to_owned(),
            _ => format!("{person}[{section}]\n"),
        };
        format!("duration = '2 days'\n{base}{key} = {value}\n[[arm]]\nname = 'a'\n")
    };
    let mut count = 0;
    for (section, table) in [("person", &keys::PERSON), ("habitual", &keys::HABITUAL)] {
        for key in table.keys().iter().filter(|key| keys::input_of(key).is_some()) {
            for wrong in ["'much'", "'many 5'", "[1]", "-1"] {
                let loaded = load_text(&with(section, key.name, wrong));
                let told = loaded.problems.iter().find(|problem| problem.is_error());
                let Some((_, after)) = told.and_then(|told| told.help.split_once("such as "))
                else {
                    let named = matches!(wrong, "'much'" | "'many 5'");
                    assert!(!named, "{} = {wrong}: {told:?}", key.name);
                    continue;
                };
                let example = after.rsplit(" = ").next().unwrap().trim_end_matches('.');
                let again = load_text(&with(section, key.name, example)).problems;
                let error = again.iter().find(|problem| problem.is_error());
                assert_eq!(error, None, "{} = {example}", key.name);
                count += 1;
            }
        }
    }
    assert!(count > 60, "{count}");
    let parameter = load_text("duration = '2 days'\n[parameters]\npth_steepness = 'steep'\n");
    assert!(parameter.problems[0].help.contains("its usual value is"), "{:?}", parameter.problems);
}
