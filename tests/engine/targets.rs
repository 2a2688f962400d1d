//! The structural targets of section 12 of the model. Target 10 is `evidence.rs`, the reference
//! trajectories are `reference.rs`, the reference state (3) stands with the model.

use super::arms::{arm, end, four_arm, man, run, series, start, woman};
use crate::checks::calcium_balance::CalciumBalance;
use crate::parameters::Hypothesis;
use crate::physiology::person::{CoronaryPercentile, Person};
use crate::physiology::quantities::quantity;
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::Arm;
use crate::trajectory::Trajectory;
use approx::assert_abs_diff_eq;

const YEAR: f64 = 365.25;

/// A person on `intake` mg of calcium a day, from day 0 on.
fn on_calcium(mut person: Arm, intake: f64) -> Arm {
    person.phases[0].inputs.calcium_diet_mg_per_day = intake;
    person
}

#[test]
fn target_1_every_milligram_is_kept() {
    for hypothesis in Hypothesis::ALL {
        for (calcium_and_d, k2) in [(false, false), (true, false), (true, true), (false, true)] {
            let trajectory = run(&four_arm(hypothesis, calcium_and_d, k2), 1e-6);
            let certificate = CalciumBalance::of(&trajectory).unwrap();
            assert!(certificate.holds(), "{certificate:?}");
        }
    }
    let mut day = arm(woman(40.0), Hypothesis::Paradox, 14.0, 1.0);
    day.resolution = Resolution::Meals;
    let certificate = CalciumBalance::of(&run(&day, 1e-6)).unwrap();
    assert!(certificate.holds(), "{certificate:?}");
    assert!(certificate.eaten_mg > 13_000.0, "{certificate:?}");
}

#[test]
fn target_2_no_flow_is_negative_and_no_artery_loses_calcium() {
    for hypothesis in Hypothesis::ALL {
        for (calcium_and_d, k2) in [(false, false), (true, true)] {
            let trajectory = run(&four_arm(hypothesis, calcium_and_d, k2), 1e-6);
            let lowest = trajectory.rows.iter().flat_map(|row| row.flows).fold(0.0, f64::min);
            assert!(lowest >= -1e-9, "{lowest}");
            for wall in ["coronary_calcium_mg", "aortic_calcium_mg"] {
                let stock = series(&trajectory, wall);
                assert!(stock.windows(2).all(|pair| pair[1] >= pair[0] - 1e-9), "{wall}");
            }
        }
    }
}

#[test]
fn target_4_blood_calcium_stays_in_range_from_300_to_2500_mg() {
    let after = |intake: f64| {
        let person = arm(woman(45.0), Hypothesis::Paradox, 3.0 * YEAR, 30.0);
        run(&on_calcium(person, intake), 1e-7)
    };
    let runs: Vec<_> = [300.0, 800.0, 1400.0, 2000.0, 2500.0].map(after).into();
    let ends = |name: &str| -> Vec<f64> { runs.iter().map(|run| end(run, name)).collect() };
    let serum = ends("serum_total_calcium_mmol_per_l");
    assert!(serum.iter().all(|value| (2.2..=2.6).contains(value)), "{serum:?}");
    assert!(serum.is_sorted(), "{serum:?}");
    for falling in ["pth_pmol_per_l", "calcitriol_pmol_per_l"] {
        assert!(ends(falling).iter().rev().is_sorted(), "{falling}: {:?}", ends(falling));
    }
    let urine = ends("urinary_calcium_mg_per_day");
    let slope = (urine[3] - urine[1]) / 1200.0;
    assert!((0.05..=0.10).contains(&slope), "{slope}");
}

#[test]
fn target_5_habitual_intake_at_45() {
    let fraction = |intake: f64| {
        let mut person = arm(woman(45.0), Hypothesis::Paradox, 30.0, 30.0);
        person.habitual.calcium_diet_mg_per_day = intake;
        let person = on_calcium(person, intake);
        end(&run(&person, 1e-7), "fractional_absorption")
    };
    assert!(fraction(200.0) >= 0.40 && fraction(300.0) >= 0.40);
    assert!((0.20..=0.33).contains(&fraction(1000.0)));
    assert!((0.13..=0.22).contains(&fraction(2000.0)));
}

#[test]
fn target_6_a_fasting_pill_of_1000_mg_at_70() {
    let fasting = |supplement: f64| {
        let mut person = arm(woman(70.0), Hypothesis::Paradox, 1.0, 1.0 / 144.0);
        person.resolution = Resolution::Meals;
        person.phases[0].inputs.calcium_diet_mg_per_day = 0.0;
        person.phases[0].inputs.calcium_supplement_mg_per_day = supplement;
        person.regimens = super::arms::regimens_of(&person.phases[0].inputs, 0.0, f64::INFINITY);
        run(&person, 1e-8)
    };
    let (pill, none) = (fasting(1000.0), fasting(0.0));
    let ionized = |t: &Trajectory| series(t, "serum_ionized_calcium_mmol_per_l");
    let rise: Vec<_> = ionized(&pill).iter().zip(ionized(&none)).map(|(a, b)| a - b).collect();
    let hours: Vec<_> = pill.times().iter().map(|day| day * 24.0 - 7.5).collect();
    let peak = (0..rise.len()).max_by(|&a, &b| rise[a].total_cmp(&rise[b])).unwrap();
    assert!((0.02..=0.06).contains(&rise[peak]), "{}", rise[peak]);
    assert!((3.0..=7.0).contains(&hours[peak]), "{}", hours[peak]);
    let at_8 = hours.iter().position(|hour| *hour >= 8.0).unwrap();
    assert!(rise[at_8] > 0.01, "{}", rise[at_8]);
}

