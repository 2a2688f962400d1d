//! Calcium into the walls of arteries: slow, held back by active matrix Gla protein.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, falling, floored, growth_power};
use crate::real::Real;

/// Active matrix Gla protein holds calcification back.
///
/// effect = (1 + κ)/(1 + κ·mⁿ), m = floored(active MGP/reference), `inhibition` = mⁿ.
/// *Assumed* (hasific2023).
#[inline(always)]
pub(crate) fn effect_of_active_mgp_on_calcification<R: Real>(
    inhibition: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let one = R::Scalar::one();
    let strength = parameters.mgp_inhibition_strength;
    R::constant(one + strength) / (inhibition * strength + one)
}

/// Powers of calcium and phosphate in the supersaturation of the blood.
///
/// calciumᵣ^a · phosphateᵣ^b. *Assumed* (anderson2016); phosphate from adeney2009.
#[inline(always)]
pub(crate) fn supersaturation<R: Real>(
    serum_relative: Power<R>,
    phosphate_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    serum_relative
        .raised(parameters.supersaturation_calcium_exponent)
        .times(phosphate_relative.raised(parameters.supersaturation_phosphate_exponent))
}

/// Blood rich in calcium and phosphate calcifies the wall faster; empty blood not at all.
///
/// effect = (1 + ε)·r⁴/(r⁴ + ε) · supersaturation, r = calciumᵣ, ε = 10⁻⁸, see [`supersaturation`].
/// The first factor stops the uptake before the blood is empty. *Definition.*
#[inline(always)]
pub(crate) fn effect_of_supersaturation_on_calcification<R: Real>(
    serum_relative: R,
    supersaturation: R,
) -> R {
    let tiny = R::Scalar::number(1e-8);
    let square = serum_relative * serum_relative;
    let fourth = square * square;
    fourth / (fourth + tiny) * (R::Scalar::one() + tiny) * supersaturation
}

/// Calcium pills lift blood calcium for hours after each dose (hypothesis).
///
/// effect = 1 + gain · pills \[mg/d\] · fractional absorption / 250 mg/d. *Assumed* (anderson2016).
#[inline(always)]
pub(crate) fn effect_of_supplement_load_on_calcification<R: Real>(
    calcium_supplement_mg_per_day: R::Scalar,
    fractional_absorption: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let per_fraction = parameters.supplement_load_gain * calcium_supplement_mg_per_day
        / parameters.supplement_load_scale_mg_per_day;
    fractional_absorption * per_fraction + R::Scalar::one()
}

/// Kidney disease calcifies arteries beyond its effect on phosphate.
///
/// effect = 1 + gain · impairment. Fitted to cric.
#[inline(always)]
pub(crate) fn effect_of_kidney_on_calcification<R: Real>(
    kidney_impairment: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    kidney_impairment * parameters.kidney_calcification_gain + R::Scalar::one()
}

/// Coronary calcium as computed tomography scores it.
///
/// score \[AU\] = calcium \[mg\] / 0.08 mg per AU. Source rumberger2003.
#[inline(always)]
pub(crate) fn cac_agatston<R: Real>(
    coronary_calcium_mg: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    coronary_calcium_mg / parameters.coronary_calcium_mg_per_agatston
}

/// Coronary plaque begins to calcify around an age that depends on sex and percentile.
///
/// onset = 1/(1 + exp(−(age − onset age)/width)). Fitted to hnr2014; the width is a *definition*.
#[inline(always)]
pub(crate) fn coronary_onset<R: Real>(
    age_years: R,
    onset_age_years: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    ((age_years - onset_age_years) / parameters.coronary_onset_width_years).logistic()
}

/// The score kept positive, and its size relative to the score at which the growth is stated.
///
/// c \[AU\] = g·floored(score/g), and (c + g)/(R + g), R = 100 AU. *Definition.*
#[inline(always)]
pub(crate) fn coronary_score_and_relative<R: Real>(
    cac_agatston: R,
    parameters: &Parameters<R::Scalar>,
) -> [R; 2] {
    let floor = parameters.coronary_regularization_agatston;
    let positive = floored(cac_agatston / floor, parameters.relative_floor) * floor;
    let reference = parameters.coronary_growth_reference_agatston + floor;
    [positive, (positive + floor) / reference]
}

/// Large scores grow more slowly than in proportion.
///
/// slowing = ((c + g)/(R + g))^(e − 1), see [`coronary_score_and_relative`]. Fitted to cric.
#[inline(always)]
pub(crate) fn coronary_slowing<R: Real>(
    score_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    score_relative.raised(parameters.coronary_growth_exponent - R::Scalar::one())
}

