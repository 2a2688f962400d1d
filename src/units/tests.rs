use super::*;
use crate::units::amount::{Target, amount, duration_days, share};
use crate::units::clock::clock_hour;
use proptest::prelude::*;

fn daily(unit: &'static str, matter: Matter) -> Target<'static> {
    Target { unit, matter, what: "it", usual: None }
}

fn read(text: &str, unit: &'static str, matter: Matter) -> f64 {
    amount(text, &daily(unit, matter)).unwrap().value
}

#[test]
fn spellings_of_the_same_amount_agree() {
    for text in
        ["1000 mg/day", "1 g per day", "1g/d", "1000000 ug a day", "7 g/week", "500 mg twice daily"]
    {
        approx::assert_relative_eq!(
            read(text, "mg/d", Matter::Calcium),
            1000.0,
            max_relative = 1e-12
        );
    }
    for text in [
        "20 ug/day",
        "20 µg/day",
        "20 μg per day",
        "20 mcg/d",
        "800 IU/day",
        "800 iu",
        "5600 IU per week",
    ] {
        approx::assert_relative_eq!(
            read(text, "ug/d", Matter::VitaminD),
            20.0,
            max_relative = 1e-12
        );
    }
    approx::assert_relative_eq!(
        read("9.6192 mg/dL", "mmol/L", Matter::Calcium),
        2.4,
        max_relative = 1e-12
    );
    approx::assert_relative_eq!(
        read("37.72 pg/mL", "pmol/L", Matter::Pth),
        4.0,
        max_relative = 1e-12
    );
    approx::assert_relative_eq!(
        read("30 ng/mL", "nmol/L", Matter::Calcidiol),
        74.88,
        max_relative = 1e-12
    );
    assert_eq!(read("30 mL/min", "mL/min", Matter::Any), 30.0);
    assert_eq!(read("50 %", "1", Matter::Any), 0.5);
}

#[test]
fn times_and_shares() {
    assert_eq!(duration_days("20 years", "x").unwrap(), 7305.0);
    assert_eq!(duration_days("12 weeks", "x").unwrap(), 84.0);
    approx::assert_relative_eq!(
        duration_days("9 months", "x").unwrap(),
        273.9375,
        max_relative = 1e-15
    );
    approx::assert_relative_eq!(duration_days("10 hours", "x").unwrap(), 10.0 / 24.0);
    assert_eq!(clock_hour("07:30").unwrap(), 7.5);
    assert!(clock_hour("24:00").is_err());
    assert_eq!(clock_hour("7.30").unwrap(), 7.5);
    assert_eq!(share("10 %", "x").unwrap(), 0.1);
    assert!(share("110 %", "x").is_err());
}

#[test]
fn errors_name_the_spellings() {
    let misread =
        amount("800 ui/day", &Target { what: "vitamin D", ..daily("ug/d", Matter::VitaminD) });
    let misread = misread.unwrap_err();
    assert_eq!(misread.message, "unknown unit");
    assert_eq!(misread.bytes, 4..6);
    assert_eq!(misread.label, "not a unit of vitamin D");
    assert_eq!(
        misread.help,
        "did you mean \"IU\"? 800 IU/day is 20 ug/day. Accepted: ug, mcg, IU, mg, g per day or week."
    );
    for bad in [
        "",
        "mg",
        "1000",
        "1000 mg",
        "3 m/s",
        "1e999 mg/day",
        "nan mg/day",
        "1,5 mg/day",
        "5 mg/",
        "800 IU/day",
    ] {
        assert!(amount(bad, &daily("mg/d", Matter::Calcium)).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        for unit in ["mg/d", "1", "d", "mmol/L"] {
            let _ = amount(&text, &daily(unit, Matter::VitaminD));
        }
        let _ = clock_hour(&text);
    }

    #[test]
    fn answers_do_not_depend_on_the_spelling(number in 0.001_f64..1e5, pick in 0_usize..4) {
        let units = ["mg/day", "mg per day", "mg a day", "mg daily"];
        let text = format!("{number} {}", units[pick]);
        let grams = format!("{} g / week", number * 7.0 / 1000.0);
        let (one, other) = (read(&text, "mg/d", Matter::Calcium), read(&grams, "mg/d", Matter::Calcium));
        prop_assert!((one - other).abs() <= 1e-10 * one.abs());
    }
}

/// Suggesting a unit for the rest of an amount once led to the same text again, without end.
#[test]
fn a_rest_that_is_a_unit_is_refused_and_not_suggested_for_ever() {
    let target = Target { unit: "d", matter: Matter::Any, what: "duration", usual: None };
    for text in ["270IU days", "50 % y", "3 years days", "3 ug5 %y", "1 a b", "1 day week"] {
        assert!(amount(text, &target).is_err(), "{text}");
    }
}
