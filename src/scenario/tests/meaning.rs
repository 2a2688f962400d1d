//! `like`, `take`, `stop`, foods, phases, `extends` and `--set` mean what the rules say.

use super::{
    Arm, Loaded, Meal, Overrides, load, load_text, new_scenario, render, says, scenario, set,
};
use crate::nutrition::regimen::Substance;
use crate::parameters::{Hypothesis, PARAMETER_TABLE, ParameterInfo};
use crate::physiology::segment_inputs::Season;
use crate::scenario::daily_totals::daily_totals;
use crate::units::frequency::Frequency;

fn arm(text: &str, name: &str) -> Arm {
    let scenario = scenario(&format!("duration = \"10 years\"\n{text}"));
    scenario.arms.into_iter().find(|arm| arm.name == name).unwrap()
}

fn starts(arm: &Arm) -> Vec<f64> {
    arm.phases.iter().map(|phase| phase.start_day).collect()
}

fn mk7(arm: &Arm) -> Vec<f64> {
    arm.phases.iter().map(|phase| phase.inputs.mk7_supplement_ug_per_day).collect()
}

const THREE: &str = "
    [[arm]]
    name = 'a'
    take = ['MK-7 90 ug daily', 'MK-7 45 ug daily', 'calcium 500 mg twice daily']
    [[arm.phase]]
    from = '2 years'
    take = ['MK-7 360 ug daily']
    [[arm.phase]]
    from = '4 years'
    stop = ['calcium']
    [[arm]]
    name = 'b'
    like = 'a'
    take = ['MK-7 10 ug daily']
";

#[test]
fn a_file_without_arms_has_one() {
    let arm = arm("", "usual");
    assert_eq!(starts(&arm), [0.0]);
    assert_eq!(arm.phases[0].inputs, arm.habitual);
}

#[test]
fn take_adds_in_an_arm_and_replaces_what_it_names_in_a_phase() {
    let a = arm(THREE, "a");
    assert_eq!(starts(&a), [0.0, 730.5, 1461.0]);
    assert_eq!(mk7(&a), [135.0, 360.0, 360.0]);
    let calcium: Vec<f64> =
        a.phases.iter().map(|phase| phase.inputs.calcium_supplement_mg_per_day).collect();
    assert_eq!(calcium, [1000.0, 1000.0, 0.0]);
}

#[test]
fn like_copies_phases_and_adds_at_the_start() {
    let b = arm(THREE, "b");
    assert_eq!(mk7(&b), [145.0, 360.0, 360.0]);
    assert_eq!(starts(&b), [0.0, 730.5, 1461.0]);
}

#[test]
fn a_phase_with_an_end_brings_back_what_was_before() {
    let text = "[[arm]]\nname='a'\ntake=['MK-7 90 ug daily']\ncalcium_diet='700 mg/day'
        [[arm.phase]]\nfrom='1 year'\nto='2 years'\ntake=['MK-7 45 ug daily']\ncalcium_diet='1200 mg/day'";
    let a = arm(text, "a");
    assert_eq!(starts(&a), [0.0, 365.25, 730.5]);
    assert_eq!(mk7(&a), [90.0, 45.0, 90.0]);
    let diet: Vec<f64> = a.phases.iter().map(|p| p.inputs.calcium_diet_mg_per_day).collect();
    assert_eq!(diet, [700.0, 1200.0, 700.0]);
}

#[test]
fn times_inside_a_regimen_make_phases() {
    let a = arm(
        "[[arm]]\nname='a'\ntake=['MK-7 90 ug daily from 2 years to 5 years, missed 10 %', 'K1 1 mg once from day 3']",
        "a",
    );
    assert_eq!(starts(&a), [0.0, 3.0, 4.0, 730.5, 1826.25]);
    assert_eq!(mk7(&a), [0.0, 0.0, 0.0, 81.0, 0.0]);
    assert_eq!(a.phases[1].inputs.k1_supplement_ug_per_day, 1000.0);
}

#[test]
fn a_supplement_key_is_one_plain_daily_regimen() {
    let a = arm(
        "[[arm]]\nname='a'\nmk7_supplement='180 ug/day'\ncalcium_supplement='1200 mg/day'\ncalcium_pills_per_day=3",
        "a",
    );
    let mk7 = a.regimens.iter().find(|r| r.substance == Substance::Mk7).unwrap();
    assert_eq!((mk7.dose, mk7.rhythm, mk7.hours.clone()), (180.0, Frequency::DAILY, vec![7.5]));
    let calcium = a.regimens.iter().find(|r| r.substance == Substance::Calcium).unwrap();
    assert_eq!((calcium.dose, calcium.hours.clone()), (400.0, vec![7.5, 12.5, 18.5]));
    assert_eq!(a.phases[0].inputs.calcium_supplement_mg_per_day, 1200.0);
    let zero = arm(
        "[habitual]\nmk7_supplement='90 ug/day'\n[[arm]]\nname='a'\nmk7_supplement='0 ug/day'",
        "a",
    );
    assert_eq!((zero.habitual.mk7_supplement_ug_per_day, mk7_of(&zero)), (90.0, 0.0));
}

