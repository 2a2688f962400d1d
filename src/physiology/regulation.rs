//! Everything that is not calcium: hormones, bone cells, vitamin K and the proteins it switches on.
//!
//! Most of these states relax towards a target; [`Targets`] names the targets, [`Changes`] the
//! rates of change.

use crate::parameters::Parameters;
use crate::physiology::arterial_calcification as artery;
use crate::physiology::bone_remodeling as remodeling;
use crate::physiology::carboxylation;
use crate::physiology::effects::{Cofactor, Effects};
use crate::physiology::ledger::Flows;
use crate::physiology::model::Model;
use crate::physiology::parathyroid_hormone as parathyroid;
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::State;
use crate::physiology::vitamin_d;
use crate::physiology::vitamin_k::{self, Bioavailable, CofactorSupply};
use crate::real::Real;

include!(concat!(env!("OUT_DIR"), "/changes.rs"));

/// Levels that states relax towards, in the units of their states and named after them.
///
/// The time constants that go with them are parameters named `…_time_days`; `calcifate list
/// parameters` shows each with its grade and source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Targets<R> {
    pub parathyroid_capacity: R,
    pub calcidiol_nmol_per_l: R,
    pub calcitriol_pmol_per_l: R,
    pub osteoclast_activity: R,
    pub osteoblast_activity: R,
    pub liver_store_nm: R,
    pub vessel_k2_store_nm: R,
    pub carboxylated_osteocalcin: R,
    pub carboxylated_mgp: R,
    pub carboxylated_clotting: R,
}

impl<R: Real> Targets<R> {
    /// Targets of glands, vitamin D and bone cells, then of vitamin K and its proteins.
    #[inline(always)]
    fn at(
        model: &Model<R::Scalar>,
        segment: &SegmentInputs<R::Scalar>,
        state: &State<R>,
        effects: &Effects<R>,
        release_ug_per_day: R,
    ) -> Self {
        let Model { parameters: p, derived: d, person } = model;
        let inputs = &segment.inputs;
        let (estrogen, impairment) =
            (effects.aging.estrogen_relative, effects.aging.kidney_impairment);

        let powers = &effects.powers;
        let knee = parathyroid::calcidiol_knee(powers.calcidiol_attenuation, p);
        let gland_drive =
            parathyroid::gland_drive(knee, d.calcidiol_knee_reference, powers.gland_stimulation);
        let calcitriol_relative =
            vitamin_d::effect_of_calcidiol_on_calcitriol(
                state.calcidiol_nmol_per_l,
                d.calcidiol_reference_nmol_per_l,
                p,
            ) * vitamin_d::effect_of_pth_on_calcitriol(powers.calcitriol_drive, p)
                * vitamin_d::effect_of_kidney_on_calcitriol(effects.aging.gfr_relative, p)
                * powers.effect_of_minerals_on_calcitriol;

        let [osteocalcin, mgp, clotting] = carboxylated(model, state, effects);
        Self {
            parathyroid_capacity: parathyroid::capacity_target(
                gland_drive,
                effects.phosphate,
                impairment,
                segment.gland_control,
                p,
            ),
            calcidiol_nmol_per_l: vitamin_d::calcidiol_of(release_ug_per_day, p)
                * person.bmi_factor,
            calcitriol_pmol_per_l: calcitriol_relative * p.calcitriol_reference_pmol_per_l,
            osteoclast_activity: remodeling::effect_of_pth_on_osteoclasts(
                powers.osteoclast_drive,
                p,
            ) * remodeling::effect_of_estrogen_on_osteoclasts(estrogen, p)
                * remodeling::effect_of_load_on_osteoclasts(inputs.unloading, inputs.exercise, p),
            osteoblast_activity: state.osteoclast_activity
                * effects.aging.effect_of_age_on_formation
                * remodeling::effect_of_estrogen_on_formation(estrogen, p)
                * remodeling::effect_of_load_on_osteoblasts(inputs.unloading, p),
            liver_store_nm: vitamin_k::liver_store_target_nm(effects.cofactor.tissue_relative, p),
            vessel_k2_store_nm: vitamin_k::vessel_k2_store_target_nm(&effects.plasma_nm, p),
            carboxylated_osteocalcin: osteocalcin,
            carboxylated_mgp: mgp,
            carboxylated_clotting: clotting,
        }
    }
}

