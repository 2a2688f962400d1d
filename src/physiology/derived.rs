//! Constants that follow from the parameters (section 4 of the model).
//!
//! They make the reference person an exact steady state apart from aortic uptake and aging. They
//! are computed once per parameter set, by the same functions that the balance uses.

use crate::parameters::Parameters;
use crate::physiology::aging::{raw_kidney_impairment, widths_past_formation_onset};
use crate::physiology::arterial_calcification::aortic_reference_mg;
use crate::physiology::carboxylation::{
    carboxylated_clotting, carboxylated_mgp, carboxylated_osteocalcin, clotting_reciprocal,
    supply_nm, wall_supply_nm,
};
use crate::physiology::gut_absorption::{fractional_absorption, receptor_activation_pmol_per_l};
use crate::physiology::kidney_excretion::{
    raw_effect_of_calcium_on_filtration, renal_vasoconstriction,
};
use crate::physiology::named::named_numbers;
use crate::physiology::parathyroid_hormone::{calcidiol_attenuation, calcidiol_knee};
use crate::physiology::positive::{Power, falling};
use crate::physiology::vitamin_d::calcidiol_of;
use crate::physiology::vitamin_k::{
    CofactorSupply, Vitamers, menadione_nmol_per_day, mk4_escape, mk4_kept_nmol_per_day,
    tissue_mk4_arriving_nmol_per_day, tissue_mk4_nm, vessel_k2_store_target_nm,
};
use crate::real::Real;

named_numbers! {
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) struct Derived<S> {
        pub ionized_fraction: S = number "1",
        /// Calcium of plasma and tissue fluid \[mg\].
        pub ecf_calcium_reference_mg: S = number "mg",
        /// 25(OH)D of the reference person \[nmol/L\].
        pub calcidiol_reference_nmol_per_l: S = number "nmol/L",
        /// Vitamin D receptor activation of the reference person \[pmol/L\].
        pub activation_reference_pmol_per_l: S = number "pmol/L",
        pub fraction_reference: S = number "1",
        /// Urinary calcium of the reference person \[mg/d\].
        pub urinary_reference_mg_per_day: S = number "mg/d",
        /// Excreted share of filtered calcium of the reference person.
        pub fractional_excretion_reference: S = number "1",
        /// Height of the parathyroid secretion curve above its minimum \[pmol/L\].
        pub pth_secretion_span_pmol_per_l: S = number "pmol/L",
        /// Effect of 25(OH)D on the glands of the reference person.
        pub calcidiol_knee_reference: S = number "1",
        /// Kidney impairment, not yet set to zero, of a healthy kidney.
        pub impairment_at_reference: S = number "1",
        /// Toxic share of vitamin D in bone of the reference person.
        pub toxic_share_at_reference: S = number "1",
        /// Effect of calcium on filtration, not yet set to one, of the reference person.
        pub hypercalcemia_at_reference: S = number "1",
        /// Largest effect of minerals on accretion.
        pub mineralization_ceiling: S = number "1",
        /// Widths past the onset of formation loss at the reference age.
        pub formation_widths_at_reference: S = number "1",
        /// Aortic calcium at the reference age \[mg\].
        pub aortic_reference_mg: S = number "mg",
        /// Amount of substance of a microgram of K1 and of MK-4 \[nmol/ug\].
        pub k1_nmol_per_ug: S = number "nmol/ug",
        pub mk4_nmol_per_ug: S = number "nmol/ug",
        /// MK-4 in tissue of the reference person \[nmol\].
        pub tissue_mk4_reference_nmol: S = number "nmol",
        /// Slow store of K2 in the wall of the reference person \[nM\].
        pub vessel_k2_store_reference_nm: S = number "nM",
        /// Cofactor of bone and liver of the reference person \[nM\].
        pub tissue_cofactor_reference_nm: S = number "nM",
        /// Cofactor of the vessel wall of the reference person \[nM\].
        pub vessel_cofactor_reference_nm: S = number "nM",
        pub carboxylated_osteocalcin_reference: S = number "1",
        /// Carboxylated share of matrix Gla protein of the reference person.
        pub carboxylated_mgp_reference: S = number "1",
        pub carboxylated_clotting_reference: S = number "1",
        /// Reference ionized calcium over the midpoint of the secretion curve.
        pub pth_set_point: Power<S> = logarithm "ln_pth_set_point",
        /// Vitamin D agonist of half toxicity.
        pub toxicity_half: Power<S> = logarithm "ln_toxicity_half",
        /// Serum calcium of half that effect, relative to reference.
        pub hypercalcemia_half: Power<S> = logarithm "ln_hypercalcemia_half",
        /// Relative calcium-phosphate product of half mineralization.
        pub mineralization_half: Power<S> = logarithm "ln_mineralization_half",
        /// Vitamin K in plasma of the reference person \[nM\].
        pub plasma_reference_nm: Vitamers<S> = vitamers "nM",
        /// Plasma concentration of an exchangeable microgram \[nM/ug\].
        pub plasma_nm_per_ug: Vitamers<S> = vitamers "nM/ug",
        /// Share of the exchangeable amount that is cleared \[1/d\].
        pub plasma_clearance_per_day: Vitamers<S> = vitamers "1/d",
    }
}

