use super::*;
use proptest::prelude::*;

fn arms() -> Vec<String> {
    ["a", "b", "with-k2", "2nd"].map(str::to_owned).to_vec()
}

fn error(text: &str) -> Misread {
    Comparison::read(text, &arms()).expect_err(text)
}

#[test]
fn sketches_are_understood() {
    for text in [
        "end(cac) in a < 0.9 * end(cac) in b",
        "abs(end(serum_calcium) in a - end(serum_calcium) in b) < 0.02 mmol/L",
        "(end(cac) - start(cac)) in a >= 10",
        "end(cac) in a / end(cac) in b < 90 %",
        "change_percent(cac) in a > 10 %",
        "change_percent(cac) in a > 10",
        "mean(serum_calcium, 2 years to 5 years) in with-k2 between 2.2 and 2.6 mmol/L",
        "mean(serum_calcium, 2 to 5 years) in 2nd between 8.8 mg/dL and 2.6 mmol/L",
        "max(pth_pmol_per_l) over (from 2 years) in a < 60 pg/mL",
        "at(calcidiol_nmol_per_l, 10 years) in a > 20 ng/mL",
        "time_above(serum_calcium, 2.6 mmol/L) in a <= 30 days",
        "end(lumbar_spine_t_score) in a within 0.5 of end(lumbar_spine_t_score) in b",
        "end(cac) in a within 5 % of end(cac) in b",
        "cac in a < cac in b",
        "cac in a < cac in b by 5 %",
        "serum_calcium in b within 0.8 mg/dL of 2.4 mmol/L",
        "cac in a >= 10 by 2 and serum_calcium in b > 2.2 mmol/L by 0.8 mg/dL",
        "-change(lumbar_spine_t_score) in a < 2.5",
        "larger(end(cac) in a, end(cac) in b) < 10000 AU",
        "end(urinary_calcium_mg_per_day) in a < 0.3 g/day",
    ] {
        Comparison::read(text, &arms()).unwrap_or_else(|misread| panic!("{text}: {misread:?}"));
    }
    let joined = "cac in a < 5 and serum_calcium in a between 2 and 3 mmol/L and cac in b > 1";
    assert_eq!(Comparison::read(joined, &arms()).unwrap().also.len(), 2);
    let only = ["usual".to_owned()];
    let comparison = Comparison::read("cac < 100", &only).unwrap();
    assert!(matches!(comparison.value.term, Term::Reading(Reading { arm, .. }) if arm == "usual"));
}

#[test]
fn dates_count_from_the_date_of_day_0() {
    let arms = ["a".to_owned()];
    let dated = Scope { arms: &arms, start_date: Date::read("2026-01-01") };
    let read =
        |text: &str| Expression::read(text, dated).unwrap_or_else(|m| panic!("{text}: {m:?}"));
    for (dates, days) in [
        ("at(cac, 2027-01-01)", "at(cac, 365 days)"),
        ("mean(pth, 2026-02-01 to 2026-03-01)", "mean(pth, 31 days to 59 days)"),
        ("max(pth) over (from 2026-01-11)", "max(pth) over (from 10 days)"),
        ("time_above(pth, 5 pmol/L, until 2026-01-31)", "time_above(pth, 5 pmol/L, until 30 days)"),
        ("change(cac, 10 days to 2026-01-31)", "change(cac, 10 days to 30 days)"),
    ] {
        assert_eq!(read(dates), read(days), "{dates}");
    }
    let refused = |text: &str, scope| Expression::read(text, scope).unwrap_err().message;
    assert!(refused("at(cac, 2025-12-31)", dated).contains("before start_date"));
    assert!(refused("at(cac, 2027-01-01)", (&arms).into()).contains("no start_date"));
    assert_eq!(refused("mean(pth, 2 to 2027-01-01)", dated), "not a time from the start");
    assert_eq!(period("2026-01-11 to 2026-01-31", dated.start_date), Ok((Some(10.0), Some(30.0))));
}