fn mk7_of(arm: &Arm) -> f64 {
    arm.phases[0].inputs.mk7_supplement_ug_per_day
}

#[test]
fn foods_add_to_the_diet_and_only_foods_empties_the_plate() {
    let text = "[habitual]\ncalcium_diet='700 mg/day'\nfoods={gouda='100 g/day'}
        [[arm]]\nname='a'\n[[arm]]\nname='natto'\nfoods={natto='50 g/day'}
        [[arm]]\nname='no_cheese'\nstop=['gouda']
        [[arm]]\nname='only'\nonly_foods=true\nfoods={'kale with oil'='100 g/day'}";
    let diet = |name: &str| arm(text, name).phases[0].inputs;
    assert_eq!(diet("a").calcium_diet_mg_per_day, 1520.0);
    assert_eq!(diet("natto").calcium_diet_mg_per_day, 1520.0 + 108.5);
    assert_eq!(diet("natto").mk7_food_ug_per_day - diet("a").mk7_food_ug_per_day, 499.0);
    assert_eq!(diet("no_cheese").calcium_diet_mg_per_day, 700.0);
    let only = diet("only");
    assert_eq!(only.calcium_diet_mg_per_day, 820.0 + 150.0);
    assert_eq!((only.k1_leafy_with_fat_ug_per_day, only.k1_mixed_ug_per_day), (817.0, 10.4));
    assert_eq!(only.vitamin_d_sun_ug_per_day, diet("a").vitamin_d_sun_ug_per_day);
    let totals = daily_totals(&only);
    assert_eq!((totals[0].nutrient, totals[0].sum()), ("calcium", 970.0));
    assert_eq!(totals[2].sum(), 827.4);
}

#[test]
fn an_arm_may_differ_in_person_habits_and_parameters() {
    let text = "[person]\nage=50\n[parameters]\nregression_switch=1
        [[arm]]\nname='a'\n[[arm]]\nname='b'\nhypothesis='conservative'\n[arm.person]\nsex='male'\negfr='30 mL/min'
        [arm.habitual]\nwarfarin='5 mg/day'\nhormone_therapy=true\n[arm.parameters]\nregression_switch=0";
    let (a, b) = (arm(text, "a"), arm(text, "b"));
    assert_eq!(a.parameter_changes, [("regression_switch".to_owned(), 1.0)]);
    assert_eq!(b.parameter_changes, []);
    let sets = [&a, &b].map(|arm| arm.hypothesis.shipped);
    assert_eq!(sets, [Hypothesis::Paradox, Hypothesis::Conservative]);
    assert_eq!((b.person.start_age_years, b.person.egfr_ml_per_min), (50.0, Some(30.0)));
    assert_eq!((b.habitual.warfarin_mg_per_day, b.habitual.hormone_therapy), (5.0, 1.0));
    assert_eq!(b.phases[0].inputs, b.habitual);
}

#[test]
fn season_and_meals() {
    let a = arm(
        "start_date = 2026-07-20\nsun_season = '60 %'\nmeals = {'08:00' = 0.25, '20:00' = '75 %'}",
        "usual",
    );
    assert_eq!(a.season, Some(Season { amplitude: 0.6, start_day_of_year: 200.0 }));
    assert_eq!(a.meals, [Meal { hour: 8.0, share: 0.25 }, Meal { hour: 20.0, share: 0.75 }]);
}

fn files(path: &str, _: &str) -> Result<(String, String), String> {
    let text = match path {
        "base.toml" => {
            "title='base'\nduration='1 year'\n[person]\nage=60\nsex='male'\n[[arm]]\nname='a'\nlabel='A'\ntake=['K1 1 mg daily']\n[[arm]]\nname='b'"
        }
        "ring.toml" => "extends='ring.toml'\nduration='1 year'",
        "wrong.toml" => "duration='1 year'\nquesion='?'",
        _ => return Err("no such file".into()),
    };
    Ok((path.to_owned(), text.to_owned()))
}

fn load_with(text: &str, overrides: &Overrides) -> Loaded {
    load("x/child.toml", text, overrides, &files)
}

