//! From the gut into the blood: a saturable path driven by vitamin D and a passive one.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, approaching, floored};
use crate::real::Real;

/// Calcitriol, helped a little by its precursor, occupies the vitamin D receptor.
///
/// activation \[pmol/L\] = calcitriol \[pmol/L\] + weight · 25(OH)D \[nmol/L\]. *Assumed*
/// (heaney1997).
#[inline(always)]
pub(crate) fn receptor_activation_pmol_per_l<R: Real>(
    calcitriol_pmol_per_l: R,
    calcidiol_nmol_per_l: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    calcitriol_pmol_per_l + calcidiol_nmol_per_l * parameters.calcidiol_agonist_weight_pmol_per_nmol
}

/// Relative activation of the vitamin D receptor, 1 in the reference person.
///
/// agonist = floored(activation / activation of the reference person). *Assumed.*
#[inline(always)]
pub(crate) fn vitamin_d_agonist<R: Real>(
    activation_pmol_per_l: R,
    activation_reference_pmol_per_l: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    floored(activation_pmol_per_l / activation_reference_pmol_per_l, parameters.relative_floor)
}

/// Drive of vitamin D on the gut.
///
/// drive = aⁿ, a = agonist. Fitted to adams1982.
#[inline(always)]
pub(crate) fn gut_drive<R: Real>(
    agonist: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    agonist.raised(parameters.absorption_agonist_exponent)
}

/// Vitamin D builds the channels and carriers of active absorption, up to a ceiling.
///
/// effect = M·aⁿ / (M − 1 + aⁿ), `drive` = aⁿ from [`gut_drive`]. Fitted to adams1982.
#[inline(always)]
pub(crate) fn effect_of_vitamin_d_on_absorption<R: Real>(
    drive: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    approaching(drive, parameters.absorption_agonist_maximum)
}

/// Estrogen helps the gut: without it a tenth of active absorption is lost.
///
/// effect = 1 − loss · (1 − estrogen). Source heaney1989.
#[inline(always)]
pub(crate) fn effect_of_estrogen_on_absorption<R: Real>(
    estrogen_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    R::one() - (R::one() - estrogen_relative) * parameters.estrogen_absorption_loss
}

/// Share of the day's calcium that reaches the blood; the more is eaten, the smaller.
///
/// f = passive + \[A·d/(h + d)\] / (1 + L/(S·dᵉ))ᵖ, d = drive > 0, L \[mg\] = usual single load.
/// Valid for 50 to 2500 mg/d. Fitted to the two-compartment gut (heaney1990), passive to faowho.
#[inline(always)]
pub(crate) fn fractional_absorption<R: Real>(
    load_mg: R::Scalar,
    drive: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let active = drive * parameters.averaged_active_maximum
        / (drive + parameters.averaged_active_half_saturation);
    let scale = Power::of(drive).raised(-parameters.averaged_load_scale_exponent).value();
    let crowding = scale * (load_mg / parameters.averaged_load_scale_mg) + R::Scalar::one();
    active * crowding.powf(-parameters.averaged_load_exponent)
        + parameters.averaged_passive_fraction
}

/// Calcium absorbed at once when eating is a constant rate.
///
/// flow \[mg/d\] = rate of calcium eaten · fraction. *Definition.*
#[inline(always)]
pub(crate) fn intake_to_ecf<R: Real>(calcium_rate_mg_per_day: R::Scalar, fraction: R) -> R {
    fraction * calcium_rate_mg_per_day
}

/// The rest of the calcium eaten, lost with the feces.
///
/// flow \[mg/d\] = rate of calcium eaten · (1 − fraction). *Definition.*
#[inline(always)]
pub(crate) fn intake_to_feces<R: Real>(calcium_rate_mg_per_day: R::Scalar, fraction: R) -> R {
    (R::one() - fraction) * calcium_rate_mg_per_day
}

/// The stomach hands its calcium on within hours.
///
/// flow \[mg/d\] = rate · stomach \[mg\]. Fitted to heaney1990.
#[inline(always)]
pub(crate) fn stomach_to_intestine<R: Real>(
    stomach_calcium_mg: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    stomach_calcium_mg * parameters.stomach_emptying_per_day
}

/// Active absorption: carriers that can be saturated, built under vitamin D.
///
/// flow \[mg/d\] = V · drive · I/(K + I), I = calcium in the intestine \[mg\]. Fitted to heaney1990.
#[inline(always)]
pub(crate) fn intestine_to_ecf_active<R: Real>(
    intestine_calcium_mg: R,
    drive: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    drive * parameters.active_absorption_maximum_mg_per_day * intestine_calcium_mg
        / (intestine_calcium_mg + parameters.active_absorption_half_saturation_mg)
}

