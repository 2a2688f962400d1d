use super::*;
use crate::physiology::quantities::{TrajectoryColumn, quantity};
use crate::trajectory::{Row, Trajectory};

/// A trajectory of one quantity through these points.
fn course_of(name: &str, points: &[(f64, f64)]) -> Trajectory {
    let row = |(time_days, value): &(f64, f64)| {
        let mut row = Row::zeros(*time_days);
        match quantity(name).unwrap().column {
            TrajectoryColumn::State(index) => row.states[index] = *value,
            TrajectoryColumn::Flow(index) => row.flows[index] = *value,
            TrajectoryColumn::ReadOut(index) => row.read_outs[index] = *value,
        }
        row
    };
    Trajectory { rows: points.iter().map(row).collect(), complete: true, ..Trajectory::default() }
}

fn verdict_on(name: &str, claim: &str) -> Verdict {
    let a = course_of(name, &[(0.0, 0.0), (10.0, 100.0), (20.0, 50.0), (730.5, 50.0)]);
    let b = course_of(name, &[(0.0, 102.0), (730.5, 102.0)]);
    let half = Trajectory { complete: false, ..b.clone() };
    let arms = ["a", "b", "half", "gone"].map(str::to_owned);
    let find = |arm: &str| match arm {
        "a" => Some(&a),
        "b" => Some(&b),
        "half" => Some(&half),
        _ => None,
    };
    judge(&Comparison::read(claim, &arms).unwrap(), &find)
}

#[track_caller]
fn holds(claim: &str, text: &str) {
    let verdict = verdict_on("cac", claim);
    assert_eq!((verdict.holds(), verdict.text.as_str()), (Some(true), text), "{claim}");
}

#[test]
fn every_function_reads_what_it_says() {
    holds("end(cac) in a < 0.9 * end(cac) in b", "50 < 92 AU");
    holds("start(cac) in a <= 0", "0 ≤ 0 AU");
    holds("at(cac, 5 days) in a within 0.001 of 50", "difference 0.000 ≤ 0.001 AU");
    holds("at(cac, 2 years) in a within 0.001 of 50", "difference 0.000 ≤ 0.001 AU");
    holds("change(cac) in a > 49", "50 > 49 AU");
    holds("change(cac, 10 days to 20 days) in a < 0", "−50 < 0 AU");
    holds("change_percent(cac, 10 to 20 days) in a between -51 and -49", "−50 within −51 to −49 %");
    holds("max(cac) in a >= 100", "100 ≥ 100 AU");
    holds("max(cac, from 15 days) in a within 0.001 of 75", "difference 0.000 ≤ 0.001 AU");
    holds("min(cac, 5 days to 8 days) in a within 0.001 of 50", "difference 0.000 ≤ 0.001 AU");
    holds("mean(cac, until 10 days) in a within 0.001 of 50", "difference 0.000 ≤ 0.001 AU");
    holds(
        "mean(cac) over (10 days to 20 days) in a within 0.001 of 75",
        "difference 0.000 ≤ 0.001 AU",
    );
    holds("time_above(cac, 75) in a within 0.001 days of 7.5 days", "difference 0 ≤ 0.001 days");
    holds(
        "time_below(cac, 50, until 20 days) in a within 1 hour of 5 days",
        "difference 0 ≤ 0.0417 days",
    );
    holds("smaller(end(cac) in a, end(cac) in b) < 51", "50 < 51 AU");
    holds("end(cac) in a / end(cac) in b < 50 %", "0.49 < 0.5");
    holds("end(cac) in a within 52 % of end(cac) in b", "difference 52 ≤ 53 AU");
    holds("(end(cac) - start(cac)) in a - end(cac) in b < 0", "−52 < 0 AU");
    holds("101.9996 < end(cac) in b", "101.9996 < 102 AU");
}

