//! Invented sweeps, of every usual shape and some odd ones.

use crate::charts::sweeps::data::{Circumstances, CourseData, SweepData};
use crate::physiology::quantities::quantity;
use crate::simulation::Options;
use crate::sweep::Sweep;
use crate::sweep::file::load;

const SCENARIO: &str = r#"
title = "Two arms"
duration = "20 years"
[person]
sex = "female"
age = 50
[[arm]]
name = "usual"
[[arm]]
name = "k2"
label = "MK-7 180 µg"
take = ["MK-7 180 ug daily"]
"#;

/// The sweep of a text that leaves out the scenario.
fn sweep(text: &str) -> Sweep {
    let text = format!("scenario = \"two.toml\"\n{text}");
    let read = |_: &str, _: &str| Ok(("two.toml".to_owned(), SCENARIO.to_owned()));
    let loaded = load("sweep.toml", &text, Options::default(), &read);
    loaded.content.unwrap_or_else(|| panic!("{:?}", loaded.problems))
}

/// The data of a sweep whose outcomes are a function of outcome, shares of the axes and sample.
pub(crate) fn data(text: &str, value: &dyn Fn(usize, &[f64], usize) -> f64) -> SweepData {
    let sweep = sweep(text);
    let arms = sweep.arms(&sweep.base).unwrap();
    let told = Circumstances {
        hypothesis: "paradox".to_owned(),
        person: "woman 50 → 70".to_owned(),
        arms: arms.iter().map(|arm| (arm.name.clone(), arm.label.clone())).collect(),
        looks: (0..arms.len()).collect(),
        own: sweep.plan.axes.iter().map(|_| None).collect(),
    };
    let mut data = SweepData::of(&sweep, told);
    let points = data.selection.points();
    let slots = data.selection.slots();
    let shares = |slot: usize| {
        let mut point = slot % points;
        let mut shares: Vec<f64> = Vec::new();
        for axis in data.axes.iter().rev() {
            shares.push((point % axis.len()) as f64 / (axis.len() - 1).max(1) as f64);
            point /= axis.len();
        }
        shares.reverse();
        shares
    };
    let column = |outcome| -> Vec<f64> {
        (0..slots).map(|slot| value(outcome, &shares(slot), slot / points)).collect()
    };
    let columns = (0..data.columns().len()).map(column).collect();
    data.fill(columns);
    data
}

/// Less and less comes of more and more.
fn saturating(share: f64) -> f64 {
    share / (0.15 + share)
}

/// A number between 0 and 1 that differs from sample to sample.
fn person(sample: usize) -> f64 {
    (sample as f64 * std::f64::consts::SQRT_2 + 0.37).fract()
}

pub(crate) fn dose() -> SweepData {
    let text = r#"
title = "How much MK-7?"
arms = ["usual"]
[vary]
mk7_supplement = "0 … 360 ug/day step 45"
[outcomes]
dp_ucmgp = "end(dp_ucmgp)"
gain = "change(cac)"
bone = "change(bmd)"
blood = "end(serum_calcium)"
[conditions]
enough = "dp_ucmgp <= 300 pmol/L"
"#;
    data(text, &|outcome, at, _| match outcome {
        0 => 500.0 - 300.0 * saturating(at[0]),
        1 => 98.0 - 42.0 * saturating(at[0]),
        2 => -20.0 + 9.0 * saturating(at[0]),
        3 => 2.36 + 0.004 * at[0],
        _ => f64::from(u8::from(at[0] > 0.5)),
    })
}

/// An outcome in each of two arms.
pub(crate) fn dose_of_arms() -> SweepData {
    let text = r#"
title = "How much calcium?"
[vary]
calcium_diet = ["500 mg/day", "900 mg/day", "1300 mg/day"]
[outcomes]
usual = "end(cac) in usual"
k2 = "end(cac) in k2"
"#;
    data(text, &|outcome, at, _| 90.0 + 20.0 * at[0] - 30.0 * outcome as f64)
}

/// A condition and nothing else, without samples.
pub(crate) fn condition() -> SweepData {
    let text = "title = \"Enough?\"\narms = [\"usual\"]\n[vary]\nmk7_supplement = \
                \"0 … 360 ug/day step 45\"\n[conditions]\nenough = \"dp_ucmgp <= 300 pmol/L\"\n";
    data(text, &|_, at, _| f64::from(u8::from(at[0] > 0.5)))
}

const PEOPLE: &str = r#"
[population]
people = 60
age = "normal 55 ± 6 years, 45 … 70"
"#;

