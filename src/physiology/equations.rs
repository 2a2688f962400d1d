//! Section 5 of the model once more, each mechanism as one readable function of plain numbers.
//!
//! What runs takes all powers side by side and so spreads a mechanism over several files. Here an
//! equation stands whole, for readers; a test asserts that both give the same terms for any
//! parameters, person, inputs and state. Constants of section 4 are those of
//! [`crate::physiology::derived`].

mod changes;

use crate::physiology::ledger::Flows;
use crate::physiology::model::Model;
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::State;

pub(crate) use changes::changes;

/// Person, inputs, time and state: everything that an equation may read.
pub(crate) struct Moment<'a> {
    pub model: &'a Model<f64>,
    pub segment: &'a SegmentInputs<f64>,
    pub time_days: f64,
    pub state: &'a State<f64>,
}

/// (x + √(x² + d²))/(1 + √(1 + d²)).
fn floored(x: f64, d: f64) -> f64 {
    (x + (x * x + d * d).sqrt()) / (1.0 + (1.0 + d * d).sqrt())
}

/// x/√(1 + (x/limit)²).
fn saturating(x: f64, limit: f64) -> f64 {
    x / (1.0 + (x / limit).powi(2)).sqrt()
}

/// M·x/(M − 1 + x).
fn approaching(x: f64, maximum: f64) -> f64 {
    maximum * x / (maximum - 1.0 + x)
}

/// xⁿ/(xⁿ + halfⁿ).
fn hill(x: f64, half: f64, exponent: f64) -> f64 {
    1.0 / (1.0 + (half / x).powf(exponent))
}

/// 5.0: what time alone does.
struct Aging {
    age: f64,
    gfr_relative: f64,
    impairment: f64,
    natural_estrogen: f64,
    estrogen: f64,
    on_absorption: f64,
    on_formation: f64,
}

fn aging(moment: &Moment<'_>) -> Aging {
    let Model { parameters: p, derived: d, person } = moment.model;
    let clock = person.start_age_years + moment.time_days / p.days_per_year;
    let stands_still = moment.segment.age_course.moves == 0.0;
    let age = if stands_still { p.reference_age_years } else { clock };
    let years = age - p.reference_age_years;

    let ramp = &person.kidney_ramp;
    let u = ((clock - ramp.start_age_years) * ramp.per_year + ramp.done_share).clamp(0.0, 1.0);
    let usual = p.egfr_reference_ml_per_min * (1.0 - p.egfr_decline_per_year * years);
    let egfr = usual * (1.0 + (ramp.egfr_ratio - 1.0) * u * u * (3.0 - 2.0 * u));
    let gfr_relative = egfr / p.egfr_reference_ml_per_min;
    let raw = hill(p.kidney_impairment_half, gfr_relative, p.kidney_impairment_exponent);
    let v = (raw - d.impairment_at_reference) / (1.0 - d.impairment_at_reference);
    let impairment = if v > 0.0 { v * v / (v + p.kidney_impairment_softening) } else { 0.0 };

    let y = clock - person.menopause_age_years + p.estrogen_shift_years;
    let kept = 1.0 / (1.0 + (y / p.estrogen_width_years).exp());
    let of_women = p.estrogen_after_menopause + (1.0 - p.estrogen_after_menopause) * kept;
    let natural = 1.0 - person.female * (1.0 - of_women);
    let therapy = moment.segment.inputs.hormone_therapy * p.hormone_therapy_restoration;

    let w = p.formation_age_onset_width_years;
    let softplus = |age: f64| {
        let x = (age - p.formation_age_onset_years) / w;
        x.max(0.0) + (-x.abs()).exp().ln_1p()
    };
    let bone_years = w * (softplus(age) - softplus(p.reference_age_years));
    Aging {
        age,
        gfr_relative,
        impairment,
        natural_estrogen: natural,
        estrogen: natural + therapy * (1.0 - natural),
        on_absorption: (-p.age_absorption_decline_per_year * years).exp(),
        on_formation: (-person.formation_age_loss_per_year * bone_years).exp(),
    }
}

