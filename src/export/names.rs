//! The named quantities inside the model, each with its unit.
//!
//! Every structure is taken apart completely: a field that is added to it must be added here, or
//! the program does not compile.

use crate::physiology::age_effects::AgeEffects;
use crate::physiology::aging::KidneyRamp;
use crate::physiology::derived::Derived;
use crate::physiology::effects::{Cofactor, Effects};
use crate::physiology::model::PersonNumbers;
use crate::physiology::positive::Power;
use crate::physiology::powers::Powers;
use crate::physiology::setting::{Season, Setting};
use crate::physiology::vitamin_k::{Bioavailable, Vitamers};
use crate::real::Real;

/// A function that gets each named number with its unit and may replace it.
pub type Visit<'a, S> = dyn FnMut(&'static str, &'static str, &mut S) + 'a;

/// Visits fields under their own names.
macro_rules! show {
    ($visit:ident; $($number:ident $unit:literal),* $(,)?) => {
        $($visit(stringify!($number), $unit, $number);)*
    };
}

/// Visits the logarithm of a quantity that is stored as one.
fn logarithm<S: Real>(name: &'static str, power: &mut Power<S>, visit: &mut Visit<'_, S>) {
    let mut logarithm = power.logarithm();
    visit(name, "1", &mut logarithm);
    *power = Power::of_e(logarithm);
}

