//! Rates of change of hormones, bone cells, vitamin K and the proteins that it switches on.

use super::{Aging, Minerals, Moment, aging, approaching, floored, flows, hill, minerals};
use crate::physiology::model::Model;
use crate::physiology::regulation::Changes;
use std::f64::consts::{LN_2, TAU};

/// 5.3: hormone and size of the glands.
fn parathyroid_hormone(moment: &Moment<'_>, aging: &Aging, minerals: &Minerals) -> [f64; 2] {
    let Model { parameters: p, derived: d, .. } = moment.model;
    let s = moment.state;
    let function = moment.segment.inputs.parathyroid_function;
    let ionized = d.ionized_fraction * minerals.serum;
    let secretion = p.pth_secretion_minimum_pmol_per_l
        + d.pth_secretion_span_pmol_per_l
            / (1.0 + (ionized / p.pth_midpoint_ionized_mmol_per_l).powf(p.pth_steepness));
    let knee = |calcidiol: f64| {
        1.0 + p.parathyroid_calcidiol_gain
            * (-calcidiol / p.parathyroid_calcidiol_scale_nmol_per_l).exp()
    };
    let o = p.parathyroid_calcitriol_offset;
    let calcitriol = s.calcitriol_pmol_per_l / p.calcitriol_reference_pmol_per_l;
    let drive = knee(s.calcidiol_nmol_per_l) / knee(d.calcidiol_reference_nmol_per_l)
        * ((calcitriol + o) / (1.0 + o)).powf(-p.parathyroid_calcitriol_exponent)
        * minerals.serum_relative.powf(-p.parathyroid_calcium_exponent);
    let a = p.parathyroid_autonomy_exponent;
    let control = 2.0 / (function.powf(a) + function.powf(-a));
    let target = (approaching(drive, p.parathyroid_capacity_maximum)
        * minerals.phosphate_relative.powf(p.parathyroid_phosphate_exponent)
        * (1.0 + p.parathyroid_kidney_gain * aging.impairment))
        .powf(control);
    let secreted = function * s.parathyroid_capacity * secretion;
    [
        p.pth_clearance_per_day * (secreted - s.pth_pmol_per_l),
        (target - s.parathyroid_capacity) / p.parathyroid_capacity_time_days,
    ]
}

/// 5.4: store, 25(OH)D and calcitriol.
fn vitamin_d(moment: &Moment<'_>, aging: &Aging, minerals: &Minerals) -> [f64; 3] {
    let Model { parameters: p, derived: d, person } = moment.model;
    let (s, segment) = (moment.state, moment.segment);
    let season = segment.season.map_or(1.0, |season| {
        let days = season.start_day_of_year + moment.time_days - 200.0;
        1.0 + season.amplitude * (TAU * days / p.days_per_year).cos()
    });
    let sun = segment.inputs.vitamin_d_sun_ug_per_day * season;
    let release = LN_2 / p.vitamin_d_store_half_life_days * s.vitamin_d_store_ug;
    let calcidiol_of = |h: f64| {
        p.calcidiol_saturable_maximum_nmol_per_l * h / (p.calcidiol_saturable_half_ug_per_day + h)
            + p.calcidiol_linear_slope_nmol_per_ug * h
                / (1.0 + h / p.calcidiol_linear_ceiling_ug_per_day)
    };
    let half = p.calcitriol_calcidiol_half_nmol_per_l;
    let (now, usual) = (s.calcidiol_nmol_per_l, d.calcidiol_reference_nmol_per_l);
    let of_calcidiol = now / (now + half) * (usual + half) / usual;
    let fixed = p.calcitriol_pth_independent_share;
    let pth = s.pth_pmol_per_l / p.pth_reference_pmol_per_l;
    let of_pth = fixed + (1.0 - fixed) * pth.powf(p.calcitriol_pth_exponent);
    let (g, k) = (aging.gfr_relative, p.calcitriol_gfr_half);
    let target = p.calcitriol_reference_pmol_per_l
        * of_calcidiol
        * of_pth
        * (g * (1.0 + k) / (g + k))
        * minerals.serum_relative.powf(-p.calcitriol_calcium_exponent)
        * minerals.phosphate_relative.powf(-p.calcitriol_phosphate_exponent);
    [
        sun + segment.vitamin_d_rate_ug_per_day - release,
        LN_2 / p.calcidiol_half_life_days * (person.bmi_factor * calcidiol_of(release) - now),
        p.calcitriol_clearance_per_day * (target - s.calcitriol_pmol_per_l),
    ]
}