/// 5.2 and 5.3, their algebraic part: calcium and phosphate over their references.
struct Minerals {
    serum: f64,
    serum_relative: f64,
    phosphate_relative: f64,
}

fn minerals(moment: &Moment<'_>, aging: &Aging) -> Minerals {
    let Model { parameters: p, person, .. } = moment.model;
    let serum = moment.state.ecf_calcium_mg / (p.calcium_molar_mass_mg_per_mmol * p.ecf_volume_l);
    let pth_relative = moment.state.pth_pmol_per_l / p.pth_reference_pmol_per_l;
    Minerals {
        serum,
        serum_relative: serum / p.serum_calcium_reference_mmol_per_l,
        phosphate_relative: person.baseline_phosphate_relative.logarithm().exp()
            * pth_relative.powf(-p.phosphate_pth_exponent)
            * (1.0 + p.phosphate_kidney_gain * aging.impairment.powi(4)),
    }
}

/// 5.1: absorption.
struct Gut {
    agonist: f64,
    fraction: f64,
    intake_to_ecf: f64,
    intake_to_feces: f64,
    stomach_to_intestine: f64,
    active: f64,
    passive: f64,
    lost: f64,
}

fn gut_absorption(moment: &Moment<'_>, aging: &Aging) -> Gut {
    let Model { parameters: p, derived: d, .. } = moment.model;
    let (s, segment) = (moment.state, moment.segment);
    let activation =
        s.calcitriol_pmol_per_l + p.calcidiol_agonist_weight_pmol_per_nmol * s.calcidiol_nmol_per_l;
    let agonist = floored(activation / d.activation_reference_pmol_per_l, p.relative_floor);
    let of_vitamin_d =
        approaching(agonist.powf(p.absorption_agonist_exponent), p.absorption_agonist_maximum);
    let of_estrogen = 1.0 - p.estrogen_absorption_loss * (1.0 - aging.estrogen);
    let drive = of_vitamin_d * aging.on_absorption * of_estrogen;

    let inputs = &segment.inputs;
    let eaten = inputs.calcium_diet_mg_per_day + inputs.calcium_supplement_mg_per_day;
    let load = eaten / p.meal_load_divisor;
    let active = p.averaged_active_maximum * drive / (p.averaged_active_half_saturation + drive);
    let scale = p.averaged_load_scale_mg * drive.powf(p.averaged_load_scale_exponent);
    let fraction =
        p.averaged_passive_fraction + active / (1.0 + load / scale).powf(p.averaged_load_exponent);

    let intestine = s.intestine_calcium_mg;
    let (rate, used) = (segment.calcium_rate_mg_per_day, segment.gut_in_use);
    let carried = p.active_absorption_maximum_mg_per_day * drive * intestine
        / (p.active_absorption_half_saturation_mg + intestine);
    Gut {
        agonist,
        fraction,
        intake_to_ecf: rate * fraction,
        intake_to_feces: rate - rate * fraction,
        stomach_to_intestine: used * p.stomach_emptying_per_day * s.stomach_calcium_mg,
        active: used * carried,
        passive: used * p.passive_absorption_per_day * intestine,
        lost: used * p.intestine_transit_per_day * intestine,
    }
}

