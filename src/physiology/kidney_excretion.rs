//! Out of the blood through the kidney: filtration and what is not taken back.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, falling};
use crate::real::Real;

/// Parathyroid hormone and vitamin D as the tubules feel them.
///
/// (PTH + o)/(PTH_ref + o) and (a + w)/(1 + w), PTH and o in pmol/L, a = vitamin D agonist.
/// The offsets o and w are *assumed* (lemann, vit_d_tox).
#[inline(always)]
pub(crate) fn tubular_signals<R: Real>(
    pth_pmol_per_l: R,
    agonist: R,
    parameters: &Parameters<R::Scalar>,
) -> [R; 2] {
    let pth_offset = parameters.excretion_pth_offset_pmol_per_l;
    let agonist_offset = parameters.excretion_vitamin_d_offset;
    [
        (pth_pmol_per_l + pth_offset) / (parameters.pth_reference_pmol_per_l + pth_offset),
        (agonist + agonist_offset) / (R::Scalar::one() + agonist_offset),
    ]
}

/// Tubular reabsorption of calcium, relative to the reference person.
///
/// reabsorption = calciumᵣ^(−a) · pth^b · vitamin_d^c, both as in [`tubular_signals`].
/// Fitted to lemann and vit_d_tox.
#[inline(always)]
pub(crate) fn tubular_reabsorption<R: Real>(
    serum_relative: Power<R>,
    [pth, vitamin_d]: [Power<R>; 2],
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    serum_relative
        .raised(-parameters.excretion_calcium_exponent)
        .times(pth.raised(parameters.excretion_pth_exponent))
        .times(vitamin_d.raised(parameters.excretion_vitamin_d_exponent))
}

/// Share of the filtered calcium that is excreted; it cannot pass a maximum.
///
/// E = F·z/(z + F/E_ref − 1), z = (1 + g_e·(1 − estrogen)) · (1 + g_k·impairment) / reabsorption, see
/// [`tubular_reabsorption`]. F fitted to vit_d_tox, the gains to nordin1991 and levin2007.
#[inline(always)]
pub(crate) fn fractional_excretion<R: Real>(
    tubular_reabsorption: R,
    estrogen_relative: R,
    kidney_impairment: R,
    reference: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let one = R::Scalar::one();
    let maximum = parameters.fractional_excretion_maximum;
    let by_estrogen = (R::one() - estrogen_relative) * parameters.excretion_estrogen_gain + one;
    let by_kidney = kidney_impairment * parameters.excretion_kidney_gain + one;
    // F/(1 + (F/E_ref − 1)/z): stays finite however large z grows.
    let held_back = tubular_reabsorption / (by_estrogen * by_kidney);
    R::constant(maximum) / (held_back * (maximum / reference - one) + one)
}

/// Constriction of the kidney's vessels by calcium.
///
/// vasoconstriction = (serum/half)^n; `half_relative` is half over the reference serum calcium.
/// *Assumed* (vit_d_tox).
#[inline(always)]
pub(crate) fn renal_vasoconstriction<R: Real>(
    serum_relative: Power<R>,
    half_relative: Power<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    serum_relative.relative_to(half_relative).raised(parameters.hypercalcemia_gfr_exponent)
}

/// Much calcium narrows the kidney's vessels and filtration falls.
///
/// raw = floor + (1 − floor)/(1 + vasoconstriction), see [`renal_vasoconstriction`]. *Assumed* (vit_d_tox).
#[inline(always)]
pub(crate) fn raw_effect_of_calcium_on_filtration<R: Real>(
    vasoconstriction: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let floor = parameters.hypercalcemia_gfr_floor;
    falling(vasoconstriction) * (R::Scalar::one() - floor) + floor
}

/// Calcium leaves with the urine.
///
/// flow \[mg/d\] = GFR \[L/d\] · ultrafiltrable · serum \[mmol/L\] · 40.08 mg/mmol · excreted share;
/// GFR = reference · gfr_relative · effect of calcium on filtration. Source textbook.
#[inline(always)]
pub(crate) fn ecf_to_urine<R: Real>(
    serum_calcium_mmol_per_l: R,
    gfr_relative: R,
    effect_of_calcium_on_filtration: R,
    fractional_excretion: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let per_serum = parameters.gfr_reference_l_per_day
        * parameters.ultrafiltrable_fraction
        * parameters.calcium_molar_mass_mg_per_mmol;
    gfr_relative
        * effect_of_calcium_on_filtration
        * serum_calcium_mmol_per_l
        * fractional_excretion
        * per_serum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use proptest::prelude::*;

    fn reabsorption(serum: f64, pth: f64) -> f64 {
        let signals = tubular_signals(pth, 1.0, &P).map(Power::of);
        tubular_reabsorption(Power::of(serum), signals, &P).value()
    }

    #[test]
    fn the_reference_hold_is_one_and_excretes_the_reference_share() {
        assert_eq!(reabsorption(1.0, 4.0), 1.0);
        let excreted = fractional_excretion(reabsorption(1.0, 4.0), 1.0, 0.0, 0.0177, &P);
        near(excreted, 0.0177);
    }

    #[test]
    fn excretion_ends_at_its_maximum_and_at_zero() {
        let excreted = |serum| fractional_excretion(reabsorption(serum, 4.0), 1.0, 0.0, 0.0177, &P);
        near(excreted(1e30), 0.1);
        assert!(excreted(1e-6) < 1e-60);
    }

    #[test]
    fn urine_is_the_product_of_its_factors() {
        let flow = ecf_to_urine(2.4, 0.5, 0.9, 0.02, &P);
        near(flow, 144.0 * 0.5 * 0.9 * 0.58 * 2.4 * 40.08 * 0.02);
    }

    #[test]
    fn severe_hypercalcemia_leaves_the_floor_of_filtration() {
        let half = Power::of(2.95 / 2.4);
        let vasoconstriction = |serum| renal_vasoconstriction(Power::of(serum), half, &P).value();
        let raw = |serum| raw_effect_of_calcium_on_filtration(vasoconstriction(serum), &P);
        near(raw(100.0), 0.55);
        near(raw(2.95 / 2.4), 0.775);
        near(raw(0.1), 1.0);
    }

    proptest! {
        #[test]
        fn parathyroid_hormone_saves_calcium(pth in 0.5..60.0_f64, more in 0.1..20.0_f64) {
            prop_assert!(reabsorption(1.0, pth + more) > reabsorption(1.0, pth));
        }
    }
}
