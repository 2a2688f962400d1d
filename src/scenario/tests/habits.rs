//! `since`: a habit that began during life.

use super::{Overrides, load, load_under, says, scenario, set};
use crate::scenario::Arm;

const MAN: &str =
    "duration = '1 year'\nstart_date = 2026-01-01\n[person]\nsex = 'male'\nage = 60\n";

fn arms(text: &str) -> Vec<Arm> {
    scenario(&format!("{MAN}{text}")).arms
}

fn shown(text: &str) -> String {
    super::shown(&format!("{MAN}{text}"))
}

#[track_caller]
fn warfarin_since(arm: &Arm, days: Option<f64>) {
    assert_eq!(arm.habit_since("warfarin_mg_per_day"), days);
    assert_eq!(arm.habitual.warfarin_mg_per_day, 5.0);
    if let Some(days) = days {
        assert_eq!(arm.habits_on(-days).warfarin_mg_per_day, 5.0);
        assert_eq!(arm.habits_on(-days - 0.001).warfarin_mg_per_day, 0.0);
    }
}

#[test]
fn a_habit_begins_a_length_or_a_date_before_day_0() {
    let of = |habit: &str| arms(&format!("[habitual]\nwarfarin = {habit}\n")).remove(0);
    warfarin_since(&of("'5 mg/day'"), None);
    warfarin_since(&of("{ dose = '5 mg/day', since = '2 years' }"), Some(730.5));
    warfarin_since(&of("{ amount = '35 mg/week', since = '30 days' }"), Some(30.0));
    warfarin_since(&of("{ dose = '5 mg/day', since = 2025-12-02 }"), Some(30.0));
    // The whole life that is followed, to the day.
    warfarin_since(&of("{ dose = '5 mg/day', since = '30 years' }"), Some(10957.5));
}

#[test]
fn what_began_later_was_as_in_the_reference_person() {
    let arm = arms(
        "[habitual]\nonly_foods = true\nfoods = { natto = '10 g/day' }\n\
         calcium_diet = { amount = '700 mg/day', since = '1 year' }\n\
         vitamin_d_sun = { amount = '2 ug/day', since = '1 year' }\n\
         hormone_therapy = { value = true, since = '3 years' }\n\
         mk7_supplement = { amount = '90 ug/day', since = '2 years' }\n\
         take = 'MK-7 10 ug daily'\n",
    )
    .remove(0);
    let ends: Vec<f64> = arm.earlier_habits.iter().map(|habits| -habits.until_day).collect();
    assert_eq!(ends, [1095.75, 730.5, 365.25]);
    let natto = arm.habits_on(-400.0).calcium_diet_mg_per_day;
    assert!((natto - 21.7).abs() < 1e-9);
    let lived = [-1096.0, -1095.0, -730.0, -365.0].map(|day| {
        let on = arm.habits_on(day);
        (on.hormone_therapy, on.mk7_supplement_ug_per_day, on.calcium_diet_mg_per_day)
    });
    let later = [(1.0, 100.0, natto), (1.0, 100.0, natto + 700.0)];
    assert_eq!(lived, [(0.0, 10.0, natto), (1.0, 10.0, natto), later[0], later[1]]);
    let usual = crate::physiology::inputs::Inputs::reference(&arm.parameters);
    assert_eq!(arm.habits_on(-400.0).vitamin_d_sun_ug_per_day, usual.vitamin_d_sun_ug_per_day);
}