/// 5.7: osteoclasts, osteoblasts, natural deficit.
fn bone_remodeling(moment: &Moment<'_>, aging: &Aging) -> [f64; 3] {
    let p = &moment.model.parameters;
    let (s, inputs) = (moment.state, &moment.segment.inputs);
    let q = (s.pth_pmol_per_l / p.pth_reference_pmol_per_l).powf(p.osteoclast_pth_exponent);
    let fixed = p.osteoclast_pth_independent_share;
    let of_pth = fixed + (1.0 - fixed) * approaching(q, p.osteoclast_pth_maximum);
    let on_osteoclasts = |estrogen: f64| 1.0 + p.osteoclast_estrogen_gain * (1.0 - estrogen);
    let on_formation = |estrogen: f64| 1.0 - p.formation_estrogen_loss * (1.0 - estrogen);
    let osteoclasts = of_pth
        * on_osteoclasts(aging.estrogen)
        * (1.0 + p.unloading_resorption_gain * inputs.unloading)
        * (1.0 - p.exercise_resorption_loss * inputs.exercise);
    let osteoblasts = s.osteoclast_activity
        * aging.on_formation
        * on_formation(aging.estrogen)
        * (1.0 - p.unloading_formation_loss * inputs.unloading);
    let natural = aging.natural_estrogen;
    let unfilled = 1.0 - aging.on_formation * on_formation(natural);
    [
        (osteoclasts - s.osteoclast_activity) / p.osteoclast_time_days,
        (osteoblasts - s.osteoblast_activity) / p.osteoblast_time_days,
        on_osteoclasts(natural) * unfilled / p.days_per_year,
    ]
}

/// 5.8: all of vitamin K but the gut pools, whose input the segment holds.
struct VitaminK {
    gut: [f64; 5],
    plasma: [f64; 4],
    tissue_mk4: f64,
    wall_store: f64,
    tissue: f64,
    wall: f64,
    liver: f64,
}

