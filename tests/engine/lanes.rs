//! An arm in a lane has the bits of the same arm alone, whoever runs beside it.

use super::arms::{arm, cases, four_arm, k2_poor, man, regimens_of, woman};
use crate::error::failure::RunFailure;
use crate::nutrition::diet::MealFoods;
use crate::nutrition::foods::food;
use crate::parameters::Hypothesis;
use crate::physiology::person::{BmiClass, CoronaryPercentile};
use crate::physiology::segment_inputs::{Resolution, Season};
use crate::real::dispatch::Width;
use crate::scenario::{Arm, Phase};
use crate::simulation::{
    ArmRun, InitialState, Method, Options, PastCache, RowSelection, run_arm, run_arm_from,
    run_arms, run_arms_at,
};
use std::cell::Cell;

/// Persons, diets and events of many kinds; some arms fail.
fn varied_arms() -> Vec<Arm> {
    let mut all = Vec::new();
    for (i, hypothesis) in (0_u32..).zip([Hypothesis::Paradox, Hypothesis::Conservative]) {
        for calcium in [false, true] {
            all.push(four_arm(hypothesis, calcium, i == 0));
        }
        let mut sick = arm(woman(66.0), hypothesis, 700.0, 50.0);
        sick.person.egfr_ml_per_min = Some(22.0);
        sick.person.bmi_class = BmiClass::Obese;
        sick.phases[0].inputs.warfarin_mg_per_day = 5.0;
        all.push(sick);
        let mut measured = arm(man(58.0), hypothesis, 1500.0, 100.0);
        measured.person.coronary_percentile = CoronaryPercentile::P90;
        measured.person.cac_agatston = Some(250.0);
        measured.person.lumbar_spine_t_score = Some(-1.5);
        measured.parameters.regression_switch = 1.0;
        all.push(measured);
        all.extend((0..6).map(|k| phases(hypothesis, 30.0 + 6.0 * f64::from(k))));
        all.extend((0..4).map(|k| with_doses(hypothesis, Resolution::Pills, 40.0 + f64::from(k))));
        all.extend((0..2).map(|k| with_doses(hypothesis, Resolution::Meals, 3.0 + f64::from(k))));
        let mut dinner = with_doses(hypothesis, Resolution::Meals, 5.0);
        let natto = (food("natto").unwrap(), 40.0);
        dinner.meal_foods = vec![MealFoods { hour: dinner.meals[2].hour, foods: vec![natto] }];
        all.push(dinner);
        all.extend((0..4).map(|k| failing(hypothesis, k)));
    }
    all.push(cases::TEN_AVERAGED_YEARS.arm());
    all.push(cases::LIFE_HISTORY_AND_TWENTY_YEARS.arm());
    all
}

fn phases(hypothesis: Hypothesis, age: f64) -> Arm {
    let mut arm = arm(man(age), hypothesis, 900.0, 37.0);
    k2_poor(&mut arm);
    arm.season = Some(Season { amplitude: 0.01 * age, start_day_of_year: age });
    let mut later = arm.phases[0].inputs;
    later.mk7_supplement_ug_per_day = 3.0 * age;
    later.unloading = 0.3;
    arm.phases.push(Phase { start_day: 100.0 + age, inputs: later });
    later.warfarin_mg_per_day = 4.0;
    arm.phases.push(Phase { start_day: 400.5, inputs: later });
    arm
}

fn with_doses(hypothesis: Hypothesis, resolution: Resolution, days: f64) -> Arm {
    let mut arm = arm(woman(30.0 + days / 4.0), hypothesis, days, 0.25);
    let inputs = &mut arm.phases[0].inputs;
    inputs.calcium_supplement_mg_per_day = 12.0 * days;
    inputs.mk7_supplement_ug_per_day = 180.0;
    inputs.vitamin_d_supplement_ug_per_day = 20.0;
    arm.regimens = regimens_of(&arm.phases[0].inputs, 1.0, f64::INFINITY);
    arm.resolution = resolution;
    arm
}

