//! Points that may stand between thousands: `1.000 IU`, `calcium = 1.200`, `1.000 days`.

use super::messages::{arm, arm_shown};
use super::{load_under, says, set, shown};
use crate::scenario::keys;

/// `1.000 IU` and `50.000 IU` passed in silence as 1 and 50.
#[test]
fn a_point_before_three_digits_is_refused_far_below_what_is_usual() {
    for (line, small, large) in [
        ("take='D3 1.000 IU daily'", "\"1.0 IU\"", "\"1000 IU\""),
        ("take='D3 50.000 IU monthly'", "\"50.0 IU\"", "\"50000 IU\""),
        ("take='D3 300.000 IU once'", "\"300.0 IU\"", "\"300000 IU\""),
        ("vitamin_d_diet='1.000 IU/day'", "\"1.0 IU/day\"", "\"1000 IU/day\""),
        ("calcium_diet='1.200 mg/day'", "\"1.2 mg/day\"", "\"1200 mg/day\""),
        ("take='calcium 1.000 mg daily'", "\"1.0 mg\"", "\"1000 mg\""),
        ("take='MK-7 1.125 ug daily'", "\"1.1250 ug\"", "\"1125 ug\""),
    ] {
        says(&arm_shown(line), &["a decimal point or thousands?", small, large], &[]);
    }
    // Written so, the smaller one is believed.
    assert_eq!(arm("take='D3 1.0 IU daily'").regimens[0].dose, 0.025);
    for (line, calcium) in
        [("calcium_diet='1.200 g/day'", 1200.0), ("calcium_diet='0.800 g/day'", 800.0)]
    {
        assert_eq!(arm(line).phases[0].inputs.calcium_diet_mg_per_day, calcium);
    }
    assert_eq!(arm("take='calcium 1.000 g daily'").regimens[0].dose, 1000.0);
}

/// Numbers that the program writes for `--set` are read back.
#[test]
fn a_sampled_dose_with_three_decimals_is_read_back() {
    let dial = keys::HABITUAL.key("mk7_supplement").unwrap().name;
    let found = crate::scenario::dial::ScopedDial::find(dial, &[]).unwrap();
    let crate::scenario::dial::DialKind::Number(number) = &found.dial.kind else { panic!() };
    assert_eq!(number.text(1.125), "1.1250 ug/day");
    let loaded = load_under("duration='1 year'", &set(&[(dial, &number.text(1.125))]));
    let arms = loaded.scenario.unwrap().arms;
    assert_eq!(arms[0].phases[0].inputs.mk7_supplement_ug_per_day, 1.125);
}

/// Numbers without a unit, foods and lengths of time passed in silence, or with a suggestion that
/// was refused in its turn.
#[test]
fn numbers_without_a_unit_foods_and_times_are_tested_alike() {
    for (line, small, large) in [
        ("calcium_diet = 1.200", "\"1.2 mg/day\"", "\"1200 mg/day\""),
        ("calcium_diet = '1.200 mg'", "\"1.2 mg\"", "\"1200 mg\""),
        ("foods = { natto = '1.000 g/day' }", "\"1.0 g/day\"", "\"1000 g/day\""),
        ("foods = { gouda = '8.000 g, daily' }", "\"8.0 g\"", "\"8000 g\""),
        (
            "[[arm.meal]]\ntime = '8:00'\nshare = 1\nfoods = { gouda = '1.500 g' }",
            "\"1.5 g\"",
            "\"1500 g\"",
        ),
    ] {
        let found = arm_shown(line);
        says(&found, &["a decimal point or thousands?", small, large, "1 error"], &[]);
    }
    for (person, wrong) in [("cac_agatston", "1.200"), ("cac_agatston", "'1.200'")] {
        let text =
            format!("duration = '1 year'\n[person]\nsex = 'male'\nage = 60\n{person} = {wrong}");
        says(&shown(&text), &["a decimal point or thousands?", "\"1.2\"", "\"1200\""], &[]);
    }
    let days = shown("duration = '1.000 days'\nperson = { sex = 'male', age = 60 }");
    says(&days, &["a decimal point or thousands?", "\"1.0 days\"", "\"1000 days\""], &[]);
    let problems = load_under("duration='1 year'", &set(&[("cac_agatston", "1.200")])).problems;
    assert!(problems[0].message.contains("a decimal point or thousands?"), "{problems:?}");
}

#[test]
fn clear_numbers_and_usual_sizes_are_believed() {
    let fine = |line: &str| says(&arm_shown(line), &[], &["thousands"]);
    fine("foods = { natto = '1.0 g/day', gouda = '30.000 g/day' }");
    let read = |duration: &str| {
        let text = format!("duration = {duration}\nperson = {{ sex = 'male', age = 60 }}");
        super::scenario(&text).arms[0].duration_days
    };
    assert_eq!(read("'1.0 days'"), 1.0);
    assert_eq!(read("'1.500 years'"), 1.5 * 365.25);
    assert_eq!(read("'100.125 days'"), 100.125);
    let cac = |text: &str| {
        let text = format!(
            "duration = '1 year'\nperson = {{ sex = 'male', age = 60, cac_agatston = {text} }}"
        );
        super::scenario(&text).arms[0].person.cac_agatston
    };
    assert_eq!((cac("1.2"), cac("120.000")), (Some(1.2), Some(120.0)));
}