/// Carboxylated shares of new osteocalcin, matrix Gla protein and clotting factors.
#[inline(always)]
fn carboxylated<R: Real>(
    model: &Model<R::Scalar>,
    state: &State<R>,
    effects: &Effects<R>,
) -> [R; 3] {
    let Model { parameters: p, derived: d, .. } = model;
    let Cofactor { recycling, tissue_nm, .. } = effects.cofactor;
    let vessel_nm = carboxylation::cofactor_relative(
        state.vessel_cofactor_nm,
        d.vessel_cofactor_reference_nm,
        p,
    ) * d.vessel_cofactor_reference_nm;

    let bone_retained = R::constant(p.bone_retained_cofactor_nm);
    let bone_supply = carboxylation::supply_nm(bone_retained, tissue_nm, p);
    let wall_retained = carboxylation::vessel_retained_nm(effects.aging.kidney_impairment, p);
    let wall_supply =
        carboxylation::wall_supply_nm(wall_retained, vessel_nm, state.vessel_k2_store_nm, p);
    [
        carboxylation::carboxylated_osteocalcin(recycling * bone_supply, p),
        carboxylation::carboxylated_mgp(recycling * wall_supply, p),
        carboxylation::carboxylated_clotting(effects.powers.clotting_reciprocal),
    ]
}

/// Vitamin K that leaves each gut pool for the plasma \[ug/d\].
#[inline(always)]
fn absorbed<R: Real>(s: &State<R>, p: &Parameters<R::Scalar>) -> Bioavailable<R> {
    let flow = vitamin_k::absorption_ug_per_day::<R>;
    Bioavailable {
        k1_slow: flow(s.k1_slow_gut_ug, p.k1_slow_absorption_per_day),
        k1_fast: flow(s.k1_fast_gut_ug, p.k1_fast_absorption_per_day),
        mk4: flow(s.mk4_gut_ug, p.k2_absorption_per_day),
        mk7: flow(s.mk7_gut_ug, p.k2_absorption_per_day),
        long_chain_mk: flow(s.long_chain_mk_gut_ug, p.k2_absorption_per_day),
    }
}

/// MK-4 that reaches plasma \[ug/d\] and tissue \[nmol/d\], from the gut and from absorbed K1.
#[inline(always)]
fn mk4_arriving<R: Real>(
    model: &Model<R::Scalar>,
    segment: &SegmentInputs<R::Scalar>,
    s: &State<R>,
    k1_absorbed_ug_per_day: R,
    mk4_taken_up_ug_per_day: R,
) -> [R; 2] {
    let Model { parameters: p, derived: d, .. } = model;
    let taken_up = mk4_taken_up_ug_per_day;
    let menadione = vitamin_k::menadione_nmol_per_day(k1_absorbed_ug_per_day, d.k1_nmol_per_ug, p);
    let escape = vitamin_k::mk4_escape(s.mk4_gut_ug * segment.mk4_load_per_gut, p);
    let kept = vitamin_k::mk4_kept_nmol_per_day(escape, taken_up, d.mk4_nmol_per_ug, p);
    [escape * taken_up, vitamin_k::tissue_mk4_arriving_nmol_per_day(menadione, kept, p)]
}

/// Relaxation towards a target: (target − current) / time constant.
#[inline(always)]
fn toward<R: Real>(target: R, current: R, time_constant_days: R::Scalar) -> R {
    (target - current) * (R::Scalar::one() / time_constant_days)
}

