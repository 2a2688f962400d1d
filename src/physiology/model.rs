//! A person with a set of parameters: everything that stays the same during a run.

use crate::parameters::Parameters;
use crate::physiology::aging::{KidneyRamp, default_egfr_ml_per_min};
use crate::physiology::derived::Derived;
use crate::physiology::named::named_numbers;
use crate::physiology::person::{BmiClass, CoronaryPercentile, Person, Sex};
use crate::physiology::positive::Power;

/// Parameters, what follows from them, and the person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Model<S> {
    pub parameters: Parameters<S>,
    pub derived: Derived<S>,
    pub person: PersonNumbers<S>,
}

named_numbers! {
    /// A person as numbers, so that several persons may run side by side in lanes.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) struct PersonNumbers<S> {
        /// Age at t = 0 \[y\].
        pub start_age_years: S = number "y",
        /// Age at menopause \[y\]; without effect in men.
        pub menopause_age_years: S = number "y",
        /// 1 in women, 0 in men.
        pub female: S = number "1",
        /// Loss of bone formation with age \[1/y\].
        pub formation_age_loss_per_year: S = number "1/y",
        /// Factor of the weight class on 25(OH)D.
        pub bmi_factor: S = number "1",
        /// Growth rate of coronary calcium relative to the law.
        pub coronary_rate: S = number "1",
        /// Age at which coronary calcium begins \[y\].
        pub coronary_onset_years: S = number "y",
        /// Cortical calcium of the young adult \[mg\].
        pub cortical_reference_mg: S = number "mg",
        /// Trabecular calcium of the young adult \[mg\].
        pub trabecular_reference_mg: S = number "mg",
        /// The way to the measured kidney function.
        pub kidney_ramp: KidneyRamp<S> = group,
        /// Set point of bone relative to its natural course, other than 1 after a measured T-score.
        pub bone_set_point_scale: S = number "1",
        /// Serum phosphate at reference PTH and kidney function, over the reference.
        pub baseline_phosphate_relative: Power<S> = logarithm "ln_baseline_phosphate_relative",
    }
}

impl Model<f64> {
    /// Puts a person and parameter values together.
    pub(crate) fn new(parameters: &Parameters<f64>, person: &Person) -> Self {
        Self {
            parameters: *parameters,
            derived: Derived::new(parameters),
            person: PersonNumbers::new(parameters, person),
        }
    }
}

impl PersonNumbers<f64> {
    fn new(parameters: &Parameters<f64>, person: &Person) -> Self {
        let female = person.sex == Sex::Female;
        let skeleton_mg = if female {
            parameters.skeleton_calcium_female_mg
        } else {
            parameters.skeleton_calcium_male_mg
        };
        let (rate, onset) = coronary_class(parameters, person.sex, person.coronary_percentile);
        let phosphate = person
            .baseline_phosphate_mmol_per_l
            .unwrap_or(parameters.phosphate_reference_mmol_per_l);
        Self {
            start_age_years: person.start_age_years,
            menopause_age_years: person.menopause_age_years,
            female: if female { 1.0 } else { 0.0 },
            kidney_ramp: kidney_ramp(parameters, person),
            formation_age_loss_per_year: if female {
                parameters.formation_age_loss_female_per_year
            } else {
                parameters.formation_age_loss_male_per_year
            },
            bmi_factor: match person.bmi_class {
                BmiClass::Normal => 1.0,
                BmiClass::Overweight => parameters.calcidiol_factor_overweight,
                BmiClass::Obese => parameters.calcidiol_factor_obese,
            },
            coronary_rate: person.coronary_rate.unwrap_or(rate),
            coronary_onset_years: onset,
            baseline_phosphate_relative: Power::of(
                phosphate / parameters.phosphate_reference_mmol_per_l,
            ),
            cortical_reference_mg: parameters.cortical_share * skeleton_mg,
            trabecular_reference_mg: (1.0 - parameters.cortical_share) * skeleton_mg,
            bone_set_point_scale: 1.0,
        }
    }
}

/// Rate and onset age \[y\] of a sex and percentile. Source hnr2014.
fn coronary_class(
    parameters: &Parameters<f64>,
    sex: Sex,
    percentile: CoronaryPercentile,
) -> (f64, f64) {
    let p = parameters;
    let [p50, p75, p90] = match sex {
        Sex::Female => [
            (p.coronary_rate_female_p50, p.coronary_onset_female_p50_years),
            (p.coronary_rate_female_p75, p.coronary_onset_female_p75_years),
            (p.coronary_rate_female_p90, p.coronary_onset_female_p90_years),
        ],
        Sex::Male => [
            (p.coronary_rate_male_p50, p.coronary_onset_male_p50_years),
            (p.coronary_rate_male_p75, p.coronary_onset_male_p75_years),
            (p.coronary_rate_male_p90, p.coronary_onset_male_p90_years),
        ],
    };
    match percentile {
        CoronaryPercentile::P50 => p50,
        CoronaryPercentile::P75 => p75,
        CoronaryPercentile::P90 => p90,
    }
}

/// The ramp of section 5.0, over the years before t = 0 whatever the age; without length the value
/// holds for the whole past.
fn kidney_ramp(parameters: &Parameters<f64>, person: &Person) -> KidneyRamp<f64> {
    let usual = default_egfr_ml_per_min(person.start_age_years, parameters);
    let length = parameters.egfr_ramp_years;
    let start = person.start_age_years - length;
    let (per_year, done_share) = if length > 0.0 { (1.0 / length, 0.0) } else { (0.0, 1.0) };
    KidneyRamp {
        egfr_ratio: person.egfr_ml_per_min.map_or(1.0, |measured| measured / usual),
        start_age_years: start,
        per_year,
        done_share,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::aging::egfr_ml_per_min;
    use crate::physiology::tests::{P, near};

    #[test]
    fn a_measured_kidney_function_holds_at_the_start_of_every_age() {
        for start_age_years in [30.0, 35.0, 40.0, 80.0] {
            let person =
                Person { start_age_years, egfr_ml_per_min: Some(25.0), ..Person::default() };
            let ramp = Model::new(&P, &person).person.kidney_ramp;
            let egfr = egfr_ml_per_min(start_age_years, start_age_years, &ramp, &P);
            near(egfr, 25.0);
        }
    }

    #[test]
    fn without_a_measured_value_the_kidney_ages_as_usual() {
        let ramp = Model::new(&P, &Person { start_age_years: 60.0, ..Person::default() })
            .person
            .kidney_ramp;
        near(egfr_ml_per_min(55.0, 55.0, &ramp, &P), 85.0);
    }

    #[test]
    fn person_numbers_follow_sex_weight_and_percentile() {
        let person = Person {
            sex: Sex::Male,
            bmi_class: BmiClass::Obese,
            coronary_percentile: CoronaryPercentile::P90,
            coronary_rate: Some(0.5),
            ..Person::default()
        };
        let numbers = Model::new(&P, &person).person;
        assert_eq!((numbers.female, numbers.bmi_factor), (0.0, 0.8));
        assert_eq!((numbers.coronary_rate, numbers.coronary_onset_years), (0.5, 40.0));
        assert_eq!(numbers.cortical_reference_mg, 920_000.0);
        assert_eq!(numbers.baseline_phosphate_relative, Power::of(1.0));
    }
}
