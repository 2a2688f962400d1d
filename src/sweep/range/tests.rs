use super::*;
use crate::scenario::dial::{DialKind, ScopedDial};

fn number(key: &str) -> Number {
    match &ScopedDial::find(key, &[]).unwrap().dial.kind {
        DialKind::Number(number) => number.clone(),
        DialKind::Word(_) => panic!("{key}"),
    }
}

fn points(text: &str, key: &str) -> Vec<f64> {
    read(text, &number(key)).unwrap_or_else(|m| panic!("{text}: {m:?}")).as_points().unwrap()
}

#[test]
fn grids_are_read_as_people_write_them() {
    let thirteen: Vec<f64> = (0..13).map(|step| f64::from(step) * 30.0).collect();
    for text in [
        "0 … 360 ug/day step 30",
        "0 ... 360 ug/day, step 30",
        "0 to 360 ug/day step 30 ug/day",
        "0..360 ug/day, 13 points",
        "0 … 360 ug/day in 12 steps",
        "from 0 to 360 ug/day, 13 values",
        "between 0 and 360 ug/day, 12 steps",
        "0 ug/day … 360 ug/day step 30",
    ] {
        assert_eq!(points(text, "mk7_supplement"), thirteen, "{text}");
    }
    assert_eq!(points("0 … 360 ug/day", "mk7_supplement").len(), 11);
    assert_eq!(points("40 … 80 step 10", "age"), [40.0, 50.0, 60.0, 70.0, 80.0]);
    assert_eq!(points("40 to 80 years, 3 points", "age"), [40.0, 60.0, 80.0]);
    let logarithmic = [1.0, 10.0, 100.0, 1000.0];
    assert_eq!(points("1 … 1000 ug/day, 4 points, logarithmic", "mk7_supplement"), logarithmic);
    assert_eq!(points("1 … 1000 ug/day, log, 4 points", "mk7_supplement"), logarithmic);
    assert_eq!(points("0 … 1 mg/day step 0.5", "mk7_supplement"), [0.0, 500.0, 1000.0]);
    assert_eq!(points("400 … 800 IU/day, 2 points", "vitamin_d_supplement"), [10.0, 20.0]);
    let table = points("table, 2 points", "pth_steepness");
    let entry = crate::parameters::parameter_info("pth_steepness").unwrap();
    assert_eq!(table, [entry.low.unwrap(), entry.high.unwrap()]);
}

#[test]
fn numbers_with_other_separators_are_told_with_their_readings() {
    let refused = |text: &str| read(text, &number("calcium_diet")).unwrap_err();
    let both = "write \"1000\" (a comma between thousands) or \"1.0\" (1.000, a decimal comma)";
    for text in [
        "500 … 1,000 mg/day",
        "500 … 1,000 mg/day step 100",
        "uniform 500 … 1,000 mg/day",
        "normal 1,000 ± 200 mg/day",
        "500 … 2000 mg/day step 1,000",
    ] {
        let misread = refused(text);
        let place = text.find("1,000").unwrap();
        assert_eq!(misread.help, both, "{text}");
        assert_eq!(misread.bytes, place..place + "1,000".len(), "{text}");
    }
    assert_eq!(refused("0,5 … 2 mg/day").help, "write \"0.5\"");
    assert_eq!(refused("500 … 1'000 mg/day").help, "write \"1000\"");
    assert_eq!(refused("500 … 1\u{202f}000 mg/day").help, "write \"1000\"");
    let single = single_value("1,000 mg/day", &number("calcium_diet")).unwrap_err();
    assert_eq!((single.help.as_str(), single.bytes), (both, 0..5));
    assert_eq!(points("500 … 1000 mg/day,3 points", "calcium_diet"), [500.0, 750.0, 1000.0]);
}

