//! Clinical read-outs: computed from the state, read by no equation (section 11).

use crate::parameters::Parameters;
use crate::physiology::arterial_calcification::{aortic_reference_mg, cac_agatston};
use crate::physiology::balance::Rates;
use crate::physiology::ledger::Flows;
use crate::physiology::model::Model;
use crate::physiology::positive::{Power, saturating};
use crate::physiology::state::State;
use crate::physiology::vitamin_k::{menadione_nmol_per_day, urinary_menadione_ug_per_day};
use crate::real::Real;

include!(concat!(env!("OUT_DIR"), "/read_outs.rs"));

impl<R: Real> ReadOuts<R> {
    /// Reads out a state with its rates (from [`evaluate`] at the same time and state).
    #[rustfmt::skip] // one line per read-out
    pub(crate) fn of(model: &Model<R::Scalar>, state: &State<R>, rates: &Rates<R>) -> Self {
        let (p, d) = (&model.parameters, &model.derived);
        let (flows, effects, plasma) = (&rates.flows, &rates.effects, &rates.effects.plasma_nm);
        let bone = BoneReadOuts::of(model, state, effects.aging.age_years);
        let [percent, per_liter] = [100.0, 0.001].map(R::Scalar::number);
        let stiffness = pulse_wave_velocity_m_per_s(model, state, effects.aging.age_years);
        let pressure = Pressures::of(stiffness, effects.aging.age_years, p);
        let k1_absorbed = state.k1_slow_gut_ug * p.k1_slow_absorption_per_day
            + state.k1_fast_gut_ug * p.k1_fast_absorption_per_day;
        let menadione = menadione_nmol_per_day(k1_absorbed, d.k1_nmol_per_ug, p);
        let osteocalcin = state.osteoblast_activity * p.osteocalcin_reference_ng_per_ml;
        let undercarboxylated = state.undercarboxylated_osteocalcin_fraction;
        let [accretion, resorption] = bone_flows_mg_per_day(flows);
        Self {
            age_years: effects.aging.age_years,
            serum_total_calcium_mmol_per_l: effects.serum_calcium_mmol_per_l,
            serum_ionized_calcium_mmol_per_l: effects.serum_calcium_mmol_per_l * d.ionized_fraction,
            phosphate_mmol_per_l: effects.phosphate.value() * p.phosphate_reference_mmol_per_l,
            fractional_absorption: effects.fractional_absorption,
            absorbed_calcium_mg_per_day: absorbed_calcium_mg_per_day(flows),
            urinary_calcium_mg_per_day: flows.ecf_to_urine,
            fecal_calcium_mg_per_day: fecal_calcium_mg_per_day(flows),
            sweat_calcium_mg_per_day: flows.ecf_to_sweat,
            bone_accretion_mg_per_day: accretion,
            bone_resorption_mg_per_day: resorption,
            bone_balance_mg_per_day: accretion - resorption,
            lumbar_spine_bmd_percent: bone.lumbar_spine * percent,
            femoral_neck_bmd_percent: bone.femoral_neck * percent,
            total_body_bmd_percent: bone.total_body * percent,
            lumbar_spine_t_score: bone.lumbar_spine_t_score,
            femoral_neck_t_score: bone.femoral_neck_t_score,
            hip_fracture_relative_risk: bone.hip_fracture_relative_risk,
            any_fracture_relative_risk: bone.any_fracture_relative_risk,
            ctx_relative: state.osteoclast_activity,
            p1np_relative: state.osteoblast_activity,
            osteocalcin_ng_per_ml: osteocalcin,
            ucoc_percent: undercarboxylated * percent,
            ucoc_ng_per_ml: osteocalcin * undercarboxylated,
            cac_agatston: cac_agatston(state.coronary_calcium_mg, p),
            pwv_m_per_s: stiffness,
            dp_ucmgp_pmol_per_l: dp_ucmgp_pmol_per_l(model, state, effects.aging.kidney_impairment),
            active_mgp_relative: effects.active_mgp_relative,
            mgp_carboxylated_share: effects.mgp_carboxylated_share,
            inr: international_normalized_ratio(model, state),
            k1_plasma_nm: plasma.k1,
            mk4_plasma_nm: plasma.mk4,
            mk7_plasma_nm: plasma.mk7,
            long_chain_mk_plasma_nm: plasma.long_chain_mk,
            k1_plasma_ng_per_ml: plasma.k1 * (p.k1_molar_mass_g_per_mol * per_liter),
            mk4_plasma_ng_per_ml: plasma.mk4 * (p.mk4_molar_mass_g_per_mol * per_liter),
            mk7_plasma_ng_per_ml: plasma.mk7 * (p.mk7_molar_mass_g_per_mol * per_liter),
            egfr_ml_per_min: effects.aging.egfr_ml_per_min,
            estrogen_relative: effects.aging.estrogen_relative,
            kidney_impairment: effects.aging.kidney_impairment,
            pth_secretion_pmol_per_l: effects.pth_secretion_pmol_per_l,
            effect_of_active_mgp_on_calcification: effects.effect_of_active_mgp_on_calcification,
            effect_of_supersaturation_on_calcification: effects.effect_of_supersaturation_on_calcification,
            effect_of_supplement_load_on_calcification: effects.effect_of_supplement_load_on_calcification,
            effect_of_osteocalcin_on_accretion: effects.effect_of_osteocalcin_on_accretion,
            mean_arterial_pressure_mmhg: pressure.mean,
            central_pulse_pressure_mmhg: pressure.central_pulse,
            brachial_pulse_pressure_mmhg: pressure.brachial_pulse,
            systolic_pressure_mmhg: pressure.diastolic + pressure.brachial_pulse,
            diastolic_pressure_mmhg: pressure.diastolic,
            central_systolic_pressure_mmhg: pressure.diastolic + pressure.central_pulse,
            stroke_work_j: pressure.ejection * (p.stroke_volume_ml * R::Scalar::number(JOULE_PER_ML_MMHG)),
            pulsatile_stroke_work_percent: pressure.pulsatile / pressure.ejection * percent,
            stroke_work_relative: pressure.ejection / pressure.ejection_of_reference,
            stiffness_work_percent: (pressure.ejection / pressure.ejection_without_stiffness - R::Scalar::one()) * percent,
            vertebral_fracture_relative_risk: bone.vertebral_fracture_relative_risk,
            tissue_mk4_nm: effects.tissue_mk4_nm,
            urinary_menadione_ug_per_day: urinary_menadione_ug_per_day(menadione, p),
            cortical_set_point_percent: effects.cortical_set_point * percent,
            trabecular_set_point_percent: effects.trabecular_set_point * percent,
            effect_of_mechanostat_on_cortical_accretion: effects.effect_of_mechanostat_on_cortical_accretion,
            effect_of_mechanostat_on_trabecular_accretion: effects.effect_of_mechanostat_on_trabecular_accretion,
            carboxylated_osteocalcin_percent: effects.carboxylated_osteocalcin_fraction * percent,
            ucoc_to_coc_ratio: undercarboxylated / effects.carboxylated_osteocalcin_fraction,
            skeleton_calcium_mg: state.cortical_calcium_mg + state.trabecular_calcium_mg,
            arterial_calcium_mg: state.coronary_calcium_mg + state.aortic_calcium_mg,
        }
    }
}

