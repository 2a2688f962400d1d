//! Every row of every reference trajectory: its states must give its read-outs.
//!
//! This checks the equations without any solver. The states of the files have 10 digits, so the
//! read-outs must agree far closer than the rule of comparison of a whole run: to 1e-8, since
//! urine follows the twelfth power of calcium.

use calcifate::parameters::Hypothesis;
use calcifate::physiology::inputs::Inputs;
use calcifate::physiology::model::Model;
use calcifate::physiology::person::{BmiClass, CoronaryPercentile, Person, Sex};
use calcifate::physiology::readouts::{READ_OUT_NAMES, read_outs};
use calcifate::physiology::setting::{IntakeMode, Setting};
use calcifate::physiology::state::{STATE_COUNT, STATES, State};
use serde_json::Value;
use std::path::Path;

fn person(values: &Value) -> Person {
    let mut person = Person::default();
    for (key, value) in values.as_object().into_iter().flatten() {
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
            ("baseline_phosphate_mmol_per_l", _, Some(level)) => {
                person.baseline_phosphate_mmol_per_l = Some(level);
            }
            other => panic!("{other:?}"),
        }
    }
    person
}

fn change(inputs: &mut Inputs<f64>, values: &Value) {
    for (key, value) in values.as_object().into_iter().flatten() {
        *inputs.get_mut(key).expect(key) = value.as_f64().expect("a number");
    }
}

/// The model, and each phase's start with its setting.
fn build(scenario: &Value) -> (Model<f64>, Vec<(f64, Setting<f64>)>) {
    let hypothesis = scenario["hypothesis_set"].as_str().and_then(Hypothesis::by_name).unwrap();
    let mut parameters = hypothesis.parameters();
    for (name, value) in scenario["parameter_overrides"].as_object().into_iter().flatten() {
        *parameters.get_mut(name).expect(name) = value.as_f64().unwrap();
    }
    let model = Model::new(&parameters, &person(&scenario["person"]));
    let mode = match scenario["resolution"].as_str() {
        Some("averaged") => IntakeMode::Averaged,
        Some("meals") => IntakeMode::Meals,
        other => panic!("{other:?}"),
    };
    let mut inputs = Inputs::reference(&parameters);
    change(&mut inputs, &scenario["habitual"]);
    let mut phases = Vec::new();
    for phase in scenario["phases"].as_array().unwrap() {
        change(&mut inputs, &phase["intake"]);
        let setting = Setting::new(&inputs, mode, None, &parameters);
        phases.push((phase["start_day"].as_f64().unwrap(), setting));
    }
    (model, phases)
}

fn numbers(line: &str) -> Vec<f64> {
    line.split(',').map(|cell| cell.parse().unwrap()).collect()
}

fn check_file(path: &Path) -> usize {
    let scenario: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let table = std::fs::read_to_string(path.with_extension("csv")).unwrap();
    let (model, phases) = build(&scenario);
    let end = scenario["duration_days"].as_f64().unwrap();
    let mut lines = table.lines();
    let header: Vec<_> = lines.next().unwrap().split(',').collect();
    let columns: Vec<_> = STATES.iter().map(|state| state.name).chain(READ_OUT_NAMES).collect();
    assert_eq!(header[0], "time_days");
    assert_eq!(header[1..], columns[..header.len() - 1], "{}", path.display());

    let rows: Vec<Vec<f64>> = lines.map(numbers).collect();
    for row in &rows {
        let time = row[0];
        // Times have 10 digits; the last row belongs to the phase before the end.
        let latest = if time >= end - 1e-6 { end - 1e-6 } else { time + 1e-6 };
        let (_, setting) = phases.iter().rfind(|(start, _)| *start <= latest).unwrap();
        let state = State::from_array(row[1..=STATE_COUNT].try_into().unwrap());
        let computed = read_outs(&model, setting, time, &state);
        for (column, (a, b)) in computed.iter().zip(&row[1 + STATE_COUNT..]).enumerate() {
            let name = READ_OUT_NAMES[column];
            let largest =
                rows.iter().map(|row| row[1 + STATE_COUNT + column].abs()).fold(0.0, f64::max);
            // Differences of numbers with 10 digits.
            let cancelled = match name {
                "bone_balance_mg_per_day" => 5e-7,
                "lumbar_spine_t_score" | "femoral_neck_t_score" => 1e-8,
                _ => 0.0,
            };
            let tolerance = 1e-8 * b.abs() + 1e-9 * largest + cancelled + 1e-9;
            assert!(
                (a - b).abs() <= tolerance,
                "{} day {time} {name}: {a} is not {b}",
                path.display()
            );
        }
    }
    rows.len()
}

#[test]
fn the_states_of_every_reference_row_give_its_read_outs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let mut files = 0;
    let mut rows = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files += 1;
            rows += check_file(&path);
        }
    }
    assert_eq!((files, rows), (19, 1590));
}
