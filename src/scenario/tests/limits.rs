//! Limits that a range of one number does not tell: the youngest age, shares of one whole.

use super::{says, shown};

const PERSON: &str = "[person]\nsex='female'\nage=60\n";

/// Nobody is younger than the person from whom every past is lived; the reason stands beside it.
#[test]
fn a_start_age_below_the_reference_age_is_told_with_its_reason() {
    let file = |age: &str, rest: &str| {
        shown(&format!("duration='1 year'\n[person]\nsex='female'\nage={age}\n{rest}"))
    };
    for age in ["29", "29.99", "0"] {
        let parts = ["is not possible", "adults from 30 to 110 years", "full-grown and in balance"];
        says(&file(age, ""), &parts, &[]);
    }
    let later = "[parameters]\nbeyond_range=true\nreference_age_years=40\n";
    let parts =
        ["35 years is below the age of 40", "reference_age_years", "adults from 30", ":4:5"];
    says(&file("35", later), &parts, &[]);
    says(&file("40", later), &[], &["error"]);
    says(&file("20", later), &["20 years is not possible", "1 error"], &[]);
}

#[test]
fn the_fates_of_menadione_are_shares_of_one_whole() {
    let file = |values: &str| {
        shown(&format!("duration='1 year'\n{PERSON}[parameters]\nbeyond_range=true\n{values}\n"))
    };
    says(&file("menadione_capture=0.5\nmenadione_urinary_share=0.5"), &[], &["error"]);
    let parts = [
        "menadione_capture 0.7 and menadione_urinary_share 0.5 are together more than 1",
        ":8:25",
        "lower one",
    ];
    says(&file("menadione_capture=0.7\nmenadione_urinary_share=0.5"), &parts, &[]);
    says(&file("menadione_capture=0.9"), &["more than 1"], &[]);
}

#[test]
fn words_and_claims_after_the_end_of_the_run_are_told_when_checked() {
    let text = "answer='{at(cac, 3 years)}'\nduration='2 years'\n[person]\nsex='female'\nage=60\n\
        [[arm]]\nname='a'\n[[claim]]\nthat='end(cac) > 1'\n[[claim]]\nthat='mean(cac, 1 year to 5 \
        years) > 1'\n";
    let found = super::scenario(text);
    let told: Vec<&str> = found.warnings.iter().map(|told| told.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "answer looks at day 1095.75, after the end of the run",
            "the claim looks at day 1826.25, after the end of the run"
        ]
    );
    assert!(found.warnings[1].help.contains("the run lasts 730.5 days"));
    let longer = text.replace("duration='2 years'", "duration='5 years'");
    assert_eq!(super::scenario(&longer).warnings, []);
}
