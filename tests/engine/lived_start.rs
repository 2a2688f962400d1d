//! Targets 16 to 18 of section 12 of the model: day 0 is a usual day of this person.

use super::arms::{arm, end, regimens_of, run, series, start, woman};
use crate::parameters::Hypothesis;
use crate::physiology::inputs::Inputs;
use crate::physiology::segment_inputs::{Resolution, Season};
use crate::physiology::state::{STATE_COUNT, STATES};
use crate::scenario::{Arm, EarlierHabits};
use approx::assert_abs_diff_eq;

const YEAR: f64 = 365.25;

/// Person of an age with these habits, in the arm too.
fn of_habit(age: f64, days: f64, change: &dyn Fn(&mut Inputs<f64>)) -> Arm {
    let mut person = arm(woman(age), Hypothesis::Paradox, days, days.min(1.0));
    change(&mut person.habitual);
    person.phases[0].inputs = person.habitual;
    person
}

#[test]
fn target_16_a_start_at_30_is_a_start_at_31() {
    type Case<'a> = (&'a dyn Fn(&mut Inputs<f64>), Option<f64>, &'a str, [f64; 2], f64);
    let cases: [Case<'_>; 5] = [
        (&|i| i.vitamin_d_sun_ug_per_day = 2.0, None, "calcidiol_nmol_per_l", [32.4; 2], 0.05),
        (&|i| i.warfarin_mg_per_day = 5.0, None, "inr", [2.13; 2], 0.005),
        (&|i| i.mk7_supplement_ug_per_day = 180.0, None, "mk7_plasma_nm", [12.65; 2], 0.005),
        (&|_| (), Some(20.0), "pth_pmol_per_l", [9.95, 10.06], 0.01),
        (&|_| (), Some(10.0), "pth_pmol_per_l", [15.4, 15.9], 0.05),
    ];
    for (habit, egfr, name, expected, within) in cases {
        for (age, expected) in [30.0, 31.0].into_iter().zip(expected) {
            let mut person = of_habit(age, 1.0, habit);
            person.person.egfr_ml_per_min = egfr;
            let value = start(&run(&person, 1e-8), name);
            assert!(
                (value - expected).abs() <= within,
                "{name} at {age}: {value} is not {expected}"
            );
        }
    }
}

/// The fast states of the reference person stand where 7.1 puts them.
#[test]
fn the_reference_person_comes_out_of_the_prelude_as_she_went_in() {
    let trajectory = run(&of_habit(30.0, 1.0, &|_| ()), 1e-9);
    let model =
        crate::physiology::model::Model::new(&Hypothesis::Paradox.parameters(), &woman(30.0));
    let reference = crate::physiology::initial::reference_state(&model).to_array();
    for ((state, value), expected) in STATES.iter().zip(trajectory.rows[0].states).zip(reference) {
        let allowed = 2e-5 * expected.abs() + 1e-9;
        assert!((value - expected).abs() <= allowed, "{}: {value} is not {expected}", state.name);
    }
}

#[test]
fn target_17_with_a_season_day_0_is_that_day_of_the_year() {
    for (day, calcidiol) in [(59.0, 35.9), (243.0, 92.65)] {
        let mut person = of_habit(30.0, 2.0 * YEAR, &|_| ());
        person.output_every_days = YEAR;
        person.season = Some(Season { amplitude: 1.0, start_day_of_year: day });
        let trajectory = run(&person, 1e-8);
        assert_abs_diff_eq!(start(&trajectory, "calcidiol_nmol_per_l"), calcidiol, epsilon = 0.05);
        for name in ["calcidiol_nmol_per_l", "calcitriol_pmol_per_l", "pth_pmol_per_l"] {
            let all = series(&trajectory, name);
            assert!(all.iter().all(|value| (value / all[0] - 1.0).abs() < 0.01), "{name}: {all:?}");
        }
    }
    let mut person = of_habit(30.0, YEAR, &|_| ());
    person.season = Some(Season { amplitude: 1.0, start_day_of_year: 0.0 });
    let days = series(&run(&person, 1e-7), "calcidiol_nmol_per_l");
    let mean = days.iter().skip(1).sum::<f64>() / (days.len() - 1) as f64;
    assert_abs_diff_eq!(mean, 69.4, epsilon = 0.1);
}

#[test]
fn target_18_a_run_in_makes_day_0_a_usual_midnight() {
    for resolution in [Resolution::Pills, Resolution::Meals] {
        let mut person = of_habit(40.0, 10.0, &|i| {
            i.calcium_supplement_mg_per_day = 500.0;
            i.vitamin_d_supplement_ug_per_day = 25.0;
            i.mk7_supplement_ug_per_day = 90.0;
            i.mk4_supplement_ug_per_day = 500.0;
        });
        person.resolution = resolution;
        person.habitual_regimens = regimens_of(&person.habitual, 0.0, f64::INFINITY);
        person.regimens = person.habitual_regimens.clone();
        let trajectory = run(&person, 1e-8);
        let (first, last) = (trajectory.rows[0].states, trajectory.rows[10].states);
        for index in (0..STATE_COUNT).filter(|index| !(8..12).contains(index)) {
            let (a, b) = (first[index], last[index]);
            let small = 1e-3 * STATES[index].scale;
            assert!((a - b).abs() <= 0.01 * b.abs() + small, "{}: {a} {b}", STATES[index].name);
        }
    }
}