/// Score that a coronary wall gains per year before all effects: nuclei, then growth.
///
/// law \[AU/y\] = onset · (nucleation + growth · c/R · slowing), see
/// [`coronary_score_and_relative`] and [`coronary_slowing`]: the growth is the one at the score R,
/// whatever the exponent. Fitted to hnr2014 and cric; positive even slightly below a score of 0.
#[inline(always)]
pub(crate) fn coronary_law_agatston_per_year<R: Real>(
    positive_score: R,
    slowing: R,
    onset: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let per_score = parameters.coronary_growth_agatston_per_year
        / parameters.coronary_growth_reference_agatston;
    let grown = positive_score * slowing * per_score;
    onset * (grown + parameters.coronary_nucleation_agatston_per_year)
}

/// Calcium uptake of the coronary wall.
///
/// flow \[mg/d\] = 0.08 mg per AU · rate · growth · law; growth \[y/d\] = effects / 365.25.
#[inline(always)]
pub(crate) fn ecf_to_coronary<R: Real>(
    growth: R,
    law_agatston_per_year: R,
    coronary_rate: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    growth * law_agatston_per_year * (parameters.coronary_calcium_mg_per_agatston * coronary_rate)
}

/// Aortic calcium kept positive, relative to the mass at which the growth is stated.
///
/// a = A·floored(aorta/A)/M, A \[mg\] = aorta at 30, M = 200 mg. *Definition.*
#[inline(always)]
pub(crate) fn aortic_relative<R: Real>(
    aortic_calcium_mg: R,
    aortic_reference_mg: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let relative = floored(aortic_calcium_mg / aortic_reference_mg, parameters.relative_floor);
    relative * (aortic_reference_mg / parameters.aortic_growth_reference_mg)
}

/// Calcium uptake of the aortic wall.
///
/// flow \[mg/d\] = k · a^q · growth \[y/d\], `law` = a^q, a from [`aortic_relative`]: k is the
/// growth at the mass M, whatever the exponent. k fitted to elliott1994, q to cric.
#[inline(always)]
pub(crate) fn ecf_to_aortic<R: Real>(law: R, growth: R, parameters: &Parameters<R::Scalar>) -> R {
    law * growth * parameters.aortic_growth_mg_per_year
}

/// Aortic calcium of a person with reference blood and wall.
///
/// The solution of d mass/d age = k·(mass/M)^q from m at 20: m · growth_power(1 − q,
/// k/M · (age − 20) · (m/M)^(q − 1)). m from, k fitted to elliott1994.
#[inline(always)]
pub(crate) fn aortic_reference_mg<R: Real>(age_years: R, parameters: &Parameters<R::Scalar>) -> R {
    let q = R::Scalar::one() - parameters.calcification_exponent;
    let (m, reference) =
        (parameters.aortic_calcium_at_20_mg, parameters.aortic_growth_reference_mg);
    let per_year = parameters.aortic_growth_mg_per_year / reference * (m / reference).powf(-q);
    growth_power(q, (age_years - R::Scalar::number(20.0)) * per_year) * m
}

/// Inhibition of the regression of calcification.
///
/// inhibition = exp(−(share − threshold)/width), share = active/(active + inactive MGP).
/// *Assumed* (schurgers2007rats).
#[inline(always)]
pub(crate) fn regression_inhibition<R: Real>(
    mgp_carboxylated_share: R,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    let above = mgp_carboxylated_share - parameters.regression_threshold;
    Power::of_e(-(above / parameters.regression_width))
}

/// Rate at which a wall rich in active MGP gives its removable calcium back (rat hypothesis,
/// normally off).
///
/// rate \[1/d\] = switch · r / (1 + inhibition), see [`regression_inhibition`]. Source schurgers2007rats.
#[inline(always)]
pub(crate) fn regression_per_day<R: Real>(inhibition: R, parameters: &Parameters<R::Scalar>) -> R {
    falling(inhibition) * (parameters.regression_switch * parameters.regression_rate_per_day)
}

