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
    use Matter::{Any, Calcidiol, Calcium, Pth, VitaminD};
    let calcium = [
        "1000 mg/day",
        "1 g per day",
        "1g/d",
        "1000000 ug a day",
        "7 g/week",
        "500 mg twice daily",
    ];
    let vitamin_d = [
        "20 ug/day",
        "20 µg/day",
        "20 μg per day",
        "20 mcg/d",
        "800 IU/day",
        "800 iu",
        "5600 IU per week",
    ];
    let daily = calcium.map(|text| (text, "mg/d", Calcium, 1000.0)).into_iter();
    let daily = daily.chain(vitamin_d.map(|text| (text, "ug/d", VitaminD, 20.0)));
    for (text, unit, matter, value) in daily.chain([
        ("9.6192 mg/dL", "mmol/L", Calcium, 2.4),
        ("37.72 pg/mL", "pmol/L", Pth, 4.0),
        ("30 ng/mL", "nmol/L", Calcidiol, 74.88),
        ("30 mL/min", "mL/min", Any, 30.0),
        ("50 %", "1", Any, 0.5),
    ]) {
        approx::assert_relative_eq!(read(text, unit, matter), value, max_relative = 1e-12);
    }
}

#[test]
fn times_and_shares() {
    for (text, days) in [
        ("20 years", 7305.0),
        ("12 weeks", 84.0),
        ("9 months", 273.9375),
        ("10 hours", 10.0 / 24.0),
    ] {
        approx::assert_relative_eq!(duration_days(text, "x").unwrap(), days, max_relative = 1e-15);
    }
    assert_eq!(share("10 %", "x").unwrap(), 0.1);
    assert!(share("110 %", "x").is_err());
}

#[test]
fn what_is_no_amount_is_refused() {
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