/// Calcium that the gut hands to the blood, by all its paths \[mg/d\].
pub(crate) fn absorbed_calcium_mg_per_day<R: Real>(flows: &Flows<R>) -> R {
    flows.intake_to_ecf + flows.intestine_to_ecf_active + flows.intestine_to_ecf_passive
}

/// Calcium that leaves with the feces, eaten and secreted \[mg/d\].
pub(crate) fn fecal_calcium_mg_per_day<R: Real>(flows: &Flows<R>) -> R {
    flows.intake_to_feces + flows.intestine_to_feces + flows.ecf_to_feces
}

/// Accretion and resorption of both kinds of bone \[mg/d\].
fn bone_flows_mg_per_day<R: Real>(flows: &Flows<R>) -> [R; 2] {
    [
        flows.ecf_to_cortical + flows.ecf_to_trabecular,
        flows.cortical_to_ecf + flows.trabecular_to_ecf,
    ]
}

/// Bone density of a site relative to the young adult.
///
/// w · trabecular/reference + (1 − w) · cortical/reference, w = trabecular weight of the site.
/// Weights fitted to greendale2012 and parfitt.
fn site_bmd_fraction<R: Real>(
    model: &Model<R::Scalar>,
    state: &State<R>,
    trabecular_weight: R::Scalar,
) -> R {
    let cortical_weight = R::Scalar::one() - trabecular_weight;
    state.trabecular_calcium_mg * (trabecular_weight / model.person.trabecular_reference_mg)
        + state.cortical_calcium_mg * (cortical_weight / model.person.cortical_reference_mg)
}

