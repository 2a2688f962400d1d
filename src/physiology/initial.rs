//! Initial state: the reference state, changed by the lived past and by measured values.

use crate::physiology::model::Model;
use crate::physiology::person::Person;
use crate::physiology::quantities::QUANTITIES;
use crate::physiology::readouts::lumbar_spine_bmd_fraction;
use crate::physiology::state::{STATE_COUNT, State};
use crate::physiology::vitamin_d::steady_store_ug;

/// The reference person at age 30 (sections 2 and 7.1).
///
/// Depends on parameters and, through the skeleton, on sex; not on diet or kidney function.
pub(crate) fn reference_state(model: &Model<f64>) -> State<f64> {
    let (p, d, person) = (&model.parameters, &model.derived, &model.person);
    let k2_gut = p.absorption_k2_food / p.k2_absorption_per_day;
    State {
        stomach_calcium_mg: 0.0,
        intestine_calcium_mg: 0.0,
        ecf_calcium_mg: d.ecf_calcium_reference_mg,
        exchangeable_calcium_mg: p.exchangeable_calcium_reference_mg,
        cortical_calcium_mg: person.cortical_reference_mg,
        trabecular_calcium_mg: person.trabecular_reference_mg,
        coronary_calcium_mg: 0.0,
        aortic_calcium_mg: d.aortic_reference_mg,
        intake_source_mg: 0.0,
        feces_calcium_mg: 0.0,
        urine_calcium_mg: 0.0,
        sweat_calcium_mg: 0.0,
        pth_pmol_per_l: p.pth_reference_pmol_per_l,
        parathyroid_capacity: 1.0,
        vitamin_d_store_ug: steady_store_ug(p.reference_vitamin_d_input_ug_per_day, p),
        calcidiol_nmol_per_l: d.calcidiol_reference_nmol_per_l,
        calcitriol_pmol_per_l: p.calcitriol_reference_pmol_per_l,
        osteoclast_activity: 1.0,
        osteoblast_activity: 1.0,
        k1_slow_gut_ug: p.reference_k1_mixed_ug_per_day * p.absorption_k1_mixed
            / p.k1_slow_absorption_per_day,
        k1_fast_gut_ug: 0.0,
        mk4_gut_ug: p.reference_mk4_food_ug_per_day * k2_gut,
        mk7_gut_ug: p.reference_mk7_food_ug_per_day * k2_gut,
        long_chain_mk_gut_ug: p.reference_long_chain_mk_food_ug_per_day * k2_gut,
        k1_plasma_ug: d.plasma_reference_nm.k1 / d.plasma_nm_per_ug.k1,
        mk4_plasma_ug: d.plasma_reference_nm.mk4 / d.plasma_nm_per_ug.mk4,
        mk7_plasma_ug: d.plasma_reference_nm.mk7 / d.plasma_nm_per_ug.mk7,
        long_chain_mk_plasma_ug: d.plasma_reference_nm.long_chain_mk
            / d.plasma_nm_per_ug.long_chain_mk,
        tissue_cofactor_nm: d.tissue_cofactor_reference_nm,
        vessel_cofactor_nm: d.vessel_cofactor_reference_nm,
        liver_store_nm: p.liver_store_reference_nm,
        undercarboxylated_osteocalcin_fraction: 1.0 - d.carboxylated_osteocalcin_reference,
        active_mgp: d.carboxylated_mgp_reference,
        inactive_mgp: 1.0 - d.carboxylated_mgp_reference,
        warfarin_level_mg_per_day: 0.0,
        carboxylated_clotting_fraction: d.carboxylated_clotting_reference,
        bone_quality_carboxylation: d.carboxylated_osteocalcin_reference,
        vessel_elasticity_mgp: 1.0,
        tissue_mk4_nmol: d.tissue_mk4_reference_nmol,
        vessel_k2_store_nm: d.vessel_k2_store_reference_nm,
        natural_bone_deficit_years: 0.0,
        coronary_removable_mg: 0.0,
        aortic_removable_mg: p.regression_removable_share * d.aortic_reference_mg,
    }
}

/// Time at which the prelude ends and the life history begins \[d\], 0 or negative: the reference age
/// before the start.
pub(crate) fn prelude_end_days(model: &Model<f64>) -> f64 {
    let p = &model.parameters;
    ((p.reference_age_years - model.person.start_age_years) * p.days_per_year).min(0.0)
}

/// Time at which the prelude begins in the reference state \[d\].
pub(crate) fn prelude_start_days(model: &Model<f64>) -> f64 {
    let p = &model.parameters;
    prelude_end_days(model) - p.prelude_years * p.days_per_year
}

/// Begins the scenario's books: empties the accumulators after the lived past.
pub(crate) fn start_accounts(state: &mut State<f64>) {
    state.intake_source_mg = 0.0;
    state.feces_calcium_mg = 0.0;
    state.urine_calcium_mg = 0.0;
    state.sweat_calcium_mg = 0.0;
}

