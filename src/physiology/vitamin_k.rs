//! Four vitamers of vitamin K: from the diet through gut and plasma to the tissues.

use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::physiology::named::{Visit, named_numbers};
use crate::physiology::positive::{falling, share};
use crate::real::Real;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Vitamers<R> {
    /// Vitamin K1, phylloquinone.
    pub k1: R,
    pub mk4: R,
    pub mk7: R,
    /// MK-8 and MK-9.
    pub long_chain_mk: R,
}

impl<S> Vitamers<S> {
    /// Shows the numbers by their names.
    pub(crate) fn visit(
        &mut self,
        names: [&'static str; 4],
        unit: &'static str,
        visit: &mut Visit<'_, S>,
    ) {
        let Self { k1, mk4, mk7, long_chain_mk } = self;
        for (name, number) in names.into_iter().zip([k1, mk4, mk7, long_chain_mk]) {
            visit(name, unit, number);
        }
    }
}

named_numbers! {
    /// Vitamin K of a day that gets through the gut wall, by gut pool \[ug/d\].
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) struct Bioavailable<S> {
        /// K1 from mixed food and leaves.
        pub k1_slow: S = number "ug/d" as "bioavailable_k1_slow_ug_per_day",
        /// K1 from oil and pills.
        pub k1_fast: S = number "ug/d" as "bioavailable_k1_fast_ug_per_day",
        pub mk4: S = number "ug/d" as "bioavailable_mk4_ug_per_day",
        pub mk7: S = number "ug/d" as "bioavailable_mk7_ug_per_day",
        /// MK-8 and MK-9.
        pub long_chain_mk: S = number "ug/d" as "bioavailable_long_chain_mk_ug_per_day",
    }
}

impl<S: Real<Scalar = S>> Bioavailable<S> {
    pub(crate) fn none() -> Self {
        let zero = S::zero();
        Self { k1_slow: zero, k1_fast: zero, mk4: zero, mk7: zero, long_chain_mk: zero }
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self {
            k1_slow: self.k1_slow + other.k1_slow,
            k1_fast: self.k1_fast + other.k1_fast,
            mk4: self.mk4 + other.mk4,
            mk7: self.mk7 + other.mk7,
            long_chain_mk: self.long_chain_mk + other.long_chain_mk,
        }
    }

    /// Food: how much is freed depends on the food, most from oil, least from plain leaves.
    ///
    /// pool \[ug/d\] = condition factor · Σ absorbed share · amount eaten.
    /// Sources garber1999, novotny2010, gijsbers1996, booth2002, tarvainen2021.
    pub(crate) fn of_food(inputs: &Inputs<S>, parameters: &Parameters<S>) -> Self {
        let factor = inputs.vitamin_k_absorption_factor;
        let from_k2 = factor * parameters.absorption_k2_food;
        Self {
            k1_slow: factor
                * (parameters.absorption_k1_mixed * inputs.k1_mixed_ug_per_day
                    + parameters.absorption_k1_leafy_plain * inputs.k1_leafy_plain_ug_per_day
                    + parameters.absorption_k1_leafy_with_fat
                        * inputs.k1_leafy_with_fat_ug_per_day),
            k1_fast: factor * parameters.absorption_k1_oil * inputs.k1_oil_ug_per_day,
            mk4: from_k2 * inputs.mk4_food_ug_per_day,
            mk7: from_k2 * inputs.mk7_food_ug_per_day,
            long_chain_mk: from_k2 * inputs.long_chain_mk_food_ug_per_day,
        }
    }

    /// Pills of K1, MK-4 and MK-7 \[ug or ug/d\].
    ///
    /// pool = condition factor · absorbed share · amount. Sources shearer, schurgers2007.
    pub(crate) fn of_pills(factor: S, k1: S, mk4: S, mk7: S, parameters: &Parameters<S>) -> Self {
        let from_k2 = factor * parameters.absorption_k2_supplement;
        Self {
            k1_fast: factor * parameters.absorption_k1_supplement * k1,
            mk4: from_k2 * mk4,
            mk7: from_k2 * mk7,
            ..Self::none()
        }
    }
}

/// Absorption out of one gut pool.
///
/// flow \[ug/d\] = rate · pool \[ug\]. Fitted to novotny2010, schurgers2007, sato2012.
#[inline(always)]
pub(crate) fn absorption_ug_per_day<R: Real>(gut_ug: R, rate_per_day: R::Scalar) -> R {
    gut_ug * rate_per_day
}