#[test]
fn a_failed_claim_says_what_is_so() {
    let verdict = verdict_on("cac", "end(cac) in b < end(cac) in a");
    assert_eq!((verdict.holds(), verdict.text.as_str()), (Some(false), "102 ≥ 50 AU"));
    assert_eq!((verdict.left, verdict.right), (102.0, 50.0));
    let verdict = verdict_on("cac", "end(cac) in b between 10 and 20");
    assert_eq!((verdict.holds(), verdict.text.as_str()), (Some(false), "102 outside 10 to 20 AU"));
}

/// 50 in arm a, 102 in arm b: 52 apart, which is 51 % of 102 and 104 % of 50.
#[test]
fn a_difference_below_the_margin_is_none_in_both_directions() {
    use Judgement::{Fails, Holds, NoDifference, Undecided};
    let cases = [
        ("cac in b > cac in a by 51.9 AU", Holds, "102 > 50 AU"),
        ("cac in a < cac in b by 51.9 AU", Holds, "50 < 102 AU"),
        ("cac in a > cac in b by 51.9 AU", Fails, "50 ≤ 102 AU"),
        ("cac in b < cac in a by 51.9 AU", Fails, "102 ≥ 50 AU"),
        (
            "cac in b > cac in a by 52",
            NoDifference,
            "no difference: 102 and 50 AU, less than 52 AU apart",
        ),
        ("cac in b >= cac in a by 52", Holds, "102 ≥ 50 AU"),
        ("cac in b <= cac in a by 52", Fails, "102 > 50 AU"),
        (
            "cac in b < cac in a by 52 AU",
            NoDifference,
            "no difference: 102 and 50 AU, less than 52 AU apart",
        ),
        ("cac in a < cac in b by 50 %", Holds, "50 < 102 AU"),
        (
            "cac in a < cac in b by 51 %",
            NoDifference,
            "no difference: 50 and 102 AU, less than 51 % apart",
        ),
        ("cac in b > cac in a by 103 %", Holds, "102 > 50 AU"),
        (
            "cac in b > cac in a by 105 %",
            NoDifference,
            "no difference: 102 and 50 AU, less than 105 % apart",
        ),
        ("-cac in a > -cac in b by 50 %", Holds, "−50 > −102 AU"),
        (
            "cac in a < 100 by 2 AU and cac in b > 101.5 by 1 AU",
            NoDifference,
            "50 < 100 AU and no difference: 102.0 and 101.5 AU, less than 1 AU apart",
        ),
        (
            "cac in b > 101.5 by 1 AU and cac in a > 100",
            Fails,
            "no difference: 102.0 and 101.5 AU, less than 1 AU apart and 50 ≤ 100 AU",
        ),
        (
            "cac in half > 0 by 1 AU",
            Undecided,
            "cannot be told: an arm is incomplete or a time lies outside the run",
        ),
    ];
    for (claim, judgement, text) in cases {
        let verdict = verdict_on("cac", claim);
        assert_eq!((verdict.judgement, verdict.text.as_str()), (judgement, text), "{claim}");
    }
    let same = verdict_on("cac", "cac in a > 50.001 by 1 %");
    assert_eq!(same.text, "no difference: both 50 AU, less than 1 % apart");
}

/// A share of the right side, but points where the values are percentages.
#[test]
fn percent_of_percentages_are_points() {
    let spine = |claim: &str| verdict_on("lumbar_spine_bmd_percent", claim).judgement;
    let (a, b) = ("lumbar_spine_bmd_percent in a", "lumbar_spine_bmd_percent in b");
    assert_eq!(spine(&format!("{b} > {a} by 51.9 %")), Judgement::Holds);
    assert_eq!(spine(&format!("{b} > {a} by 52 %")), Judgement::NoDifference);
    assert_eq!(spine("change_percent(lumbar_spine_bmd_percent) in b < 5 by 4 %"), Judgement::Holds);
}