pub(crate) fn doses_of_people() -> SweepData {
    let text = format!(
        "title = \"MK-7 in people\"\narms = [\"usual\"]\n[vary]\nmk7_supplement = \
         \"0 … 360 ug/day step 90\"\n[outcomes]\ndp = \"end(dp_ucmgp)\"\ngain = \"change(cac)\"\n\
         [conditions]\nenough = \"dp_ucmgp <= 300 pmol/L\"\n{PEOPLE}"
    );
    data(&text, &|outcome, at, sample| {
        let spread = 0.6 + 0.8 * person(sample);
        match outcome {
            0 => (480.0 - 250.0 * saturating(at[0])) * spread,
            1 => (90.0 - 40.0 * saturating(at[0])) * 40f64.powf(person(sample)),
            _ => f64::from(u8::from(person(sample) < at[0])),
        }
    })
}

pub(crate) fn plane() -> SweepData {
    let text = r#"
title = "Calcium by age"
arms = ["usual"]
[vary]
age = "40 … 70 years step 5"
calcium_diet = "300 … 1500 mg/day step 300"
[outcomes]
gain = "change(cac)"
bone = "change(bmd)"
blood = "end(serum_calcium)"
"#;
    data(text, &|outcome, at, _| match outcome {
        0 => 20.0 + 60.0 * at[0] + 10.0 * at[1] * at[0],
        1 => -6.0 - 8.0 * at[0] + 9.0 * at[1],
        _ => 2.36 + 0.004 * at[0],
    })
}

pub(crate) fn cube() -> SweepData {
    let text = r#"
title = "Calcium, MK-7 and kidneys"
arms = ["usual"]
[vary]
calcium_supplement = "0 … 1500 mg/day step 300"
mk7_supplement = "0 … 360 ug/day step 90"
egfr = ["90 mL/min", "45 mL/min", "20 mL/min"]
[outcomes]
gain = "change(cac)"
bone = "change(bmd)"
pth = "mean(pth)"
"#;
    data(text, &|outcome, at, _| match outcome {
        0 => (20.0 + 20.0 * at[0] - 15.0 * saturating(at[1])) * 10f64.powf(1.0 - at[2]),
        1 => -14.0 + 4.0 * at[1] + 2.0 * at[0] + at[2],
        _ => 5.0 + 3.0 * at[2],
    })
}

pub(crate) fn pairs() -> SweepData {
    let text = format!(
        "title = \"A population\"\n[outcomes]\nusual = \"change(cac) in usual\"\n\
         artery = \"change(cac) in k2 - change(cac) in usual\"\n\
         bone = \"end(bmd) in k2 - end(bmd) in usual\"\n\
         blood = \"end(serum_calcium) in k2 - end(serum_calcium) in usual\"\n\
         [conditions]\nspared = \"change(cac) in k2 < change(cac) in usual\"\n{PEOPLE}"
    );
    let mut data = data(&text, &|outcome, _, sample| {
        let who = person(sample);
        match outcome {
            0 => 90.0 * 10f64.powf(who),
            1 if sample == 7 => -5000.0,
            1 => 2.0 - 60.0 * who * who,
            2 => 1.0 + 5.0 * who,
            3 => 0.001 * (who - 0.8),
            _ => f64::from(u8::from(who > 0.2)),
        }
    });
    let days: Vec<f64> = (0..=8).map(|step| 365.25 * 2.5 * f64::from(step)).collect();
    for (arm, factor) in [(0, 1.0), (1, 0.7)] {
        for name in ["cac_agatston", "lumbar_spine_bmd_percent"] {
            let line = |sample: usize| -> Vec<f64> {
                let bone = name.contains("bmd");
                let grown = |share: f64| match bone {
                    true => 95.0 - 20.0 * share * factor - 8.0 * person(sample),
                    false => 30.0 * factor * 40f64.powf(person(sample)) * share,
                };
                days.iter().map(|day| grown(day / days[8])).collect()
            };
            data.courses.push(CourseData {
                arm,
                quantity: quantity(name).unwrap(),
                days: days.clone(),
                lines: (0..12).map(line).collect(),
            });
        }
    }
    data
}

/// Four arms in narrow panels, and differences of which most are far smaller than the largest.
fn crowd() -> SweepData {
    let mut data = pairs();
    let skewed = |value: &mut f64| *value = 1.0 - 1000f64.powf(value.abs().min(60.0) / 60.0);
    data.outcomes.iter_mut().skip(1).take(1).flat_map(|o| &mut o.values).for_each(skewed);
    for arm in [2, 3] {
        data.arms.push((format!("arm_{arm}"), format!("calcium + D3 + K2, {arm}")));
        data.looks.push(data.looks.len());
        let courses = data.courses.iter().filter(|course| course.arm == 0).cloned();
        let more: Vec<CourseData> = courses.map(|course| CourseData { arm, ..course }).collect();
        data.courses.extend(more);
    }
    data
}