/// Part of the absorbed K1 is split to menadione.
///
/// menadione \[nmol/d\] = share · K1 absorbed \[ug/d\] · 1000/molar mass. Source thijssen2006.
#[inline(always)]
pub(crate) fn menadione_nmol_per_day<R: Real>(
    k1_absorbed_ug_per_day: R,
    k1_nmol_per_ug: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    k1_absorbed_ug_per_day * (parameters.k1_menadione_share * k1_nmol_per_ug)
}

/// Share of a load of MK-4 that gets past the first pass into plasma.
///
/// escape = r/(r + 1), r = (load/half)². Fitted to sato2012; the square is *assumed*.
#[inline(always)]
pub(crate) fn mk4_escape<R: Real>(load_ug: R, parameters: &Parameters<R::Scalar>) -> R {
    let relative = load_ug / parameters.mk4_escape_half_ug;
    let square = relative * relative;
    square * falling(square)
}

/// MK-4 that tissue keeps at the first pass.
///
/// kept \[nmol/d\] = tissue/plasma clearance · (1 − escape) · taken up \[ug/d\] · 1000/molar mass: a
/// microgram has the same lasting effect by either way. *Assumed* (sato2012).
#[inline(always)]
pub(crate) fn mk4_kept_nmol_per_day<R: Real>(
    escape: R,
    taken_up_ug_per_day: R,
    mk4_nmol_per_ug: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let share = parameters.tissue_mk4_clearance_l_per_day / parameters.mk4_clearance_l_per_day;
    (R::one() - escape) * taken_up_ug_per_day * (share * mk4_nmol_per_ug)
}

/// MK-4 that arrives in tissue: built from K1, or kept at the first pass.
///
/// arriving \[nmol/d\] = capture · menadione + kept, see [`menadione_nmol_per_day`] and
/// [`mk4_kept_nmol_per_day`]. The capture is *assumed* (okano2008).
#[inline(always)]
pub(crate) fn tissue_mk4_arriving_nmol_per_day<R: Real>(
    menadione_nmol_per_day: R,
    kept_nmol_per_day: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    menadione_nmol_per_day * parameters.menadione_capture + kept_nmol_per_day
}

/// MK-4 in tissue as the plasma concentration of the same effect.
///
/// formed \[nM\] = tissue MK-4 \[nmol\] / (clearance \[L/d\] · stay \[d\]). *Assumed* (thijssen1996).
#[inline(always)]
pub(crate) fn tissue_mk4_nm<R: Real>(tissue_mk4_nmol: R, parameters: &Parameters<R::Scalar>) -> R {
    tissue_mk4_nmol / (parameters.tissue_mk4_clearance_l_per_day * parameters.tissue_mk4_time_days)
}

/// Urinary menadione split from K1.
///
/// menadione \[ug/d\] = urinary share · menadione \[nmol/d\] · molar mass / 1000. Source thijssen2006.
pub(crate) fn urinary_menadione_ug_per_day<R: Real>(
    menadione_nmol_per_day: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let ug_per_nmol = parameters.menadione_molar_mass_g_per_mol * R::Scalar::number(0.001);
    menadione_nmol_per_day * (parameters.menadione_urinary_share * ug_per_nmol)
}

/// Cofactor at one moment, from plasma and from the MK-4 of tissue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CofactorSupply<R> {
    /// K1 itself, without the MK-4 that is made of it \[nM\].
    k1_nm: R,
    /// MK-4 of tissue and plasma, MK-7 and MK-8/9 \[nM\].
    k2_nm: R,
}

impl<R: Real> CofactorSupply<R> {
    /// K1 = weight · plasma K1; K2 = tissue MK-4 + MK-4 + MK-7 + MK-8/9. *Assumed*: one currency.
    #[inline(always)]
    pub(crate) fn new(
        plasma_nm: &Vitamers<R>,
        tissue_mk4_nm: R,
        parameters: &Parameters<R::Scalar>,
    ) -> Self {
        Self {
            k1_nm: plasma_nm.k1 * parameters.k1_direct_weight,
            k2_nm: tissue_mk4_nm + plasma_nm.mk4 + plasma_nm.mk7 + plasma_nm.long_chain_mk,
        }
    }

    /// Total cofactor that bone and liver see \[nM\].
    #[inline(always)]
    pub(crate) fn total_nm(&self) -> R {
        self.k1_nm + self.k2_nm
    }

