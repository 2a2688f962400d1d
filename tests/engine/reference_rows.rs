//! Rows of the reference trajectories: states must give their read-outs and lead to the next row.
//!
//! This checks the equations without any solver. The states of the files have 10 digits, so the
//! read-outs must agree far closer than the rule of comparison of a whole run: to 1e-8, since
//! urine follows the twelfth power of calcium.

use super::reference::arm_of;
use crate::physiology::balance::{derivatives, evaluate};
use crate::physiology::boluses::{Pill, eat_meal, take_pill};
use crate::physiology::model::Model;
use crate::physiology::quantities::QUANTITIES;
use crate::physiology::readouts::ReadOuts;
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::{STATE_COUNT, STATES, State};
use crate::scenario::{Arm, Phase};
use serde_json::Value;
use std::path::Path;

/// The model, and each phase's start with its setting.
fn build(scenario: &Value) -> (Model<f64>, Vec<(f64, SegmentInputs<f64>)>) {
    let arm = arm_of(scenario);
    let model = Model::new(&arm.parameters, &arm.person);
    let segment = |phase: &Phase| {
        let Arm { resolution, season, parameters, .. } = &arm;
        (phase.start_day, SegmentInputs::new(&phase.inputs, *resolution, *season, parameters))
    };
    (model, arm.phases.iter().map(segment).collect())
}

fn numbers(line: &str) -> Vec<f64> {
    line.split(',').map(|cell| cell.parse().unwrap()).collect()
}

struct Reference {
    name: String,
    scenario: Value,
    model: Model<f64>,
    phases: Vec<(f64, SegmentInputs<f64>)>,
    header: Vec<String>,
    rows: Vec<Vec<f64>>,
}