#[test]
fn distributions_are_read_and_cut_off() {
    let drawn =
        |text: &str, key: &str| read(text, &number(key)).unwrap().as_distribution().unwrap();
    let uniform = Distribution::Uniform(0.0, 360.0);
    assert_eq!(drawn("0 … 360 ug/day", "mk7_supplement"), uniform);
    assert_eq!(drawn("uniform 0 … 360 ug/day", "mk7_supplement"), uniform);
    assert_eq!(
        drawn("log-uniform 10 … 100 ug/day", "mk7_supplement"),
        Distribution::LogUniform(10.0, 100.0)
    );
    assert_eq!(
        drawn("normal 80 ± 15 mL/min, 30 … 120", "egfr"),
        Distribution::Normal(TruncatedNormal::between(80.0, 15.0, 30.0, 120.0).unwrap())
    );
    let allowed = number("egfr").allowed;
    assert_eq!(
        drawn("normal 80 +- 15 mL/min", "egfr"),
        Distribution::Normal(TruncatedNormal::between(80.0, 15.0, allowed.0, allowed.1).unwrap())
    );
    assert_eq!(
        drawn("log-normal 800 mg/day ± 25 %", "calcium_diet").quantile(0.5),
        drawn("log-normal 800 ± 200 mg/day", "calcium_diet").quantile(0.5),
    );
    assert!(read("normal 80 ± 15 mL/min", &number("egfr")).unwrap().as_points().is_none());
}

#[test]
fn what_cannot_be_is_told_with_a_remedy() {
    for (text, message) in [
        ("360 … 0 ug/day step 30", "the range is reversed"),
        ("30 … 30 ug/day", "the range is empty: both ends are the same"),
        ("0 … 360 ug/day step 0", "the step must be above 0"),
        ("0 … 360 ug/day step -3", "the step must be above 0"),
        ("0 … 360 ug/day, 0 points", "an axis of 0 points has nothing to run"),
        ("0 … 360 ug/day, 1 point", "one point does not cover a range"),
        (
            "0 … 360 ug/day, 1000000000000000 points",
            "an axis of 1000000000000000 points is too long",
        ),
        ("0 … 1e15 ug/day step 1", "an axis of 1000000000000001 points is too long"),
        ("0 … 360", "MK-7 supplements has no unit"),
        ("0 … 360 mmol/L", "this unit does not measure MK-7 supplements"),
        ("0 … 360 ug/day, 5 apples", "cannot read \"5 apples\""),
        ("0 … 360 ug/day, logarithmic", "a logarithmic range begins above 0"),
        ("0 mg/day … 360 ug/day", "the two ends have different units"),
        ("360 ug/day", "cannot read this range"),
        ("", "cannot read this range"),
        ("normal 80 ug/day", "cannot read this distribution"),
        ("normal 80 ± 0 ug/day", "this distribution has nothing between 0 ug/day and 2000 ug/day"),
        ("uniform 0 … 9 ug/day step 3", "cannot read \"step 3\" here"),
    ] {
        let misread = read(text, &number("mk7_supplement")).unwrap_err();
        if !message.starts_with("MK-7")
            && !message.contains("does not measure")
            && !message.contains("nothing between")
        {
            assert_eq!(misread.message, message, "{text}");
        }
        assert_eq!(misread.bytes, 0..text.len());
        let reported = !misread.help.is_empty()
            || misread.message.starts_with("a log")
            || !misread.label.is_empty();
        assert!(reported, "{text}: {misread:?}");
    }
}

/// `1.000 IU/day` once ran as one international unit.
#[test]
fn a_dot_before_three_digits_far_below_what_is_usual_is_refused() {
    let refused = [
        ("0 … 2.000 IU/day step 500", "vitamin_d_supplement"),
        ("1.000 … 3000 IU/day", "vitamin_d_supplement"),
        ("normal 1.000 ± 100 mg/day", "calcium_diet"),
        ("1.000 … 1500 mg/day, 3 points", "calcium_diet"),
    ];
    for (text, key) in refused {
        let told = read(text, &number(key)).unwrap_err();
        assert_eq!(told.message, "a decimal point or thousands?", "{text}");
        assert!(told.help.contains('0'), "{told:?}");
    }
    let value = single_value("1.000 IU/day", &number("vitamin_d_supplement")).unwrap_err();
    assert!(value.help.contains("1000 IU/day"), "{value:?}");
    assert_eq!(points("0.125 … 0.375, 2 points", "calcification_exponent").len(), 2);
    assert_eq!(points("2.125 … 2.500 mmol/L, 2 points", "phosphate").len(), 2);
}