    /// Cofactor that the vessel wall sees; its weights are switches.
    ///
    /// vessel \[nM\] = w₁ · K1 + w₂ · K2. *Assumed* (spronk2003).
    #[inline(always)]
    pub(crate) fn vessel_nm(&self, parameters: &Parameters<R::Scalar>) -> R {
        self.k1_nm * parameters.vessel_weight_k1 + self.k2_nm * parameters.vessel_weight_k2
    }
}

/// Level that the slow store of the wall grows towards.
///
/// target \[nM\] = maximum · x/(half + x), x \[nM\] = plasma MK-7 + MK-8/9.
/// Fitted to knapen2015 and avadec2022.
#[inline(always)]
pub(crate) fn vessel_k2_store_target_nm<R: Real>(
    plasma_nm: &Vitamers<R>,
    parameters: &Parameters<R::Scalar>,
) -> R {
    share(plasma_nm.mk7 + plasma_nm.long_chain_mk, parameters.vessel_k2_store_half_nm)
        * parameters.vessel_k2_store_maximum_nm
}

/// Level that the liver's sticky store grows towards: full at all but very low supply.
///
/// target \[nM\] = reference · (1 + a)·c/(a + c), c = tissue cofactor/reference.
/// *Assumed* (olson2002).
#[inline(always)]
pub(crate) fn liver_store_target_nm<R: Real>(
    tissue_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let half = parameters.liver_store_half;
    share(tissue_relative, half) * (parameters.liver_store_reference_nm * (R::Scalar::one() + half))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;

    #[test]
    fn the_usual_diet_frees_24_ug_of_k1() {
        let food = Bioavailable::of_food(&Inputs::reference(&P), &P);
        near(food.k1_slow, 24.0);
        assert_eq!((food.k1_fast, food.mk4), (0.0, 3.5));
        assert_eq!((food.mk7, food.long_chain_mk), (0.5, 10.0));
    }

    #[test]
    fn binders_act_on_food_and_pills_alike() {
        let half = Inputs { vitamin_k_absorption_factor: 0.5, ..Inputs::reference(&P) };
        near(Bioavailable::of_food(&half, &P).k1_slow, 12.0);
        let pills = Bioavailable::of_pills(0.5, 100.0, 10.0, 180.0, &P);
        near(pills.k1_fast, 40.0);
        near(pills.mk7, 72.0);
    }

    #[test]
    fn the_liver_store_is_full_at_reference_and_empty_without_cofactor() {
        near(liver_store_target_nm(1.0, &P), 3.6);
        assert_eq!(liver_store_target_nm(0.0, &P), 0.0);
        near(liver_store_target_nm(1e15, &P), 3.96);
    }

    #[test]
    fn with_equal_weights_the_vessel_sees_the_total() {
        let plasma = Vitamers { k1: 0.4, mk4: 0.02, mk7: 0.04, long_chain_mk: 0.7 };
        let supply = CofactorSupply::new(&plasma, 0.15, &P);
        near(supply.total_nm(), 0.7 * 0.4 + 0.91);
        near(supply.vessel_nm(&P), supply.total_nm());
    }

    #[test]
    fn the_reference_person_makes_three_nanomoles_of_mk4_a_day() {
        let menadione = menadione_nmol_per_day(24.0, 1000.0 / 450.7, &P);
        near(menadione, 0.12 * 24_000.0 / 450.7);
        let arriving = tissue_mk4_arriving_nmol_per_day(menadione, 0.0, &P);
        assert_relative_eq!(arriving, 3.195, max_relative = 1e-3);
        let urine = urinary_menadione_ug_per_day(menadione, &P);
        near(urine, 0.2 * menadione * 0.1722);
    }

    #[test]
    fn small_loads_of_mk4_stay_in_tissue_and_large_ones_escape() {
        assert_eq!(mk4_escape(0.0, &P), 0.0);
        assert_eq!(mk4_escape(2500.0, &P), 0.5);
        assert_relative_eq!(mk4_escape(1e9, &P), 1.0, max_relative = 1e-10);
        let kept = mk4_kept_nmol_per_day(0.25, 100.0, 1000.0 / 444.7, &P);
        near(kept, 26.4 / 320.0 * 0.75 * 1e5 / 444.7);
    }

    #[test]
    fn the_store_of_the_wall_is_half_full_at_its_half() {
        let plasma = Vitamers { k1: 9.0, mk4: 9.0, mk7: 10.0, long_chain_mk: 4.0 };
        near(vessel_k2_store_target_nm(&plasma, &P), 12.0);
    }
}
