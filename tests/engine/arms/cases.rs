//! The runs whose speed is promised.

use super::{arm, man, regimens_of};
use crate::internals::{Arm, Hypothesis, Resolution};

/// Rows of a month: 121 of them in ten years.
const MONTH: f64 = 365.25 / 12.0;

fn with_pills(age: f64, days: f64, calcium: f64) -> Arm {
    let mut arm = arm(man(age), Hypothesis::Paradox, days, MONTH);
    let inputs = &mut arm.phases[0].inputs;
    inputs.mk7_supplement_ug_per_day = 180.0;
    inputs.calcium_supplement_mg_per_day = calcium;
    arm
}

/// A man of 30 (no life history), ten years, averaged.
pub(crate) fn ten_averaged_years() -> Arm {
    with_pills(30.0, 3652.5, 500.0)
}

/// A man of 50: life from 30 on, then twenty years.
pub(crate) fn life_history_and_twenty_years() -> Arm {
    with_pills(50.0, 7305.0, 500.0)
}

/// A year with MK-7 once a day, every pill resolved.
pub(crate) fn year_with_a_daily_pill() -> Arm {
    let mut arm = with_pills(30.0, 365.25, 0.0);
    arm.resolution = Resolution::Pills;
    arm.regimens = regimens_of(&arm.phases[0].inputs, 0.0, f64::INFINITY);
    arm
}

/// A year of three meals and two pills a day (MK-7 and calcium).
pub(crate) fn year_of_meals_and_pills() -> Arm {
    let mut arm = with_pills(30.0, 365.25, 500.0);
    arm.resolution = Resolution::Meals;
    arm.regimens = regimens_of(&arm.phases[0].inputs, 0.0, f64::INFINITY);
    arm
}

/// All of them with their names.
pub(crate) fn all() -> [(&'static str, Arm); 4] {
    [
        ("ten averaged years", ten_averaged_years()),
        ("life history 30 to 50 and 20 years", life_history_and_twenty_years()),
        ("year with a daily pill", year_with_a_daily_pill()),
        ("year of three meals and two pills a day", year_of_meals_and_pills()),
    ]
}