#[test]
fn layers_of_a_habit() {
    let text = "[habitual]\nwarfarin = { dose = '5 mg/day', since = '2 years' }\n\
        [[arm]]\nname = 'a'\n\
        [[arm]]\nname = 'stops'\nwarfarin = '0 mg/day'\n\
        [[arm]]\nname = 'life'\n[arm.habitual]\nwarfarin = '5 mg/day'\n\
        [[arm]]\nname = 'as_life'\nlike = 'life'\n\
        [[arm]]\nname = 'late'\nlike = 'life'\n\
        [arm.habitual]\nwarfarin = { dose = '5 mg/day', since = '1 year' }\n";
    let found = arms(text);
    let since = [Some(730.5), Some(730.5), None, None, Some(365.25)];
    for (arm, since) in found.iter().zip(since) {
        warfarin_since(arm, since);
    }
    assert_eq!(found[1].phases[0].inputs.warfarin_mg_per_day, 0.0);
    // A dial turns the dose and keeps the beginning.
    let loaded = load_under(&format!("{MAN}{text}"), &set(&[("habitual.warfarin", "3 mg/day")]));
    let dialed = loaded.scenario.unwrap().arms.remove(0);
    assert_eq!(dialed.habitual.warfarin_mg_per_day, 3.0);
    assert_eq!(dialed.habit_since("warfarin_mg_per_day"), Some(730.5));
    // A file that extends another changes one of the two.
    let base = format!("{MAN}[habitual]\nwarfarin = {{ dose = '5 mg/day', since = '2 years' }}\n");
    let own = "extends = 'base.toml'\n[habitual]\nwarfarin = { since = '9 years' }\n";
    let read = |_: &str, _: &str| Ok(("base.toml".to_owned(), base.clone()));
    let loaded = load("x.toml", own, &Overrides::default(), &read);
    warfarin_since(&loaded.scenario.unwrap().arms[0], Some(3287.25));
}

#[test]
fn a_supplement_of_later_life_is_taken_in_the_run_as_from_day_0() {
    let text = |habit: &str| {
        format!("[habitual]\ncalcium_supplement = {habit}\ncalcium_pills_per_day = 2\n")
    };
    let plain = arms(&text("'800 mg/day'")).remove(0);
    let later = arms(&text("{ amount = '800 mg/day', since = '5 days' }")).remove(0);
    assert_eq!((&later.regimens, &later.phases), (&plain.regimens, &plain.phases));
    assert_eq!(later.habitual, plain.habitual);
    let starts: Vec<f64> = later.habitual_regimens.iter().map(|regimen| regimen.from_day).collect();
    assert_eq!(starts, [-5.0]);
    let stops = format!(
        "{}[[arm]]\nname = 'a'\nstop = ['calcium']\n",
        text("{ amount = '800 mg/day', since = '5 days' }")
    );
    assert_eq!(arms(&stops)[0].regimens, []);
}

#[test]
fn bad_beginnings_are_told() {
    for (habit, parts) in [
        (
            "warfarin = { dose = '5 mg/day', since = '40 years' }",
            &["acts for life", "30 years before day 0", ":7:12"][..],
        ),
        ("warfarin = { dose = '5 mg/day', since = '-1 year' }", &["cannot be negative"]),
        ("warfarin = { dose = '5 mg/day', since = '0 days' }", &["not before day 0", "an arm"]),
        ("warfarin = { dose = '5 mg/day', since = 2026-03-01 }", &["not before day 0"]),
        ("warfarin = { dose = '5 mg/day', since = 2 }", &["a length of time with its unit"]),
        ("warfarin = { dose = '5 mg/day', since = '2' }", &["since"]),
        ("warfarin = { dose = '5 mg/day' }", &["does not say its since", "the dose alone"]),
        ("warfarin = { since = '1 year' }", &["does not say its dose"]),
        ("warfarin = { dose = '5 mg', since = '1 year' }", &["per day"]),
        ("warfarin = { dose = '50 mg/day', since = '1 year' }", &["50 mg/day is not possible"]),
        (
            "warfarin = { doze = '5 mg/day', since = '1 year' }",
            &["unknown key \"doze\"", "did you mean \"dose\""],
        ),
        ("calcium_pills_per_day = { amount = 2, since = '1 year' }", &["no beginning of its own"]),
        ("take = 'MK-7 90 ug daily from 1 year'", &["since = \"2 years\""]),
    ] {
        says(&shown(&format!("[habitual]\n{habit}\n")), parts, &[]);
    }
    let text = MAN.replace("start_date = 2026-01-01\n", "");
    let dated = "[habitual]\nwarfarin = { dose = '5 mg/day', since = 2020-01-01 }\n";
    says(&super::shown(&format!("{text}{dated}")), &["no start_date"], &[]);
    let of_arm = "[[arm]]\nname = 'a'\nwarfarin = { dose = '5 mg/day', since = '1 year' }\n";
    says(&shown(of_arm), &["warfarin needs an amount"], &[]);
}
