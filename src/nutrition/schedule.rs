//! Clock times of meals and pills, rounded to the minute (sections 10 and 10b of the model).

use crate::nutrition::regimen::{Regimen, Substance};
use crate::physiology::segment_inputs::Resolution;
use crate::units::frequency::{Frequency, days_of_months};
use chacha20::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meal {
    /// Clock hour, 0 ≤ hour < 24.
    pub hour: f64,
    pub share: f64,
}

/// Breakfast, lunch and supper of section 10.
pub(crate) const DEFAULT_MEALS: [Meal; 3] = [
    Meal { hour: 7.5, share: 0.3 },
    Meal { hour: 12.5, share: 0.3 },
    Meal { hour: 18.5, share: 0.4 },
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Intake {
    /// This share of the day's food of the phase valid at the time.
    Meal(f64),
    /// A pill and its content \[mg elemental calcium or ug vitamin\].
    Pill(Substance, f64),
}

/// An intake at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dose {
    /// Time \[d\], a whole minute.
    pub time_days: f64,
    pub intake: Intake,
}

/// Every dose with 0 ≤ time < `duration_days`, ascending in time; at equal times meals come first,
/// then the regimens in their order.
///
/// `regimens`: all regimens of the arm, each with the days during which it is taken.
/// `seed` decides which doses are missed: each dose by (seed, substance, dose number) alone.
/// Averaged has no doses; `Pills` has those of vitamins only, since food and calcium are rates.
pub(crate) fn doses(
    resolution: Resolution,
    meals: &[Meal],
    regimens: &[Regimen],
    duration_days: f64,
    seed: u64,
) -> Vec<Dose> {
    let mut doses = Vec::new();
    if resolution == Resolution::Meals {
        for meal in meals {
            let intake = Intake::Meal(meal.share);
            let times = (0_u32..).map(|day| clock_time_days(f64::from(day), meal.hour));
            let times = times.take_while(|time| *time < duration_days);
            doses.extend(times.map(|time_days| Dose { time_days, intake }));
        }
    }
    for regimen in regimens {
        if taken_at_once(resolution, regimen.substance) && duration_days.is_finite() {
            add_regimen(&mut doses, regimen, meals, duration_days, seed);
        }
    }
    doses.sort_by(|a, b| a.time_days.total_cmp(&b.time_days));
    doses
}

/// Most days of a run-in.
const LONGEST_RUN_IN_DAYS: f64 = 730.0;

/// Length of the run-in: at least `least_days`, and two periods of every regimen that is rarer than
/// daily, but no more than two years.
pub(crate) fn run_in_days(least_days: f64, regimens: &[Regimen]) -> f64 {
    let periods = regimens.iter().map(|regimen| regimen.rhythm.period_days());
    let longest = periods.filter(|period| *period > 1.0).fold(0.0, f64::max);
    least_days.max(2.0 * longest).ceil().min(LONGEST_RUN_IN_DAYS)
}

/// Every dose of the `days` before the start, as [`doses`] gives those after it.
///
/// The periods of a regimen are counted backwards, so that day 0 would begin one; of missed doses
/// each dose bears its share. One that began during life has none before.
pub(crate) fn run_in_doses(
    resolution: Resolution,
    meals: &[Meal],
    regimens: &[Regimen],
    days: f64,
) -> Vec<Dose> {
    let run_in = || (1_u32..).take_while(|back| f64::from(*back) <= days);
    let mut doses = Vec::new();
    if resolution == Resolution::Meals {
        for back in run_in() {
            doses.extend(meals.iter().map(|meal| Dose {
                time_days: clock_time_days(-f64::from(back), meal.hour),
                intake: Intake::Meal(meal.share),
            }));
        }
    }
    for regimen in regimens.iter().filter(|regimen| taken_at_once(resolution, regimen.substance)) {
        let dose = regimen.dose * (1.0 - regimen.missed_share);
        let begun = |dose: &Dose| regimen.from_day >= 0.0 || dose.time_days >= regimen.from_day;
        for back in run_in().filter(|back| is_dose_day_before(regimen.rhythm, *back)) {
            let of_day = regimen.hours.iter().map(|hour| Dose {
                time_days: clock_time_days(-f64::from(back), dose_hour(*hour, regimen, meals)),
                intake: Intake::Pill(regimen.substance, dose),
            });
            doses.extend(of_day.filter(begun));
        }
    }
    doses.sort_by(|a, b| a.time_days.total_cmp(&b.time_days));
    doses
}