/// Parameters and measured values that no loading would let through.
fn failing(hypothesis: Hypothesis, kind: u32) -> Arm {
    let mut arm = arm(woman(31.0 + 10.0 * f64::from(kind % 2)), hypothesis, 400.0, 30.0);
    match kind {
        0 => arm.parameters.osteoclast_time_days = f64::NAN,
        1 => arm.parameters.ecf_volume_l = 1e-300,
        2 => arm.person.cac_agatston = Some(f64::INFINITY),
        _ => {
            arm.phases[0].inputs.calcium_diet_mg_per_day = 1e9;
            arm.parameters.ecf_volume_l = 0.01;
        }
    }
    arm
}

/// Everything of a run as bits; NaN as one.
fn bits(run: &ArmRun) -> (Vec<u64>, String) {
    let one = |value: &f64| if value.is_nan() { u64::MAX } else { value.to_bits() };
    let rows = run.trajectory.rows.iter().flat_map(|row| {
        let numbers = row.states.iter().chain(&row.flows).chain(&row.read_outs);
        std::iter::once(&row.time_days).chain(numbers).map(one).collect::<Vec<_>>()
    });
    let trajectory = &run.trajectory;
    (rows.collect(), format!("{:?} {:?} {}", run.failure, trajectory.work, trajectory.complete))
}

/// The same order on every machine, but no order that the arms know of.
fn shuffled(mut arms: Vec<Arm>, mut seed: u64) -> Vec<Arm> {
    for last in (1..arms.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        arms.swap(last, (seed >> 33) as usize % (last + 1));
    }
    arms
}

fn assert_same(arms: &[Arm], options: &Options, widths: &[Width]) {
    let alone: Vec<_> =
        arms.iter().map(|arm| bits(&run_arm(arm, options, &mut |_| true))).collect();
    for width in widths.iter().filter(|width| width.is_available()) {
        let together =
            run_arms_at(*width, arms, &PastCache::default(), &RowSelection::All, options, &|| true);
        assert_eq!(together.len(), arms.len());
        for (index, run) in together.iter().enumerate() {
            let (rows, rest) = bits(run);
            assert_eq!(rest, alone[index].1, "{width:?} arm {index}");
            assert!(rows == alone[index].0, "{width:?} arm {index}: rows differ");
        }
    }
}

#[test]
fn many_arms_in_any_order_on_every_width() {
    let options = Options { relative_tolerance: 1e-5, ..Options::default() };
    for seed in [1, 2] {
        let arms = shuffled(varied_arms(), seed);
        assert!(arms.len() >= 40);
        let failures =
            arms.iter().filter(|arm| run_arm(arm, &options, &mut |_| true).failure.is_some());
        assert!(failures.count() >= 4);
        assert_same(&arms, &options, &Width::ALL);
    }
}

#[test]
fn the_default_tolerance_and_a_step_limit() {
    let arms = shuffled(varied_arms(), 3);
    let options = Options { step_limit: 60, ..Options::default() };
    assert_same(&arms, &options, &[Width::widest()]);
}

#[test]
fn one_arm_or_fewer_than_lanes() {
    let options = Options { relative_tolerance: 1e-4, ..Options::default() };
    for count in [0, 1, 3] {
        let arms: Vec<_> = varied_arms().into_iter().skip(5).take(count).collect();
        assert_same(&arms, &options, &Width::ALL);
    }
}

#[test]
fn explicit_methods_run_one_after_the_other() {
    let options = Options { method: Method::Dopri5, ..Options::default() };
    let arms = vec![with_doses(Hypothesis::Paradox, Resolution::Pills, 2.0); 2];
    assert_same(&arms, &options, &[Width::widest()]);
}

