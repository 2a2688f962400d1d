//! Runs to draw: the reference runs and invented ones.

use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::{DEFAULT_MEALS, Dose, Intake};
use crate::physiology::ledger::{FLOW_COUNT, LEDGER, Pool};
use crate::physiology::quantities::{READ_OUT_COUNT, TrajectoryColumn, quantity};
use crate::physiology::state::STATE_COUNT;
use crate::plots::{ArmData, Subject};
use crate::trajectory::{Row, Trajectory};

/// A reference run as a trajectory; its flows follow from accumulators and read-outs.
fn reference(name: &str) -> Trajectory {
    let path = format!("{}/tests/reference/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let table: Vec<Vec<f64>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let mut rows: Vec<Row> = table
        .iter()
        .map(|cells| {
            let mut row = Row { read_outs: [f64::NAN; READ_OUT_COUNT], ..Row::zeros(cells[0]) };
            row.states.copy_from_slice(&cells[1..=STATE_COUNT]);
            for (name, value) in names.iter().zip(cells).skip(1 + STATE_COUNT) {
                if let Some(TrajectoryColumn::ReadOut(index)) =
                    quantity(name).map(|quantity| quantity.column)
                {
                    row.read_outs[index] = *value;
                }
            }
            row
        })
        .collect();
    for index in 0..rows.len() {
        let other = if index + 1 < rows.len() { index + 1 } else { index - 1 };
        rows[index].flows = flows(&rows[index], &rows[other]);
    }
    Trajectory { rows, work: Default::default(), complete: true }
}

fn flows(row: &Row, other: &Row) -> [f64; FLOW_COUNT] {
    let days = other.time_days - row.time_days;
    let change = |pool: Pool| other.states[pool.state()] - row.states[pool.state()];
    let rate = |pool: Pool| change(pool) / days;
    let read = |name: &str| row.value(quantity(name).unwrap().column);
    let (absorbed, fecal) = (read("absorbed_calcium_mg_per_day"), read("fecal_calcium_mg_per_day"));
    let eaten = -rate(Pool::IntakeSource);
    LEDGER.map(|movement| match movement.name {
        "intake_to_ecf" => absorbed,
        "intake_to_feces" => eaten - absorbed,
        "ecf_to_feces" => fecal - (eaten - absorbed),
        "ecf_to_sweat" => read("sweat_calcium_mg_per_day"),
        "ecf_to_urine" => read("urinary_calcium_mg_per_day"),
        "ecf_to_exchangeable" | "exchangeable_to_ecf" => 6000.0,
        "ecf_to_cortical" | "ecf_to_trabecular" => 0.5 * read("bone_accretion_mg_per_day"),
        "cortical_to_ecf" | "trabecular_to_ecf" => 0.5 * read("bone_resorption_mg_per_day"),
        "ecf_to_coronary" => rate(Pool::Coronary),
        "ecf_to_aortic" => rate(Pool::Aortic),
        _ => 0.0,
    })
}

pub(crate) struct Case {
    pub title: String,
    pub person: String,
    pub labels: Vec<String>,
    pub runs: Vec<Trajectory>,
    pub doses: Vec<Dose>,
    pub intake: fn(usize) -> (f64, f64, f64),
    pub start_age: Option<f64>,
    pub timeline: &'static [&'static str],
}

impl std::fmt::Debug for Case {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let rows: Vec<usize> = self.runs.iter().map(|run| run.rows.len()).collect();
        write!(
            out,
            "{:?} {:?} {:?} {rows:?} {:?}",
            self.title, self.person, self.labels, self.start_age
        )
    }
}

impl Case {
    pub(crate) fn subject(&self) -> Subject<'_> {
        let arms =
            self.runs.iter().zip(&self.labels).enumerate().map(|(index, (trajectory, label))| {
                ArmData {
                    label,
                    trajectory,
                    doses: &self.doses,
                    calcium_intake: vec![(self.intake)(index)],
                    look: index,
                    observed: Vec::new(),
                    what_if: false,
                }
            });
        Subject {
            title: &self.title,
            person: self.person.clone(),
            hypothesis: "paradox".to_owned(),
            arms: arms.collect(),
            start_age_years: self.start_age,
            timeline: self.timeline,
            limits: &[],
            told: Vec::new(),
            left_out: 0,
            compare: None,
        }
    }
}

