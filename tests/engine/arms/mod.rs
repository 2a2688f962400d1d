//! Arms built in code, for tests that need no scenario file.

pub(crate) mod cases;

pub(crate) use cases::error_at_end;

use crate::nutrition::regimen::{Regimen, Substance};
use crate::nutrition::schedule::DEFAULT_MEALS;
use crate::parameters::Hypothesis;
use crate::physiology::inputs::Inputs;
use crate::physiology::person::{CoronaryPercentile, Person, Sex};
use crate::physiology::quantities::quantity;
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::{Arm, Phase};
use crate::simulation::{Options, run_arm};
use crate::trajectory::Trajectory;
use crate::units::frequency::Frequency;

/// An arm on the reference diet with one phase.
pub(crate) fn arm(person: Person, hypothesis: Hypothesis, duration_days: f64, every: f64) -> Arm {
    let parameters = hypothesis.parameters();
    let inputs = Inputs::reference(&parameters);
    Arm {
        name: "arm".into(),
        label: "arm".into(),
        hypothesis: hypothesis.into(),
        parameters,
        parameter_changes: Vec::new(),
        resolution: Resolution::Averaged,
        person,
        habitual: inputs,
        earlier_habits: Vec::new(),
        habitual_regimens: Vec::new(),
        phases: vec![Phase { start_day: 0.0, inputs }],
        regimens: Vec::new(),
        meals: DEFAULT_MEALS.to_vec(),
        meal_foods: Vec::new(),
        season: None,
        duration_days,
        output_every_days: every,
        seed: 1,
    }
}

pub(crate) fn woman(age: f64) -> Person {
    Person { sex: Sex::Female, start_age_years: age, ..Person::default() }
}

pub(crate) fn man(age: f64) -> Person {
    Person { sex: Sex::Male, start_age_years: age, ..Person::default() }
}

/// The K2-poor diet of the four-arm experiment, for life and in the arm.
pub(crate) fn k2_poor(arm: &mut Arm) {
    let mut inputs = arm.habitual;
    inputs.calcium_diet_mg_per_day = 800.0;
    inputs.k1_mixed_ug_per_day = 90.0;
    inputs.mk4_food_ug_per_day = 3.0;
    inputs.mk7_food_ug_per_day = 0.0;
    inputs.long_chain_mk_food_ug_per_day = 5.0;
    arm.habitual = inputs;
    arm.phases[0].inputs = inputs;
}

/// The woman 50 → 70 of section 12.9.
pub(crate) fn four_arm(hypothesis: Hypothesis, calcium_and_d: bool, k2: bool) -> Arm {
    let person = Person { coronary_percentile: CoronaryPercentile::P75, ..woman(50.0) };
    let mut arm = arm(person, hypothesis, 7305.0, 30.4375);
    k2_poor(&mut arm);
    let inputs = &mut arm.phases[0].inputs;
    if calcium_and_d {
        inputs.calcium_supplement_mg_per_day = 1000.0;
        inputs.vitamin_d_supplement_ug_per_day = 25.0;
    }
    if k2 {
        inputs.mk7_supplement_ug_per_day = 180.0;
    }
    arm
}

/// The daily pills that section 10 makes of plain supplement inputs, for one phase.
pub(crate) fn regimens_of(inputs: &Inputs<f64>, from_day: f64, to_day: f64) -> Vec<Regimen> {
    let calcium_hours: &[f64] = match inputs.calcium_pills_per_day.round() as i64 {
        1 => &[7.5],
        2 => &[7.5, 18.5],
        _ => &[7.5, 12.5, 18.5],
    };
    let pills = [
        (Substance::Calcium, inputs.calcium_supplement_mg_per_day, calcium_hours),
        (Substance::VitaminD, inputs.vitamin_d_supplement_ug_per_day, &[7.5]),
        (Substance::K1, inputs.k1_supplement_ug_per_day, &[7.5]),
        (Substance::Mk4, inputs.mk4_supplement_ug_per_day, &[7.5]),
        (Substance::Mk7, inputs.mk7_supplement_ug_per_day, &[7.5]),
    ];
    pills
        .into_iter()
        .filter(|(_, amount, _)| *amount > 0.0)
        .map(|(substance, amount, hours)| Regimen {
            substance,
            dose: amount / hours.len() as f64,
            rhythm: Frequency::DAILY,
            hours: hours.to_vec(),
            with_meals: false,
            missed_share: 0.0,
            from_day,
            to_day,
        })
        .collect()
}

/// Runs an arm that must not fail.
pub(crate) fn run(arm: &Arm, relative_tolerance: f64) -> Trajectory {
    let options = Options { relative_tolerance, ..Options::default() };
    let result = run_arm(arm, &options, &mut |_| true);
    assert_eq!(result.failure, None);
    assert!(result.trajectory.complete);
    result.trajectory
}

/// A quantity at every row.
pub(crate) fn series(trajectory: &Trajectory, name: &str) -> Vec<f64> {
    trajectory.series(quantity(name).unwrap())
}

/// A quantity at the first row.
pub(crate) fn start(trajectory: &Trajectory, name: &str) -> f64 {
    trajectory.rows[0].value(quantity(name).unwrap().column)
}

/// A quantity at the last row.
pub(crate) fn end(trajectory: &Trajectory, name: &str) -> f64 {
    trajectory.rows.last().unwrap().value(quantity(name).unwrap().column)
}