#[test]
fn target_7_bone_balance_of_a_woman_of_60() {
    let trajectory = run(&arm(woman(60.0), Hypothesis::Paradox, 1.0, 1.0), 1e-7);
    let balance = start(&trajectory, "bone_balance_mg_per_day");
    assert!((-25.0..=-5.0).contains(&balance), "{balance}");
}

#[test]
fn target_8_mk7_leaves_blood_calcium_alone() {
    for hypothesis in Hypothesis::ALL {
        for (age, sun) in [(35.0, 28.3), (60.0, 0.0), (75.0, 28.3)] {
            for mut person in [
                arm(woman(age), hypothesis, 3.0 * YEAR, 30.0),
                arm(man(age), hypothesis, 3.0 * YEAR, 30.0),
            ] {
                person.habitual.vitamin_d_sun_ug_per_day = sun;
                person.phases[0].inputs.vitamin_d_sun_ug_per_day = sun;
                let without = run(&person, 1e-8);
                person.phases[0].inputs.mk7_supplement_ug_per_day = 360.0;
                let with = run(&person, 1e-8);
                let serum = |t: &Trajectory| series(t, "serum_total_calcium_mmol_per_l");
                for (a, b) in serum(&with).iter().zip(serum(&without)) {
                    assert!((a - b).abs() < 0.01, "{age} {sun}: {a} {b}");
                }
            }
        }
    }
}

#[test]
fn target_9_the_four_arms() {
    let values = |hypothesis, name: &str| -> Vec<f64> {
        [(false, false), (true, false), (true, true), (false, true)]
            .map(|(calcium_and_d, k2)| {
                end(&run(&four_arm(hypothesis, calcium_and_d, k2), 1e-7), name)
            })
            .into()
    };
    let near = |values: Vec<f64>, expected: [f64; 4], within: f64| {
        for (value, expected) in values.iter().zip(expected) {
            assert!((value - expected).abs() <= within, "{values:?} against {expected:?}");
        }
    };
    near(values(Hypothesis::Paradox, "cac_agatston"), [85.0, 114.0, 76.0, 58.0], 0.5);
    near(values(Hypothesis::Conservative, "cac_agatston"), [82.0, 89.0, 81.0, 76.0], 0.5);
    let bmd = "lumbar_spine_bmd_percent";
    near(values(Hypothesis::Paradox, bmd), [78.3, 79.7, 82.1, 80.8], 0.05);
    near(values(Hypothesis::Conservative, bmd), [78.7, 80.1, 80.1, 78.7], 0.05);
    let aorta = values(Hypothesis::Paradox, "aortic_calcium_mg");
    assert!(aorta[1] > aorta[2], "{aorta:?}");
    let bone = values(Hypothesis::Paradox, bmd);
    assert!(bone[1] < bone[2], "{bone:?}");
    let serum = values(Hypothesis::Paradox, "serum_total_calcium_mmol_per_l");
    assert!((serum[1] - serum[2]).abs() < 0.02, "{serum:?}");
}

#[test]
fn target_11_no_vitamin_d_for_two_years() {
    let mut person = arm(woman(60.0), Hypothesis::Paradox, 2.0 * YEAR, 5.0);
    person.phases[0].inputs.vitamin_d_diet_ug_per_day = 0.0;
    person.phases[0].inputs.vitamin_d_sun_ug_per_day = 0.0;
    let trajectory = run(&person, 1e-7);
    assert_abs_diff_eq!(end(&trajectory, "serum_total_calcium_mmol_per_l"), 2.09, epsilon = 0.005);
    assert_abs_diff_eq!(end(&trajectory, "pth_pmol_per_l"), 28.0, epsilon = 0.5);
    let bone = "lumbar_spine_bmd_percent";
    let loss = 100.0 * (1.0 - end(&trajectory, bone) / start(&trajectory, bone));
    assert_abs_diff_eq!(loss, 13.0, epsilon = 0.5);
    let untreated = run(&arm(woman(60.0), Hypothesis::Paradox, 2.0 * YEAR, 5.0), 1e-7);
    let less = 100.0 * (1.0 - end(&trajectory, bone) / end(&untreated, bone));
    assert_abs_diff_eq!(less, 11.6, epsilon = 0.05);
    let highest =
        series(&trajectory, "serum_total_calcium_mmol_per_l").into_iter().fold(0.0, f64::max);
    assert!(highest <= 2.6, "{highest}");
}