impl<S: Real<Scalar = S>> Derived<S> {
    /// Computes every constant from the parameters.
    #[rustfmt::skip] // one line per constant
    pub(crate) fn new(parameters: &Parameters<S>) -> Self {
        let one = S::one();
        let serum = parameters.serum_calcium_reference_mmol_per_l;
        let ecf = serum * parameters.calcium_molar_mass_mg_per_mmol * parameters.ecf_volume_l;
        let calcidiol = calcidiol_of(parameters.reference_vitamin_d_input_ug_per_day, parameters);
        let calcitriol = parameters.calcitriol_reference_pmol_per_l;
        let ionized = parameters.ionized_calcium_reference_mmol_per_l;
        let set_point = Power::of(ionized / parameters.pth_midpoint_ionized_mmol_per_l);
        let load = parameters.reference_calcium_intake_mg_per_day / parameters.meal_load_divisor;
        let fraction = fractional_absorption(load, one, parameters);
        let urinary = urinary_reference(fraction, parameters);
        let toxicity_half = Power::of(parameters.resorption_toxicity_half);
        let hypercalcemia_half = Power::of(parameters.hypercalcemia_gfr_half_mmol_per_l / serum);
        let mineralization_half = Power::of(parameters.mineralization_half);
        let plasma = plasma_reference_nm(parameters);
        let tissue_mk4 = tissue_mk4_reference_nmol(parameters);
        let cofactor =
            CofactorSupply::new(&plasma, tissue_mk4_nm(tissue_mk4, parameters), parameters);
        let (tissue, vessel) = (cofactor.total_nm(), cofactor.vessel_nm(parameters));
        let wall_store = vessel_k2_store_target_nm(&plasma, parameters);
        let bone_supply = supply_nm(parameters.bone_retained_cofactor_nm, tissue, parameters);
        let wall_retained = parameters.vessel_retained_cofactor_healthy_nm;
        let wall_supply = wall_supply_nm(wall_retained, vessel, wall_store, parameters);
        let liver_supply = Power::of((parameters.liver_store_reference_nm + tissue) / parameters.liver_half_nm);
        Self {
            ionized_fraction: ionized / serum,
            ecf_calcium_reference_mg: ecf,
            calcidiol_reference_nmol_per_l: calcidiol,
            activation_reference_pmol_per_l: receptor_activation_pmol_per_l(calcitriol, calcidiol, parameters),
            fraction_reference: fraction,
            urinary_reference_mg_per_day: urinary,
            fractional_excretion_reference: urinary / filtered_reference(parameters),
            pth_secretion_span_pmol_per_l: secretion_span_pmol_per_l(set_point, parameters),
            pth_set_point: set_point,
            calcidiol_knee_reference: calcidiol_knee(calcidiol_attenuation(calcidiol, parameters).value(), parameters),
            impairment_at_reference: raw_kidney_impairment(one, parameters),
            toxic_share_at_reference: falling(toxicity_half.raised(parameters.resorption_toxicity_exponent).value()),
            toxicity_half,
            hypercalcemia_at_reference: hypercalcemia_at_reference(hypercalcemia_half, parameters),
            hypercalcemia_half,
            mineralization_half,
            mineralization_ceiling: one
                + mineralization_half.raised(parameters.mineralization_exponent).value(),
            formation_widths_at_reference: widths_past_formation_onset(parameters.reference_age_years, parameters),
            aortic_reference_mg: aortic_reference_mg(parameters.reference_age_years, parameters),
            plasma_reference_nm: plasma,
            plasma_nm_per_ug: plasma_nm_per_ug(parameters),
            plasma_clearance_per_day: plasma_clearance_per_day(parameters),
            k1_nmol_per_ug: nmol_per_ug(parameters.k1_molar_mass_g_per_mol),
            mk4_nmol_per_ug: nmol_per_ug(parameters.mk4_molar_mass_g_per_mol),
            tissue_mk4_reference_nmol: tissue_mk4,
            vessel_k2_store_reference_nm: wall_store,
            tissue_cofactor_reference_nm: tissue,
            vessel_cofactor_reference_nm: vessel,
            carboxylated_osteocalcin_reference: carboxylated_osteocalcin(bone_supply, parameters),
            carboxylated_mgp_reference: carboxylated_mgp(wall_supply, parameters),
            carboxylated_clotting_reference: carboxylated_clotting(clotting_reciprocal(liver_supply, parameters).value()),
        }
    }
}

