//! Every influence at one moment, by name: the first half of the balance.
//!
//! [`AgeEffects`] is what time alone does; [`Effects`] adds what the state does.

use crate::physiology::age_effects::AgeEffects;
use crate::physiology::arterial_calcification as artery;
use crate::physiology::bone_exchange as exchange;
use crate::physiology::bone_remodeling as remodeling;
use crate::physiology::carboxylation;
use crate::physiology::gut_absorption as gut;
use crate::physiology::model::Model;
use crate::physiology::named::named_numbers;
use crate::physiology::parathyroid_hormone as parathyroid;
use crate::physiology::plasma_calcium as plasma;
use crate::physiology::positive::Power;
use crate::physiology::powers::{Bases, Powers, Relative};
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::State;
use crate::physiology::vitamin_k::{self, Vitamers};
use crate::physiology::warfarin;
use crate::real::Real;

named_numbers! {
    /// Cofactor of liver and tissues, and what warfarin leaves of its recycling.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Cofactor<R> {
        pub recycling: R = number "1" as "vitamin_k_recycling",
        pub tissue_relative: R = number "1" as "tissue_cofactor_relative",
        pub tissue_nm: R = number "nM" as "tissue_cofactor_positive_nm",
        pub liver_nm: R = number "nM" as "liver_store_positive_nm",
    }
}

impl<R: Real> Cofactor<R> {
    /// Section 5.8.
    #[inline(always)]
    fn at(model: &Model<R::Scalar>, state: &State<R>) -> Self {
        let Model { parameters: p, derived: d, .. } = model;
        let relative = carboxylation::cofactor_relative;
        let tissue_relative = relative(state.tissue_cofactor_nm, d.tissue_cofactor_reference_nm, p);
        let liver_relative = relative(state.liver_store_nm, p.liver_store_reference_nm, p);
        Self {
            recycling: warfarin::recycling(state.warfarin_level_mg_per_day, p),
            tissue_relative,
            tissue_nm: tissue_relative * d.tissue_cofactor_reference_nm,
            liver_nm: liver_relative * p.liver_store_reference_nm,
        }
    }
}

/// Set points of cortical and trabecular bone relative to the young adult.
#[inline(always)]
fn set_points<R: Real>(
    model: &Model<R::Scalar>,
    segment: &SegmentInputs<R::Scalar>,
    state: &State<R>,
) -> [R; 2] {
    let Model { parameters: p, person, .. } = model;
    let lasting = remodeling::lasting_deficit_years(
        state.natural_bone_deficit_years,
        state.osteoblast_activity,
        p,
    );
    let [cortical, trabecular] = Power::value_each([
        remodeling::naturally_left(lasting, p.cortical_turnover_per_year),
        remodeling::naturally_left(lasting, p.trabecular_turnover_per_year),
    ]);
    let (scale, exercise) = (person.bone_set_point_scale, segment.inputs.exercise);
    [
        remodeling::set_point(cortical, scale, exercise, p.exercise_cortical_gain),
        remodeling::set_point(trabecular, scale, exercise, p.exercise_trabecular_gain),
    ]
}

/// Quantities of the moment over their references, and coronary calcium kept positive \[AU\].
#[inline(always)]
fn relative_quantities<R: Real>(
    model: &Model<R::Scalar>,
    state: &State<R>,
    cofactor: &Cofactor<R>,
    serum_calcium_mmol_per_l: R,
    [cortical_set_point, trabecular_set_point]: [R; 2],
) -> (Relative<R>, R) {
    let Model { parameters: p, derived: d, person } = model;
    let bone = remodeling::mass_relative_to_set_point::<R>;
    let (calcitriol, calcidiol) = (state.calcitriol_pmol_per_l, state.calcidiol_nmol_per_l);
    let activation = gut::receptor_activation_pmol_per_l(calcitriol, calcidiol, p);
    let score = artery::cac_agatston(state.coronary_calcium_mg, p);
    let [positive_agatston, coronary] = artery::coronary_score_and_relative(score, p);
    let relative = Relative {
        serum: serum_calcium_mmol_per_l / p.serum_calcium_reference_mmol_per_l,
        agonist: gut::vitamin_d_agonist(activation, d.activation_reference_pmol_per_l, p),
        active_mgp: state.active_mgp / d.carboxylated_mgp_reference,
        mgp_carboxylated_share: state.active_mgp / (state.active_mgp + state.inactive_mgp),
        recycled_liver_supply_nm: cofactor.recycling * (cofactor.liver_nm + cofactor.tissue_nm),
        coronary,
        cortical: bone(
            state.cortical_calcium_mg,
            person.cortical_reference_mg,
            cortical_set_point,
            p,
        ),
        trabecular: bone(
            state.trabecular_calcium_mg,
            person.trabecular_reference_mg,
            trabecular_set_point,
            p,
        ),
    };
    (relative, positive_agatston)
}

/// Concentrations of vitamin K in plasma: nM per ug · exchangeable amount \[ug\].
#[inline(always)]
fn plasma_nm<R: Real>(model: &Model<R::Scalar>, state: &State<R>) -> Vitamers<R> {
    let per_ug = &model.derived.plasma_nm_per_ug;
    Vitamers {
        k1: state.k1_plasma_ug * per_ug.k1,
        mk4: state.mk4_plasma_ug * per_ug.mk4,
        mk7: state.mk7_plasma_ug * per_ug.mk7,
        long_chain_mk: state.long_chain_mk_plasma_ug * per_ug.long_chain_mk,
    }
}