#[test]
fn a_claim_without_its_data_is_not_judged() {
    for claim in [
        "end(cac) in half < 1",
        "end(cac) in gone < 1",
        "at(cac, 3 years) in a < 1",
        "mean(cac, 1 year to 3 years) in a < 1",
        "end(cac) in a / start(cac) in a < 1",
    ] {
        assert_eq!(verdict_on("cac", claim).holds(), None, "{claim}");
    }
}

#[test]
fn units_of_claims_do_not_change_the_verdict() {
    for claim in
        ["end(serum_calcium) in b > 101 mmol/L", "end(serum_calcium) in b > 404808 mg/L / 100 * 1"]
    {
        assert_eq!(verdict_on("serum_calcium", claim).holds(), Some(true), "{claim}");
    }
    // 400 mg/dL are 99.8 mmol/L, 10 mg/dL are 2.495.
    let near = verdict_on("serum_calcium", "serum_calcium in b within 10 mg/dL of 100 mmol/L");
    assert_eq!((near.holds(), near.text.as_str()), (Some(true), "difference 2.00 ≤ 2.50 mmol/L"));
    let near = verdict_on("serum_calcium", "serum_calcium in b > 100 mmol/L by 10 mg/dL");
    assert_eq!(near.judgement, Judgement::NoDifference);
    let verdict = verdict_on("serum_calcium", "end(serum_calcium) in b < 0.02 mmol/L");
    assert_eq!(verdict.text, "102.00 ≥ 0.02 mmol/L");
}

#[test]
fn joined_comparisons_must_all_hold() {
    holds("end(cac) in a < 60 and end(cac) in a > 40", "50 < 60 AU and 50 > 40 AU");
    holds(
        "end(cac) in a between 40 and 60 and end(cac) in b > 100",
        "50 within 40 to 60 AU and 102 > 100 AU",
    );
    let verdict = verdict_on("cac", "end(cac) in a < 60 and end(cac) in b < 60 and cac in a > 1");
    assert_eq!((verdict.holds(), verdict.left, verdict.right), (Some(false), 102.0, 60.0));
    assert_eq!(verdict.text, "50 < 60 AU and 102 ≥ 60 AU and 50 > 1 AU");
    let open = verdict_on("cac", "end(cac) in a < 60 and end(cac) in half < 60");
    assert_eq!((open.holds(), open.left.is_nan()), (None, true));
    let fails = verdict_on("cac", "end(cac) in half < 60 and end(cac) in a > 60");
    assert_eq!(fails.holds(), Some(false));
}

/// The number that was printed once was that of the first comparison.
#[test]
fn the_numbers_are_those_of_the_comparison_that_decides() {
    for (claim, decided_by, right) in [
        ("cac in a < 60 by 1 AU and cac in a > 49 by 0.5 AU", 1, 49.0),
        ("cac in a < 60 by 9 AU and cac in a > 49 by 0.5 AU", 0, 60.0),
        ("cac in a < 60 by 20 AU and cac in a > 49 by 0.5 AU and cac in a > 90", 2, 90.0),
        ("cac in a > 51 by 30 AU and cac in a > 90 by 1 AU and cac in a < 60", 1, 90.0),
    ] {
        let verdict = verdict_on("cac", claim);
        assert_eq!((verdict.decided_by, verdict.right), (decided_by, right), "{claim}");
    }
}

/// A margin is told in the unit of its claim, whichever it was written in.
#[test]
fn margins_have_the_unit_of_their_claim() {
    let near = verdict_on("serum_calcium", "serum_calcium in b > 100 mmol/L by 10 mg/dL");
    let text = "no difference: 102.00 and 100.00 mmol/L, less than 2.5 mmol/L apart";
    assert_eq!(near.text, text);
}