impl Reference {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let scenario: Value = serde_json::from_str(&text).unwrap();
        let table = std::fs::read_to_string(path.with_extension("csv")).unwrap();
        let (model, phases) = build(&scenario);
        let mut lines = table.lines();
        let header = lines.next().unwrap().split(',').map(str::to_owned).collect();
        let name = path.display().to_string();
        let rows = lines.map(numbers).collect();
        let mut reference = Self { name, scenario, model, phases, header, rows };
        reference.model.person.bone_set_point_scale = reference.bone_set_point_scale();
        reference
    }

    /// The scale of the set point of bone after a measured T-score, read from the first row.
    fn bone_set_point_scale(&self) -> f64 {
        if self.scenario["overrides_at_start"]["lumbar_spine_t_score"].is_null() {
            return 1.0;
        }
        let row = &self.rows[0];
        let state = State::from_array(row[1..=STATE_COUNT].try_into().unwrap());
        let effects = evaluate(&self.model, self.segment(0.0), 0.0, &state).effects;
        let name = "cortical_set_point_percent";
        let column = self.header.iter().position(|column| column == name).unwrap();
        row[column] / (100.0 * effects.cortical_set_point)
    }

    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let json = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
        json.map(|path| Self::read(&path)).collect()
    }

    /// Times have 10 digits; the last row belongs to the phase before the end.
    fn segment(&self, time: f64) -> &SegmentInputs<f64> {
        let end = self.scenario["duration_days"].as_f64().unwrap();
        let latest = if time >= end - 1e-6 { end - 1e-6 } else { time + 1e-6 };
        &self.phases.iter().rfind(|(start, _)| *start <= latest).unwrap().1
    }

    fn largest(&self, column: usize) -> f64 {
        self.rows.iter().map(|row| row[column].abs()).fold(0.0, f64::max)
    }

    fn check_read_outs(&self) {
        let reported = QUANTITIES.iter().filter(|row| !row.column.is_flow());
        let columns: Vec<_> = reported.map(|row| row.name).collect();
        assert_eq!(self.header[0], "time_days");
        assert_eq!(self.header[1..], columns[..self.header.len() - 1], "{}", self.name);
        for row in &self.rows {
            let state = State::from_array(row[1..=STATE_COUNT].try_into().unwrap());
            let rates = evaluate(&self.model, self.segment(row[0]), row[0], &state);
            let computed = ReadOuts::of(&self.model, &state, &rates).to_array();
            for (index, (a, b)) in computed.iter().zip(&row[1 + STATE_COUNT..]).enumerate() {
                // Differences of numbers with 10 digits.
                let name = columns[STATE_COUNT + index];
                let cancelled = match name {
                    "bone_balance_mg_per_day" => 5e-7,
                    "lumbar_spine_t_score" | "femoral_neck_t_score" => 1e-8,
                    _ => 0.0,
                };
                let largest = self.largest(1 + STATE_COUNT + index);
                let tolerance = 1e-8 * b.abs() + 1e-9 * largest + cancelled + 1e-9;
                assert!(
                    (a - b).abs() <= tolerance,
                    "{} day {} {}: {a} is not {b}",
                    self.name,
                    row[0],
                    name
                );
            }
        }
    }

    /// The plain Runge-Kutta method, stable here up to steps of 1/110 d.
    fn advance(&self, from: f64, to: f64, state: &mut [f64; STATE_COUNT]) {
        let segment = self.segment(from);
        let slope = |time: f64, at: [f64; STATE_COUNT]| {
            derivatives(&evaluate(&self.model, segment, time, &State::from_array(&at)))
        };
        // Meals move hormones within minutes.
        let averaged =
            ["meals", "pills"].iter().all(|single| self.scenario["resolution"] != *single);
        // A gland far from normal answers calcium faster than the method is stable for.
        let usual_gland = (0.5..=4.0).contains(&self.segment(from).inputs.parathyroid_function);
        let steps_per_day = match (averaged, !usual_gland) {
            (true, false) => 200.0,
            (true, true) => 2000.0,
            (false, _) => 4000.0,
        };
        let count = ((to - from) * steps_per_day).ceil();
        let h = (to - from) / count;
        for step in 0..count as usize {
            let time = from + h * step as f64;
            let moved = |width: f64, k: &[f64; STATE_COUNT]| {
                std::array::from_fn(|index| state[index] + width * k[index])
            };
            let k1 = slope(time, *state);
            let k2 = slope(time + h / 2.0, moved(h / 2.0, &k1));
            let k3 = slope(time + h / 2.0, moved(h / 2.0, &k2));
            let k4 = slope(time + h, moved(h, &k3));
            for index in 0..STATE_COUNT {
                let sum = k1[index] + 2.0 * (k2[index] + k3[index]) + k4[index];
                state[index] += h / 6.0 * sum;
            }
        }
    }

    fn meals(&self) -> Vec<[f64; 2]> {
        let usual = serde_json::json!([[7.5, 0.3], [12.5, 0.3], [18.5, 0.4]]);
        let meals = self.scenario["meals"].as_array().unwrap_or(usual.as_array().unwrap());
        meals.iter().map(|meal| [0, 1].map(|part| meal[part].as_f64().unwrap())).collect()
    }

    /// Every time before the end at which something may be swallowed.
    fn dose_times(&self) -> Vec<f64> {
        if !matches!(self.scenario["resolution"].as_str(), Some("meals" | "pills")) {
            return Vec::new();
        }
        let end = self.scenario["duration_days"].as_f64().unwrap();
        let hours = self.meals().into_iter().map(|[hour, _]| hour).chain([7.5, 12.5, 18.5]);
        let mut times: Vec<f64> = hours
            .flat_map(|hour| (0..end.ceil() as u32).map(move |day| f64::from(day) + hour / 24.0))
            .filter(|time| *time < end)
            .collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        times
    }

    /// Meals and pills at a time, with the phase valid then (section 10).
    fn swallow(&self, time: f64, state: &mut [f64; STATE_COUNT]) {
        let inputs = &self.segment(time).inputs;
        let hour = (time - time.floor()) * 24.0;
        let now = |at: f64| (hour - at).abs() < 1e-4;
        let mut after = State::from_array(state);
        let meals = self.scenario["resolution"] == "meals";
        for [_, share] in self.meals().into_iter().filter(|[at, _]| meals && now(*at)) {
            eat_meal(&self.model, inputs, share, &mut after);
        }
        let pills = inputs.calcium_pills_per_day;
        if meals && (now(7.5) || (pills > 1.0 && now(18.5)) || (pills > 2.0 && now(12.5))) {
            let calcium_mg = inputs.calcium_supplement_mg_per_day / pills;
            take_pill(&self.model, inputs, Pill { calcium_mg, ..Pill::default() }, &mut after);
        }
        if now(7.5) {
            let pill = Pill {
                calcium_mg: 0.0,
                vitamin_d_ug: inputs.vitamin_d_supplement_ug_per_day,
                k1_ug: inputs.k1_supplement_ug_per_day,
                mk4_ug: inputs.mk4_supplement_ug_per_day,
                mk7_ug: inputs.mk7_supplement_ug_per_day,
            };
            take_pill(&self.model, inputs, pill, &mut after);
        }
        *state = after.to_array();
    }

    /// Integrates from one row for up to 60 days (at least to the next row) and compares.
    fn check_from(&self, start: usize) {
        let mut state: [f64; STATE_COUNT] = self.rows[start][1..=STATE_COUNT].try_into().unwrap();
        let begin = self.rows[start][0];
        for pair in self.rows[start..].windows(2) {
            let (before, after) = (&pair[0], &pair[1]);
            if before[0] > begin && after[0] > begin + 60.0 {
                break;
            }
            let mut time = before[0];
            for dose in self.dose_times().into_iter().filter(|dose| *dose > before[0] + 1e-6) {
                if dose <= after[0] + 1e-6 {
                    self.advance(time, dose, &mut state);
                    self.swallow(dose, &mut state);
                    time = dose;
                }
            }
            if after[0] - time > 1e-6 {
                self.advance(time, after[0], &mut state);
            }
            for (index, (a, b)) in state.iter().zip(&after[1..=STATE_COUNT]).enumerate() {
                let tolerance = 1e-6 * b.abs() + 1e-6 * self.largest(1 + index) + 1e-9;
                assert!(
                    (a - b).abs() <= tolerance,
                    "{} day {} {}: {a} is not {b}",
                    self.name,
                    after[0],
                    STATES[index].name
                );
            }
        }
    }
}

#[test]
fn the_states_of_every_row_give_its_read_outs() {
    let references = Reference::all();
    references.iter().for_each(Reference::check_read_outs);
    let rows: usize = references.iter().map(|reference| reference.rows.len()).sum();
    assert_eq!((references.len(), rows), (29, 2330));
}

#[test]
fn rates_of_change_and_boluses_lead_from_row_to_row() {
    for reference in Reference::all() {
        let last = reference.rows.len() - 1;
        for start in [0, last / 2, last - 1] {
            reference.check_from(start);
        }
    }
}
