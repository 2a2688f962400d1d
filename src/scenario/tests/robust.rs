//! No text makes loading panic.

use super::{Overrides, keys, load, new_scenario};
use proptest::prelude::{ProptestConfig, proptest};

const SKETCH: &str = include_str!("../../../scenarios/calcium_paradox.toml");

/// Loads with every reader of problems.
fn survives(text: &str) {
    let loaded = load("x.toml", text, &Overrides::default(), &|path, _| {
        Ok((path.to_owned(), SKETCH.to_owned()))
    });
    let _ = crate::error::render::render(&loaded.problems, &loaded.texts, true);
    for arm in loaded.scenario.iter().flat_map(|scenario| &scenario.arms) {
        assert_eq!(arm.phases[0].start_day, 0.0);
        assert!(arm.phases.is_sorted_by(|a, b| a.start_day < b.start_day));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        survives(&text);
    }

    #[test]
    fn mutated_sketches(cut in 0_usize..2500, length in 0_usize..30, put in "(\\PC{0,6}|\\[\\[arm\\]\\]|=|\"|nan|-1|1e999|\n)") {
        let new_scenario = new_scenario::new_scenario("x");
        for file in [SKETCH, new_scenario.as_str()] {
            let mut text: Vec<char> = file.chars().collect();
            let start = cut.min(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, put.chars());
            survives(&text.into_iter().collect::<String>());
        }
    }

    #[test]
    fn any_value_of_any_key(pick in 0_usize..200, value in "(\\PC{0,12}|[0-9]{1,3}|'[-0-9e. a-z/]{0,15}'|\\[.{0,9}\\]|\\{.{0,9}\\}|nan|-inf|1e999|true|1979-05-27)") {
        for (section, header) in [(&keys::ROOT, ""), (&keys::PERSON, "[person]"), (&keys::ARM, "[[arm]]\nname='a'"), (&keys::PHASE, "[[arm]]\nname='a'\n[[arm.phase]]\nfrom='1 day'")] {
            let known = section.keys();
            let key = known[pick % known.len()].name;
            let duration = if key == "duration" { "" } else { "duration='1 year'\n" };
            survives(&format!("{duration}{header}\n{key} = {value}\n"));
        }
    }
}
