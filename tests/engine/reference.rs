//! Every trajectory of the independent implementation, row by row, column by column.

use super::arms::{arm, regimens_of, run};
use crate::nutrition::schedule::Meal;
use crate::parameters::Hypothesis;
use crate::physiology::inputs::Inputs;
use crate::physiology::person::{BmiClass, CoronaryPercentile, Person, Sex};
use crate::physiology::quantities::quantity;
use crate::physiology::segment_inputs::{Resolution, Season};
use crate::scenario::{Arm, Phase};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn person_of(json: &Value) -> Person {
    let measured = |name: &str| json["overrides_at_start"][name].as_f64();
    let mut person = Person {
        cac_agatston: measured("cac_agatston"),
        lumbar_spine_t_score: measured("lumbar_spine_t_score"),
        ..Person::default()
    };
    for (key, value) in json["person"].as_object().into_iter().flatten() {
        match (key.as_str(), value.as_str(), value.as_f64()) {
            ("sex", Some("female"), _) => person.sex = Sex::Female,
            ("sex", Some("male"), _) => person.sex = Sex::Male,
            ("bmi_class", Some("normal"), _) => person.bmi_class = BmiClass::Normal,
            ("bmi_class", Some("overweight"), _) => person.bmi_class = BmiClass::Overweight,
            ("bmi_class", Some("obese"), _) => person.bmi_class = BmiClass::Obese,
            ("coronary_percentile", Some(class), _) => {
                person.coronary_percentile = match class {
                    "p50" => CoronaryPercentile::P50,
                    "p75" => CoronaryPercentile::P75,
                    "p90" => CoronaryPercentile::P90,
                    other => panic!("{other}"),
                };
            }
            ("start_age_years", _, Some(age)) => person.start_age_years = age,
            ("menopause_age_years", _, Some(age)) => person.menopause_age_years = age,
            ("egfr_ml_per_min", _, Some(egfr)) => person.egfr_ml_per_min = Some(egfr),
            ("coronary_rate", _, Some(rate)) => person.coronary_rate = Some(rate),
            ("baseline_phosphate_mmol_per_l", _, Some(level)) => {
                person.baseline_phosphate_mmol_per_l = Some(level);
            }
            other => panic!("{other:?}"),
        }
    }
    person
}

fn change(inputs: &mut Inputs<f64>, changes: &Value) {
    for (name, value) in changes.as_object().into_iter().flatten() {
        *inputs.get_mut(name).unwrap_or_else(|| panic!("unknown input {name}")) =
            value.as_f64().unwrap();
    }
}

pub(super) fn arm_of(json: &Value) -> Arm {
    let hypothesis = Hypothesis::by_name(json["hypothesis_set"].as_str().unwrap()).unwrap();
    let duration = json["duration_days"].as_f64().unwrap();
    let every = json["output_every_days"].as_f64().unwrap();
    let mut arm = arm(person_of(json), hypothesis, duration, every);
    for (name, value) in json["parameter_overrides"].as_object().into_iter().flatten() {
        *arm.parameters.get_mut(name).unwrap() = value.as_f64().unwrap();
    }
    let mut inputs = Inputs::reference(&arm.parameters);
    change(&mut inputs, &json["habitual"]);
    arm.habitual = inputs;
    arm.habitual_regimens = regimens_of(&inputs, 0.0, f64::INFINITY);
    arm.resolution = match json["resolution"].as_str() {
        None | Some("averaged") => Resolution::Averaged,
        Some("pills") => Resolution::Pills,
        Some("meals") => Resolution::Meals,
        Some(other) => panic!("{other}"),
    };
    if let Some(amplitude) = json["sun_season_amplitude"].as_f64() {
        let start_day_of_year = json["start_day_of_year"].as_f64().unwrap_or(0.0);
        arm.season = Some(Season { amplitude, start_day_of_year });
    }
    if let Some(meals) = json["meals"].as_array() {
        let meal = |m: &Value| Meal { hour: m[0].as_f64().unwrap(), share: m[1].as_f64().unwrap() };
        arm.meals = meals.iter().map(meal).collect();
    }
    let phases = json["phases"].as_array().unwrap();
    let starts: Vec<f64> = phases.iter().map(|p| p["start_day"].as_f64().unwrap()).collect();
    arm.phases.clear();
    for (index, phase) in phases.iter().enumerate() {
        change(&mut inputs, &phase["intake"]);
        let to = starts.get(index + 1).copied().unwrap_or(f64::INFINITY);
        arm.phases.push(Phase { start_day: starts[index], inputs });
        arm.regimens.extend(regimens_of(&inputs, starts[index], to));
    }
    arm
}