impl<R: Real> Changes<R> {
    /// One line per state, like the equations of section 5.
    #[rustfmt::skip] // reads as a table
    #[inline(always)]
    pub(crate) fn at(
        model: &Model<R::Scalar>,
        segment: &SegmentInputs<R::Scalar>,
        time_days: R,
        s: &State<R>,
        effects: &Effects<R>,
        flows: &Flows<R>,
    ) -> Self {
        let Model { parameters: p, derived: d, .. } = model;
        let inputs = &segment.inputs;
        let release = vitamin_d::release_ug_per_day(s.vitamin_d_store_ug, p);
        let targets = Targets::at(model, segment, s, effects, release);

        let arriving = &segment.vitamin_k_rate;
        let clearance = &d.plasma_clearance_per_day;
        let Bioavailable { k1_slow, k1_fast, mk4, mk7, long_chain_mk } = absorbed(s, p);
        let [mk4_to_plasma, mk4_to_tissue] = mk4_arriving(model, segment, s, k1_slow + k1_fast, mk4);
        let supply = CofactorSupply::new(&effects.plasma_nm, effects.tissue_mk4_nm, p);
        let (total_nm, vessel_nm) = (supply.total_nm(), supply.vessel_nm(p));

        Self {
            pth_pmol_per_l: parathyroid::pth_change_per_day(
                s.pth_pmol_per_l, s.parathyroid_capacity, effects.pth_secretion_pmol_per_l,
                inputs.parathyroid_function, p,
            ),
            parathyroid_capacity: toward(targets.parathyroid_capacity, s.parathyroid_capacity, p.parathyroid_capacity_time_days),
            vitamin_d_store_ug: segment.sun_ug_per_day(time_days) + segment.vitamin_d_rate_ug_per_day - release,
            calcidiol_nmol_per_l: vitamin_d::calcidiol_change_per_day(s.calcidiol_nmol_per_l, targets.calcidiol_nmol_per_l, p),
            calcitriol_pmol_per_l: vitamin_d::calcitriol_change_per_day(s.calcitriol_pmol_per_l, targets.calcitriol_pmol_per_l, p),
            osteoclast_activity: toward(targets.osteoclast_activity, s.osteoclast_activity, p.osteoclast_time_days),
            osteoblast_activity: toward(targets.osteoblast_activity, s.osteoblast_activity, p.osteoblast_time_days),
            k1_slow_gut_ug: -k1_slow + arriving.k1_slow,
            k1_fast_gut_ug: -k1_fast + arriving.k1_fast,
            mk4_gut_ug: -mk4 + arriving.mk4,
            mk7_gut_ug: -mk7 + arriving.mk7,
            long_chain_mk_gut_ug: -long_chain_mk + arriving.long_chain_mk,
            k1_plasma_ug: (k1_slow + k1_fast) * (R::Scalar::one() - p.k1_menadione_share) - s.k1_plasma_ug * clearance.k1,
            mk4_plasma_ug: mk4_to_plasma - s.mk4_plasma_ug * clearance.mk4,
            mk7_plasma_ug: mk7 - s.mk7_plasma_ug * clearance.mk7,
            long_chain_mk_plasma_ug: long_chain_mk - s.long_chain_mk_plasma_ug * clearance.long_chain_mk,
            tissue_cofactor_nm: toward(total_nm, s.tissue_cofactor_nm, p.tissue_uptake_time_days),
            vessel_cofactor_nm: toward(vessel_nm, s.vessel_cofactor_nm, p.tissue_uptake_time_days),
            liver_store_nm: toward(targets.liver_store_nm, s.liver_store_nm, p.liver_store_time_days),
            undercarboxylated_osteocalcin_fraction:
                toward(R::one() - targets.carboxylated_osteocalcin, s.undercarboxylated_osteocalcin_fraction, p.undercarboxylated_osteocalcin_time_days),
            active_mgp: toward(targets.carboxylated_mgp, s.active_mgp, p.mgp_time_days),
            inactive_mgp: toward(R::one() - targets.carboxylated_mgp, s.inactive_mgp, p.mgp_time_days),
            warfarin_level_mg_per_day: toward(R::constant(inputs.warfarin_mg_per_day), s.warfarin_level_mg_per_day, p.warfarin_time_days),
            carboxylated_clotting_fraction: toward(targets.carboxylated_clotting, s.carboxylated_clotting_fraction, p.clotting_factor_time_days),
            bone_quality_carboxylation: toward(effects.carboxylated_osteocalcin_fraction, s.bone_quality_carboxylation, p.bone_quality_time_days),
            vessel_elasticity_mgp: toward(effects.active_mgp_relative, s.vessel_elasticity_mgp, p.vessel_elasticity_time_days),
            tissue_mk4_nmol: mk4_to_tissue - s.tissue_mk4_nmol * (R::Scalar::one() / p.tissue_mk4_time_days),
            vessel_k2_store_nm: toward(targets.vessel_k2_store_nm, s.vessel_k2_store_nm, p.vessel_k2_store_time_days),
            natural_bone_deficit_years: remodeling::natural_deficit_years_per_day(
                effects.aging.natural_estrogen_relative, effects.aging.effect_of_age_on_formation, p,
            ),
            coronary_removable_mg: artery::removable_gain_mg_per_day(flows.ecf_to_coronary, p),
            aortic_removable_mg: artery::removable_gain_mg_per_day(flows.ecf_to_aortic, p),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relaxation_is_the_distance_over_the_time_constant() {
        assert_eq!(toward(3.0, 1.0, 4.0), 0.5);
    }
}