/// Men of three ages, each with four diets: three pasts in twelve arms.
fn families() -> Vec<Arm> {
    let arms = (0..12_u32).map(|k| {
        let mut arm = arm(man(40.0 + f64::from(k % 3)), Hypothesis::Paradox, 900.0, 30.0);
        arm.phases[0].inputs.mk7_supplement_ug_per_day = 20.0 * f64::from(k);
        arm
    });
    arms.collect()
}

#[test]
fn a_past_that_arms_share_is_integrated_once_and_then_known() {
    let (arms, options) = (families(), Options::default());
    let lived = PastCache::default();
    let first = run_arms(&arms, &lived, &RowSelection::All, &options, &|| true);
    assert_eq!(lived.len(), 3);
    let again = run_arms(&arms[..4], &lived, &RowSelection::All, &options, &|| true);
    assert_eq!(lived.len(), 3, "nothing was integrated again");
    let alone = arms.iter().map(|arm| bits(&run_arm(arm, &options, &mut |_| true)));
    assert!(first.iter().map(bits).eq(alone));
    assert!(again.iter().map(bits).eq(first[..4].iter().map(bits)));
}

#[test]
fn a_past_that_fails_fails_for_its_arms_alone() {
    let mut arms = families();
    for arm in arms.iter_mut().step_by(3) {
        arm.habitual.calcium_diet_mg_per_day = f64::NAN;
    }
    for arm in arms.iter_mut().skip(1).step_by(3) {
        arm.person.lumbar_spine_t_score = Some(f64::INFINITY);
    }
    let options = Options::default();
    let failed = arms.iter().filter(|arm| run_arm(arm, &options, &mut |_| true).failure.is_some());
    assert_eq!(failed.count(), 8);
    assert_same(&arms, &options, &Width::ALL);
}

#[test]
fn few_rows_are_those_of_a_run_with_all() {
    let (arms, options) = (families(), Options::default());
    let rows = RowSelection::Around(vec![(100.0, 200.0), (500.0, 500.0)]);
    for width in Width::ALL {
        let together = run_arms_at(width, &arms, &PastCache::default(), &rows, &options, &|| true);
        for (arm, run) in arms.iter().zip(&together) {
            let start = InitialState::of(arm, &options, &mut |_| true).unwrap();
            let alone = run_arm_from(arm, &start, &options, &rows, &mut |_| true);
            assert_eq!(bits(run), bits(&alone));
            let all = run_arm(arm, &options, &mut |_| true).trajectory.rows;
            assert!(run.trajectory.rows.len() < all.len());
            assert!(run.trajectory.rows.iter().all(|row| all.contains(row)));
        }
    }
}

#[test]
fn what_is_interrupted_says_so_and_what_had_ended_stays() {
    let options = Options::default();
    let mut arms = vec![arm(man(30.0), Hypothesis::Paradox, 1.0, 1.0)];
    arms.extend((0..40).map(|k| {
        let arm = with_doses(Hypothesis::Paradox, Resolution::Pills, 60.0 + f64::from(k));
        Arm { person: man(30.0), ..arm }
    }));
    for width in Width::ALL {
        for looks in [0, 1, 8, 30] {
            let left = Cell::new(looks);
            let go_on = || left.replace(left.get().max(1) - 1) > 0;
            let runs = run_arms_at(
                width,
                &arms,
                &PastCache::default(),
                &RowSelection::All,
                &options,
                &go_on,
            );
            let (mut done, mut stopped) = (0, 0);
            for (arm, run) in arms.iter().zip(&runs) {
                match &run.failure {
                    None => {
                        assert_eq!(bits(run), bits(&run_arm(arm, &options, &mut |_| true)));
                        done += 1;
                    }
                    Some(RunFailure::Interrupted { .. }) => stopped += 1,
                    Some(other) => panic!("{other}"),
                }
            }
            assert_eq!(done + stopped, arms.len());
            assert!(stopped > 0 && (looks < 30 || done > 0), "{width:?} {looks} {done} {stopped}");
        }
    }
}
