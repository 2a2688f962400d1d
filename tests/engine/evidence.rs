//! Target 10: published trials against the model, in both hypothesis sets.
//!
//! A row holds where `expected_set` says so and misses where it says so: a miss that begins to
//! hold is news, too.

use super::arms::{arm, end, regimens_of, run, start};
use crate::parameters::Hypothesis;
use crate::physiology::person::{BmiClass, CoronaryPercentile, Person, Sex};
use crate::physiology::quantities::quantity;
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::{Arm, Phase};
use crate::trajectory::Trajectory;
use std::collections::HashMap;

type Row = HashMap<String, String>;

fn rows() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evidence/evidence.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, key: &str) -> f64 {
    let text = &row[key];
    if text.is_empty() { 0.0 } else { text.parse().unwrap_or_else(|_| panic!("{key}: {text}")) }
}

fn optional(row: &Row, key: &str) -> Option<f64> {
    if row[key].is_empty() { None } else { Some(number(row, key)) }
}

fn person(row: &Row) -> Person {
    Person {
        sex: if row["sex"] == "male" { Sex::Male } else { Sex::Female },
        start_age_years: number(row, "age"),
        menopause_age_years: number(row, "menopause_age"),
        egfr_ml_per_min: optional(row, "egfr"),
        bmi_class: if row["bmi_class"] == "obese" { BmiClass::Obese } else { BmiClass::Normal },
        coronary_percentile: match row["percentile"].as_str() {
            "p75" => CoronaryPercentile::P75,
            "p90" => CoronaryPercentile::P90,
            _ => CoronaryPercentile::P50,
        },
        cac_agatston: optional(row, "cac0"),
        ..Person::default()
    }
}

/// Control and treated arm of a row, as the model's section 12 says.
fn both_arms(row: &Row, hypothesis: Hypothesis) -> (Arm, Arm) {
    let duration = number(row, "duration_days");
    let mut control = arm(person(row), hypothesis, duration, duration);
    let habitual = &mut control.habitual;
    habitual.calcium_diet_mg_per_day = number(row, "habitual_ca_mg");
    habitual.vitamin_d_sun_ug_per_day = number(row, "habitual_d_ug") - 5.0;
    if number(row, "k2_poor") == 1.0 {
        habitual.k1_mixed_ug_per_day = 90.0;
        habitual.mk4_food_ug_per_day = 3.0;
        habitual.mk7_food_ug_per_day = 0.0;
        habitual.long_chain_mk_food_ug_per_day = 5.0;
    }
    let mut inputs = control.habitual;
    inputs.vitamin_d_supplement_ug_per_day += number(row, "d3_both_ug");
    control.phases[0].inputs = inputs;
    let factor = number(row, "k_absorption_factor");
    inputs.vitamin_d_supplement_ug_per_day += number(row, "d3_ug");
    inputs.calcium_supplement_mg_per_day += number(row, "ca_mg");
    inputs.calcium_diet_mg_per_day += number(row, "ca_diet_change_mg");
    inputs.k1_supplement_ug_per_day += number(row, "k1_ug") * factor;
    inputs.mk4_supplement_ug_per_day += number(row, "mk4_ug") * factor;
    inputs.mk7_supplement_ug_per_day += number(row, "mk7_ug") * factor;
    inputs.mk7_food_ug_per_day += number(row, "mk7_food_ug");
    inputs.long_chain_mk_food_ug_per_day += number(row, "long_chain_mk_ug");
    inputs.warfarin_mg_per_day = number(row, "warfarin");
    inputs.exercise = number(row, "exercise");
    inputs.unloading = number(row, "unloading");
    inputs.hormone_therapy = number(row, "hormone_therapy");
    let mut treated = control.clone();
    treated.phases[0].inputs = inputs;
    (control, treated)
}

fn read(trajectory: &Trajectory, name: &str, at: fn(&Trajectory, &str) -> f64) -> f64 {
    match name {
        "ucoc_to_coc_ratio" => {
            let ucoc = at(trajectory, "ucoc_percent");
            ucoc / (100.0 - ucoc)
        }
        "pulse_amplification_mmhg" => {
            at(trajectory, "systolic_pressure_mmhg")
                - at(trajectory, "central_systolic_pressure_mmhg")
        }
        _ => at(trajectory, name),
    }
}

/// The highest value after one dose of the vitamin K pills, every hour.
fn peak_after_one_dose(mut treated: Arm, name: &str) -> f64 {
    let mut without = treated.phases[0].inputs;
    without.k1_supplement_ug_per_day = 0.0;
    without.mk4_supplement_ug_per_day = 0.0;
    without.mk7_supplement_ug_per_day = 0.0;
    treated.regimens = regimens_of(&treated.phases[0].inputs, 0.0, 1.0);
    treated.regimens.extend(regimens_of(&without, 1.0, f64::INFINITY));
    treated.phases.push(Phase { start_day: 1.0, inputs: without });
    treated.resolution = Resolution::Pills;
    treated.output_every_days = 1.0 / 24.0;
    let trajectory = run(&treated, 1e-7);
    trajectory.series(quantity(name).unwrap()).into_iter().fold(f64::NEG_INFINITY, f64::max)
}

fn outcome(row: &Row, hypothesis: Hypothesis) -> f64 {
    let (control, treated) = both_arms(row, hypothesis);
    if row["comparison"] == "peak_after_one_dose" {
        return peak_after_one_dose(treated, &row["readout"]);
    }
    let (control, treated) = (run(&control, 1e-7), run(&treated, 1e-7));
    let name = row["readout"].as_str();
    let (s, e) = (read(&treated, name, start), read(&treated, name, end));
    let (s0, e0) = (read(&control, name, start), read(&control, name, end));
    match row["comparison"].as_str() {
        "end" => e,
        "change" => e - s,
        "change_percent" => 100.0 * (e / s - 1.0),
        "difference" => e - e0,
        "difference_percent" => 100.0 * (e / e0 - 1.0),
        "ratio" => e / e0,
        "change_ratio" => (e - s) / (e0 - s0),
        other => panic!("unknown comparison {other}"),
    }
}

#[test]
fn trials_hold_where_expected_and_miss_where_expected() {
    let rows = rows();
    assert_eq!(rows.len(), 103);
    let mut surprises = Vec::new();
    for row in &rows {
        for hypothesis in Hypothesis::ALL {
            let value = outcome(row, hypothesis);
            let holds = number(row, "low") <= value && value <= number(row, "high");
            let expected =
                row["expected_set"] == "both" || row["expected_set"] == hypothesis.name();
            if holds != expected {
                let word = if expected { "should hold" } else { "should miss" };
                surprises.push(format!(
                    "{} ({}): {value:.4} in [{}, {}] {word}",
                    row["id"],
                    hypothesis.name(),
                    row["low"],
                    row["high"],
                ));
            }
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