fn vitamin_k(moment: &Moment<'_>) -> VitaminK {
    let Model { parameters: p, derived: d, .. } = moment.model;
    let (s, arriving) = (moment.state, &moment.segment.vitamin_k_rate);
    let taken_up = [
        p.k1_slow_absorption_per_day * s.k1_slow_gut_ug,
        p.k1_fast_absorption_per_day * s.k1_fast_gut_ug,
        p.k2_absorption_per_day * s.mk4_gut_ug,
        p.k2_absorption_per_day * s.mk7_gut_ug,
        p.k2_absorption_per_day * s.long_chain_mk_gut_ug,
    ];
    let [k1_slow, k1_fast, mk4, mk7, long_chain] = taken_up;
    let k1 = k1_slow + k1_fast;
    let menadione = p.k1_menadione_share * 1000.0 * k1 / p.k1_molar_mass_g_per_mol;
    let load = s.mk4_gut_ug * moment.segment.mk4_load_per_gut;
    let r = (load / p.mk4_escape_half_ug).powi(2);
    let escape = r / (r + 1.0);
    let kept = p.tissue_mk4_clearance_l_per_day / p.mk4_clearance_l_per_day
        * (1.0 - escape)
        * 1000.0
        * mk4
        / p.mk4_molar_mass_g_per_mol;
    let nm = |ug: f64, volume: f64, mass: f64| 1000.0 * ug / (volume * mass);
    let k1_nm = nm(s.k1_plasma_ug, p.k1_volume_l, p.k1_molar_mass_g_per_mol);
    let mk4_nm = nm(s.mk4_plasma_ug, p.mk4_volume_l, p.mk4_molar_mass_g_per_mol);
    let mk7_nm = nm(s.mk7_plasma_ug, p.mk7_volume_l, p.mk7_molar_mass_g_per_mol);
    let long_chain_nm = nm(
        s.long_chain_mk_plasma_ug,
        p.long_chain_mk_volume_l,
        p.long_chain_mk_molar_mass_g_per_mol,
    );
    let formed = s.tissue_mk4_nmol / (p.tissue_mk4_clearance_l_per_day * p.tissue_mk4_time_days);
    let k2 = formed + mk4_nm + mk7_nm + long_chain_nm;
    let direct = p.k1_direct_weight * k1_nm;
    let x = mk7_nm + long_chain_nm;
    let store = p.vessel_k2_store_maximum_nm * x / (p.vessel_k2_store_half_nm + x);
    let wall = p.vessel_weight_k1 * direct + p.vessel_weight_k2 * k2;
    let c = floored(s.tissue_cofactor_nm / d.tissue_cofactor_reference_nm, p.relative_floor);
    let a = p.liver_store_half;
    let liver = p.liver_store_reference_nm * (1.0 + a) * c / (a + c);
    let left = |ug: f64, clearance: f64, volume: f64| clearance / volume * ug;
    VitaminK {
        gut: [
            arriving.k1_slow - k1_slow,
            arriving.k1_fast - k1_fast,
            arriving.mk4 - mk4,
            arriving.mk7 - mk7,
            arriving.long_chain_mk - long_chain,
        ],
        plasma: [
            (1.0 - p.k1_menadione_share) * k1
                - left(s.k1_plasma_ug, p.k1_clearance_l_per_day, p.k1_volume_l),
            escape * mk4 - left(s.mk4_plasma_ug, p.mk4_clearance_l_per_day, p.mk4_volume_l),
            mk7 - left(s.mk7_plasma_ug, p.mk7_clearance_l_per_day, p.mk7_volume_l),
            long_chain
                - left(
                    s.long_chain_mk_plasma_ug,
                    p.long_chain_mk_clearance_l_per_day,
                    p.long_chain_mk_volume_l,
                ),
        ],
        tissue_mk4: p.menadione_capture * menadione + kept
            - s.tissue_mk4_nmol / p.tissue_mk4_time_days,
        wall_store: (store - s.vessel_k2_store_nm) / p.vessel_k2_store_time_days,
        tissue: (direct + k2 - s.tissue_cofactor_nm) / p.tissue_uptake_time_days,
        wall: (wall - s.vessel_cofactor_nm) / p.tissue_uptake_time_days,
        liver: (liver - s.liver_store_nm) / p.liver_store_time_days,
    }
}

/// 5.9 and 5.11: carboxylated shares of new osteocalcin, MGP and clotting factors.
fn carboxylation(moment: &Moment<'_>, aging: &Aging) -> [f64; 3] {
    let Model { parameters: p, derived: d, .. } = moment.model;
    let s = moment.state;
    let dose = s.warfarin_level_mg_per_day / p.warfarin_therapeutic_dose_mg_per_day;
    let recycling = 1.0 / (1.0 + p.warfarin_strength * dose);
    let safe =
        |level: f64, reference: f64| reference * floored(level / reference, p.relative_floor);
    let tissue = safe(s.tissue_cofactor_nm, d.tissue_cofactor_reference_nm);
    let wall = safe(s.vessel_cofactor_nm, d.vessel_cofactor_reference_nm);
    let liver = safe(s.liver_store_nm, p.liver_store_reference_nm);
    let healthy = p.vessel_retained_cofactor_healthy_nm;
    let retained =
        healthy + (p.vessel_retained_cofactor_kidney_failure_nm - healthy) * aging.impairment;
    let supply = |r: f64, c: f64| r * c / (p.cofactor_retention_half_nm + c) + c;
    let share = |half: f64, x: f64| x / (half + x);
    let wall_supply = supply(retained, wall) + s.vessel_k2_store_nm * retained / healthy;
    [
        share(p.osteocalcin_half_nm, recycling * supply(p.bone_retained_cofactor_nm, tissue)),
        share(p.mgp_half_nm, recycling * wall_supply),
        hill(recycling * (liver + tissue), p.liver_half_nm, p.liver_exponent),
    ]
}

