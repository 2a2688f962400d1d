//! All powers of one moment, their logarithms and exponentials taken side by side.
//!
//! Elementary functions are most of the cost of an evaluation. A mechanism says which power it
//! needs and what it makes of the value; here all powers are taken at once, in wide registers.

use crate::physiology::age_effects::AgeEffects;
use crate::physiology::arterial_calcification as artery;
use crate::physiology::bone_exchange as exchange;
use crate::physiology::bone_remodeling as remodeling;
use crate::physiology::carboxylation;
use crate::physiology::gut_absorption as gut;
use crate::physiology::kidney_excretion as kidney;
use crate::physiology::model::Model;
use crate::physiology::named::named_numbers;
use crate::physiology::parathyroid_hormone as parathyroid;
use crate::physiology::positive::{Power, floored};
use crate::physiology::state::State;
use crate::physiology::vitamin_d;
use crate::real::Real;

macro_rules! side_by_side {
    ($(#[$about:meta])* $group:ident { $($name:ident $unit:literal),* $(,)? }) => {
        named_numbers! {
            $(#[$about])*
            #[derive(Clone, Copy, Debug)]
            pub(crate) struct $group<T> { $(pub $name: T = number $unit,)* }
        }

        impl<T> $group<T> {
            const COUNT: usize = [$(stringify!($name)),*].len();

            #[inline(always)]
            fn into_array(self) -> [T; $group::<()>::COUNT] { [$(self.$name),*] }

            #[inline(always)]
            fn from_array([$($name),*]: [T; $group::<()>::COUNT]) -> Self { Self { $($name),* } }
        }
    };
}

side_by_side! {
    /// Positive quantities, most of them relative to the reference person.
    Bases {
        serum "1", pth "1", agonist "1", phosphate_retained "1", gland_calcitriol "1",
        tubular_pth "1", tubular_vitamin_d "1", liver_supply "1", active_mgp "1", coronary "1",
        aorta "1", cortical "1", trabecular "1",
    }
}

side_by_side! {
    /// Bases and exponents of the mechanisms' powers; an exponent in a unit is a parameter.
    Powers {
        pth_secretion_inhibition "1", calcidiol_attenuation "1", gland_stimulation "1", calcitriol_drive "1",
        effect_of_minerals_on_calcitriol "1", gut_drive "1", osteoclast_drive "1",
        toxic_share_reciprocal "1", mineralization_reciprocal "1", tubular_reabsorption "1", renal_vasoconstriction "1",
        clotting_reciprocal "1", mgp_inhibition "1", supersaturation "1", coronary_slowing "1",
        aortic_law "1", regression_inhibition "1", cortical_mechanostat "1", trabecular_mechanostat "1",
    }
}

impl<R: Real> Bases<R> {
    #[inline(always)]
    pub(crate) fn logarithms(self) -> Bases<Power<R>> {
        Bases::from_array(Power::of_each(self.into_array()))
    }
}

/// Quantities at one moment that are not themselves states, each by its function in a mechanism.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Relative<R> {
    pub serum: R,
    pub agonist: R,
    pub active_mgp: R,
    pub mgp_carboxylated_share: R,
    pub recycled_liver_supply_nm: R,
    pub coronary: R,
    pub cortical: R,
    pub trabecular: R,
}

impl<R: Real> Bases<R> {
    #[rustfmt::skip] // one line per base
    #[inline(always)]
    pub(crate) fn at(model: &Model<R::Scalar>, state: &State<R>, aging: &AgeEffects<R>, relative: &Relative<R>) -> Self {
        let Model { parameters: p, derived: d, .. } = model;
        let [tubular_pth, tubular_vitamin_d] =
            kidney::tubular_signals(state.pth_pmol_per_l, relative.agonist, p);
        let calcitriol_relative = state.calcitriol_pmol_per_l / p.calcitriol_reference_pmol_per_l;
        Self {
            serum: relative.serum,
            pth: state.pth_pmol_per_l / p.pth_reference_pmol_per_l,
            agonist: relative.agonist,
            phosphate_retained: parathyroid::phosphate_retained(aging.kidney_impairment, p),
            gland_calcitriol: parathyroid::gland_calcitriol(calcitriol_relative, p),
            tubular_pth,
            tubular_vitamin_d,
            liver_supply: relative.recycled_liver_supply_nm / p.liver_half_nm,
            active_mgp: floored(relative.active_mgp, p.relative_floor),
            coronary: relative.coronary,
            aorta: artery::aortic_relative(state.aortic_calcium_mg, d.aortic_reference_mg, p),
            cortical: relative.cortical,
            trabecular: relative.trabecular,
        }
    }
}

impl<R: Real> Powers<R> {
    /// Raises the bases and takes all exponentials.
    #[rustfmt::skip] // one line per power
    #[inline(always)]
    pub(crate) fn at(
        model: &Model<R::Scalar>,
        state: &State<R>,
        relative: &Relative<R>,
        bases: &Bases<Power<R>>,
        phosphate: Power<R>,
    ) -> Self {
        let Model { parameters: p, derived: d, .. } = model;
        let Bases { serum, pth, agonist, .. } = *bases;
        let signals = [bases.tubular_pth, bases.tubular_vitamin_d];
        let powers = Powers {
            pth_secretion_inhibition: parathyroid::pth_secretion_inhibition(serum, d.pth_set_point, p),
            calcidiol_attenuation: parathyroid::calcidiol_attenuation(state.calcidiol_nmol_per_l, p),
            gland_stimulation: parathyroid::gland_stimulation(bases.gland_calcitriol, serum, p),
            calcitriol_drive: vitamin_d::calcitriol_drive(pth, p),
            effect_of_minerals_on_calcitriol: vitamin_d::effect_of_minerals_on_calcitriol(serum, phosphate, p),
            gut_drive: gut::gut_drive(agonist, p),
            osteoclast_drive: remodeling::osteoclast_drive(pth, p),
            toxic_share_reciprocal: exchange::toxic_share_reciprocal(agonist, d.toxicity_half, p),
            mineralization_reciprocal: exchange::mineralization_reciprocal(serum, phosphate, d.mineralization_half, p),
            tubular_reabsorption: kidney::tubular_reabsorption(serum, signals, p),
            renal_vasoconstriction: kidney::renal_vasoconstriction(serum, d.hypercalcemia_half, p),
            clotting_reciprocal: carboxylation::clotting_reciprocal(bases.liver_supply, p),
            mgp_inhibition: bases.active_mgp.raised(p.mgp_inhibition_exponent),
            supersaturation: artery::supersaturation(serum, phosphate, p),
            coronary_slowing: artery::coronary_slowing(bases.coronary, p),
            aortic_law: bases.aorta.raised(p.calcification_exponent),
            regression_inhibition: artery::regression_inhibition(relative.mgp_carboxylated_share, p),
            cortical_mechanostat: remodeling::mechanostat_power(bases.cortical, p),
            trabecular_mechanostat: remodeling::mechanostat_power(bases.trabecular, p),
        };
        Self::from_array(Power::value_each(powers.into_array()))
    }
}
