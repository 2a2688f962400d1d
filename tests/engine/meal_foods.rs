//! Foods of single meals: eaten when the lesson says, and every milligram of them counted.
use crate::physiology::quantities::{TrajectoryColumn, quantity};
use crate::scenario::{Loaded, Overrides, load};
use crate::simulation::{Options, run_arm};
use crate::trajectory::Trajectory;

const PERSON: &str = "person = { sex = \"female\", age = 30 }\n";

fn loaded(meals: &str) -> Loaded {
    let text = format!("duration = \"1 day\"\nresolution = \"meals\"\n{PERSON}{meals}");
    load("day.toml", &text, &Overrides::default(), &|_, _| Err(String::new()))
}

fn day(meals: &str) -> Trajectory {
    let loaded = loaded(meals);
    let scenario = loaded.scenario.unwrap_or_else(|| panic!("{:?}", loaded.problems));
    run_arm(&scenario.arms[0], &Options::default(), &mut |_| true).trajectory
}

fn value(trajectory: &Trajectory, name: &str, day: f64) -> f64 {
    trajectory.at(quantity(name).unwrap(), day).unwrap()
}

const PLAIN: &str =
    "[[meal]]\nat = \"07:30\"\nshare = \"50 %\"\n[[meal]]\nat = \"19:00\"\nshare = 0.5\n";

#[test]
fn natto_for_supper_arrives_at_supper() {
    let plain = day(PLAIN);
    let natto = day(&format!("{PLAIN}foods = {{ natto = \"40 g\" }}\n"));
    let mk7 = |run: &Trajectory, hour: f64| value(run, "mk7_gut_ug", hour / 24.0);
    assert!((mk7(&natto, 18.7) - mk7(&plain, 18.7)).abs() < 1e-6);
    assert!(mk7(&natto, 19.2) > mk7(&plain, 19.2) + 50.0);
    let eaten = |run: &Trajectory| {
        let TrajectoryColumn::State(source) = quantity("intake_source_mg").unwrap().column else {
            return f64::NAN;
        };
        -run.rows.last().unwrap().states[source]
    };
    // 40 g of natto hold 86.8 mg; the rest of the day is what it was.
    approx::assert_relative_eq!(eaten(&natto), eaten(&plain) + 86.8, max_relative = 1e-9);
}

#[test]
fn foods_of_meals_count_in_the_daily_totals() {
    let scenario = loaded(&format!("{PLAIN}foods = {{ natto = \"40 g\" }}\n")).scenario.unwrap();
    let arm = &scenario.arms[0];
    assert!((arm.phases[0].inputs.calcium_diet_mg_per_day - 1086.8).abs() < 1e-9);
    assert!((arm.habitual.calcium_diet_mg_per_day - 1000.0).abs() < 1e-9);
}

#[test]
fn a_meal_of_its_own_foods_needs_no_share() {
    let snack = "[[meal]]\nat = \"16:00\"\nfoods = { gouda = \"1 serving\" }\n";
    assert!(loaded(&format!("{PLAIN}{snack}")).problems.is_empty());
    for bad in [
        "gouda = \"30 g, 3 times/week\"",
        "gouda = 30",
        "gauda = \"30 g\"",
        "\"pill MK-7 90\" = \"1 pill\"",
    ] {
        let bad = snack.replace("gouda = \"1 serving\"", bad);
        assert_eq!(loaded(&format!("{PLAIN}{bad}")).problems.len(), 1, "{bad}");
    }
    let twice = snack.replace("16:00", "19:00");
    assert_eq!(
        loaded(&format!("{PLAIN}{twice}")).problems[0].message,
        "two meals at the same time"
    );
}