/// 5.5: urinary calcium.
fn kidney_excretion(moment: &Moment<'_>, aging: &Aging, minerals: &Minerals, gut: &Gut) -> f64 {
    let Model { parameters: p, derived: d, .. } = moment.model;
    let o = p.excretion_pth_offset_pmol_per_l;
    let a = p.excretion_vitamin_d_offset;
    let pth = (moment.state.pth_pmol_per_l + o) / (p.pth_reference_pmol_per_l + o);
    let z = minerals.serum_relative.powf(p.excretion_calcium_exponent)
        * pth.powf(-p.excretion_pth_exponent)
        * ((gut.agonist + a) / (1.0 + a)).powf(-p.excretion_vitamin_d_exponent)
        * (1.0 + p.excretion_estrogen_gain * (1.0 - aging.estrogen))
        * (1.0 + p.excretion_kidney_gain * aging.impairment);
    let f = p.fractional_excretion_maximum;
    let excreted = f * z / (z + f / d.fractional_excretion_reference - 1.0);
    let floor = p.hypercalcemia_gfr_floor;
    let kept =
        hill(p.hypercalcemia_gfr_half_mmol_per_l, minerals.serum, p.hypercalcemia_gfr_exponent);
    let gfr = p.gfr_reference_l_per_day * aging.gfr_relative * (floor + (1.0 - floor) * kept)
        / d.hypercalcemia_at_reference;
    gfr * p.ultrafiltrable_fraction * minerals.serum * p.calcium_molar_mass_mg_per_mmol * excreted
}

/// 5.6 and the set point of 5.7: both ways of both bones, cortical first \[mg/d\].
fn bone_exchange(moment: &Moment<'_>, minerals: &Minerals, gut: &Gut) -> [[f64; 2]; 2] {
    let Model { parameters: p, derived: d, person } = moment.model;
    let s = moment.state;
    let z = p.osteocalcin_accretion_gain
        * (1.0 - s.undercarboxylated_osteocalcin_fraction - d.carboxylated_osteocalcin_reference);
    let limit =
        if z > 0.0 { p.osteocalcin_accretion_limit } else { p.osteocalcin_accretion_loss_limit };
    let of_osteocalcin = 1.0 + saturating(z, limit);
    let (n, h) = (p.mineralization_exponent, p.mineralization_half);
    let product = minerals.serum_relative * minerals.phosphate_relative;
    let of_mineral = (1.0 + h.powf(n)) * hill(product, h, n);
    let toxic = |agonist| hill(agonist, p.resorption_toxicity_half, p.resorption_toxicity_exponent);
    let gain = p.resorption_toxicity_gain;
    let resorbing = (s.osteoclast_activity + gain * toxic(gut.agonist)) / (1.0 + gain * toxic(1.0));
    let forming = s.osteoblast_activity * of_mineral * of_osteocalcin;

    let lasting = s.natural_bone_deficit_years
        + p.osteoblast_time_days / p.days_per_year * (s.osteoblast_activity - 1.0);
    let exercise = moment.segment.inputs.exercise;
    let exchange = |mass: f64, reference: f64, turnover: f64, exercise_gain: f64| {
        let set_point = person.bone_set_point_scale
            * (-turnover * lasting).exp()
            * (1.0 + exercise_gain * exercise);
        let x = floored(mass / (reference * set_point), p.relative_floor);
        let maximum = p.mechanostat_maximum;
        let k = p.mechanostat_strength * maximum / (maximum - 1.0);
        let mechanostat = maximum / (1.0 + (maximum - 1.0) * x.powf(k));
        let rate = turnover / p.days_per_year * mass;
        [rate * forming * mechanostat, rate * resorbing]
    };
    [
        exchange(
            s.cortical_calcium_mg,
            person.cortical_reference_mg,
            p.cortical_turnover_per_year,
            p.exercise_cortical_gain,
        ),
        exchange(
            s.trabecular_calcium_mg,
            person.trabecular_reference_mg,
            p.trabecular_turnover_per_year,
            p.exercise_trabecular_gain,
        ),
    ]
}