named_numbers! {
    /// Influences, each by the function of its mechanism.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Effects<R> {
        pub aging: AgeEffects<R> = group,
        pub cofactor: Cofactor<R> = group,
        pub serum_calcium_mmol_per_l: R = number "mmol/L",
        pub serum_relative: R = number "1",
        pub phosphate: Power<R> = logarithm "ln_phosphate_relative",
        pub active_absorption_drive: R = number "1",
        pub fractional_absorption: R = number "1",
        pub pth_secretion_pmol_per_l: R = number "pmol/L",
        pub carboxylated_osteocalcin_fraction: R = number "1",
        pub effect_of_osteocalcin_on_accretion: R = number "1",
        pub cortical_set_point: R = number "1",
        pub trabecular_set_point: R = number "1",
        pub effect_of_mechanostat_on_cortical_accretion: R = number "1",
        pub effect_of_mechanostat_on_trabecular_accretion: R = number "1",
        pub plasma_nm: Vitamers<R> = vitamers "nM",
        pub tissue_mk4_nm: R = number "nM",
        pub active_mgp_relative: R = number "1",
        pub mgp_carboxylated_share: R = number "1",
        pub positive_coronary_agatston: R = number "AU",
        pub effect_of_active_mgp_on_calcification: R = number "1",
        pub effect_of_supersaturation_on_calcification: R = number "1",
        pub effect_of_supplement_load_on_calcification: R = number "1",
        pub powers: Powers<R> = group,
    }
}

impl<R: Real> Effects<R> {
    /// Computes every influence, in the order of section 5; powers first, side by side.
    #[rustfmt::skip] // one line per influence
    #[inline(always)]
    pub(crate) fn at(
        model: &Model<R::Scalar>,
        segment: &SegmentInputs<R::Scalar>,
        time_days: R,
        state: &State<R>,
    ) -> Self {
        let Model { parameters: p, derived: d, person } = model;
        let set_points = set_points(model, segment, state);
        let [cortical_set_point, trabecular_set_point] = set_points;
        let aging = AgeEffects::at(model, segment, time_days);
        let cofactor = Cofactor::at(model, state);

        let serum_calcium_mmol_per_l = plasma::serum_calcium_mmol_per_l(state.ecf_calcium_mg, p);
        let (relative, positive_coronary_agatston) =
            relative_quantities(model, state, &cofactor, serum_calcium_mmol_per_l, set_points);
        let bases = Bases::at(model, state, &aging, &relative).logarithms();
        let phosphate = parathyroid::phosphate_relative(
            bases.pth, bases.phosphate_retained, person.baseline_phosphate_relative, p,
        );
        let powers = Powers::at(model, state, &relative, &bases, phosphate);

        let active_absorption_drive = gut::effect_of_vitamin_d_on_absorption(powers.gut_drive, p)
            * aging.effect_of_age_on_absorption
            * gut::effect_of_estrogen_on_absorption(aging.estrogen_relative, p);
        let load_mg = segment.single_load_mg(p);
        let fractional_absorption = gut::fractional_absorption(load_mg, active_absorption_drive, p);
        let carboxylated_osteocalcin_fraction = R::one() - state.undercarboxylated_osteocalcin_fraction;
        Self {
            aging, cofactor, powers, serum_calcium_mmol_per_l, serum_relative: relative.serum, phosphate,
            active_absorption_drive, fractional_absorption,
            pth_secretion_pmol_per_l: parathyroid::pth_secretion_pmol_per_l(
                powers.pth_secretion_inhibition, d.pth_secretion_span_pmol_per_l, p,
            ),
            carboxylated_osteocalcin_fraction,
            effect_of_osteocalcin_on_accretion: exchange::effect_of_osteocalcin_on_accretion(
                carboxylated_osteocalcin_fraction, d.carboxylated_osteocalcin_reference, p,
            ),
            cortical_set_point, trabecular_set_point,
            effect_of_mechanostat_on_cortical_accretion: remodeling::effect_of_mechanostat(powers.cortical_mechanostat, p),
            effect_of_mechanostat_on_trabecular_accretion: remodeling::effect_of_mechanostat(powers.trabecular_mechanostat, p),
            plasma_nm: plasma_nm(model, state),
            tissue_mk4_nm: vitamin_k::tissue_mk4_nm(state.tissue_mk4_nmol, p),
            active_mgp_relative: relative.active_mgp,
            mgp_carboxylated_share: relative.mgp_carboxylated_share,
            positive_coronary_agatston,
            effect_of_active_mgp_on_calcification:
                artery::effect_of_active_mgp_on_calcification(powers.mgp_inhibition, p),
            effect_of_supersaturation_on_calcification:
                artery::effect_of_supersaturation_on_calcification(relative.serum, powers.supersaturation),
            effect_of_supplement_load_on_calcification: artery::effect_of_supplement_load_on_calcification(
                segment.inputs.calcium_supplement_mg_per_day, fractional_absorption, p,
            ),
        }
    }
}
