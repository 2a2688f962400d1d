//! Targets 12 to 14 of section 12 of the model: effects that level off, pressures, K1 and MK-4.

use super::arms::{arm, end, regimens_of, run, series, start, woman};
use crate::parameters::Hypothesis;
use crate::physiology::inputs::Inputs;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::Phase;
use approx::assert_abs_diff_eq;

const YEAR: f64 = 365.25;

#[test]
fn target_12_every_effect_on_bone_levels_off() {
    let spine = |change: &dyn Fn(&mut Inputs<f64>)| {
        let mut person = arm(woman(60.0), Hypothesis::Paradox, 30.0 * YEAR, YEAR);
        change(&mut person.phases[0].inputs);
        let all = series(&run(&person, 1e-7), "lumbar_spine_bmd_percent");
        [1, 3, 10, 30].map(|year| all[year])
    };
    let untreated = spine(&|_| ());
    let effect = |change: &dyn Fn(&mut Inputs<f64>)| {
        let treated = spine(change);
        std::array::from_fn::<_, 4, _>(|i| 100.0 * (treated[i] / untreated[i] - 1.0))
    };
    let none = |i: &mut Inputs<f64>| {
        i.k1_mixed_ug_per_day = 0.0;
        i.mk4_food_ug_per_day = 0.0;
        i.mk7_food_ug_per_day = 0.0;
        i.long_chain_mk_food_ug_per_day = 0.0;
    };
    type Case<'a> = (&'a str, &'a dyn Fn(&mut Inputs<f64>), [f64; 4]);
    let cases: [Case<'_>; 5] = [
        ("MK-7", &|i| i.mk7_supplement_ug_per_day = 180.0, [0.6, 1.4, 2.3, 2.8]),
        ("exercise", &|i| i.exercise = 0.5, [2.0, 3.8, 4.8, 4.3]),
        ("therapy", &|i| i.hormone_therapy = 1.0, [3.7, 5.2, 6.0, 6.6]),
        ("calcium", &|i| i.calcium_supplement_mg_per_day = 1000.0, [0.7, 1.0, 1.2, 1.3]),
        ("no vitamin K", &none, [-0.4, -1.0, -1.6, -2.0]),
    ];
    for (name, change, expected) in cases {
        for (value, expected) in effect(change).into_iter().zip(expected) {
            assert!((value - expected).abs() <= 0.05001, "{name}: {value} is not {expected}");
        }
    }
}

#[test]
fn target_13_pressures_of_the_untreated_person() {
    let whole = [
        ("pwv_m_per_s", [6.3, 7.5, 10.3, 11.2], 0.05),
        ("central_pulse_pressure_mmhg", [31.0, 37.0, 50.0, 52.0], 0.5),
        ("systolic_pressure_mmhg", [117.0, 126.0, 134.0, 136.0], 0.5),
        ("diastolic_pressure_mmhg", [70.0, 75.0, 76.0, 76.0], 0.5),
        ("stroke_work_j", [0.98, 1.06, 1.14, 1.15], 0.005),
        ("pulsatile_stroke_work_percent", [11.0, 12.0, 15.0, 16.0], 0.5),
        ("stiffness_work_percent", [0.0, 2.1, 6.1, 7.0], 0.05),
    ];
    let ages = [30.0, 50.0, 70.0, 90.0];
    let starts = ages.map(|age| run(&arm(woman(age), Hypothesis::Paradox, 1.0, 1.0), 1e-7));
    for (name, expected, within) in whole {
        for (start_of, expected) in starts.iter().zip(expected) {
            let value = start(start_of, name);
            assert!((value - expected).abs() <= within, "{name}: {value} is not {expected}");
        }
    }
}

#[test]
fn target_14_a_pill_of_mk4_is_seen_in_plasma_only_if_it_is_large() {
    let peak = |dose: f64| {
        let mut person = arm(Person::default(), Hypothesis::Paradox, 2.0, 1.0 / 288.0);
        person.resolution = Resolution::Pills;
        let mut inputs = person.habitual;
        person.phases.push(Phase { start_day: 1.0, inputs });
        inputs.mk4_supplement_ug_per_day = dose;
        person.phases[0].inputs = inputs;
        person.regimens = regimens_of(&inputs, 0.0, 1.0);
        let plasma = series(&run(&person, 1e-8), "mk4_plasma_ng_per_ml");
        plasma.into_iter().fold(0.0, f64::max)
    };
    assert_abs_diff_eq!(peak(420.0), 0.06, epsilon = 0.005);
    assert_abs_diff_eq!(peak(1500.0), 2.5, epsilon = 0.05);
    assert_abs_diff_eq!(peak(15_000.0), 216.0, epsilon = 1.0);
}

#[test]
fn target_14_k1_does_not_change_the_mk4_of_plasma() {
    let mut person = arm(woman(50.0), Hypothesis::Paradox, 60.0, 60.0);
    person.phases[0].inputs.k1_supplement_ug_per_day = 1000.0;
    let trajectory = run(&person, 1e-9);
    let (before, after) = (start(&trajectory, "tissue_mk4_nm"), end(&trajectory, "tissue_mk4_nm"));
    assert!(after > 2.0 * before, "{before} {after}");
    let plasma =
        |at: fn(&crate::trajectory::Trajectory, &str) -> f64| at(&trajectory, "mk4_plasma_nm");
    assert_abs_diff_eq!(plasma(start), plasma(end), epsilon = 1e-9);
}
