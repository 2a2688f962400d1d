//! Effects of time alone, for one moment.

use crate::physiology::aging;
use crate::physiology::model::Model;
use crate::physiology::named::named_numbers;
use crate::physiology::segment_inputs::SegmentInputs;
use crate::real::Real;

named_numbers! {
    /// Values that depend on time and person only, each by its function in `aging`.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct AgeEffects<R> {
        pub age_years: R = number "y",
        pub egfr_ml_per_min: R = number "mL/min",
        pub gfr_relative: R = number "1",
        pub kidney_impairment: R = number "1",
        pub natural_estrogen_relative: R = number "1",
        pub estrogen_relative: R = number "1",
        pub effect_of_age_on_absorption: R = number "1",
        pub effect_of_age_on_formation: R = number "1",
    }
}

impl<R: Real> AgeEffects<R> {
    /// Section 5.0.
    #[inline(always)]
    pub(crate) fn at(
        model: &Model<R::Scalar>,
        segment: &SegmentInputs<R::Scalar>,
        time_days: R,
    ) -> Self {
        let Model { parameters: p, derived: d, person } = model;
        let clock_years = aging::clock_years(time_days, person.start_age_years, p);
        let age_years = aging::age_years(clock_years, &segment.age_course);
        let egfr_ml_per_min =
            aging::egfr_ml_per_min(clock_years, age_years, &person.kidney_ramp, p);
        let natural_estrogen_relative = aging::natural_estrogen_relative(
            clock_years,
            person.female,
            person.menopause_age_years,
            p,
        );
        let gfr_relative = egfr_ml_per_min / p.egfr_reference_ml_per_min;
        Self {
            age_years,
            egfr_ml_per_min,
            gfr_relative,
            kidney_impairment: aging::kidney_impairment(gfr_relative, d.impairment_at_reference, p),
            natural_estrogen_relative,
            estrogen_relative: aging::estrogen_relative(
                natural_estrogen_relative,
                segment.inputs.hormone_therapy,
                p,
            ),
            effect_of_age_on_absorption: aging::effect_of_age_on_absorption(age_years, p),
            effect_of_age_on_formation: aging::effect_of_age_on_formation(
                age_years,
                person.formation_age_loss_per_year,
                d.formation_widths_at_reference,
                p,
            ),
        }
    }
}
