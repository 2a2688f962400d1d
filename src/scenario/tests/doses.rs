//! Limits of supplements: of a dose, and of the mean over days.

use super::{says, scenario};

const WOMAN: &str =
    "duration = '2 years'\n[person]\nsex = 'female'\nage = 70\n[[arm]]\nname = 'a'\n";

fn shown(lines: &str) -> String {
    super::shown(&format!("{WOMAN}{lines}\n"))
}

/// "vitamin D3 300000 IU once" was refused, "500000 IU every 365 days" was not.
#[test]
fn loading_doses_are_taken() {
    for (line, days) in [
        ("take = 'vitamin D3 300000 IU once'", 7500.0),
        ("take = 'vitamin D3 600000 IU once'", 15_000.0),
        ("take = ['vitamin D3 600000 IU once', 'vitamin D3 25 ug daily from 1 day']", 15_000.0),
        ("take = 'vitamin D3 500000 IU every 365 days'", 12_500.0 / 365.0),
        ("take = 'vitamin D3 500000 IU yearly'", 12_500.0 / 365.25),
        ("take = 'vitamin D3 10 mg daily for 7 days'", 10_000.0),
        ("take = 'MK-7 20 mg once'", 20_000.0),
        ("take = 'K1 100 mg once'", 100_000.0),
        ("take = 'calcium 5000 mg once'", 5000.0),
    ] {
        let arm = scenario(&format!("{WOMAN}{line}\n")).arms.remove(0);
        let inputs = arm.phases[0].inputs;
        let taken = inputs.calcium_supplement_mg_per_day
            + inputs.vitamin_d_supplement_ug_per_day
            + inputs.k1_supplement_ug_per_day
            + inputs.mk7_supplement_ug_per_day;
        assert!((taken / days - 1.0).abs() < 1e-12, "{line}: {taken}");
    }
}

#[test]
fn doses_at_one_time_are_one_dose() {
    let twice = "take = ['vitamin D3 400000 IU once', 'vitamin D3 400000 IU once']";
    let parts =
        ["20000 µg in one dose", "at most 15000 µg a dose", "doses at one time count together"];
    says(&shown(twice), &parts, &[]);
    for apart in [
        "take = ['vitamin D3 400000 IU once', 'vitamin D3 200000 IU once from 1 day']",
        "take = ['vitamin D3 300000 IU once', 'vitamin D3 300000 IU once']",
        "take = ['calcium 3000 mg once at 08:00', 'calcium 2000 mg once at 20:00']",
    ] {
        says(&shown(apart), &[], &["doses at one time"]);
    }
    let later = "take = 'MK-7 15 mg daily'\n[[arm.phase]]\nfrom = '10 days'\n\
                 take = ['MK-7 11 mg weekly', 'MK-7 10 mg every 2 weeks']";
    says(&shown(later), &["21000 µg in one dose"], &[]);
}

#[test]
fn a_large_dose_and_a_large_mean_are_told_with_both_ways_out() {
    for (line, parts) in [
        (
            "take = ['vitamin D3 700000 IU once', 'vitamin D3 25 ug daily']",
            &[
                "17500 µg in one dose",
                "at most 15000 µg a dose",
                "a smaller dose, or divide",
                ":7:9",
            ][..],
        ),
        ("take = 'vitamin D3 600000 IU weekly'", &["2143", "far outside what is usual"]),
        (
            "take = 'vitamin D3 600000 IU every 5 days'",
            &[
                "3000 µg/day is not possible",
                "doses of 15000 µg; at most 2500 µg/day, as a mean over 30 days",
                "write smaller doses, or more days between them",
            ],
        ),
        ("take = 'vitamin D3 10 mg daily for 8 days'", &["2667 µg/day", "doses of 10000 µg"]),
        (
            "take = 'calcium 3000 mg twice daily'",
            &["6000 mg/day", "5000 mg/day, as a mean over a day"],
        ),
        ("take = 'calcium 6000 mg once'", &["6000 mg in one dose", "at most 5000 mg a dose"]),
        ("take = 'MK-7 30 mg once'", &["30000 µg in one dose", "at most 20000 µg"]),
        (
            "take = 'MK-4 150 mg twice daily'",
            &["300000 µg/day", "150000 µg/day, as a mean over 7 days"],
        ),
        ("vitamin_d_supplement = '3000 ug/day'", &["3000 µg/day is not possible", "2500 µg/day"]),
        (
            "take = 'vitamin D3 600000 IU once'\n[[arm.phase]]\nfrom = '10 days'\n\
             take = 'vitamin D3 2400 ug daily'",
            &["vitamin D3 from pills"],
        ),
        ("[arm.habitual]\ntake = 'vitamin D3 20 mg weekly'", &["20000 µg in one dose"]),
    ] {
        // Each mistake is told once.
        says(&shown(line), parts, &["2 errors"]);
    }
}