#[test]
fn extends_merges_arms_by_name_and_scalars_override() {
    let text = "extends='base.toml'\ntitle='child'\n[person]\nage=65\n[[arm]]\nname='a'\ntake=['MK-7 9 ug daily']\n[[arm]]\nname='c'";
    let loaded = load_with(text, &Overrides::default());
    let messages: Vec<_> = loaded.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["the arms b and c are the same in everything"]);
    let scenario = loaded.scenario.unwrap();
    assert_eq!((scenario.name.as_str(), scenario.title.as_str()), ("child", "child"));
    let names: Vec<&str> = scenario.arms.iter().map(|arm| arm.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!((scenario.arms[0].label.as_str(), mk7_of(&scenario.arms[0])), ("A", 9.0));
    assert_eq!(scenario.arms[0].phases[0].inputs.k1_supplement_ug_per_day, 0.0);
    assert_eq!(scenario.arms[0].person.start_age_years, 65.0);
    assert_eq!(scenario.arms[0].person.sex, crate::physiology::person::Sex::Male);
    assert_eq!(scenario.texts.len(), 2);
}

#[test]
fn extends_problems_name_the_file() {
    for (name, part) in [
        ("ring", "in a ring: x/child.toml → ring.toml → ring.toml"),
        ("none", "cannot read \"none.toml\": no such file"),
        ("wrong", "--> wrong.toml:2:1"),
    ] {
        let loaded = load_with(&format!("extends='{name}.toml'"), &Overrides::default());
        assert!(loaded.scenario.is_none());
        says(&render(&loaded.problems, &loaded.texts, false), &[part], &[]);
    }
}

#[test]
fn set_changes_every_arm() {
    let overrides = set(&[
        ("age", "70"),
        ("mk7_supplement", "180 ug/day"),
        ("duration", "2 years"),
        ("person.sex", "female"),
        ("pth_steepness", "15"),
    ]);
    let scenario = load_with("extends='base.toml'", &overrides).scenario.unwrap();
    for arm in &scenario.arms {
        let changed = (arm.person.start_age_years, mk7_of(arm), arm.duration_days);
        assert_eq!(changed, (70.0, 180.0, 730.5));
        assert_eq!(arm.parameters.pth_steepness, 15.0);
        assert_eq!(arm.habitual.mk7_supplement_ug_per_day, 0.0);
    }
}

#[test]
fn problems_of_set_name_it() {
    let message = |key: &str, value: &str| {
        let loaded = load_with("extends='base.toml'", &set(&[(key, value)]));
        let problem = loaded.problems.first().unwrap_or_else(|| panic!("{key}")).clone();
        assert_eq!(problem.span, None);
        problem.message
    };
    for (key, value, told) in [
        ("agee", "7", "unknown name \"agee\""),
        ("age", "7", "age at the start: 7 years is not possible"),
        ("calcium_diet", "7", "calcium_diet has no unit"),
        ("pth_steepness", "99", "pth_steepness = 99 is outside its range"),
    ] {
        assert_eq!(message(key, value), format!("--set {key}={value}: {told}"));
    }
    let beyond = Overrides { beyond_range: true, ..set(&[("pth_steepness", "99")]) };
    assert_eq!(load_with("extends='base.toml'", &beyond).problems, []);
}

#[test]
fn a_parameter_without_a_range_changes_only_with_beyond_range() {
    let problems = |table: &str, overrides: &Overrides| -> Vec<(String, String)> {
        let text = format!(
            "duration = '1 year'\nperson = {{ sex = 'male', age = 50 }}\n[parameters]\n{table}\n"
        );
        let problems = load_with(&text, overrides).problems;
        problems.into_iter().map(|problem| (problem.message, problem.label)).collect()
    };
    let none = Overrides::default();
    let refused = |name: &str, label: &str| {
        let message = format!("{name} has no range in the table of parameters");
        vec![(message, label.to_owned())]
    };
    for parameter in PARAMETER_TABLE.iter().filter(|row| row.low.is_none() && row.high.is_none()) {
        let ParameterInfo { name, value, .. } = *parameter;
        assert_eq!(problems(&format!("{name} = {value}"), &none), []);
        let changed = format!("{name} = {}", 1.5 * value);
        let found = problems(&changed, &none);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, refused(name, "")[0].0);
        assert!(found[0].1.starts_with("only "), "{found:?}");
        assert_eq!(problems(&format!("{changed}\nbeyond_range = true"), &none), []);
    }
    let exponent = "averaged_load_exponent";
    assert_eq!(problems("averaged_load_exponent = 1.97", &none), refused(exponent, "only 0.909"));
    let mut set = set(&[(exponent, "1.97")]);
    let told = format!("--set {exponent}=1.97: {}", refused(exponent, "")[0].0);
    assert_eq!(problems("", &set)[0].0, told);
    set.beyond_range = true;
    assert_eq!(problems("", &set), []);
    // The days that a run lives before day 0 stay within bounds whatever is allowed.
    let endless = problems("run_in_days_pills = 1e9\nbeyond_range = true", &none);
    assert_eq!(endless[0].0, "run_in_days_pills = 1000000000 is not possible");
    assert_eq!(endless[0].1, "0 to 280 d");
}