pub(crate) fn search() -> SweepData {
    let text = r#"
title = "MK-7 and the usual range of inactive MGP"
arms = ["usual"]
find = "lowest mk7_supplement"
such_that = "dp_ucmgp <= 300 pmol/L"
within = "0 … 720 ug/day"
tolerance = "1 ug/day"
[vary]
warfarin = ["0 mg/day", "5 mg/day"]
egfr = "15 … 90 mL/min step 15"
"#;
    data(text, &|column, at, _| match (column, at[0] > 0.5, at[1] > 0.75) {
        (0, true, _) => f64::NAN,
        (0, _, true) => 0.0,
        (0, ..) => 500.0 - 600.0 * at[1],
        (_, true, _) => 0.0,
        (_, _, true) => 2.0,
        _ => 1.0,
    })
}

/// The same question for people: along an axis, or for all of them alike.
pub(crate) fn search_of_people(vary: &str) -> SweepData {
    let text = format!(
        "title = \"Who needs how much MK-7?\"\narms = [\"usual\"]\nfind = \"lowest \
         mk7_supplement\"\nsuch_that = \"dp_ucmgp <= 300 pmol/L\"\nwithin = \"0 … 720 ug/day\"\n\
         tolerance = \"1 ug/day\"\n{vary}{PEOPLE}"
    );
    data(&text, &|column, at, sample| {
        let needed = 300.0 + 600.0 * person(sample) - 300.0 * at.first().unwrap_or(&0.0);
        let found = needed <= 720.0;
        match column {
            0 if found => needed,
            0 => f64::NAN,
            _ => f64::from(u8::from(found)),
        }
    })
}

/// Sweeps that nobody should write, but may.
fn odd() -> Vec<(&'static str, SweepData)> {
    let outcomes = "[outcomes]\ncac = \"end(cac)\"\nbone = \"change(bmd)\"\n";
    let single = format!("arms = [\"k2\"]\n[vary]\nmk7_supplement = [\"90 ug/day\"]\n{outcomes}");
    let long = format!(
        "title = \"{}\"\narms = [\"k2\"]\n[vary]\negfr = \"15 … 90 mL/min, 500 points\"\n{outcomes}",
        "Wohin geht all das Calcium, 骨と動脈 ".repeat(9)
    );
    let words = "[vary]\nsex = [\"female\", \"male\"]\n[outcomes]\na = \"end(cac) in usual\"\n\
                 b = \"end(cac) in k2\"\n";
    let many: String = ["cac", "bmd", "pth", "calcidiol", "serum_calcium", "phosphate", "inr"]
        .iter()
        .flat_map(|name| {
            ["start", "end", "change", "mean", "min"]
                .map(|function| format!("{name}_{function} = \"{function}({name})\"\n"))
        })
        .collect();
    let many = format!(
        "arms = [\"usual\"]\n[vary]\nmk7_supplement = \"10 … 1000 ug/day, logarithmic\"\n\
         calcium_diet = \"300 … 900 mg/day step 100\"\n[outcomes]\n{many}"
    );
    let alone = "arms = [\"usual\"]\nfind = \"lowest mk7_supplement\"\nsuch_that = \
                 \"dp_ucmgp <= 300 pmol/L\"\n";
    let plain = |_: usize, at: &[f64], _: usize| at.iter().sum::<f64>();
    let nan = |_: usize, _: &[f64], _: usize| f64::NAN;
    vec![
        ("single", data(&single, &plain)),
        ("missing", data(&single, &nan)),
        ("constant", data(&long, &|_, _, _| 2.5)),
        ("long", data(&long, &|outcome, at, _| if outcome == 0 { f64::NAN } else { 50.0 * at[0] })),
        ("words", data(words, &|outcome, at, _| 10.0 * at[0] + outcome as f64)),
        ("many", data(&many, &|outcome, at, _| (at[0] - at[1]) * outcome as f64)),
        ("holes", data(&many, &|_, at, _| if at[0] + at[1] > 0.6 { f64::NAN } else { at[0] })),
        ("condition", condition()),
        ("alone", data(alone, &|column, _, _| if column == 0 { 120.0 } else { 1.0 })),
    ]
}

fn usual() -> Vec<(&'static str, SweepData)> {
    vec![
        ("dose", dose()),
        ("people", doses_of_people()),
        ("plane", plane()),
        ("cube", cube()),
        ("pairs", pairs()),
        ("crowd", crowd()),
        ("search", search()),
        ("need", search_of_people("[vary]\negfr = \"15 … 90 mL/min step 15\"\n")),
        ("needs", search_of_people("")),
    ]
}

pub(crate) fn all() -> Vec<(&'static str, SweepData)> {
    usual().into_iter().chain(odd()).collect()
}
