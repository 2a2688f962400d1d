//! The runs whose speed is promised, for the tests of the engine and for the benches.

#![allow(dead_code)] // a bench uses a part

use crate::internals::{Arm, ArmBuilder, STATES, Scenario, Trajectory, arms};

/// Rows of a month: 121 of them in ten years.
const MONTH: f64 = 365.25 / 12.0;

/// A man on calcium pills and MK-7.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub name: &'static str,
    pub age: f64,
    pub days: f64,
    pub every: f64,
    pub resolution: &'static str,
    pub calcium_supplement: f64,
    pub mk7_supplement: f64,
    pub calcium_diet: f64,
    /// Calcium eaten for life.
    pub habitual_calcium: f64,
}

impl Case {
    const fn new(
        name: &'static str,
        age: f64,
        days: f64,
        calcium: f64,
        resolution: &'static str,
    ) -> Self {
        Self {
            name,
            age,
            days,
            every: MONTH,
            resolution,
            calcium_supplement: calcium,
            mk7_supplement: 180.0,
            calcium_diet: 1000.0,
            habitual_calcium: 1000.0,
        }
    }

    pub(crate) fn arm(&self) -> Arm {
        let arm = ArmBuilder::new("arm")
            .set("calcium_diet", self.calcium_diet)
            .set("mk7_supplement", self.mk7_supplement)
            .set("calcium_supplement", self.calcium_supplement);
        let scenario = Scenario::builder(self.name)
            .duration(self.days)
            .output_every(self.every)
            .set("resolution", self.resolution)
            .set("sex", "male")
            .set("age", self.age)
            .set("habitual.calcium_diet", self.habitual_calcium)
            .arm(arm)
            .build()
            .unwrap_or_else(|problems| panic!("{problems}"));
        arms(&scenario)[0].clone()
    }
}

/// A man of 30 (no life history), ten years, averaged.
pub(crate) const TEN_AVERAGED_YEARS: Case =
    Case::new("ten averaged years", 30.0, 3652.5, 500.0, "averaged");

/// A man of 50: life from 30 on, then twenty years.
pub(crate) const LIFE_HISTORY_AND_TWENTY_YEARS: Case =
    Case::new("life history 30 to 50 and 20 years", 50.0, 7305.0, 500.0, "averaged");

/// A year with MK-7 once a day, every pill resolved.
pub(crate) const YEAR_WITH_A_DAILY_PILL: Case =
    Case::new("year with a daily pill", 30.0, 365.25, 0.0, "pills");

/// A year of three meals and two pills a day (MK-7 and calcium).
pub(crate) const YEAR_OF_MEALS_AND_PILLS: Case =
    Case::new("year of three meals and two pills a day", 30.0, 365.25, 500.0, "meals");

pub(crate) const ALL: [Case; 4] = [
    TEN_AVERAGED_YEARS,
    LIFE_HISTORY_AND_TWENTY_YEARS,
    YEAR_WITH_A_DAILY_PILL,
    YEAR_OF_MEALS_AND_PILLS,
];

/// The largest error over the states at the end, and the state that has it.
pub(crate) fn error_at_end(run: &Trajectory, reference: &Trajectory) -> (f64, &'static str) {
    let (run, reference) = (run.rows.last().unwrap(), reference.rows.last().unwrap());
    let errors = STATES
        .iter()
        .zip(run.states)
        .zip(reference.states)
        .map(|((state, x), r)| ((x - r).abs() / (r.abs() + 1e-3 * state.scale), state.name));
    errors.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}
