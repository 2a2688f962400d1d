//! Inputs of a segment between two events, and which of them arrive as constant rates.

use crate::parameters::Parameters;
use crate::physiology::aging::AgeCourse;
use crate::physiology::inputs::Inputs;
use crate::physiology::named::named_numbers;
use crate::physiology::parathyroid_hormone::gland_control;
use crate::physiology::vitamin_k::Bioavailable;
use crate::real::Real;
use crate::units::DAYS_PER_YEAR;

/// Resolution of intake in time; intake that is not a rate arrives as a bolus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// Everything is a constant rate.
    #[default]
    Averaged,
    /// Food and all calcium are rates; vitamin D and K supplements are boluses.
    Pills,
    /// Sun and warfarin are rates; food and supplements are boluses.
    Meals,
}

named_numbers! {
    /// Sunlight through the year.
    ///
    /// sun(t) = mean · (1 + amplitude · cos(2π·(day of year − 200)/365.25)). *Assumed.*
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) struct Season<S> {
        /// Relative amplitude: 0 (none) to 1 (no sun at all in winter).
        pub amplitude: S = number "1" as "sun_season_amplitude",
        /// Day of the year at t = 0, 0 for the start of January 1.
        pub start_day_of_year: S = number "d" as "sun_season_start_day_of_year",
    }
}

impl<S: Real<Scalar = S>> Season<S> {
    /// Sunlight at a time relative to its yearly mean.
    #[inline(always)]
    pub(crate) fn relative_sun<R: Real<Scalar = S>>(&self, time_days: R) -> R {
        let days_past_peak = time_days + (self.start_day_of_year - S::number(200.0));
        let turns = days_past_peak / S::number(DAYS_PER_YEAR);
        turns.cos_turns() * self.amplitude + S::one()
    }
}

/// Inputs of a phase, prepared for the balance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SegmentInputs<S> {
    /// The mean daily inputs, whatever the resolution.
    pub inputs: Inputs<S>,
    pub resolution: Resolution,
    /// Season of the sun, constant without.
    pub season: Option<Season<S>>,
    /// Calcium that arrives as a rate \[mg/d\].
    pub calcium_rate_mg_per_day: S,
    /// Vitamin D of food and pills that arrives as a rate \[ug/d\].
    pub vitamin_d_rate_ug_per_day: S,
    /// Bioavailable vitamin K that arrives as a rate \[ug/d\].
    pub vitamin_k_rate: Bioavailable<S>,
    /// 1 where boluses pass through stomach and intestine, else 0.
    pub gut_in_use: S,
    /// How far the parathyroid glands obey their drive.
    pub gland_control: S,
    /// Load of MK-4 on the gut wall per amount in the gut: 1 where pills come singly.
    pub mk4_load_per_gut: S,
    pub age_course: AgeCourse<S>,
}

impl<S: Real<Scalar = S>> SegmentInputs<S> {
    /// Prepares the inputs of a phase.
    pub(crate) fn new(
        inputs: &Inputs<S>,
        resolution: Resolution,
        season: Option<Season<S>>,
        parameters: &Parameters<S>,
    ) -> Self {
        let zero = S::zero();
        let calcium = inputs.calcium_diet_mg_per_day + inputs.calcium_supplement_mg_per_day;
        let food = Bioavailable::of_food(inputs, parameters);
        let pills = Bioavailable::of_pills(
            inputs.vitamin_k_absorption_factor,
            inputs.k1_supplement_ug_per_day,
            inputs.mk4_supplement_ug_per_day,
            inputs.mk7_supplement_ug_per_day,
            parameters,
        );
        let vitamin_d_food = inputs.vitamin_d_diet_ug_per_day;
        let (calcium_rate_mg_per_day, vitamin_d_rate_ug_per_day, vitamin_k_rate) = match resolution
        {
            Resolution::Averaged => (
                calcium,
                vitamin_d_food + inputs.vitamin_d_supplement_ug_per_day,
                food.plus(&pills),
            ),
            Resolution::Pills => (calcium, vitamin_d_food, food),
            Resolution::Meals => (zero, zero, Bioavailable::none()),
        };
        Self {
            inputs: *inputs,
            resolution,
            season,
            calcium_rate_mg_per_day,
            vitamin_d_rate_ug_per_day,
            vitamin_k_rate,
            gut_in_use: if resolution == Resolution::Meals { S::one() } else { zero },
            gland_control: gland_control(inputs.parathyroid_function, parameters),
            mk4_load_per_gut: match resolution {
                // As if the day's amount came in so many pills.
                Resolution::Averaged => {
                    parameters.k2_absorption_per_day / parameters.mk4_load_divisor
                }
                Resolution::Pills | Resolution::Meals => S::one(),
            },
            age_course: AgeCourse { moves: S::one(), standing_years: zero },
        }
    }