#[test]
fn target_11_no_vitamin_k_for_five_years() {
    for hypothesis in Hypothesis::ALL {
        let mut person = arm(man(55.0), hypothesis, 5.0 * YEAR, 30.0);
        for name in [
            "k1_mixed_ug_per_day",
            "mk4_food_ug_per_day",
            "mk7_food_ug_per_day",
            "long_chain_mk_food_ug_per_day",
        ] {
            *person.phases[0].inputs.get_mut(name).unwrap() = 0.0;
        }
        let trajectory = run(&person, 1e-6);
        for row in &trajectory.rows {
            assert!(row.states.iter().chain(&row.read_outs).all(|value| value.is_finite()));
        }
        assert!(end(&trajectory, "inr") > 5.0);
    }
}

#[test]
fn target_11_parathyroid_function() {
    for (function, calcium, pth) in
        [(0.1, 1.93, 1.5), (0.2, 2.10, 2.3), (3.0, 2.60, 5.8), (10.0, 3.09, 10.7)]
    {
        let mut person = arm(woman(45.0), Hypothesis::Paradox, 5.0 * YEAR, YEAR);
        person.phases[0].inputs.parathyroid_function = function;
        let trajectory = run(&person, 1e-7);
        let serum = series(&trajectory, "serum_total_calcium_mmol_per_l");
        assert_abs_diff_eq!(serum[5], calcium, epsilon = 0.005);
        assert_abs_diff_eq!(end(&trajectory, "pth_pmol_per_l"), pth, epsilon = 0.05);
        assert_abs_diff_eq!(serum[1], calcium, epsilon = 0.05);
    }
}

#[test]
fn target_11_a_year_of_warfarin() {
    let mut person = arm(woman(60.0), Hypothesis::Paradox, YEAR, 30.0);
    let untreated = run(&person, 1e-7);
    person.phases[0].inputs.warfarin_mg_per_day = 4.5;
    let treated = run(&person, 1e-7);
    let rise = end(&treated, "pwv_m_per_s") - end(&untreated, "pwv_m_per_s");
    assert_abs_diff_eq!(rise, 0.53, epsilon = 0.005);
    let name = "central_pulse_pressure_mmhg";
    assert_abs_diff_eq!(end(&treated, name) - end(&untreated, name), 2.1, epsilon = 0.05);
    let name = "hip_fracture_relative_risk";
    assert_abs_diff_eq!(end(&treated, name) / end(&untreated, name), 1.18, epsilon = 0.005);
}

#[test]
fn known_limit_averaged_and_meals_differ_as_stated() {
    let mut person = arm(woman(40.0), Hypothesis::Paradox, 6.0, 1.0 / 144.0);
    let averaged = start(&run(&person, 1e-7), "absorbed_calcium_mg_per_day");
    assert_abs_diff_eq!(averaged, 282.0, epsilon = 1.0);
    person.resolution = Resolution::Meals;
    let meals = run(&person, 1e-7);
    let absorbed = |day: f64| {
        let rows: Vec<_> =
            meals.rows.iter().filter(|r| r.time_days >= day && r.time_days <= day + 1.0).collect();
        let column = quantity("absorbed_calcium_mg_per_day").unwrap().column;
        rows.windows(2)
            .map(|w| {
                0.5 * (w[0].value(column) + w[1].value(column)) * (w[1].time_days - w[0].time_days)
            })
            .sum::<f64>()
    };
    assert_abs_diff_eq!(absorbed(0.0), 271.0, epsilon = 1.0);
    assert_abs_diff_eq!(absorbed(5.0), 271.0, epsilon = 1.0);
}

#[test]
fn pills_tend_to_averaged_when_doses_are_split() {
    let person = Person { coronary_percentile: CoronaryPercentile::P75, ..man(50.0) };
    let mut averaged = arm(person, Hypothesis::Paradox, 60.0, 60.0);
    averaged.phases[0].inputs.mk7_supplement_ug_per_day = 180.0;
    let goal = end(&run(&averaged, 1e-8), "mk7_plasma_nm");
    let distance = |parts: usize| {
        let mut pills = averaged.clone();
        pills.resolution = Resolution::Pills;
        let mut regimen =
            super::arms::regimens_of(&pills.phases[0].inputs, 0.0, f64::INFINITY).remove(0);
        regimen.hours = (0..parts).map(|i| 24.0 * i as f64 / parts as f64).collect();
        regimen.dose = 180.0 / parts as f64;
        pills.regimens = vec![regimen];
        (end(&run(&pills, 1e-8), "mk7_plasma_nm") / goal - 1.0).abs()
    };
    let [one, four, sixteen] = [1, 4, 16].map(distance);
    assert!(four < 0.4 * one && sixteen < 0.4 * four, "{one} {four} {sixteen}");
    assert!(sixteen < 0.02, "{sixteen}");
}