/// Passive absorption between the cells.
///
/// flow \[mg/d\] = rate · intestine \[mg\]. Fitted to bronner1998.
#[inline(always)]
pub(crate) fn intestine_to_ecf_passive<R: Real>(
    intestine_calcium_mg: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    intestine_calcium_mg * parameters.passive_absorption_per_day
}

/// Transit: what stays in the intestine leaves with the feces.
///
/// flow \[mg/d\] = rate · intestine \[mg\]. Fitted to heaney1990.
#[inline(always)]
pub(crate) fn intestine_to_feces<R: Real>(
    intestine_calcium_mg: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    intestine_calcium_mg * parameters.intestine_transit_per_day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    #[test]
    fn the_reference_person_absorbs_29_percent_of_a_gram() {
        let fraction = fractional_absorption(1000.0 / 2.2, 1.0, &P);
        assert_relative_eq!(fraction, 0.292269, max_relative = 1e-5);
    }

    #[test]
    fn without_drive_only_the_passive_share_is_absorbed() {
        assert_relative_eq!(fractional_absorption(400.0, 1e-12, &P), 0.08, max_relative = 1e-9);
        let unloaded = fractional_absorption(0.0, 1.0, &P);
        near(unloaded, 0.08 + 0.973 / 1.804);
    }

    #[test]
    fn vitamin_d_and_estrogen_have_no_effect_at_reference() {
        near(effect_of_vitamin_d_on_absorption(1.0, &P), 1.0);
        assert_eq!(effect_of_estrogen_on_absorption(1.0, &P), 1.0);
        near(effect_of_estrogen_on_absorption(0.0, &P), 0.89);
    }

    #[test]
    fn the_active_path_saturates() {
        assert_eq!(intestine_to_ecf_active(0.0, 1.0, &P), 0.0);
        near(intestine_to_ecf_active(20.0, 1.0, &P), 120.0);
        near(intestine_to_ecf_active(1e15, 2.0, &P), 480.0);
    }

    /// Target 12.5: a single load at drive 1, against 0.9135 − 0.101·ln(mg) of heaney1990.
    #[test]
    fn a_single_load_is_absorbed_as_measured() {
        let absorbed = |load: f64| {
            let (mut stomach, mut intestine, mut absorbed) = (load, 0.0, 0.0);
            let step = 1e-4;
            for _ in 0..40_000 {
                let emptied = stomach_to_intestine(stomach, &P) * step;
                let taken_up = (intestine_to_ecf_active(intestine, 1.0, &P)
                    + intestine_to_ecf_passive(intestine, &P))
                    * step;
                let lost = intestine_to_feces(intestine, &P) * step;
                stomach -= emptied;
                intestine += emptied - taken_up - lost;
                absorbed += taken_up;
            }
            absorbed / load
        };
        for (load, here, within) in [
            (15.0, 0.621, 0.06),
            (50.0, 0.553, 0.04),
            (100.0, 0.480, 0.04),
            (300.0, 0.337, 0.04),
            (500.0, 0.278, 0.04),
        ] {
            let share = absorbed(load);
            assert!((share - here).abs() < 1e-3, "{load}: {share}");
            assert!((share - (0.9135 - 0.101 * load.ln())).abs() < within, "{load}: {share}");
        }
    }

    proptest! {
        #[test]
        fn what_is_eaten_is_absorbed_or_lost(rate in 0.0..5000.0_f64, fraction in 0.0..0.8_f64) {
            let sum = intake_to_ecf(rate, fraction) + intake_to_feces(rate, fraction);
            prop_assert!((sum - rate).abs() <= 1e-12 * rate);
        }

        #[test]
        fn more_calcitriol_means_more_absorption(
            calcitriol in 0.0..300.0_f64, more in 0.1..100.0_f64, load in 0.0..1000.0_f64,
        ) {
            let absorbed = |calcitriol: f64| {
                let activation = receptor_activation_pmol_per_l(calcitriol, 75.0, &P);
                let agonist = Power::of(vitamin_d_agonist(activation, 118.75, &P));
                let drive = gut_drive(agonist, &P).value();
                fractional_absorption(load, effect_of_vitamin_d_on_absorption(drive, &P), &P)
            };
            prop_assert!(absorbed(calcitriol + more) > absorbed(calcitriol));
        }
    }
}