/// Replaces computed by measured values at the start (section 7.3); gives the scale of the set point
/// of bone that belongs to them.
///
/// Coronary calcium \[mg\] = 0.08 · score, of which a share is removable; both bones and their set
/// point scale so that the lumbar T-score is as given and the person is not drawn to the mean.
pub(crate) fn start_overrides(model: &Model<f64>, person: &Person, state: &mut State<f64>) -> f64 {
    let p = &model.parameters;
    if let Some(score) = person.cac_agatston {
        state.coronary_calcium_mg = p.coronary_calcium_mg_per_agatston * score;
        state.coronary_removable_mg = p.regression_removable_share * state.coronary_calcium_mg;
    }
    let Some(t_score) = person.lumbar_spine_t_score else { return 1.0 };
    let wanted = 1.0 + t_score * p.lumbar_spine_t_score_sd_fraction;
    let factor = wanted / lumbar_spine_bmd_fraction(model, state);
    state.cortical_calcium_mg *= factor;
    state.trabecular_calcium_mg *= factor;
    factor
}

/// Amounts of each state that are still meaningful: 10⁻¹² of its scale, the larger of its reference
/// value and 0.01. `None` for the intake source, which is negative by definition.
pub(crate) fn least_amounts(model: &Model<f64>) -> [Option<f64>; STATE_COUNT] {
    let reference = reference_state(model).to_array();
    let mut least = [None; STATE_COUNT];
    for ((place, reference), row) in least.iter_mut().zip(reference).zip(&QUANTITIES) {
        *place = row.non_negative.then_some(1e-12 * reference.abs().max(0.01));
    }
    least
}

/// The state as it is reported: a negative or meaningless amount is 0.
///
/// A solver may leave such a remainder of a state that has decayed; it keeps its own value.
pub(crate) fn reported(
    state: &[f64; STATE_COUNT],
    least_amounts: &[Option<f64>; STATE_COUNT],
) -> [f64; STATE_COUNT] {
    let mut reported = *state;
    for (value, least) in reported.iter_mut().zip(least_amounts) {
        if least.is_some_and(|least| *value < least) {
            *value = 0.0;
        }
    }
    reported
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::physiology::tests::near;
    use approx::assert_relative_eq;

    #[test]
    fn measured_values_replace_computed_ones() {
        let person = Person {
            start_age_years: 60.0,
            cac_agatston: Some(300.0),
            lumbar_spine_t_score: Some(-2.0),
            ..Person::default()
        };
        let model = Model::new(&Parameters::PARADOX, &person);
        let mut state = reference_state(&model);
        state.trabecular_calcium_mg *= 0.7;
        let before = state;
        let scale = start_overrides(&model, &person, &mut state);
        assert_eq!(scale, state.cortical_calcium_mg / before.cortical_calcium_mg);
        assert_relative_eq!(state.coronary_calcium_mg, 24.0);
        assert_relative_eq!(state.coronary_removable_mg, 12.0);
        near(lumbar_spine_bmd_fraction(&model, &state), 0.8);
        assert_relative_eq!(prelude_end_days(&model), -30.0 * 365.25);
        assert_relative_eq!(prelude_start_days(&model), -45.0 * 365.25);
        assert_eq!(start_overrides(&model, &Person::default(), &mut state), 1.0);
    }

    #[test]
    fn remainders_are_reported_as_nothing() {
        let model = Model::new(&Parameters::PARADOX, &Person::default());
        let least = least_amounts(&model);
        let mut state = reference_state(&model);
        state.mk7_gut_ug = -6e-19;
        state.coronary_calcium_mg = 0.9e-14;
        state.warfarin_level_mg_per_day = 1.1e-14;
        state.pth_pmol_per_l = -3.0;
        state.ecf_calcium_mg = f64::NAN;
        state.intake_source_mg = -1000.0;
        let reported = State::from_array(&reported(&state.to_array(), &least));
        assert_eq!((reported.mk7_gut_ug, reported.coronary_calcium_mg), (0.0, 0.0));
        assert_eq!((reported.warfarin_level_mg_per_day, reported.pth_pmol_per_l), (1.1e-14, 0.0));
        assert!(reported.ecf_calcium_mg.is_nan());
        assert_eq!(reported.intake_source_mg, -1000.0);
    }

    #[test]
    fn the_books_begin_empty() {
        let model = Model::new(&Parameters::PARADOX, &Person::default());
        let mut state = reference_state(&model);
        state.stomach_calcium_mg = 7.0;
        let usual = state;
        state.intake_source_mg = -5.0;
        state.urine_calcium_mg = 5.0;
        start_accounts(&mut state);
        assert_eq!(state, usual);
        assert_eq!(prelude_end_days(&model), 0.0);
    }
}