#[test]
fn units_are_brought_to_those_of_the_quantity() {
    let number = |text: &str| -> f64 {
        let comparison = Comparison::read(text, &arms()).unwrap();
        let Test::Against { other: right, .. } = comparison.test else { panic!("{text}") };
        match right.term {
            Term::Number(number) => number / comparison.value.measure.factor,
            Term::Scaled(factor, inner) => match inner.term {
                Term::Number(number) => factor * number / comparison.value.measure.factor,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    let close = |a: f64, b: f64| approx::assert_relative_eq!(a, b, max_relative = 1e-12);
    close(number("serum_calcium in a < 9.6192 mg/dL"), 2.4);
    close(number("serum_calcium in a < 2400 umol/L"), 2.4);
    close(number("pth_pmol_per_l in a < 37.72 pg/mL"), 4.0);
    close(number("calcidiol_nmol_per_l in a > 30 ng/mL"), 74.88);
    close(number("end(lumbar_spine_bmd_percent) in a > 80"), 80.0);
    close(number("end(lumbar_spine_bmd_percent) in a > 80 %"), 80.0);
    close(number("end(cac) in a / end(cac) in b < 90 %"), 0.9);
}

#[test]
fn what_cannot_be_read_is_shown_at_its_place() {
    let cases = [
        ("", "the claim is not finished", ""),
        ("end(cac) in a", "a comparison is missing", ""),
        ("end(cac) in a = 3", "values are never exactly equal", "="),
        ("end(cca) in a < 3", "unknown quantity \"cca\"", "cca"),
        ("ned(cac) in a < 3", "unknown function \"ned\"", "ned"),
        ("end(cac) in c < 3", "unknown arm \"c\"", "c"),
        ("end(cac) < 3", "it does not say in which arm", "end(cac)"),
        ("end(cac) in a < end(cac)", "it does not say in which arm", "end(cac)"),
        ("(end(cac) < 3", "a bracket is not closed", "<"),
        ("end(cac in a < 3", "a bracket is not closed", "in"),
        (
            "end(serum_calcium) in a < 2.6",
            "a number without a unit beside a quantity that has one",
            "<",
        ),
        ("end(serum_calcium) in a < 2.6 AU", "mmol/L and AU measure different things", "<"),
        ("end(serum_calcium) in a < 2.6 mmol/K", "unknown quantity \"K\"", "K"),
        ("end(serum_calcium) in a < 2.6 mmul/L", "unknown unit", "mmul"),
        (
            "end(cac) in a + end(pth_pmol_per_l) in a < 3",
            "AU and pmol/L measure different things",
            "+",
        ),
        ("at(cac, 10) in a < 3", "not a time from the start", "10"),
        ("mean(cac, 5 to 2 years) in a < 3", "the period ends before it begins", "5"),
        ("end(cac) in a < 1e999", "not a finite number", "1e999"),
        ("end(cac) in a < 3 4", "cannot read the rest of the claim", "4"),
        ("end(cac) in a between 3", "between what and what?", ""),
        ("cac in a < cac in b by 0 %", "a margin is larger than 0", "0 %"),
        ("cac in a < cac in b by -2 AU", "a margin is larger than 0", "-2 AU"),
        ("cac in a < cac in b by much", "a number is missing", "much"),
        ("cac in a < cac in b by 2 mmol/L", "AU and mmol/L measure different things", "2 mmol/L"),
        (
            "serum_calcium in a > 2 mmol/L by 0.1",
            "a number without a unit beside a quantity that has one",
            "0.1",
        ),
        ("cac in a within 5 of 3 by 1 %", "cannot read the rest of the claim", "by"),
    ];
    for (text, message, span) in cases {
        let misread = error(text);
        assert_eq!(misread.message, message, "{text}");
        assert_eq!(text.get(misread.bytes.clone()), Some(span), "{text}: {misread:?}");
    }
    assert!(error("end(cca) in a < 3").help.starts_with("did you mean \"cac\"?"));
    assert!(error("ned(cac) in a < 3").help.starts_with("did you mean \"end\"?"));
}

proptest! {
    #[test]
    fn no_text_panics(text in "(end|cac|in|a|b|mean|between|and|within|of|[0-9.]{1,3}|mmol/L|%|[-+*/()<>=,]|\\PC| ){0,25}") {
        let _ = Comparison::read(&text, &arms());
        let _ = Expression::read(&text, &["a".to_owned()]);
    }
}

#[test]
fn deep_brackets_are_refused_not_overflowed() {
    let deep = format!("{}1{} < 2", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(error(&deep).message, "the claim is too long");
    let nested = format!("{}1{} < 2", "(".repeat(60), ")".repeat(60));
    assert_eq!(error(&nested).message, "too many brackets");
    assert_eq!(error(&"- ".repeat(60)).message, "too many signs");
    assert!(Comparison::read(&format!("{}1 < 2", "1 + ".repeat(900)), &arms()).is_ok());
}

#[test]
fn natural_mistakes_are_told_what_to_write() {
    for (text, help) in [
        ("1 < cac in a < 3", "write VALUE between LOW and HIGH"),
        ("cac in a < 3 and 4", "joined by `and`"),
        ("ratio(cac) in a < 3", "write a / b."),
        ("end(cac, a) < 3", "end(cac) in ARM"),
    ] {
        assert!(error(text).help.contains(help), "{text}: {:?}", error(text));
    }
}

/// A claim once read "3.23 < 3.65 mg/years".
#[test]
fn a_divisor_is_one_of_its_unit() {
    for (text, unit) in [
        ("change(arterial_calcium_mg) in a / 5 years", "mg/year"),
        ("1 day / 2 days", ""),
        ("end(pwv) in a / (1 m/s)", ""),
        ("end(cac) in a / (2 m/s)", "AU/m/s"),
    ] {
        assert_eq!(Expression::read(text, &arms()).unwrap().measure.unit, unit, "{text}");
    }
}
