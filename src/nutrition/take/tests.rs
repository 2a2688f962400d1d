use super::*;
use crate::units::frequency::Frequency;
use proptest::prelude::*;

fn one(text: &str) -> Regimen {
    let taken = read(text, None).unwrap_or_else(|misread| panic!("{text}: {misread:?}"));
    assert_eq!(taken.regimens.len(), 1, "{text}");
    taken.starting(0.0)[0].clone()
}

#[test]
fn doses_and_frequencies() {
    let calcium = one("calcium 500 mg (as carbonate) twice daily with meals");
    assert_eq!(calcium.substance, Substance::Calcium);
    assert_eq!((calcium.dose, calcium.hours.clone()), (500.0, vec![7.5, 18.5]));
    assert!(calcium.with_meals && calcium.to_day.is_infinite());
    assert_eq!(calcium.mean_per_day(), 1000.0);
    assert_eq!(one("vitamin D3 800 IU daily").mean_per_day(), 20.0);
    assert_eq!(one("D3 25 µg/day").mean_per_day(), 25.0);
    assert_eq!(one("25 ug vitamin D daily").mean_per_day(), 25.0);
    assert_eq!(one("MK-4 15 mg three times daily").mean_per_day(), 45_000.0);
    let mk7 = one("MK-7 360 ug 3 times a week, missed 10 %");
    assert_eq!((mk7.rhythm, mk7.missed_share), (Frequency::PerWeek(3), 0.1));
    assert_eq!(one("K1 1 mg weekly").rhythm, Frequency::EveryDays(7));
    assert_eq!(one("K1 1 mg every other day").rhythm, Frequency::EveryDays(2));
    assert_eq!(one("MK7 90 ug every 3 days at 21:00").hours, vec![21.0]);
    assert_eq!(one("MK-7 90 ug daily at 08:00 and 20:00").hours, vec![8.0, 20.0]);
    assert_eq!(one("MK-7 90 ug 4 times a day").hours, vec![7.5, 12.5, 17.5, 22.5]);
}

#[test]
fn labels_of_packages_are_read() {
    for text in [
        "vitamin K2 (MK-7) 180 ug daily",
        "Vitamin K2 as MK-7 180 mcg/day",
        "K2 MK7 180 ug daily",
        "MK-7 (vitamin K2): 180 µg daily",
        "180 ug K2 (as MK-7) every morning",
        "MK-7 180 ug daily, missed 0 % of the doses",
    ] {
        let mk7 = one(text);
        assert_eq!((mk7.substance, mk7.mean_per_day()), (Substance::Mk7, 180.0), "{text}");
    }
    for text in ["Vit D3 2000 IU daily", "vit. D 2000 IU/day", "D3 (cholecalciferol) 50 ug a day"] {
        assert_eq!((one(text).substance, one(text).dose), (Substance::VitaminD, 50.0), "{text}");
    }
    assert_eq!(one("calcium (as citrate) 500 mg daily").dose, 500.0);
    for text in ["D3 50000 IU monthly", "D3 50000 IU once a month", "D3 50000 IU every month"] {
        let monthly = Frequency::PerMonths { times: 1, months: 1 };
        assert_eq!(one(text).rhythm, monthly, "{text}");
    }
}

#[test]
fn parts_of_the_day_are_clock_times() {
    let of = |text: &str| (one(text).hours, one(text).with_meals);
    assert_eq!(of("MK-7 90 ug daily with dinner"), (vec![18.5], true));
    assert_eq!(of("MK-7 90 ug daily at breakfast and dinner"), (vec![7.5, 18.5], true));
    assert_eq!(of("MK-7 90 ug twice daily with breakfast and with lunch"), (vec![7.5, 12.5], true));
    assert_eq!(of("MK-7 90 ug every evening"), (vec![18.5], false));
    assert_eq!(of("MK-7 90 ug daily at bedtime, missed 5 %"), (vec![22.0], false));
}