/// Height of the secretion curve that gives the reference hormone at reference calcium.
fn secretion_span_pmol_per_l<S: Real<Scalar = S>>(
    set_point: Power<S>,
    parameters: &Parameters<S>,
) -> S {
    (parameters.pth_reference_pmol_per_l - parameters.pth_secretion_minimum_pmol_per_l)
        / falling(set_point.raised(parameters.pth_steepness).value())
}

/// Effect of reference calcium on filtration, not yet set to one.
fn hypercalcemia_at_reference<S: Real<Scalar = S>>(
    half: Power<S>,
    parameters: &Parameters<S>,
) -> S {
    let narrowed = renal_vasoconstriction(Power::of(S::one()), half, parameters).value();
    raw_effect_of_calcium_on_filtration(narrowed, parameters)
}

/// Calcium balance of the reference person: absorbed − endogenous fecal loss − sweat \[mg/d\].
fn urinary_reference<S: Real<Scalar = S>>(fraction: S, parameters: &Parameters<S>) -> S {
    parameters.reference_calcium_intake_mg_per_day * fraction
        - parameters.endogenous_fecal_secretion_mg_per_day * (S::one() - fraction)
        - parameters.sweat_calcium_reference_mg_per_day
}

/// Calcium filtered by the kidney of the reference person \[mg/d\].
fn filtered_reference<S: Real<Scalar = S>>(parameters: &Parameters<S>) -> S {
    parameters.gfr_reference_l_per_day
        * parameters.ultrafiltrable_fraction
        * parameters.serum_calcium_reference_mmol_per_l
        * parameters.calcium_molar_mass_mg_per_mmol
}

/// nmol per ug = 1000 / molar mass \[g/mol\].
fn nmol_per_ug<S: Real<Scalar = S>>(molar_mass_g_per_mol: S) -> S {
    S::number(1000.0) / molar_mass_g_per_mol
}

/// K1 and MK-4 of the reference diet that the gut takes up \[ug/d\].
fn taken_up_reference<S: Real<Scalar = S>>(parameters: &Parameters<S>) -> [S; 2] {
    [
        parameters.reference_k1_mixed_ug_per_day * parameters.absorption_k1_mixed,
        parameters.reference_mk4_food_ug_per_day * parameters.absorption_k2_food,
    ]
}

/// Share of the MK-4 of the reference diet that reaches plasma.
fn mk4_escape_reference<S: Real<Scalar = S>>(parameters: &Parameters<S>) -> S {
    let [_, mk4] = taken_up_reference(parameters);
    mk4_escape(mk4 / parameters.mk4_load_divisor, parameters)
}

/// MK-4 in tissue that holds steady on the reference diet \[nmol\].
fn tissue_mk4_reference_nmol<S: Real<Scalar = S>>(parameters: &Parameters<S>) -> S {
    let [k1, mk4] = taken_up_reference(parameters);
    let (k1_per_ug, mk4_per_ug) = (
        nmol_per_ug(parameters.k1_molar_mass_g_per_mol),
        nmol_per_ug(parameters.mk4_molar_mass_g_per_mol),
    );
    let menadione = menadione_nmol_per_day(k1, k1_per_ug, parameters);
    let escape = mk4_escape_reference(parameters);
    let kept = mk4_kept_nmol_per_day(escape, mk4, mk4_per_ug, parameters);
    tissue_mk4_arriving_nmol_per_day(menadione, kept, parameters) * parameters.tissue_mk4_time_days
}

