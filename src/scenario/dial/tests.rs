use super::*;
use crate::error::problem::Problem;
use crate::scenario::Overrides;
use crate::scenario::template::Template;

fn template() -> Template {
    let text = "duration = \"2 years\"\n[person]\nage = 50\n[[arm]]\nname = \"a\"\n\
                [[arm]]\nname = \"k2\"\ntake = [\"MK-7 90 ug daily\", \"calcium 500 mg daily\"]\n";
    Template::read("s.toml", text, &|_, _| Err("no files".into())).0
}

fn find(spelling: &str) -> ScopedDial {
    ScopedDial::find(spelling, &["k2".to_owned()]).unwrap_or_else(|_| panic!("{spelling}"))
}

fn number(spelling: &str) -> &'static Number {
    match &find(spelling).dial.kind {
        DialKind::Number(number) => number,
        DialKind::Word(_) => panic!("{spelling}"),
    }
}

#[test]
fn every_kind_of_key_is_found_in_every_spelling() {
    for (spelling, column) in [
        ("mk7_supplement", "mk7_supplement_ug_per_day"),
        ("k2.mk7_supplement", "k2_mk7_supplement_ug_per_day"),
        ("habitual.calcium_diet", "habitual_calcium_diet_mg_per_day"),
        ("k2.habitual.calcium", "k2_habitual_calcium_diet_mg_per_day"),
        ("age", "start_age_years"),
        ("person.egfr", "egfr_ml_per_min"),
        ("pth_steepness", "pth_steepness"),
        ("parameters.pth_steepness", "pth_steepness"),
        ("duration", "duration_days"),
        ("natto", "natto_g_per_day"),
        ("foods.Natto", "natto_g_per_day"),
        ("sex", "sex"),
    ] {
        assert_eq!(find(spelling).column(), column);
    }
    assert_eq!(find("sex").dial.kind, DialKind::Word(&["female", "male"]));
    assert_eq!(find("start_age"), find("person.age"));
    assert_ne!(find("mk7_supplement"), find("k2.mk7_supplement"));
    assert_ne!(find("mk7_supplement"), find("habitual.mk7_supplement"));
    let help = |spelling: &str| ScopedDial::find(spelling, &["k2".to_owned()]).unwrap_err();
    assert!(help("mk7_suplement").help.contains("did you mean \"mk7_supplement\"?"));
    assert!(help("nato").help.contains("did you mean \"natto\"?"));
    assert!(help("title").reason.is_some() && help("agee").reason.is_none());
    for word in ["k2.duration", "habitual.natto", "habitual.age", "person.natto", "take", "", "."] {
        assert!(ScopedDial::find(word, &["k2".to_owned()]).is_err(), "{word}");
    }
}

#[test]
fn a_row_of_any_table_is_a_dial() {
    for info in &crate::physiology::inputs::INPUTS {
        let mut of_row = dials().iter().filter(|dial| dial.column == info.name);
        assert!(of_row.next().is_some() && of_row.next().is_none(), "{}", info.name);
    }
    for name in crate::parameters::PARAMETER_TABLE.iter().map(|entry| entry.name) {
        assert_eq!(find(name).dial.name, name);
    }
    for name in crate::nutrition::foods::FOODS.iter().map(|food| food.name) {
        assert_eq!(find(name).dial.owner(), Owner::Arm);
    }
}

#[test]
fn people_differ_in_who_they_are_and_in_what_they_eat_for_life() {
    let for_life = |spelling: &str| find(spelling).for_life();
    assert_eq!(for_life("calcium_diet"), find("habitual.calcium_diet"));
    assert_eq!(&*for_life("calcium_diet").key, "habitual.calcium_diet");
    for same in ["egfr", "sex", "natto", "k2.calcium_diet", "habitual.calcium_diet", "duration"] {
        assert_eq!(&*for_life(same).key, same);
    }
    let personal = |spelling: &str| find(spelling).dial.is_personal();
    assert!(["sex", "start_age", "cac_agatston", "habitual.exercise"].into_iter().all(personal));
    assert!(!["calcium_diet", "natto", "pth_steepness", "seed"].into_iter().any(personal));
}

