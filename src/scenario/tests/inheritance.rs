//! `like`: an arm is what the tables of its chain say, one after the other; `extends`: claims.

use super::{Loaded, Overrides, load, load_text, load_under, set};
use crate::scenario::Arm;

fn chained(count: usize, each: impl Fn(usize) -> String) -> String {
    let arm = |index: usize| {
        let like = index.checked_sub(1).map(|base| format!("like = \"a{base}\"\n"));
        format!("[[arm]]\nname = \"a{index}\"\n{}{}", like.unwrap_or_default(), each(index))
    };
    "duration = \"10 days\"\n".to_owned() + &(0..count).map(arm).collect::<String>()
}

fn same(one: &Arm, other: &Arm) {
    let told = |arm: &Arm| {
        format!("{:?}", Arm { name: String::new(), label: String::new(), ..arm.clone() })
    };
    assert_eq!(told(one), told(other));
}

/// Each arm of a chain against the same arm with nobody between: every kind of layer, among them
/// those that change what the others begin with.
#[test]
fn an_arm_is_the_layers_of_its_chain() {
    let layers = [
        "calcium_diet = \"900 mg/day\"\ntake = [\"MK-7 90 ug daily\"]\n",
        "foods = { natto = \"20 g/day\" }\n[arm.parameters]\npth_steepness = 12\n",
        "mk4_food = \"9 ug/day\"\n[arm.habitual]\nk1_oil = \"20 ug/day\"\n",
        "stop = [\"MK-7\"]\n[[arm.phase]]\nfrom = \"3 days\"\ntake = [\"MK-7 45 ug daily\"]\n",
        "resolution = \"pills\"\noutput_every = \"1 hour\"\n".split('\n').next().unwrap(),
        "\n[arm.parameters]\nreference_mk4_food_ug_per_day = 9\n",
        "[arm.person]\nage = 60\n[[arm.phase]]\nfrom = \"6 days\"\nstop = [\"natto\"]\n",
        "sun_season = 0.5\n[arm.meals]\n\"08:00\" = 0.5\n\"19:00\" = 0.5\n",
    ];
    let file = chained(layers.len(), |index| format!("{}\n", layers[index]));
    let loaded = load_text(&file);
    let Some(whole) = loaded.scenario else { panic!("{:#?}", loaded.problems) };
    for (index, name) in (0..layers.len()).map(|index| (index, format!("a{index}"))) {
        // Alone, with nothing resolved before it.
        let only = Overrides { arms: vec![name.clone()], ..Overrides::default() };
        let Loaded { scenario, problems, .. } = load_under(&file, &only);
        let alone = scenario.unwrap_or_else(|| panic!("{problems:#?}"));
        same(&whole.arms[index], &alone.arms[0]);
    }
    let [.., last] = whole.arms.as_slice() else { panic!("no arm") };
    assert_eq!((last.habitual.k1_oil_ug_per_day, last.person.start_age_years), (20.0, 60.0));
    assert_eq!(last.phases[0].inputs.mk7_supplement_ug_per_day, 0.0);
    assert_eq!(last.phases[1].inputs.mk7_supplement_ug_per_day, 45.0);
    let [first, .., third] = [0, 1, 2].map(|phase| last.phases[phase].inputs);
    assert_eq!(first.mk4_food_ug_per_day, third.mk4_food_ug_per_day);
    assert_eq!(last.season.map(|season| season.amplitude), Some(0.5));
    assert_eq!(last.meals.len(), 2);
}

/// A change of one arm's habits reaches it alone, not those that are like it.
#[test]
fn a_change_of_one_arm_is_not_inherited() {
    let file = chained(3, |_| String::new());
    let changes = [("a1.habitual.calcium_diet", "500 mg/day"), ("a1.mk4_food", "11 ug/day")];
    let loaded = load_under(&file, &set(&changes));
    let Some(found) = loaded.scenario else { panic!("{:#?}", loaded.problems) };
    same(&found.arms[0], &found.arms[2]);
    assert_eq!(found.arms[1].habitual.calcium_diet_mg_per_day, 500.0);
    assert_eq!(found.arms[1].phases[0].inputs.calcium_diet_mg_per_day, 500.0);
    assert_ne!(found.arms[0].habitual.calcium_diet_mg_per_day, 500.0);
    assert_ne!(found.arms[2].phases[0].inputs.mk4_food_ug_per_day, 11.0);
}

#[test]
fn claims_of_the_same_words_are_replaced() {
    let claim =
        |says: &str, that: &str| format!("[[claim]]\nsays = \"{says}\"\nthat = \"{that}\"\n");
    let twice = claim("x", "end(cac) < 3");
    let base = format!("duration = \"10 days\"\n{}{twice}{twice}", claim("y", "end(cac) < 1"));
    let file = format!(
        "extends = \"base.toml\"\n{}{}",
        claim("z", "end(cac) < 5"),
        claim("x", "end(cac) < 4")
    );
    let loaded = load("x.toml", &file, &Overrides::default(), &|_, _| {
        Ok(("base.toml".to_owned(), base.clone()))
    });
    let texts: Vec<String> =
        loaded.scenario.unwrap().claims.into_iter().map(|claim| claim.text).collect();
    assert_eq!(texts, ["end(cac) < 1", "end(cac) < 4", "end(cac) < 3", "end(cac) < 5"]);
}

/// What would fill the memory is refused with a reason.
#[test]
fn arms_that_inherit_too_much_are_refused() {
    let file = chained(4_000, |_| "[arm.habitual]\nk1_oil = \"9 ug/day\"\n".to_owned());
    let problems = load_text(&file).problems;
    let errors: Vec<_> = problems.iter().filter(|problem| problem.is_error()).collect();
    let words = "the arms inherit more than 1000000 supplements, phases and habits by `like`";
    assert!(matches!(errors[..], [one] if one.message == words), "{errors:?}");
    let phases: String = (0..2_001)
        .map(|day| {
            format!("[[arm.phase]]\nfrom = \"{day} days\"\nk1_oil = \"{} ug/day\"\n", day % 9)
        })
        .collect();
    let file = format!("duration = \"20 years\"\n[[arm]]\nname = \"a\"\n{phases}");
    let problems = load_text(&file).problems;
    assert!(problems[0].message.contains("more than 2000 phases"), "{:?}", problems[0]);
}

#[test]
fn a_ring_is_told_once_and_many_names_are_not_all_listed() {
    let ring = "duration = \"10 days\"\n[[arm]]\nname = \"a\"\nlike = \"b\"\n[[arm]]\n\
        name = \"b\"\nlike = \"c\"\n[[arm]]\nname = \"c\"\nlike = \"b\"\n";
    let problems = load_text(ring).problems;
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(problems[0].message, "the arms are like each other in a ring, at \"b\"");
    let own = load_text("duration = \"10 days\"\n[[arm]]\nname = \"a\"\nlike = \"a\"\n").problems;
    assert_eq!(own[0].message, "the arms are like each other in a ring, at \"a\"");
    let file = chained(2_000, |_| String::new()) + "[[arm]]\nname = \"b\"\nlike = \"a1x\"\n";
    let problems = load_text(&file).problems;
    assert_eq!(problems[0].message, "unknown arm \"a1x\"");
    assert!(problems[0].help.starts_with("did you mean \"a1\"? Arms: a0, a1, a2,"), "{problems:?}");
    assert!(problems[0].help.ends_with("a29 and 1971 more."), "{}", problems[0].help);
}
