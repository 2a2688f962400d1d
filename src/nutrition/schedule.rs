//! Clock times of meals and pills, rounded to the minute (sections 10 and 10b of the model).

use super::regimen::{Regimen, Substance};

/// How finely eating is resolved in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolution {
    /// Everything is a constant rate.
    #[default]
    Averaged,
    /// Vitamin D and K supplements are single doses; food and calcium are rates.
    Pills,
    /// Meals and all supplements are single doses.
    Meals,
}

/// A meal of the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meal {
    /// Clock hour, 0 ≤ hour < 24.
    pub hour: f64,
    /// Share of the day's food.
    pub share: f64,
}

/// Breakfast, lunch and supper of section 10.
pub const DEFAULT_MEALS: [Meal; 3] = [
    Meal { hour: 7.5, share: 0.3 },
    Meal { hour: 12.5, share: 0.3 },
    Meal { hour: 18.5, share: 0.4 },
];

/// Something swallowed at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Intake {
    /// This share of the day's food of the phase valid at the time.
    Meal(f64),
    /// A pill and its content \[mg elemental calcium or ug vitamin\].
    Pill(Substance, f64),
}

/// An intake at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dose {
    /// Time \[d\], a whole minute.
    pub time_days: f64,
    /// What is swallowed.
    pub intake: Intake,
}

/// Every dose with 0 ≤ time < `duration_days`, ascending in time.
///
/// `regimens`: all regimens of the arm, each with the days during which it is taken.
/// `seed` decides which doses are missed: each dose by (seed, substance, dose number) alone.
#[must_use]
pub fn doses(
    resolution: Resolution,
    meals: &[Meal],
    regimens: &[Regimen],
    duration_days: f64,
    seed: u64,
) -> Vec<Dose> {
    let _ = (resolution, meals, regimens, duration_days, seed);
    Vec::new()
}