#[test]
fn only_chosen_arms_are_given() {
    let pick = |name: &str| Overrides { arms: vec![name.to_owned()], ..Overrides::default() };
    let scenario = load_with("extends='base.toml'", &pick("b")).scenario.unwrap();
    assert_eq!(scenario.arms.len(), 1);
    let problems = load_with("extends='base.toml'", &pick("bb")).problems;
    assert_eq!(problems[0].message, "--arm bb: unknown arm");
}

#[test]
fn the_starter_loads_without_problems() {
    for name in ["my_lesson", "", "a \"quoted\" \\ name\n"] {
        assert_eq!(load_text(&new_scenario::new_scenario(name)).problems, [], "{name}");
    }
}

#[test]
fn a_name_never_leads_out_of_the_output_folder() {
    let name = |file: &str| {
        let none = |path: &str, _: &str| Err(format!("no file {path}"));
        let loaded = load(file, "duration = \"1 year\"", &Overrides::default(), &none);
        loaded.scenario.unwrap().name
    };
    assert_eq!(name("a/b.toml"), "b");
    assert_eq!(name("b.c.toml"), "b.c");
    for odd in ["", ".toml", "a/...toml", "..", "a/"] {
        assert_eq!(name(odd), "scenario", "{odd}");
    }
}

#[test]
fn an_example_is_never_one_that_would_be_refused() {
    for (value, example) in [("7", "\"7 mg/day\""), ("-5", "\"2500 mg/day\"")] {
        let loaded = load_with("extends='base.toml'", &set(&[("calcium_diet", value)]));
        let problem = loaded.problems.first().unwrap();
        assert!(problem.help.contains(example), "{}", problem.help);
    }
}

/// The rates of growth are stated at a score and a mass since model 3.1.
#[test]
fn a_parameter_of_an_earlier_model_says_what_to_write() {
    let told = |text: &str| {
        let loaded = load_text(&format!("duration = '1 year'\n[parameters]\n{text}"));
        let problem = loaded.problems.first().unwrap();
        assert!(loaded.scenario.is_none() && loaded.problems.len() == 1);
        (problem.message.clone(), problem.help.clone())
    };
    let (message, help) = told("coronary_growth_per_year = 0.6\ncoronary_growth_exponent = 0.7\n");
    assert_eq!(message, "coronary_growth_per_year is gone since model 3.1");
    let expected =
        "write coronary_growth_agatston_per_year = 15.0668, the growth at a score of 100 AU";
    assert_eq!(help, expected);
    let (_, help) = told("aortic_growth_per_year = '0.18 mg^0.3/y'\n");
    assert_eq!(help, "write aortic_growth_mg_per_year = 7.34503, the growth at 200 mg");
    for spelling in ["aortic_growth_per_year", "b.parameters.aortic_growth_per_year"] {
        let arms = "duration = '1 year'\n[[arm]]\nname = 'a'\n[[arm]]\nname = 'b'\n";
        let loaded = load_with(arms, &set(&[(spelling, "0.36")]));
        assert!(loaded.scenario.is_none() && loaded.problems.len() == 1, "{spelling}");
        let problem = loaded.problems.first().unwrap();
        assert_eq!(problem.help, "write aortic_growth_mg_per_year = 14.6901, the growth at 200 mg");
    }
}

#[test]
fn dates_count_from_the_start_everywhere() {
    let lesson = |at: &str, period: &str, time: &str| {
        format!(
            "start_date = '2026-01-01'\nduration = '2 years'\n[[arm]]\nname = 'a'\n\
             [[claim]]\nthat = 'at(cac, {at}) >= 0'\n\
             [[figure]]\nkind = 'timeline'\nperiod = '{period}'\n\
             [[data]]\ntext = '''\ntime,readout,value\n{time},cac,120\n'''\n"
        )
    };
    let dated = scenario(&lesson("2027-01-01", "2026-01-31 to 2026-03-02", "2026-12-31"));
    let counted = scenario(&lesson("365 days", "30 to 60 days", "364 days"));
    assert_eq!(dated.claims[0].comparison, counted.claims[0].comparison);
    assert_eq!(dated.figures.figures[0].period, Some((30.0, 60.0)));
    assert_eq!(dated.observations.shown[0].day, 364.0);
    assert_eq!(dated.observations, counted.observations);
    let without = lesson("10 days", "1 to 2 days", "2026-12-31").replace("start_date", "# ");
    let warnings = load_text(&without).problems;
    assert!(warnings.iter().any(|told| told.message.contains("no start_date")), "{warnings:?}");
}