#[test]
fn negligible_numbers_are_zero() {
    let ratio = Expression::read("1 / 3", &[]).unwrap();
    let texts = |a, b| distinct_texts(&ratio, a, b);
    assert_eq!(texts(1.08e-23, 1.0), ("0".into(), "1".into()));
    assert_eq!(texts(9.7e-17, 1.1e-16), ("9.70×10⁻¹⁷".into(), "1.10×10⁻¹⁶".into()));
    // A lesson once said "0.0000103 within −0.1 to 0.1" of a spine that did not differ.
    assert_eq!(texts(1.03e-5, 0.1), ("0".into(), "0.1".into()));
    assert_eq!(texts(3.15e-5, 0.002), ("3.15×10⁻⁵".into(), "0.002".into()));
    assert_eq!(texts(-0.0015, 0.02), ("−0.0015".into(), "0.02".into()));
    // Of a read-out the digits are its own, as long as they tell the numbers apart.
    let calcium = Expression::read("serum_calcium in a", &["a".to_owned()]).unwrap();
    let texts = |a, b| distinct_texts(&calcium, a, b);
    assert_eq!(texts(6.98e-7, 0.02), ("0.00".into(), "0.02".into()));
    assert_eq!(texts(2.3811, 2.3849), ("2.381".into(), "2.385".into()));
    assert_eq!(texts(3.15e-5, 0.002), ("0.000".into(), "0.002".into()));
    // Fewer digits than usual would tell them apart, but not rightly.
    let score = Expression::read("cac in a", &["a".to_owned()]).unwrap();
    assert_eq!(distinct_texts(&score, 1004.9, 1005.1), ("1004.9".into(), "1005.1".into()));
}

/// `claims.csv` once differed from `summary.csv` in the last digit: the value had gone to base units
/// and back.
#[test]
fn a_claim_reads_the_digits_of_the_tables() {
    for (name, unit) in
        [("dp_ucmgp", "pmol/L"), ("calcidiol", "nmol/L"), ("urinary_calcium", "mg/day")]
    {
        let quantity = quantity(name).unwrap();
        for step in 1..200 {
            let (start, end) = (f64::from(step) * 0.1, f64::from(step) * 7.3 + 0.7);
            let course = course_of(quantity.name, &[(0.0, start), (9.0, end)]);
            let other = course_of(quantity.name, &[(0.0, start), (9.0, start / 3.0)]);
            let arms = ["a".to_owned(), "b".to_owned()];
            let find = |arm: &str| Some(if arm == "a" { &course } else { &other });
            let left = |value: &str| {
                let claim = format!("{value} < 1 {unit}");
                judge(&Comparison::read(&claim, &arms).unwrap(), &find).left
            };
            assert_eq!(left(&format!("end({name}) in a")), end);
            assert_eq!(left(&format!("change({name}) in a")), end - start);
            assert_eq!(left(&format!("-end({name}) in a")), -end);
            assert_eq!(left(&format!("2 * end({name}) in a")), 2.0 * end);
            assert_eq!(left(&format!("end({name}) in a - end({name}) in b")), end - start / 3.0);
        }
    }
}

/// A man without coronary calcium once had a change of −5·10²² %.
#[test]
fn a_ratio_of_nothing_cannot_be_told() {
    for claim in ["change_percent(cac) in a > 3", "end(cac) in b / start(cac) in a > 2"] {
        let verdict = verdict_on("cac", claim);
        let expected = (Judgement::Undecided, "cannot be told: a ratio of nothing");
        assert_eq!((verdict.judgement, verdict.text.as_str()), expected, "{claim}");
    }
}

#[test]
fn a_comparison_holds_above_one_margin() {
    for (claim, standing) in [
        ("10 > 4 by 2", 3.0),
        ("10 < 4 by 2", -3.0),
        ("5 > 4 by 2", 0.5),
        ("5 between 4 and 6", 2.0),
        ("6 between 4 and 6", 1.0),
        ("8 between 4 and 6", -3.0),
        ("5 within 2 of 6", 1.5),
        ("10 within 2 of 6", -2.0),
        ("101 > 100", 1.0 / 1.01),
    ] {
        approx::assert_relative_eq!(
            verdict_on("cac", claim).standing,
            standing,
            max_relative = 1e-9
        );
    }
}