#[test]
fn units_are_converted_and_plain_numbers_need_none() {
    let mk7 = number("mk7_supplement");
    assert_eq!(mk7.text(37.5), "37.5 ug/day");
    assert_eq!(mk7.factor("mg/day").unwrap(), 1000.0);
    assert_eq!(mk7.factor("ug/day").unwrap(), 1.0);
    assert_eq!(number("age").text(50.0), "50");
    assert!(mk7.factor("mmol/L").is_err() && mk7.factor("").is_err());
}

/// The arms under a change, or the problems that it causes.
fn effect(template: &Template, overrides: &Overrides) -> Result<String, Vec<Problem>> {
    template.arms(overrides).map(|arms| format!("{arms:?}"))
}

fn values(dial: &Dial) -> Vec<DialValue> {
    let number = match &dial.kind {
        DialKind::Word([]) => return vec![DialValue::Word("2026-07-20".into())],
        DialKind::Word(words) => {
            return words.iter().map(|w| DialValue::Word((*w).into())).collect();
        }
        DialKind::Number(number) => number,
    };
    let (low, high) = number.plausible;
    let inside = [0.0, 1.0 / 3.0, 0.1 + 0.2, 0.999_999_999, 1.0].map(|x| low + (high - low) * x);
    let outside = [-1.0, -1e-7, 0.5, 3.0, 1.0 / 3.0, 1e9 / 7.0];
    inside.into_iter().chain(outside).map(DialValue::Number).collect()
}

/// Sweeps once wrote every number as text and read it again in each run.
#[test]
fn a_number_acts_as_its_text_does_to_the_last_bit() {
    let template = template();
    let mut taken = 0;
    for dial in dials() {
        let section = if matches!(dial.part, ScenarioPart::Habitual(_)) { "habitual." } else { "" };
        for arm in ["", "k2."] {
            let spelling = format!("{arm}{section}{}", dial.name);
            let Ok(found) = ScopedDial::find(&spelling, &template.arm_names) else { continue };
            assert!(std::ptr::eq(found.dial, dial), "{spelling}");
            for value in values(dial) {
                let setting = Setting { dial: found.clone(), value };
                let text = Overrides { set: vec![setting.text()], ..Overrides::default() };
                let typed = Overrides { dials: vec![setting], ..Overrides::default() };
                let (text, typed) = (effect(&template, &text), effect(&template, &typed));
                assert_eq!(text, typed, "{spelling}");
                taken += usize::from(typed.is_ok());
            }
        }
    }
    assert!(taken > 1000, "{taken}");
}

#[test]
fn what_is_set_is_read_from_the_arm_that_it_acts_on() {
    let template = template();
    for (spelling, value) in [
        ("mk7_supplement", 33.3),
        ("k2.mk7_supplement", 33.3),
        ("habitual.calcium_diet", 777.7),
        ("k2.habitual.exercise", 0.25),
        ("age", 61.5),
        ("egfr", 44.4),
        ("lumbar_spine_t_score", -1.5),
        ("k2.pth_steepness", 11.5),
        ("duration", 800.5),
        ("output_every", 2.5),
        ("sun_season", 0.6),
        ("seed", 77.0),
    ] {
        let dial = ScopedDial::find(spelling, &template.arm_names).unwrap();
        let before = dial.value(&template.arms(&Overrides::default()).unwrap());
        assert_ne!(before, Some(value), "{spelling}");
        let setting = Setting { dial: dial.clone(), value: DialValue::Number(value) };
        let changed = Overrides { dials: vec![setting], ..Overrides::default() };
        let arms = template.arms(&changed).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(dial.value(&arms), Some(value), "{spelling}");
        let other = ScopedDial { arm: Some("a".into()), ..dial.clone() };
        let reaches_a = dial.arm.is_none();
        assert_eq!(other.value(&arms) == Some(value), reaches_a, "{spelling}");
    }
    assert_eq!(find("natto").value(&template.arms(&Overrides::default()).unwrap()), None);
}

#[test]
fn a_number_that_is_none_is_refused_wherever_it_acts() {
    let template = template();
    for dial in dials().iter().filter(|dial| matches!(dial.kind, DialKind::Number(_))) {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let dial = ScopedDial { dial, arm: None, key: dial.name.into() };
            let setting = Setting { dial, value: DialValue::Number(value) };
            let changed = Overrides { dials: vec![setting], ..Overrides::default() };
            let problems = template.arms(&changed).unwrap_err();
            assert!(problems[0].message.starts_with("--set "), "{problems:?}");
        }
    }
}