/// The rule of `reference/README.md`.
fn allowed(column: &str, reference: f64, largest: f64) -> f64 {
    let extra = match column {
        "bone_balance_mg_per_day" => 1e-3,
        "lumbar_spine_t_score" | "femoral_neck_t_score" => 1e-5,
        _ => 0.0,
    };
    1e-4 * reference.abs() + 1e-6 * largest + 1e-9 + extra
}

fn compare(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let trajectory = run(&arm_of(&json), 1e-9);
    let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
    let headers = reader.headers().unwrap().clone();
    let rows: Vec<Vec<f64>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(|cell| cell.parse().unwrap()).collect())
        .collect();
    assert!(rows.len() > 20 && headers.len() > 80, "{name}: the reference is too small");
    let mut worst = (0.0, String::new());
    for (column, header) in headers.iter().enumerate().skip(1) {
        let quantity = quantity(header).unwrap_or_else(|| panic!("no column {header}"));
        let largest = rows.iter().fold(0.0, |m: f64, row| m.max(row[column].abs()));
        for row in &rows {
            let time = row[0];
            let nearest = trajectory
                .rows
                .iter()
                .min_by(|a, b| (a.time_days - time).abs().total_cmp(&(b.time_days - time).abs()))
                .unwrap();
            assert!((nearest.time_days - time).abs() < 1e-6, "{name}: no row at day {time}");
            let (ours, reference) = (nearest.value(quantity.column), row[column]);
            let share = (ours - reference).abs() / allowed(header, reference, largest);
            assert!(!share.is_nan(), "{name}: {header} at day {time} is {ours}");
            if share > worst.0 {
                let at = format!("{header} at day {time}: {ours} against {reference}");
                worst = (share, at);
            }
        }
    }
    assert!(worst.0 <= 1.0, "{name}: {:.3} times the tolerance: {}", worst.0, worst.1);
}

macro_rules! references {
    ($($name:ident)*) => {
        $(#[test] fn $name() { compare(stringify!($name)); })*

        #[test]
        fn every_reference_file_is_compared() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
            let mut files: Vec<_> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
                .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
                .collect();
            files.sort();
            let mut names = vec![$(stringify!($name)),*];
            names.sort_unstable();
            assert_eq!(files, names);
        }
    };
}

references! {
    healthy_woman_30
    one_day_of_meals
    mk7_180_man_50
    mk7_360_man_50
    warfarin_one_year
    four_arms_paradox_usual
    four_arms_paradox_calcium_and_d
    four_arms_paradox_calcium_d_and_k2
    four_arms_paradox_k2_alone
    four_arms_conservative_usual
    four_arms_conservative_calcium_and_d
    four_arms_conservative_calcium_d_and_k2
    four_arms_conservative_k2_alone
    kidney_disease_egfr_30
    vitamin_d_deficiency_corrected
    many_phases_obese_woman_p90
    three_days_of_meals
    regression_man_p90
    toxic_vitamin_d
    lived_start_30
    lifelong_kidney_disease_30
    season_woman_63
    pills_from_habit
    meals_from_habit_in_winter
    parathyroid_damaged_then_overactive
    regression_ends_at_half
    k1_pills_and_leaves_man_50
    mk7_five_years_then_none
    set_points_and_exponents
}