/// Bone density of the lumbar spine relative to the young adult.
pub(crate) fn lumbar_spine_bmd_fraction(model: &Model<f64>, state: &State<f64>) -> f64 {
    site_bmd_fraction(model, state, model.parameters.lumbar_spine_trabecular_weight)
}

struct BoneReadOuts<R> {
    lumbar_spine: R,
    femoral_neck: R,
    total_body: R,
    lumbar_spine_t_score: R,
    femoral_neck_t_score: R,
    hip_fracture_relative_risk: R,
    any_fracture_relative_risk: R,
    vertebral_fracture_relative_risk: R,
}

impl<R: Real> BoneReadOuts<R> {
    /// T = (density − 1)/SD; hip risk = G^(−s), any = g^(−s), s = femoral neck T + quality,
    /// G = G₆₅ · exp(−fade · (age − 65)); vertebral risk = v^(−(lumbar T + quality)).
    /// Sources johnell2005, marshall1996; the quality is *assumed* (mott2019).
    fn of(model: &Model<R::Scalar>, state: &State<R>, age_years: R) -> Self {
        let (p, d) = (&model.parameters, &model.derived);
        let one = R::Scalar::one();
        let lumbar_spine = site_bmd_fraction(model, state, p.lumbar_spine_trabecular_weight);
        let femoral_neck = site_bmd_fraction(model, state, p.femoral_neck_trabecular_weight);
        let femoral_neck_t_score = (femoral_neck - one) / p.femoral_neck_t_score_sd_fraction;
        let shift = (state.bone_quality_carboxylation - d.carboxylated_osteocalcin_reference)
            * p.bone_quality_gain_t_units;
        let quality = saturating(shift, p.bone_quality_limit_t_units);
        let lumbar_spine_t_score = (lumbar_spine - one) / p.lumbar_spine_t_score_sd_fraction;
        let (strength, vertebral) =
            (femoral_neck_t_score + quality, lumbar_spine_t_score + quality);
        let years_past_65 = age_years - R::Scalar::number(65.0);
        // ln G, so that a gradient needs no power of its own.
        let hip_gradient_ln = R::constant(p.hip_fracture_gradient_at_65.ln())
            - years_past_65 * p.hip_fracture_gradient_fade_per_year;
        Self {
            lumbar_spine,
            femoral_neck,
            total_body: site_bmd_fraction(model, state, p.total_body_trabecular_weight),
            lumbar_spine_t_score,
            femoral_neck_t_score,
            hip_fracture_relative_risk: (-(strength * hip_gradient_ln)).exp(),
            any_fracture_relative_risk: (-(strength * p.any_fracture_gradient.ln())).exp(),
            vertebral_fracture_relative_risk: (-(vertebral * p.vertebral_fracture_gradient.ln()))
                .exp(),
        }
    }
}

/// Pulse wave velocity of a usual aorta.
///
/// PWV \[m/s\] = young + rise/(1 + exp(−(age − mid)/width)). Source refvalues2010.
fn usual_pulse_wave_velocity_m_per_s<R: Real>(age_years: R, p: &Parameters<R::Scalar>) -> R {
    let years = age_years - p.pwv_age_midpoint_years;
    (years / p.pwv_age_width_years).logistic() * p.pwv_age_rise_m_per_s + p.pwv_young_m_per_s
}

/// Stiffness of the aorta: how fast the pulse runs along it.
///
/// PWV \[m/s\] = usual of that age + saturating(slope · (aorta − usual aorta of that age \[mg\])) −
/// saturating(gain · (elasticity − 1)). Source mceniery2009; the last term is *assumed*
/// (knapen2015), and so are both limits.
fn pulse_wave_velocity_m_per_s<R: Real>(
    model: &Model<R::Scalar>,
    state: &State<R>,
    age_years: R,
) -> R {
    let p = &model.parameters;
    let extra_aortic_mg = state.aortic_calcium_mg - aortic_reference_mg(age_years, p);
    let softened = (state.vessel_elasticity_mgp - R::Scalar::one()) * p.pwv_mgp_gain_m_per_s;
    let stiffened = extra_aortic_mg * p.pwv_slope_m_per_s_per_mg;
    usual_pulse_wave_velocity_m_per_s(age_years, p)
        + saturating(stiffened, p.pwv_calcium_limit_m_per_s)
        - saturating(softened, p.pwv_mgp_limit_m_per_s)
}