/// Part of the calcium laid down that could be removed again.
///
/// d removable/dt \[mg/d\] = share · uptake − removal; the ledger takes off the removal. The share is
/// *assumed* (schurgers2007rats).
#[inline(always)]
pub(crate) fn removable_gain_mg_per_day<R: Real>(
    uptake_mg_per_day: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    uptake_mg_per_day * parameters.regression_removable_share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    #[test]
    fn the_aorta_holds_54_mg_at_thirty() {
        near(aortic_reference_mg(20.0, &P), 30.0);
        assert_relative_eq!(aortic_reference_mg(30.0, &P), 54.27400068, max_relative = 1e-9);
    }

    #[test]
    fn the_reference_aorta_grows_by_8_micrograms_a_day() {
        let aorta = aortic_reference_mg(30.0, &P);
        let law = aortic_relative(aorta, aorta, &P).powf(P.calcification_exponent);
        let uptake = ecf_to_aortic(law, 1.0 / 365.25, &P);
        assert_relative_eq!(uptake, 0.00807, max_relative = 1e-3);
    }

    fn effect_of_active_mgp(relative: f64) -> f64 {
        let active = floored(relative, P.relative_floor);
        let inhibition = Power::of(active).raised(P.mgp_inhibition_exponent).value();
        effect_of_active_mgp_on_calcification(inhibition, &P)
    }

    fn coronary_law(score: f64) -> f64 {
        let [positive, relative] = coronary_score_and_relative(score, &P);
        let slowing = coronary_slowing(Power::of(relative), &P).value();
        coronary_law_agatston_per_year(positive, slowing, 1.0, &P)
    }

    #[test]
    fn without_active_mgp_growth_is_one_plus_the_strength() {
        assert_relative_eq!(effect_of_active_mgp(1.0), 1.0);
        assert_relative_eq!(effect_of_active_mgp(0.0), 1.8, max_relative = 1e-9);
    }

    #[test]
    fn an_empty_wall_nucleates_and_a_full_one_grows_by_its_power() {
        let empty = coronary_law(0.0);
        assert_relative_eq!(empty, 0.6, max_relative = 1e-4);
        assert!(coronary_law(-1e-3) > 0.0);
        // The floor scales a large score by 2/(1 + √(1 + 10⁻⁸)).
        let score = 1000.0 * 2.0 / (1.0 + (1.0 + 1e-8_f64).sqrt());
        let full = coronary_law(1000.0);
        let expected = 0.6 + 9.09514 * score / 100.0 * ((score + 0.1) / 100.1).powf(-0.37);
        near(full, expected);
    }

    #[test]
    fn the_growth_is_stated_at_a_score_and_a_mass_whatever_the_exponent() {
        let p = Parameters { coronary_growth_exponent: 1.0, calcification_exponent: 1.0, ..P };
        let [positive, relative] = coronary_score_and_relative(100.0, &p);
        let slowing = coronary_slowing(Power::of(relative), &p).value();
        let law = coronary_law_agatston_per_year(positive, slowing, 1.0, &p);
        assert_relative_eq!(law, 9.09514 + 0.6, max_relative = 1e-6);
        let grown = aortic_relative(200.0, 54.0, &p).powf(p.calcification_exponent);
        assert_relative_eq!(grown, 1.0, max_relative = 1e-6);
        let doubled = aortic_reference_mg(30.0, &p) / aortic_reference_mg(20.0, &p);
        near(doubled, (10.0 * 7.345029 / 200.0_f64).exp());
    }

    #[test]
    fn empty_blood_calcifies_nothing() {
        let effect = |serum| effect_of_supersaturation_on_calcification(serum, 1.0);
        assert_eq!(effect(1.0), 1.0);
        assert_eq!(effect(0.0), 0.0);
        assert!(effect(1.0 / 3.0) > 1.0 - 1e-6);
    }

    #[test]
    fn regression_needs_its_switch() {
        let rate = |share, p: &Parameters<f64>| {
            regression_per_day(regression_inhibition(share, p).value(), p)
        };
        assert_eq!(rate(0.99, &P), 0.0);
        let on = Parameters { regression_switch: 1.0, ..P };
        near(rate(0.95, &on), 0.0225);
        near(removable_gain_mg_per_day(2.0, &P), 1.0);
    }

    #[test]
    fn pills_and_kidney_add_to_growth() {
        let load = effect_of_supplement_load_on_calcification(1000.0, 0.25, &P);
        near(load, 1.13);
        assert_eq!(effect_of_supplement_load_on_calcification(0.0, 0.3, &P), 1.0);
        assert_relative_eq!(effect_of_kidney_on_calcification(1.0, &P), 1.1);
    }

    proptest! {
        #[test]
        fn more_active_mgp_means_less_deposition(m in 0.0..1.2_f64, more in 0.01..0.5_f64) {
            prop_assert!(effect_of_active_mgp(m + more) < effect_of_active_mgp(m));
        }
    }
}