fn vitamers<S>(
    names: [&'static str; 4],
    unit: &'static str,
    numbers: &mut Vitamers<S>,
    visit: &mut Visit<'_, S>,
) {
    let Vitamers { k1, mk4, mk7, long_chain_mk } = numbers;
    for (name, number) in names.into_iter().zip([k1, mk4, mk7, long_chain_mk]) {
        visit(name, unit, number);
    }
}

/// The constants that follow from the parameters.
#[rustfmt::skip] // reads as a table
pub fn derived<S: Real<Scalar = S>>(constants: &mut Derived<S>, visit: &mut Visit<'_, S>) {
    let Derived {
        ionized_fraction, ecf_calcium_reference_mg, calcidiol_reference_nmol_per_l,
        activation_reference_pmol_per_l, fraction_reference, urinary_reference_mg_per_day,
        fractional_excretion_reference, pth_secretion_span_pmol_per_l, pth_set_point,
        calcidiol_knee_reference, impairment_at_reference, toxicity_at_reference, toxicity_half,
        hypercalcemia_at_reference, hypercalcemia_half, mineralization_half,
        mineralization_ceiling, formation_widths_at_reference, aortic_reference_mg,
        plasma_reference_nm, plasma_nm_per_ug, plasma_clearance_per_day,
        tissue_cofactor_reference_nm, vessel_cofactor_reference_nm,
        carboxylated_osteocalcin_reference, carboxylated_mgp_reference,
        carboxylated_clotting_reference,
    } = constants;
    show! { visit;
        ionized_fraction "1", ecf_calcium_reference_mg "mg", calcidiol_reference_nmol_per_l "nmol/L",
        activation_reference_pmol_per_l "pmol/L", fraction_reference "1",
        urinary_reference_mg_per_day "mg/d", fractional_excretion_reference "1",
        pth_secretion_span_pmol_per_l "pmol/L", calcidiol_knee_reference "1",
        impairment_at_reference "1", toxicity_at_reference "1", hypercalcemia_at_reference "1",
        mineralization_ceiling "1", formation_widths_at_reference "1", aortic_reference_mg "mg",
        tissue_cofactor_reference_nm "nM", vessel_cofactor_reference_nm "nM",
        carboxylated_osteocalcin_reference "1", carboxylated_mgp_reference "1",
        carboxylated_clotting_reference "1",
    }
    logarithm("ln_pth_set_point", pth_set_point, visit);
    logarithm("ln_toxicity_half", toxicity_half, visit);
    logarithm("ln_hypercalcemia_half", hypercalcemia_half, visit);
    logarithm("ln_mineralization_half", mineralization_half, visit);
    vitamers(
        ["k1_plasma_reference_nm", "mk4_plasma_reference_nm", "mk7_plasma_reference_nm", "long_chain_mk_plasma_reference_nm"],
        "nM", plasma_reference_nm, visit,
    );
    vitamers(
        ["k1_plasma_nm_per_ug", "mk4_plasma_nm_per_ug", "mk7_plasma_nm_per_ug", "long_chain_mk_plasma_nm_per_ug"],
        "nM/ug", plasma_nm_per_ug, visit,
    );
    vitamers(
        ["k1_plasma_clearance_per_day", "mk4_plasma_clearance_per_day", "mk7_plasma_clearance_per_day", "long_chain_mk_plasma_clearance_per_day"],
        "1/d", plasma_clearance_per_day, visit,
    );
}

/// The person in numbers.
#[rustfmt::skip] // reads as a table
pub fn person<S: Real<Scalar = S>>(numbers: &mut PersonNumbers<S>, visit: &mut Visit<'_, S>) {
    let PersonNumbers {
        start_age_years, menopause_age_years, female, kidney_ramp, formation_age_loss_per_year,
        bmi_factor, coronary_rate, coronary_onset_years, baseline_phosphate_relative,
        cortical_reference_mg, trabecular_reference_mg,
    } = numbers;
    show! { visit;
        start_age_years "y", menopause_age_years "y", female "1", formation_age_loss_per_year "1/y",
        bmi_factor "1", coronary_rate "1", coronary_onset_years "y", cortical_reference_mg "mg",
        trabecular_reference_mg "mg",
    }
    let KidneyRamp { egfr_ratio, start_age_years, per_year, done_share } = kidney_ramp;
    visit("egfr_ratio", "1", egfr_ratio);
    visit("egfr_ramp_start_age_years", "y", start_age_years);
    visit("egfr_ramp_per_year", "1/y", per_year);
    visit("egfr_ramp_done_share", "1", done_share);
    logarithm("ln_baseline_phosphate_relative", baseline_phosphate_relative, visit);
}

/// The numbers that a setting adds to its inputs: rates by constant intake, the season.
pub fn setting<S: Real<Scalar = S>>(setting: &mut Setting<S>, visit: &mut Visit<'_, S>) {
    let Setting {
        inputs: _, // named in their own table
        resolution: _,
        season,
        calcium_rate_mg_per_day,
        vitamin_d_rate_ug_per_day,
        vitamin_k_rate,
        gut_in_use,
    } = setting;
    show! { visit;
        calcium_rate_mg_per_day "mg/d", vitamin_d_rate_ug_per_day "ug/d", gut_in_use "1",
    }
    let Bioavailable { k1_slow, k1_fast, mk4, mk7, long_chain_mk } = vitamin_k_rate;
    visit("bioavailable_k1_slow_ug_per_day", "ug/d", k1_slow);
    visit("bioavailable_k1_fast_ug_per_day", "ug/d", k1_fast);
    visit("bioavailable_mk4_ug_per_day", "ug/d", mk4);
    visit("bioavailable_mk7_ug_per_day", "ug/d", mk7);
    visit("bioavailable_long_chain_mk_ug_per_day", "ug/d", long_chain_mk);
    if let Some(Season { amplitude, start_day_of_year }) = season {
        visit("sun_season_amplitude", "1", amplitude);
        visit("sun_season_start_day_of_year", "d", start_day_of_year);
    }
}

/// The influences of a moment, those of time alone first.
#[rustfmt::skip] // reads as a table
pub fn effects<S: Real<Scalar = S>>(influences: &mut Effects<S>, visit: &mut Visit<'_, S>) {
    let Effects {
        aging, cofactor, powers, serum_calcium_mmol_per_l, serum_relative, phosphate,
        active_absorption_drive, fractional_absorption, pth_secretion_pmol_per_l,
        carboxylated_osteocalcin_fraction, effect_of_osteocalcin_on_accretion, plasma_nm,
        active_mgp_relative, mgp_carboxylated_share, positive_coronary_agatston,
        effect_of_active_mgp_on_calcification, effect_of_supersaturation_on_calcification,
        effect_of_supplement_load_on_calcification,
    } = influences;
    age_effects(aging, visit);
    let Cofactor { recycling, tissue_relative, tissue_nm, liver_nm } = cofactor;
    visit("vitamin_k_recycling", "1", recycling);
    visit("tissue_cofactor_relative", "1", tissue_relative);
    visit("tissue_cofactor_positive_nm", "nM", tissue_nm);
    visit("liver_store_positive_nm", "nM", liver_nm);
    show! { visit;
        serum_calcium_mmol_per_l "mmol/L", serum_relative "1", active_absorption_drive "1",
        fractional_absorption "1", pth_secretion_pmol_per_l "pmol/L",
        carboxylated_osteocalcin_fraction "1", effect_of_osteocalcin_on_accretion "1",
        active_mgp_relative "1", mgp_carboxylated_share "1", positive_coronary_agatston "AU",
        effect_of_active_mgp_on_calcification "1", effect_of_supersaturation_on_calcification "1",
        effect_of_supplement_load_on_calcification "1",
    }
    logarithm("ln_phosphate_relative", phosphate, visit);
    vitamers(
        ["k1_plasma_nm", "mk4_plasma_nm", "mk7_plasma_nm", "long_chain_mk_plasma_nm"],
        "nM", plasma_nm, visit,
    );
    all_powers(powers, visit);
}

/// The effects of age.
#[rustfmt::skip] // reads as a table
fn age_effects<S: Real<Scalar = S>>(effects: &mut AgeEffects<S>, visit: &mut Visit<'_, S>) {
    let AgeEffects {
        age_years, egfr_ml_per_min, gfr_relative, kidney_impairment, estrogen_relative,
        effect_of_age_on_absorption, effect_of_age_on_formation,
    } = effects;
    show! { visit;
        age_years "y", egfr_ml_per_min "mL/min", gfr_relative "1", kidney_impairment "1",
        estrogen_relative "1", effect_of_age_on_absorption "1", effect_of_age_on_formation "1",
    }
}

/// The powers of a moment.
#[rustfmt::skip] // reads as a table
fn all_powers<S>(powers: &mut Powers<S>, visit: &mut Visit<'_, S>) {
    let Powers {
        secretion_brake, calcidiol_depth, gland_release, effect_of_phosphate_on_capacity,
        calcitriol_drive, effect_of_minerals_on_calcitriol, gut_drive, osteoclast_drive,
        toxicity_safety, mineral_lack, tubular_hold, vessel_narrowing, clotting_lack,
        mgp_inhibition, effect_of_supersaturation, coronary_slowing, aortic_law, regression_hold,
    } = powers;
    show! { visit;
        secretion_brake "1", calcidiol_depth "1", gland_release "1",
        effect_of_phosphate_on_capacity "1", calcitriol_drive "1",
        effect_of_minerals_on_calcitriol "1", gut_drive "1", osteoclast_drive "1",
        toxicity_safety "1", mineral_lack "1", tubular_hold "1", vessel_narrowing "1",
        clotting_lack "1", mgp_inhibition "1", effect_of_supersaturation "1",
        coronary_slowing "AU^(coronary_growth_exponent - 1)",
        aortic_law "mg^calcification_exponent", regression_hold "1",
    }
}