#[test]
fn times_of_beginning_and_end() {
    let from = |text: &str| (one(text).from_day, one(text).to_day);
    assert_eq!(from("MK-7 90 ug daily from 2 years to 5 years"), (730.5, 1826.25));
    assert_eq!(from("MK-7 90 ug daily from week 4 for 2 weeks"), (28.0, 42.0));
    assert_eq!(from("MK-7 90 ug daily until day 10").1, 10.0);
    assert_eq!(from("vitamin D 2500 ug once from week 4"), (28.0, 29.0));
    let later = read("vitamin D 2500 ug once", None).unwrap().starting(100.0);
    assert_eq!((later[0].from_day, later[0].to_day), (100.0, 101.0));
}

#[test]
fn a_salt_is_not_calcium() {
    let carbonate = read("calcium carbonate 1250 mg daily", None).unwrap();
    assert_eq!(carbonate.regimens[0].dose, 500.0);
    assert!(carbonate.remark.unwrap().starts_with("1250 mg of this salt hold 500 mg of calcium"));
    assert_eq!(read("calcium 500 mg (as citrate) daily", None).unwrap().remark, None);
    assert_eq!(one("calcium citrate 1 g daily").dose, 210.0);
}

#[test]
fn pills_of_the_food_table() {
    assert_eq!(one("pill MK-7 90 daily").dose, 90.0);
    assert_eq!(one("2 x pill D3 25 daily").dose, 50.0);
    assert_eq!(one("pill calcium 500 mg (as carbonate) twice daily").mean_per_day(), 1000.0);
    assert_eq!(one("pill MK-4 45 mg daily").dose, 45_000.0);
}

#[test]
fn what_cannot_be_read_is_explained() {
    let cases = [
        ("", "unknown supplement \"\""),
        ("MK-7", "a number is missing"),
        ("MK-7 180", "the dose has no unit"),
        ("MK-7 180 ui daily", "unknown unit"),
        ("MK-7 180 IU daily", "not a unit of this dose"),
        ("MK-7 -180 ug daily", "a negative dose"),
        ("MK-7 1e999 ug daily", "not a finite number"),
        ("MK-7 180 ug", "it does not say how often"),
        ("MK-7 180 ug dayly", "cannot read \"dayly\" here"),
        ("MK-7 180 ug daily missed 200 %", "not a share of doses"),
        ("MK-7 180 ug daily at 25:00", "not a clock time"),
        ("MK-7 180 ug twice daily at 08:00", "as many clock times as doses a day are needed"),
        ("MK-7 180 ug 9 times a week", "too often"),
        ("MK-7 180 ug daily from 5 years to 2 years", "it ends before it begins"),
        ("vitamin K2 180 ug daily", "which vitamin K?"),
        ("gouda 30 g daily", "\"gouda\" is a food, not a supplement"),
        ("D3 50 000 IU daily", "two numbers where one was expected"),
        ("warfarin 5 mg daily", "warfarin is a condition, not a supplement"),
        ("vitamin D2 800 IU daily", "vitamin D2 is not in this model"),
        ("MK-9 90 ug daily", "MK-9 is not in this model"),
        ("MK-7 90 ug on Mondays", "days of the week cannot be chosen"),
        ("MK-7 90 ug 9 times a month", "too often"),
        ("vitamin K2 (K1) 90 ug daily", "which vitamin K?"),
        ("calcuim 500 mg daily", "unknown supplement \"calcuim\""),
    ];
    for (text, message) in cases {
        assert_eq!(read(text, None).expect_err(text).message, message, "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "(calcium|MK-7|pill|once|every|from|at|[0-9.:%(),-]{1,4}|ug|mg|\\PC{0,5}| ){0,12}") {
        if let Ok(taken) = read(&text, None) {
            for regimen in taken.regimens {
                prop_assert!(regimen.dose.is_finite() && regimen.dose >= 0.0);
            }
        }
    }
}