pub(crate) fn four_arms() -> Case {
    let arms = ["usual", "calcium_and_d", "calcium_d_and_k2", "k2_alone"];
    let labels = ["usual", "calcium + D3", "calcium + D3 + K2", "K2 alone"];
    Case {
        title: "The calcium paradox".to_owned(),
        person: "woman 50 → 70".to_owned(),
        labels: labels.map(str::to_owned).to_vec(),
        runs: arms.map(|arm| reference(&format!("four_arms_paradox_{arm}"))).to_vec(),
        doses: Vec::new(),
        intake: |arm| (0.0, 800.0, if [1, 2].contains(&(arm % 4)) { 1000.0 } else { 0.0 }),
        start_age: Some(50.0),
        timeline: &[],
    }
}

fn one_arm(run: &str, title: &str, person: &str, start_age: f64) -> Case {
    Case {
        title: title.to_owned(),
        person: person.to_owned(),
        labels: vec![title.to_owned()],
        runs: vec![reference(run)],
        doses: meals(),
        intake: |_| (0.0, 1000.0, 1000.0),
        start_age: Some(start_age),
        timeline: &[],
    }
}

pub(crate) fn meals() -> Vec<Dose> {
    let mut all = Vec::new();
    for day in [0.0, 1.0, 2.0] {
        for meal in DEFAULT_MEALS {
            let time_days = day + meal.hour / 24.0;
            all.push(Dose { time_days, intake: Intake::Meal(meal.share) });
            if meal.hour != 12.5 {
                all.push(Dose { time_days, intake: Intake::Pill(Substance::Calcium, 500.0) });
            }
            if meal.hour == 7.5 {
                all.push(Dose { time_days, intake: Intake::Pill(Substance::VitaminD, 25.0) });
                all.push(Dose { time_days, intake: Intake::Pill(Substance::Mk7, 90.0) });
            }
        }
    }
    all
}

pub(crate) fn one_day() -> Case {
    one_arm("one_day_of_meals", "One day of meals", "woman of 40", 40.0)
}

/// Twelve arms whose names are whole sentences.
fn crowd() -> Case {
    let base = four_arms();
    let long =
        "calcium carbonate with every meal, vitamin D3 in the morning and MK-7 at night, arm";
    Case {
        title: "A very long title about the question of where all the calcium goes ".repeat(3),
        labels: (0..12).map(|index| format!("{long} {index}")).collect(),
        runs: (0..12).map(|index| base.runs[index % 4].clone()).collect(),
        ..base
    }
}

pub(crate) fn cases() -> Vec<(&'static str, Case)> {
    let two_weeks = Case {
        labels: vec!["MK-7 180 µg".to_owned(), "MK-7 360 µg".to_owned()],
        runs: vec![reference("mk7_180_man_50"), reference("mk7_360_man_50")],
        ..one_arm("mk7_180_man_50", "How much MK-7?", "man of 50", 50.0)
    };
    let mut empty = four_arms();
    empty.runs.iter_mut().for_each(|run| run.rows.clear());
    let mut single = four_arms();
    single.runs.iter_mut().for_each(|run| run.rows.truncate(1));
    let chosen = Case {
        timeline: &[
            "serum_total_calcium_mmol_per_l",
            "active_mgp_relative",
            "cac_agatston",
            "lumbar_spine_t_score",
        ],
        ..four_arms()
    };
    vec![
        ("four", four_arms()),
        ("chosen", chosen),
        ("day", one_day()),
        ("days", one_arm("three_days_of_meals", "Three days", "woman of 60", 60.0)),
        ("mk7", two_weeks),
        ("warfarin", one_arm("warfarin_one_year", "Warfarin and vitamin K", "man of 65", 65.0)),
        ("toxic", one_arm("toxic_vitamin_d", "Too much vitamin D", "woman of 45", 45.0)),
        ("kidney", one_arm("kidney_disease_egfr_30", "Kidney disease", "man of 60", 60.0)),
        (
            "meals",
            Case {
                labels: vec!["fasting pill".to_owned(), "with meals".to_owned()],
                runs: vec![reference("one_day_of_meals"), reference("three_days_of_meals")],
                ..one_day()
            },
        ),
        ("crowd", crowd()),
        ("empty", empty),
        ("single", single),
    ]
}
