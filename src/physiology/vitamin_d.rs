//! From the vitamin D store over 25(OH)D to calcitriol.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, share};
use crate::real::Real;
use std::f64::consts::LN_2;

/// Fat and other tissue release stored vitamin D3.
///
/// release \[ug/d\] = ln 2 / half-life · store \[ug\]. *Assumed* (heaney2003).
#[inline(always)]
pub(crate) fn release_ug_per_day<R: Real>(
    vitamin_d_store_ug: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    vitamin_d_store_ug * (R::Scalar::number(LN_2) / parameters.vitamin_d_store_half_life_days)
}

/// Store that holds steady at a constant supply; the inverse of [`release_ug_per_day`].
#[inline(always)]
pub(crate) fn steady_store_ug<R: Real>(
    input_ug_per_day: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    input_ug_per_day * (parameters.vitamin_d_store_half_life_days / R::Scalar::number(LN_2))
}

/// The liver's 25(OH)D in steady state: a saturable and a nearly linear part.
///
/// D \[nmol/L\] = M·h/(K + h) + slope·h/(1 + h/ceiling), h = release \[ug/d\], up to 2500 ug/d.
/// Fitted to gallagher2012, burt2019 and iom2011.
#[inline(always)]
pub(crate) fn calcidiol_of<R: Real>(
    release_ug_per_day: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let saturable = share(release_ug_per_day, parameters.calcidiol_saturable_half_ug_per_day)
        * parameters.calcidiol_saturable_maximum_nmol_per_l;
    let slowing = release_ug_per_day / parameters.calcidiol_linear_ceiling_ug_per_day;
    let linear = release_ug_per_day * parameters.calcidiol_linear_slope_nmol_per_ug
        / (slowing + R::Scalar::one());
    saturable + linear
}

/// 25(OH)D follows its target with a half-life of two weeks.
///
/// d D/dt \[nmol/L/d\] = ln 2 / half-life · (target − D). Source jones2014.
#[inline(always)]
pub(crate) fn calcidiol_change_per_day<R: Real>(
    calcidiol_nmol_per_l: R,
    target_nmol_per_l: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    (target_nmol_per_l - calcidiol_nmol_per_l)
        * (R::Scalar::number(LN_2) / parameters.calcidiol_half_life_days)
}

/// The kidney's enzyme needs 25(OH)D as its substrate.
///
/// effect = D/(D + h) · (D_ref + h)/D_ref. Fitted to capo4sim.
#[inline(always)]
pub(crate) fn effect_of_calcidiol_on_calcitriol<R: Real>(
    calcidiol_nmol_per_l: R,
    calcidiol_reference_nmol_per_l: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let half = parameters.calcitriol_calcidiol_half_nmol_per_l;
    share(calcidiol_nmol_per_l, half) / share(calcidiol_reference_nmol_per_l, half)
}

/// Drive of parathyroid hormone on the kidney's enzyme.
///
/// drive = PTHᵣ^e. Fitted to adams1982.
#[inline(always)]
pub(crate) fn calcitriol_drive<R: Real>(
    pth_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    pth_relative.raised(parameters.calcitriol_pth_exponent)
}

/// Activation of the kidney's enzyme by parathyroid hormone.
///
/// effect = s + (1 − s) · drive, see [`calcitriol_drive`]. Fitted to adams1982.
#[inline(always)]
pub(crate) fn effect_of_pth_on_calcitriol<R: Real>(
    drive: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let fixed = parameters.calcitriol_pth_independent_share;
    drive * (R::Scalar::one() - fixed) + fixed
}

/// A failing kidney makes less calcitriol.
///
/// effect = g·(1 + k)/(g + k), g = eGFR/reference. Fitted to kendrick2012.
#[inline(always)]
pub(crate) fn effect_of_kidney_on_calcitriol<R: Real>(
    gfr_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let half = parameters.calcitriol_gfr_half;
    share(gfr_relative, half) * (R::Scalar::one() + half)
}

/// Much calcium and much phosphate brake the kidney's enzyme.
///
/// effect = calciumᵣ^(−a) · phosphateᵣ^(−b). a fitted to adams1982, b *assumed* (textbook).
#[inline(always)]
pub(crate) fn effect_of_minerals_on_calcitriol<R: Real>(
    serum_relative: Power<R>,
    phosphate_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    serum_relative
        .raised(-parameters.calcitriol_calcium_exponent)
        .times(phosphate_relative.raised(-parameters.calcitriol_phosphate_exponent))
}

/// Calcitriol follows its target within hours.
///
/// d C/dt \[pmol/L/d\] = clearance · (target − C). Source openbonemin.
#[inline(always)]
pub(crate) fn calcitriol_change_per_day<R: Real>(
    calcitriol_pmol_per_l: R,
    target_pmol_per_l: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    (target_pmol_per_l - calcitriol_pmol_per_l) * parameters.calcitriol_clearance_per_day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    #[test]
    fn the_usual_supply_gives_75_nmol_per_l() {
        let expected = 90.0 * 33.3 / 47.3 + 0.35 * 33.3 / (1.0 + 33.3 / 8000.0);
        near(calcidiol_of(33.3, &P), expected);
        assert_relative_eq!(calcidiol_of(33.3, &P), 74.97, max_relative = 1e-4);
        assert_eq!(calcidiol_of(0.0, &P), 0.0);
    }

    #[test]
    fn release_empties_half_the_store_in_its_half_life() {
        let store = steady_store_ug(33.3, &P);
        near(store, 33.3 * 15.0 / 2f64.ln());
        near(release_ug_per_day(store, &P), 33.3);
    }

    #[test]
    fn nothing_acts_at_reference_and_little_without_substrate() {
        let one = Power::of(1.0);
        assert_eq!(effect_of_calcidiol_on_calcitriol(74.97, 74.97, &P), 1.0);
        assert_eq!(effect_of_calcidiol_on_calcitriol(0.0, 74.97, &P), 0.0);
        assert_relative_eq!(effect_of_pth_on_calcitriol(1.0, &P), 1.0, max_relative = 1e-15);
        assert_relative_eq!(effect_of_kidney_on_calcitriol(1.0, &P), 1.0, max_relative = 1e-15);
        assert_eq!(effect_of_minerals_on_calcitriol(one, one, &P).value(), 1.0);
        let without_pth = calcitriol_drive(Power::of(0.0), &P).value();
        assert_relative_eq!(
            effect_of_pth_on_calcitriol(without_pth, &P),
            0.3,
            max_relative = 1e-15
        );
    }

    proptest! {
        #[test]
        fn more_sun_means_more_calcidiol(input in 0.0..2500.0_f64, more in 0.1..100.0_f64) {
            prop_assert!(calcidiol_of(input + more, &P) > calcidiol_of(input, &P));
        }
    }
}