/// nM per ug = 1000 / (volume \[L\] · molar mass \[g/mol\]).
fn plasma_nm_per_ug<S: Real<Scalar = S>>(parameters: &Parameters<S>) -> Vitamers<S> {
    let per_ug = |volume: S, molar_mass: S| S::number(1000.0) / (volume * molar_mass);
    Vitamers {
        k1: per_ug(parameters.k1_volume_l, parameters.k1_molar_mass_g_per_mol),
        mk4: per_ug(parameters.mk4_volume_l, parameters.mk4_molar_mass_g_per_mol),
        mk7: per_ug(parameters.mk7_volume_l, parameters.mk7_molar_mass_g_per_mol),
        long_chain_mk: per_ug(
            parameters.long_chain_mk_volume_l,
            parameters.long_chain_mk_molar_mass_g_per_mol,
        ),
    }
}

/// Clearance rate = clearance \[L/d\] / volume \[L\].
fn plasma_clearance_per_day<S: Real<Scalar = S>>(parameters: &Parameters<S>) -> Vitamers<S> {
    Vitamers {
        k1: parameters.k1_clearance_l_per_day / parameters.k1_volume_l,
        mk4: parameters.mk4_clearance_l_per_day / parameters.mk4_volume_l,
        mk7: parameters.mk7_clearance_l_per_day / parameters.mk7_volume_l,
        long_chain_mk: parameters.long_chain_mk_clearance_l_per_day
            / parameters.long_chain_mk_volume_l,
    }
}

/// Plasma of the reference diet: 1000 · absorbed \[ug/d\] / clearance \[L/d\] / molar mass.
fn plasma_reference_nm<S: Real<Scalar = S>>(parameters: &Parameters<S>) -> Vitamers<S> {
    let k2 = parameters.absorption_k2_food;
    let [k1, mk4] = taken_up_reference(parameters);
    let level = |absorbed: S, clearance: S, molar_mass: S| {
        S::number(1000.0) * absorbed / (clearance * molar_mass)
    };
    Vitamers {
        k1: level(
            k1 * (S::one() - parameters.k1_menadione_share),
            parameters.k1_clearance_l_per_day,
            parameters.k1_molar_mass_g_per_mol,
        ),
        mk4: level(
            mk4 * mk4_escape_reference(parameters),
            parameters.mk4_clearance_l_per_day,
            parameters.mk4_molar_mass_g_per_mol,
        ),
        mk7: level(
            parameters.reference_mk7_food_ug_per_day * k2,
            parameters.mk7_clearance_l_per_day,
            parameters.mk7_molar_mass_g_per_mol,
        ),
        long_chain_mk: level(
            parameters.reference_long_chain_mk_food_ug_per_day * k2,
            parameters.long_chain_mk_clearance_l_per_day,
            parameters.long_chain_mk_molar_mass_g_per_mol,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::near;
    use approx::assert_relative_eq;

    #[test]
    fn the_numbers_quoted_in_section_4() {
        let derived = Derived::new(&Parameters::PARADOX);
        for (computed, quoted) in [
            (derived.fraction_reference, 0.292269),
            (derived.urinary_reference_mg_per_day, 162.287),
            (derived.carboxylated_osteocalcin_reference, 0.731589),
            (derived.carboxylated_mgp_reference, 0.802185),
            (derived.ecf_calcium_reference_mg, 961.92),
            (derived.tissue_cofactor_reference_nm, 1.214503074),
            (derived.carboxylated_clotting_reference, 0.9788908705),
            (derived.calcidiol_reference_nmol_per_l, 74.96820936),
            (derived.aortic_reference_mg, 54.27399981),
            (derived.tissue_mk4_reference_nmol, 11.53303187),
            (derived.vessel_k2_store_reference_nm, 1.276562112),
        ] {
            assert_relative_eq!(computed, quoted, max_relative = 2e-6);
        }
    }

    #[test]
    fn the_secretion_span_gives_the_reference_hormone() {
        let p = Parameters::PARADOX;
        let derived = Derived::new(&p);
        let expected = 3.0 * (1.0 + (1.25_f64 / 1.13).powf(14.4));
        near(derived.pth_secretion_span_pmol_per_l, expected);
        near(derived.toxic_share_at_reference, 1.0 / (1.0 + 2.1_f64.powi(10)));
    }
}
