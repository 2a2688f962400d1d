use super::*;
use crate::physiology::ledger::FLOW_COUNT;
use crate::physiology::quantities::{READ_OUT_COUNT, TrajectoryColumn, quantity};
use crate::physiology::state::STATE_COUNT;
use crate::trajectory::Row;

/// A trajectory of one quantity through these points.
fn course_of(name: &str, points: &[(f64, f64)]) -> Trajectory {
    let row = |(time_days, value): &(f64, f64)| {
        let mut row = Row {
            time_days: *time_days,
            states: [0.0; STATE_COUNT],
            flows: [0.0; FLOW_COUNT],
            read_outs: [0.0; READ_OUT_COUNT],
        };
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
    assert_eq!((verdict.holds, verdict.text.as_str()), (Some(true), text), "{claim}");
}

#[test]
fn every_function_reads_what_it_says() {
    holds("end(cac) in a < 0.9 * end(cac) in b", "50 < 91.8 AU");
    holds("start(cac) in a <= 0", "0 ≤ 0 AU");
    holds("at(cac, 5 days) in a within 0.001 of 50", "distance 0 ≤ 0.001 AU");
    holds("at(cac, 2 years) in a within 0.001 of 50", "distance 0 ≤ 0.001 AU");
    holds("change(cac) in a > 49", "50 > 49 AU");
    holds("change(cac, 10 days to 20 days) in a < 0", "-50 < 0 AU");
    holds("change_percent(cac, 10 to 20 days) in a between -51 and -49", "-50 within -51 to -49 %");
    holds("max(cac) in a >= 100", "100 ≥ 100 AU");
    holds("max(cac, from 15 days) in a within 0.001 of 75", "distance 0 ≤ 0.001 AU");
    holds("min(cac, 5 days to 8 days) in a within 0.001 of 50", "distance 0 ≤ 0.001 AU");
    holds("mean(cac, until 10 days) in a within 0.001 of 50", "distance 0 ≤ 0.001 AU");
    holds("mean(cac) over (10 days to 20 days) in a within 0.001 of 75", "distance 0 ≤ 0.001 AU");
    holds("time_above(cac, 75) in a within 0.001 days of 7.5 days", "distance 0 ≤ 0.001 days");
    holds(
        "time_below(cac, 50, until 20 days) in a within 1 hour of 5 days",
        "distance 0 ≤ 0.0417 days",
    );
    holds("smaller(end(cac) in a, end(cac) in b) < 51", "50 < 51 AU");
    holds("end(cac) in a / end(cac) in b < 50 %", "0.49 < 0.5");
    holds("end(cac) in a within 52 % of end(cac) in b", "distance 52 ≤ 53 AU");
    holds("(end(cac) - start(cac)) in a - end(cac) in b < 0", "-52 < 0 AU");
    holds("101.9996 < end(cac) in b", "101.9996 < 102 AU");
}

#[test]
fn a_failed_claim_says_what_is_so() {
    let verdict = verdict_on("cac", "end(cac) in b < end(cac) in a");
    assert_eq!((verdict.holds, verdict.text.as_str()), (Some(false), "102 ≥ 50 AU"));
    assert_eq!((verdict.left, verdict.right), (102.0, 50.0));
    let verdict = verdict_on("cac", "end(cac) in b between 10 and 20");
    assert_eq!((verdict.holds, verdict.text.as_str()), (Some(false), "102 outside 10 to 20 AU"));
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
        assert_eq!(verdict_on("cac", claim).holds, None, "{claim}");
    }
}

#[test]
fn units_of_claims_do_not_change_the_verdict() {
    for claim in
        ["end(serum_calcium) in b > 101 mmol/L", "end(serum_calcium) in b > 404808 mg/L / 100 * 1"]
    {
        assert_eq!(verdict_on("serum_calcium", claim).holds, Some(true), "{claim}");
    }
    let verdict = verdict_on("serum_calcium", "end(serum_calcium) in b < 0.02 mmol/L");
    assert_eq!(verdict.text, "102 ≥ 0.02 mmol/L");
}

#[test]
fn joined_comparisons_must_all_hold() {
    holds("end(cac) in a < 60 and end(cac) in a > 40", "50 < 60 AU and 50 > 40 AU");
    holds(
        "end(cac) in a between 40 and 60 and end(cac) in b > 100",
        "50 within 40 to 60 AU and 102 > 100 AU",
    );
    let verdict = verdict_on("cac", "end(cac) in a < 60 and end(cac) in b < 60 and cac in a > 1");
    assert_eq!((verdict.holds, verdict.left, verdict.right), (Some(false), 102.0, 60.0));
    assert_eq!(verdict.text, "50 < 60 AU and 102 ≥ 60 AU and 50 > 1 AU");
    let open = verdict_on("cac", "end(cac) in a < 60 and end(cac) in half < 60");
    assert_eq!((open.holds, open.left.is_nan()), (None, true));
    let fails = verdict_on("cac", "end(cac) in half < 60 and end(cac) in a > 60");
    assert_eq!(fails.holds, Some(false));
}

#[test]
fn negligible_numbers_are_zero() {
    assert_eq!(distinct_texts(1.08e-23, 1.0), ("0".into(), "1".into()));
    assert_eq!(distinct_texts(9.7e-17, 1.1e-16), ("9.7e-17".into(), "1.1e-16".into()));
    assert_eq!(distinct_texts(-0.0015, 0.02), ("-0.0015".into(), "0.02".into()));
}

/// A man without coronary calcium once had a change of −5·10²² %.
#[test]
fn a_ratio_of_nothing_cannot_be_told() {
    for claim in ["change_percent(cac) in a > 3", "end(cac) in b / start(cac) in a > 2"] {
        let verdict = verdict_on("cac", claim);
        let expected = (None, "cannot be told: a ratio of nothing");
        assert_eq!((verdict.holds, verdict.text.as_str()), expected, "{claim}");
    }
}