/// Every rate of change \[per day\]; of states 42 and 43 without the removal, a flow of the ledger.
pub(crate) fn changes(moment: &Moment<'_>) -> Changes<f64> {
    let Model { parameters: p, derived: d, .. } = moment.model;
    let (s, inputs) = (moment.state, &moment.segment.inputs);
    let aging = aging(moment);
    let minerals = minerals(moment, &aging);
    let [pth, capacity] = parathyroid_hormone(moment, &aging, &minerals);
    let [store, calcidiol, calcitriol] = vitamin_d(moment, &aging, &minerals);
    let [osteoclasts, osteoblasts, natural_deficit] = bone_remodeling(moment, &aging);
    let k = vitamin_k(moment);
    let [k1_slow, k1_fast, mk4_gut, mk7_gut, long_chain_gut] = k.gut;
    let [k1, mk4, mk7, long_chain] = k.plasma;
    let [osteocalcin, mgp, clotting] = carboxylation(moment, &aging);
    let flows = flows(moment);
    let active_relative = s.active_mgp / d.carboxylated_mgp_reference;
    let carboxylated = 1.0 - s.undercarboxylated_osteocalcin_fraction;
    Changes {
        pth_pmol_per_l: pth,
        parathyroid_capacity: capacity,
        vitamin_d_store_ug: store,
        calcidiol_nmol_per_l: calcidiol,
        calcitriol_pmol_per_l: calcitriol,
        osteoclast_activity: osteoclasts,
        osteoblast_activity: osteoblasts,
        k1_slow_gut_ug: k1_slow,
        k1_fast_gut_ug: k1_fast,
        mk4_gut_ug: mk4_gut,
        mk7_gut_ug: mk7_gut,
        long_chain_mk_gut_ug: long_chain_gut,
        k1_plasma_ug: k1,
        mk4_plasma_ug: mk4,
        mk7_plasma_ug: mk7,
        long_chain_mk_plasma_ug: long_chain,
        tissue_cofactor_nm: k.tissue,
        vessel_cofactor_nm: k.wall,
        liver_store_nm: k.liver,
        undercarboxylated_osteocalcin_fraction: (1.0
            - osteocalcin
            - s.undercarboxylated_osteocalcin_fraction)
            / p.undercarboxylated_osteocalcin_time_days,
        active_mgp: (mgp - s.active_mgp) / p.mgp_time_days,
        inactive_mgp: (1.0 - mgp - s.inactive_mgp) / p.mgp_time_days,
        warfarin_level_mg_per_day: (inputs.warfarin_mg_per_day - s.warfarin_level_mg_per_day)
            / p.warfarin_time_days,
        carboxylated_clotting_fraction: (clotting - s.carboxylated_clotting_fraction)
            / p.clotting_factor_time_days,
        bone_quality_carboxylation: (carboxylated - s.bone_quality_carboxylation)
            / p.bone_quality_time_days,
        vessel_elasticity_mgp: (active_relative - s.vessel_elasticity_mgp)
            / p.vessel_elasticity_time_days,
        tissue_mk4_nmol: k.tissue_mk4,
        vessel_k2_store_nm: k.wall_store,
        natural_bone_deficit_years: natural_deficit,
        coronary_removable_mg: p.regression_removable_share * flows.ecf_to_coronary,
        aortic_removable_mg: p.regression_removable_share * flows.ecf_to_aortic,
    }
}