/// Work of one mmHg on one mL \[J\].
const JOULE_PER_ML_MMHG: f64 = 1.33322e-4;

/// Mean arterial pressure: it rises to the age of 60, then it is level.
///
/// mean \[mmHg\] = young + rise/(1 + exp(−(age − mid)/width)). Source franklin1997.
fn mean_pressure_mmhg<R: Real>(age_years: R, p: &Parameters<R::Scalar>) -> R {
    let years = age_years - p.mean_pressure_age_midpoint_years;
    (years / p.mean_pressure_age_width_years).logistic() * p.mean_pressure_age_rise_mmhg
        + p.mean_pressure_young_mmhg
}

/// Blood pressure \[mmHg\] as the stiffness of the aorta makes it; nothing acts back.
struct Pressures<R: Real> {
    mean: R,
    central_pulse: R,
    brachial_pulse: R,
    diastolic: R,
    /// Mean while the heart ejects, and its part above the mean pressure.
    ejection: R,
    pulsatile: R,
    /// The same with the aorta of the reference person.
    ejection_without_stiffness: R,
    /// The same of the reference person.
    ejection_of_reference: R::Scalar,
}

impl<R: Real> Pressures<R> {
    /// x = PWV/PWV of the reference person, a = share of the aorta in the compliance:
    /// central = reference · x²/((1 − a)·x² + a), brachial = central + 2·amplification/(1 + x²),
    /// diastolic = mean − form factor · brachial, ejection = mean + share · central.
    /// Sources mceniery2005, windkessel, nichols2011; the shares are *assumed*.
    fn of(pulse_wave_velocity: R, age_years: R, p: &Parameters<R::Scalar>) -> Self {
        let one = R::Scalar::one();
        let reference_age = p.reference_age_years;
        let x = pulse_wave_velocity / usual_pulse_wave_velocity_m_per_s(reference_age, p);
        let square = x * x;
        let softness = p.aortic_compliance_share;
        let pulse = p.central_pulse_pressure_reference_mmhg;
        let mean = mean_pressure_mmhg(age_years, p);
        let central_pulse = square * pulse / (square * (one - softness) + softness);
        let amplification =
            p.pulse_amplification_reference_mmhg + p.pulse_amplification_reference_mmhg;
        let brachial_pulse = central_pulse + R::constant(amplification) / (square + one);
        let pulsatile = central_pulse * p.ejection_pressure_share;
        let usual_pulsatile = pulse * p.ejection_pressure_share;
        Self {
            mean,
            central_pulse,
            brachial_pulse,
            diastolic: mean - brachial_pulse * p.pulse_form_factor,
            ejection: mean + pulsatile,
            pulsatile,
            ejection_without_stiffness: mean + usual_pulsatile,
            ejection_of_reference: mean_pressure_mmhg(reference_age, p) + usual_pulsatile,
        }
    }
}

/// Inactive matrix Gla protein in blood, a marker of missing vitamin K.
///
/// dp-ucMGP \[pmol/L\] = reference · inactive/inactive of the reference · (1 + gain · impairment).
/// Sources lasa, westenfeld2012.
fn dp_ucmgp_pmol_per_l<R: Real>(
    model: &Model<R::Scalar>,
    state: &State<R>,
    kidney_impairment: R,
) -> R {
    let (p, d) = (&model.parameters, &model.derived);
    let one = R::Scalar::one();
    let per_inactive = p.dp_ucmgp_reference_pmol_per_l / (one - d.carboxylated_mgp_reference);
    state.inactive_mgp * (kidney_impairment * p.dp_ucmgp_kidney_gain + one) * per_inactive
}

/// Clotting time of the laboratory: 1 normally, 2 to 3 on warfarin, at most about 25.
///
/// INR = ((carboxylated/reference + o)/(1 + o))^(−exponent). Fitted to theuwissen2013.
fn international_normalized_ratio<R: Real>(model: &Model<R::Scalar>, state: &State<R>) -> R {
    let (p, d) = (&model.parameters, &model.derived);
    let relative = state.carboxylated_clotting_fraction / d.carboxylated_clotting_reference;
    let kept = (relative + p.inr_offset) / (R::Scalar::one() + p.inr_offset);
    Power::of(kept).raised(-p.inr_exponent).value()
}