/// 5.10: uptake and regression of the coronary and the aortic wall \[mg/d\].
fn arterial_calcification(
    moment: &Moment<'_>,
    aging: &Aging,
    minerals: &Minerals,
    gut: &Gut,
) -> [[f64; 2]; 2] {
    let Model { parameters: p, derived: d, person } = moment.model;
    let s = moment.state;
    let active = floored(s.active_mgp / d.carboxylated_mgp_reference, p.relative_floor);
    let strength = p.mgp_inhibition_strength;
    let of_mgp = (1.0 + strength) / (1.0 + strength * active.powf(p.mgp_inhibition_exponent));
    let fourth = minerals.serum_relative.powi(4);
    let of_supersaturation = (1.0 + 1e-8) * fourth / (fourth + 1e-8)
        * minerals.serum_relative.powf(p.supersaturation_calcium_exponent)
        * minerals.phosphate_relative.powf(p.supersaturation_phosphate_exponent);
    let pills = moment.segment.inputs.calcium_supplement_mg_per_day;
    let of_pills =
        1.0 + p.supplement_load_gain * pills * gut.fraction / p.supplement_load_scale_mg_per_day;
    let of_kidney = 1.0 + p.kidney_calcification_gain * aging.impairment;
    let growth = of_mgp * of_supersaturation * of_pills * of_kidney / p.days_per_year;

    let (g, r) = (p.coronary_regularization_agatston, p.coronary_growth_reference_agatston);
    let per_score = p.coronary_calcium_mg_per_agatston;
    let score = g * floored(s.coronary_calcium_mg / per_score / g, p.relative_floor);
    let onset_years = aging.age - person.coronary_onset_years;
    let onset = 1.0 / (1.0 + (-onset_years / p.coronary_onset_width_years).exp());
    let law = onset
        * (p.coronary_nucleation_agatston_per_year
            + p.coronary_growth_agatston_per_year
                * (score / r)
                * ((score + g) / (r + g)).powf(p.coronary_growth_exponent - 1.0));
    let a = d.aortic_reference_mg;
    let aorta = a * floored(s.aortic_calcium_mg / a, p.relative_floor);
    let aortic_law = p.aortic_growth_mg_per_year
        * (aorta / p.aortic_growth_reference_mg).powf(p.calcification_exponent);

    let share = s.active_mgp / (s.active_mgp + s.inactive_mgp);
    let above = (share - p.regression_threshold) / p.regression_width;
    let regression = p.regression_switch * p.regression_rate_per_day / (1.0 + (-above).exp());
    [
        [per_score * person.coronary_rate * growth * law, regression * s.coronary_removable_mg],
        [aortic_law * growth, regression * s.aortic_removable_mg],
    ]
}

/// Every movement of calcium \[mg/d\], with 5.2: what leaves the blood in proportion to its calcium.
pub(crate) fn flows(moment: &Moment<'_>) -> Flows<f64> {
    let p = &moment.model.parameters;
    let aging = aging(moment);
    let minerals = minerals(moment, &aging);
    let gut = gut_absorption(moment, &aging);
    let [cortical, trabecular] = bone_exchange(moment, &minerals, &gut);
    let [coronary, aortic] = arterial_calcification(moment, &aging, &minerals, &gut);
    let serum = minerals.serum_relative;
    let exchangeable = moment.state.exchangeable_calcium_mg / p.exchangeable_calcium_reference_mg;
    Flows {
        intake_to_ecf: gut.intake_to_ecf,
        intake_to_feces: gut.intake_to_feces,
        stomach_to_intestine: gut.stomach_to_intestine,
        intestine_to_ecf_active: gut.active,
        intestine_to_ecf_passive: gut.passive,
        intestine_to_feces: gut.lost,
        ecf_to_feces: p.endogenous_fecal_secretion_mg_per_day * (1.0 - gut.fraction) * serum,
        ecf_to_sweat: p.sweat_calcium_reference_mg_per_day * serum,
        ecf_to_urine: kidney_excretion(moment, &aging, &minerals, &gut),
        ecf_to_exchangeable: p.exchange_flux_mg_per_day * serum,
        exchangeable_to_ecf: p.exchange_flux_mg_per_day * exchangeable,
        ecf_to_cortical: cortical[0],
        cortical_to_ecf: cortical[1],
        ecf_to_trabecular: trabecular[0],
        trabecular_to_ecf: trabecular[1],
        ecf_to_coronary: coronary[0],
        coronary_to_ecf: coronary[1],
        ecf_to_aortic: aortic[0],
        aortic_to_ecf: aortic[1],
    }
}