/// Rare pills are taken in the run-in as often as they will be.
#[test]
fn weekly_pills_start_in_their_rhythm() {
    use crate::units::frequency::Frequency;
    let mut person = of_habit(50.0, 56.0, &|i| i.vitamin_d_supplement_ug_per_day = 25.0);
    person.resolution = Resolution::Pills;
    person.output_every_days = 7.0;
    let mut regimen = regimens_of(&person.habitual, 0.0, f64::INFINITY).remove(0);
    (regimen.rhythm, regimen.dose) = (Frequency::EveryDays(7), 175.0);
    person.habitual_regimens = vec![regimen];
    person.regimens = person.habitual_regimens.clone();
    let trajectory = run(&person, 1e-8);
    let (a, b) =
        (start(&trajectory, "calcidiol_nmol_per_l"), end(&trajectory, "calcidiol_nmol_per_l"));
    assert!((a / b - 1.0).abs() < 0.01, "{a} {b}");
}

/// Target 5: a pill with breakfast adds as much on its first day as a usual gut lets through.
#[test]
fn target_5_a_pill_with_breakfast() {
    let absorbed = |supplement: f64| {
        let mut person = of_habit(40.0, 5.0, &|_| ());
        person.resolution = Resolution::Meals;
        person.output_every_days = 1.0 / 288.0;
        person.phases[0].inputs.calcium_supplement_mg_per_day = supplement;
        person.regimens = regimens_of(&person.phases[0].inputs, 0.0, f64::INFINITY);
        let flow = series(&run(&person, 1e-8), "absorbed_calcium_mg_per_day");
        let of_day = |day: usize| {
            flow[288 * day..=288 * (day + 1)].windows(2).map(|w| (w[0] + w[1]) / 576.0).sum::<f64>()
        };
        [of_day(0), of_day(4)]
    };
    let (with, without) = (absorbed(500.0), absorbed(0.0));
    assert_abs_diff_eq!(with[0] - without[0], 57.0, epsilon = 0.6);
    assert_abs_diff_eq!(with[1] - without[1], 48.0, epsilon = 0.6);
}

/// A habit that began two years ago leads where two years in an arm lead, and pills of the last
/// days before day 0 where the same days of a run lead.
#[test]
fn a_habit_that_began_during_life_acts_as_the_same_time_in_an_arm() {
    type Case<'a> = (f64, Resolution, &'a dyn Fn(&mut Inputs<f64>));
    let cases: [Case<'_>; 2] = [
        (2.0 * YEAR, Resolution::Averaged, &|i| i.warfarin_mg_per_day = 5.0),
        (10.0, Resolution::Pills, &|i| i.mk7_supplement_ug_per_day = 180.0),
    ];
    for (days, resolution, change) in cases {
        let mut lived = of_habit(50.0, days, &|_| ());
        change(&mut lived.phases[0].inputs);
        lived.regimens = regimens_of(&lived.phases[0].inputs, 0.0, f64::INFINITY);
        let mut later = of_habit(50.0 + days / YEAR, 1.0, change);
        let inputs = Inputs::reference(&later.parameters);
        later.earlier_habits = vec![EarlierHabits { until_day: -days, inputs }];
        later.habitual_regimens = regimens_of(&later.habitual, -days, f64::INFINITY);
        later.regimens = regimens_of(&later.habitual, 0.0, f64::INFINITY);
        (lived.resolution, later.resolution) = (resolution, resolution);
        let (end, start) = (run(&lived, 1e-9), run(&later, 1e-9));
        let (end, start) = (end.rows.last().unwrap().states, start.rows[0].states);
        let index = |name: &str| STATES.iter().position(|state| state.name == name).unwrap();
        for index in (0..STATE_COUNT).filter(|index| !(8..12).contains(index)) {
            let (a, b) = (end[index], start[index]);
            let small = 1e-6 * STATES[index].scale;
            assert!((a - b).abs() <= 1e-5 * b.abs() + small, "{}: {a} {b}", STATES[index].name);
        }
        let for_life = run(&Arm { earlier_habits: Vec::new(), ..later }, 1e-9).rows[0].states;
        let (vitamin_k, calcium) = (index("vessel_k2_store_nm"), index("coronary_calcium_mg"));
        let changed = if resolution == Resolution::Pills { vitamin_k } else { calcium };
        let (life, start) = (for_life[changed], start[changed]);
        assert!((life / start - 1.0).abs() > 0.003, "{resolution:?}: {life} {start}");
    }
}