    /// The same inputs in the prelude: the age stands still and slow stocks are held.
    pub(crate) fn in_prelude(self, parameters: &Parameters<S>) -> Self {
        let standing_years = parameters.reference_age_years;
        Self { age_course: AgeCourse { moves: S::zero(), standing_years }, ..self }
    }

    /// Calcium of a usual single load \[mg\]: the day's intake over `meal_load_divisor`.
    #[inline(always)]
    pub(crate) fn single_load_mg(&self, parameters: &Parameters<S>) -> S {
        (self.inputs.calcium_diet_mg_per_day + self.inputs.calcium_supplement_mg_per_day)
            / parameters.meal_load_divisor
    }

    /// Vitamin D made in the skin \[ug/d\], with the season where there is one.
    #[inline(always)]
    pub(crate) fn sun_ug_per_day<R: Real<Scalar = S>>(&self, time_days: R) -> R {
        let mean = self.inputs.vitamin_d_sun_ug_per_day;
        match &self.season {
            Some(season) => season.relative_sun(time_days) * mean,
            None => R::constant(mean),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;

    fn inputs() -> Inputs<f64> {
        Inputs {
            calcium_supplement_mg_per_day: 500.0,
            vitamin_d_supplement_ug_per_day: 25.0,
            mk7_supplement_ug_per_day: 100.0,
            ..Inputs::reference(&P)
        }
    }

    #[test]
    fn each_resolution_makes_rates_of_its_own_inputs() {
        let averaged = SegmentInputs::new(&inputs(), Resolution::Averaged, None, &P);
        assert_eq!(averaged.calcium_rate_mg_per_day, 1500.0);
        assert_eq!(averaged.vitamin_d_rate_ug_per_day, 30.0);
        assert_relative_eq!(averaged.vitamin_k_rate.mk7, 80.5);
        let pills = SegmentInputs::new(&inputs(), Resolution::Pills, None, &P);
        assert_eq!((pills.calcium_rate_mg_per_day, pills.vitamin_d_rate_ug_per_day), (1500.0, 5.0));
        assert_eq!(pills.vitamin_k_rate.mk7, 0.5);
        let meals = SegmentInputs::new(&inputs(), Resolution::Meals, None, &P);
        assert_eq!((meals.calcium_rate_mg_per_day, meals.vitamin_d_rate_ug_per_day), (0.0, 0.0));
        assert_eq!(meals.vitamin_k_rate, Bioavailable::none());
        assert_relative_eq!(meals.single_load_mg(&P), 1500.0 / 2.2);
    }

    #[test]
    fn the_sun_peaks_on_day_200_and_keeps_its_mean() {
        let season = Season { amplitude: 0.8, start_day_of_year: 100.0 };
        let segment = SegmentInputs::new(&inputs(), Resolution::Averaged, Some(season), &P);
        let mean = segment.inputs.vitamin_d_sun_ug_per_day;
        near(segment.sun_ug_per_day(100.0), 1.8 * mean);
        let half_year = DAYS_PER_YEAR / 2.0;
        assert_relative_eq!(
            segment.sun_ug_per_day(100.0 + half_year),
            0.2 * mean,
            max_relative = 1e-9
        );
    }
}
