//! Four vitamers of vitamin K: from the diet through gut and plasma to the tissues.

use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::physiology::named::{Visit, named_numbers};
use crate::physiology::positive::share;
use crate::real::Real;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Vitamers<R> {
    /// Vitamin K1, phylloquinone.
    pub k1: R,
    /// MK-4.
    pub mk4: R,
    /// MK-7.
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
        /// MK-4.
        pub mk4: S = number "ug/d" as "bioavailable_mk4_ug_per_day",
        /// MK-7.
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

/// Total cofactor that bone and liver see.
///
/// total \[nM\] = K1 + MK-4 + MK-7 + MK-8/9. *Assumed*: one currency.
#[inline(always)]
pub(crate) fn total_cofactor_nm<R: Real>(plasma_nm: &Vitamers<R>) -> R {
    plasma_nm.k1 + plasma_nm.mk4 + plasma_nm.mk7 + plasma_nm.long_chain_mk
}

/// Cofactor that the vessel wall sees; its weights are switches.
///
/// vessel \[nM\] = w₁ · K1 + w₂ · (MK-4 + MK-7 + MK-8/9). *Assumed* (spronk2003).
#[inline(always)]
pub(crate) fn vessel_cofactor_nm<R: Real>(
    plasma_nm: &Vitamers<R>,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let k2 = plasma_nm.mk4 + plasma_nm.mk7 + plasma_nm.long_chain_mk;
    plasma_nm.k1 * parameters.vessel_weight_k1 + k2 * parameters.vessel_weight_k2
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
    use approx::assert_relative_eq;

    const P: Parameters<f64> = Parameters::PARADOX;

    #[test]
    fn the_usual_diet_frees_24_ug_of_k1() {
        let food = Bioavailable::of_food(&Inputs::reference(&P), &P);
        assert_relative_eq!(food.k1_slow, 24.0, max_relative = 1e-12);
        assert_eq!((food.k1_fast, food.mk4), (0.0, 3.5));
        assert_eq!((food.mk7, food.long_chain_mk), (0.5, 10.0));
    }

    #[test]
    fn binders_act_on_food_and_pills_alike() {
        let half = Inputs { vitamin_k_absorption_factor: 0.5, ..Inputs::reference(&P) };
        assert_relative_eq!(Bioavailable::of_food(&half, &P).k1_slow, 12.0, max_relative = 1e-12);
        let pills = Bioavailable::of_pills(0.5, 100.0, 10.0, 180.0, &P);
        assert_relative_eq!(pills.k1_fast, 40.0, max_relative = 1e-12);
        assert_relative_eq!(pills.mk7, 72.0, max_relative = 1e-12);
    }

    #[test]
    fn the_liver_store_is_full_at_reference_and_empty_without_cofactor() {
        assert_relative_eq!(liver_store_target_nm(1.0, &P), 3.6, max_relative = 1e-12);
        assert_eq!(liver_store_target_nm(0.0, &P), 0.0);
        assert_relative_eq!(liver_store_target_nm(1e15, &P), 3.96, max_relative = 1e-12);
    }

    #[test]
    fn with_equal_weights_the_vessel_sees_the_total() {
        let plasma = Vitamers { k1: 0.4, mk4: 0.02, mk7: 0.04, long_chain_mk: 0.7 };
        let total = total_cofactor_nm(&plasma);
        assert_relative_eq!(vessel_cofactor_nm(&plasma, &P), total, max_relative = 1e-12);
    }
}
