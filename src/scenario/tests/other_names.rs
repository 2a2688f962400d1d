//! Names that people use for something that the model has by another name lead there.

use super::messages::{arm, arm_shown};
use super::{says, shown};
use crate::scenario::dial::ScopedDial;
use crate::scenario::keys;
use crate::scenario::other_names::OTHER_NAMES;
use crate::units::frequency::Frequency;

#[test]
fn every_other_name_leads_to_keys_of_a_scenario() {
    let sections = keys::SCENARIO.sections();
    for row in OTHER_NAMES {
        for key in row.keys {
            let known = sections.iter().any(|section| section.key(key).is_some());
            assert!(known, "{:?}: {key}", row.note);
        }
    }
}

#[test]
fn an_unknown_key_leads_to_what_the_model_has() {
    for (line, parts) in [
        ("vitamin_k='100 ug/day'", ["k1_mixed", "mk4_food", "mk7_supplement"]),
        ("k2='100 ug/day'", ["mk7_food", "mk7_supplement", "mk4_food"]),
        ("mk7='100 ug/day'", ["mk7_food", "mk7_supplement", "where it comes from"]),
        ("d3='20 ug/day'", ["vitamin_d_diet", "vitamin_d_supplement", "vitamin_d_sun"]),
        ("sun='5 ug/day'", ["vitamin_d_sun", "sun_season", "sunlight"]),
        ("supplement='calcium'", ["take = [", "MK-7 180 ug daily", "in a list"]),
        ("milk='200 g/day'", ["whole milk", "fortified milk", "foods = {"]),
        ("natto='40 g/day'", ["foods (natto)", "foods = {", "entries of"]),
        ("ckd='stage 3'", ["egfr = \"", "mL/min", "in [person]"]),
        ("pth=2", ["parathyroid_function = ", "glands", "function"]),
    ] {
        says(&arm_shown(line), &parts, &["did you mean", "Known in"]);
    }
    let person = |line: &str| shown(&format!("duration='2 years'\n[person]\n{line}\n"));
    says(&person("weight='70 kg'"), &["bmi_class = \"normal\"", "not in the model"], &["Known in"]);
    says(&person("osteoporosis=true"), &["lumbar_spine_t_score = ", "measured"], &["Known in"]);
    says(&person("gender='female'"), &["it is called: sex = \"female\""], &["Known in"]);
    says(&person("hypertension=true"), &["not in this model", "coronary_percentile"], &[]);
    says(&person("name='Anna'"), &["it belongs in [[arm]]"], &["title"]);
    says(&shown("years=20\n"), &["duration = \"20 years\""], &["how long the run is"]);
    says(&person("years=60"), &["the age of a person: age = 50"], &["duration ="]);
    says(&arm_shown("warfarin=true"), &["write such as warfarin = \"5 mg/day\""], &[]);
}

#[test]
fn a_setting_leads_to_what_the_model_has() {
    let help = |spelling: &str| ScopedDial::find(spelling, &[]).unwrap_err().help;
    says(&help("vitamin_k"), &["k1_mixed", "mk4_food", "mk7_supplement"], &["did you mean"]);
    says(&help("sun"), &["vitamin_d_sun"], &["did you mean"]);
    says(&help("milk"), &["\"whole milk\" or \"fortified milk\""], &[]);
    says(&help("person.ckd"), &["egfr"], &["did you mean"]);
}

#[test]
fn a_rhythm_with_two_readings_is_refused_with_both() {
    let two = arm_shown("take='vitamin D3 50000 IU biweekly'");
    let parts = ["\"biweekly\" is read in two ways", "every 14 days", "twice a week"];
    says(&two, &parts, &["did you"]);
    says(&arm_shown("calcium_diet='5 g bimonthly'"), &["every 2 months", "twice a month"], &[]);
    says(&arm_shown("take='calcium 1 g as needed'"), &["how often", "3 times a week"], &["salt"]);
    says(&arm_shown("take='MK-7 90 ug occasionally'"), &["how often", "numbers"], &[]);
    for (words, rhythm) in [
        ("fortnightly", Frequency::EveryDays(14)),
        ("every fortnight", Frequency::EveryDays(14)),
        ("semiweekly", Frequency::PerWeek(2)),
        ("nightly", Frequency::DAILY),
        ("BID", Frequency::DAILY),
    ] {
        let found = arm(&format!("take='MK-7 90 ug {words}'"));
        assert_eq!(found.regimens[0].rhythm, rhythm, "{words}");
    }
    assert_eq!(arm("take='MK-7 90 ug bid'").regimens[0].hours.len(), 2);
}

#[test]
fn supplements_are_told_what_they_hold() {
    let oil = arm_shown("take='cod liver oil 5 g daily'");
    says(&oil, &["vitamins D and A", "vitamin D3 10 ug daily", "vitamin A is not"], &["olive"]);
    says(&arm_shown("foods={cod_liver_oil='5 g/day'}"), &["vitamins D and A"], &["olive"]);
    says(&arm_shown("take='calcium gluconate 600 mg daily'"), &["label", "calcium 500 mg"], &[]);
    says(&arm_shown("take='calcium acetate 600 mg daily'"), &["phosphate binders"], &["number"]);
    says(&arm_shown("take='calcium 2 tablets daily'"), &["what one holds"], &[]);
    let bare = arm_shown("take='vitamin D 1000 daily'");
    says(&bare, &["the dose has no unit", "IU (vitamin D)"], &["unknown unit"]);
    says(&arm_shown("take='milk 200 ml daily'"), &["is a food", "\"whole milk\" = "], &[]);
    says(&arm_shown("stop='vitamin K'"), &["which vitamin K?", "MK-7"], &["vitamin K1"]);
    says(&arm_shown("stop='K2'"), &["which vitamin K?", "MK-4"], &[]);
}