/// True if the substance comes in single doses, not as a rate.
fn taken_at_once(resolution: Resolution, substance: Substance) -> bool {
    match resolution {
        Resolution::Averaged => false,
        Resolution::Pills => substance != Substance::Calcium,
        Resolution::Meals => true,
    }
}

/// The time of a clock hour of a day, rounded to the minute, a half to the even minute \[d\].
pub(crate) fn clock_time_days(day: f64, hour: f64) -> f64 {
    (1440.0 * (day + hour / 24.0)).round_ties_even() / 1440.0
}

/// A time within 10⁻⁹ d of a whole minute is that minute, so that a phase may start at a meal.
pub(crate) fn snapped(time_days: f64) -> f64 {
    let minute = (1440.0 * time_days).round_ties_even() / 1440.0;
    if (minute - time_days).abs() <= 1e-9 { minute } else { time_days }
}

/// Adds the doses of one regimen that are not missed.
///
/// Days are counted from the first day; where that day's first dose lies before `from_day`, a
/// rhythm other than daily counts from the next day, so that its first dose is not lost.
fn add_regimen(
    doses: &mut Vec<Dose>,
    regimen: &Regimen,
    meals: &[Meal],
    duration_days: f64,
    seed: u64,
) {
    let hours: Vec<f64> =
        regimen.hours.iter().map(|hour| dose_hour(*hour, regimen, meals)).collect();
    let from = snapped(regimen.from_day.max(0.0));
    let to = snapped(regimen.to_day.min(duration_days)).min(duration_days);
    let mut first_day = from.floor();
    let first_hour = hours.iter().copied().fold(f64::INFINITY, f64::min);
    if regimen.rhythm != Frequency::DAILY && clock_time_days(first_day, first_hour) < from {
        first_day += 1.0;
    }
    let mut number = 0;
    for count in 0_u32.. {
        let day = first_day + f64::from(count);
        if day >= to {
            break;
        }
        if !is_dose_day(regimen.rhythm, count) {
            continue;
        }
        for hour in &hours {
            let time_days = clock_time_days(day, *hour);
            if time_days < from || time_days >= to {
                continue;
            }
            if !is_missed(regimen, seed, number) {
                let intake = Intake::Pill(regimen.substance, regimen.dose);
                doses.push(Dose { time_days, intake });
            }
            number += 1;
        }
    }
}

/// With meals: the hour of the nearest meal, the earlier of two equally near.
fn dose_hour(hour: f64, regimen: &Regimen, meals: &[Meal]) -> f64 {
    let hours = meals.iter().map(|meal| meal.hour).filter(|_| regimen.with_meals);
    hours.min_by(|a, b| (a - hour).abs().total_cmp(&(b - hour).abs())).unwrap_or(hour)
}

/// True if a regimen has doses on a day that is counted from the start of the scenario.
pub(crate) fn is_taken_on(regimen: &Regimen, day: f64) -> bool {
    // saturates; not below 0
    let counted = (day - regimen.from_day).floor() as u32;
    (regimen.from_day..regimen.to_day).contains(&day) && is_dose_day(regimen.rhythm, counted)
}

fn is_dose_day(rhythm: Frequency, day: u32) -> bool {
    match rhythm {
        Frequency::PerDay(_) => true,
        Frequency::PerWeek(times) => (0..times.min(7)).any(|dose| 7 * dose / times == day % 7),
        Frequency::EveryDays(days) => day.is_multiple_of(days.max(1)),
        Frequency::PerMonths { times, months } => {
            let gap = days_of_months(months) / f64::from(times.max(1));
            let dose = (f64::from(day) / gap).ceil();
            (dose * gap).floor() == f64::from(day)
        }
    }
}

/// The same for a day before the start, counted backwards from it.
fn is_dose_day_before(rhythm: Frequency, back: u32) -> bool {
    match rhythm {
        Frequency::PerWeek(_) => is_dose_day(rhythm, 6 - (back - 1) % 7),
        Frequency::PerDay(_) | Frequency::EveryDays(_) => is_dose_day(rhythm, back),
        Frequency::PerMonths { times, months } => {
            let gap = days_of_months(months) / f64::from(times.max(1));
            let dose = (f64::from(back) / gap).floor();
            dose >= 1.0 && (dose * gap).ceil() == f64::from(back)
        }
    }
}

/// True if a dose is missed, by the random number at the position `number` in the stream of its
/// substance.
fn is_missed(regimen: &Regimen, seed: u64, number: u64) -> bool {
    if regimen.missed_share <= 0.0 {
        return false;
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(regimen.substance as u64);
    random.set_word_pos(2 * u128::from(number));
    random.random::<f64>() < regimen.missed_share
}

#[cfg(test)]
mod tests;
