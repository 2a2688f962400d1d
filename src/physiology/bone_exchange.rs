//! Calcium into and out of the two kinds of bone.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, falling};
use crate::real::Real;

/// Carboxylated osteocalcin helps to bind mineral (hypothesis; off in `conservative`).
///
/// effect = 1 + saturating(z, limit), z = gain · (carboxylated fraction − reference); a gain ends at
/// another limit than a loss. Fitted to knapen2013, the loss to caraballo1999.
#[inline(always)]
pub(crate) fn effect_of_osteocalcin_on_accretion<R: Real>(
    carboxylated_osteocalcin_fraction: R,
    reference_fraction: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let change = (carboxylated_osteocalcin_fraction - reference_fraction)
        * parameters.osteocalcin_accretion_gain;
    let share = change.select_positive(
        change / parameters.osteocalcin_accretion_limit,
        change / parameters.osteocalcin_accretion_loss_limit,
    );
    change / (share * share + R::Scalar::one()).sqrt() + R::Scalar::one()
}

/// Saturation term of mineralization by calcium times phosphate, inverted.
///
/// reciprocal = (h/x)ⁿ, x = calciumᵣ · phosphateᵣ, `half` = h. *Assumed* (hypopara).
#[inline(always)]
pub(crate) fn mineralization_reciprocal<R: Real>(
    serum_relative: Power<R>,
    phosphate_relative: Power<R>,
    half: Power<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    let product = serum_relative.times(phosphate_relative).relative_to(half);
    product.raised(-parameters.mineralization_exponent)
}

/// Bone mineralizes while calcium times phosphate suffices.
///
/// effect = (1 + hⁿ)·xⁿ/(xⁿ + hⁿ) = (1 + hⁿ)/(1 + reciprocal), see [`mineralization_reciprocal`];
/// `ceiling` = 1 + hⁿ. *Assumed* (hypopara).
#[inline(always)]
pub(crate) fn effect_of_mineral_on_accretion<R: Real>(reciprocal: R, ceiling: R::Scalar) -> R {
    falling(reciprocal) * ceiling
}

/// Saturation term of the toxicity of vitamin D to bone, inverted.
///
/// reciprocal = (half/a)ᵐ, a = vitamin D agonist. Fitted to vit_d_tox.
#[inline(always)]
pub(crate) fn toxic_share_reciprocal<R: Real>(
    agonist: Power<R>,
    half: Power<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    agonist.relative_to(half).raised(-parameters.resorption_toxicity_exponent)
}

/// Resorption by osteoclasts and by far too much vitamin D, never negative.
///
/// resorbing = (osteoclasts + gain · toxic)/(1 + gain · toxic₁), toxic = aᵐ/(aᵐ + halfᵐ) =
/// 1/(1 + reciprocal), see [`toxic_share_reciprocal`]; toxic₁ at a = 1. Fitted to vit_d_tox.
#[inline(always)]
pub(crate) fn resorbing<R: Real>(
    osteoclast_activity: R,
    toxic_share_reciprocal: R,
    toxic_share_at_reference: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let gain = parameters.resorption_toxicity_gain;
    (osteoclast_activity + falling(toxic_share_reciprocal) * gain)
        / (R::Scalar::one() + toxic_share_at_reference * gain)
}

/// Calcium that a bone's turnover moves in a day, in either direction.
///
/// flow \[mg/d\] = turnover \[1/y\] / 365.25 · mass \[mg\] · activity (resorbing or forming).
/// Turnover fitted to greendale2012.
#[inline(always)]
pub(crate) fn turnover_mg_per_day<R: Real>(
    mass_mg: R,
    activity: R,
    turnover_per_year: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    mass_mg * activity * (turnover_per_year / parameters.days_per_year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;

    #[test]
    fn a_skeleton_moves_242_mg_a_day() {
        let cortical = turnover_mg_per_day(680_000.0, 1.0, P.cortical_turnover_per_year, &P);
        let trabecular = turnover_mg_per_day(170_000.0, 1.0, P.trabecular_turnover_per_year, &P);
        assert_relative_eq!(cortical + trabecular, 242.026, max_relative = 1e-6);
        assert_eq!(turnover_mg_per_day(0.0, 1.0, 0.26, &P), 0.0);
    }

    #[test]
    fn mineral_has_no_effect_at_reference_and_stops_accretion_without_it() {
        let (one, half) = (Power::of(1.0), Power::of(0.3));
        let ceiling = 1.0 + 0.3_f64.powi(4);
        let reciprocal = |x| mineralization_reciprocal(Power::of(x), one, half, &P).value();
        let effect = |x| effect_of_mineral_on_accretion(reciprocal(x), ceiling);
        near(effect(1.0), 1.0);
        near(effect(0.3), 0.5 * ceiling);
        assert_eq!(effect(0.0), 0.0);
    }

    fn resorbing_of(osteoclasts: f64, agonist: f64, p: &Parameters<f64>) -> f64 {
        let half = Power::of(p.resorption_toxicity_half);
        let at_one = falling(half.raised(p.resorption_toxicity_exponent).value());
        let reciprocal = toxic_share_reciprocal(Power::of(agonist), half, p).value();
        resorbing(osteoclasts, reciprocal, at_one, p)
    }

    #[test]
    fn much_vitamin_d_resorbs_by_its_gain() {
        let at_one = 1.0 / (1.0 + 2.1_f64.powi(10));
        assert_eq!(resorbing_of(1.0, 1.0, &P), 1.0);
        let far = resorbing_of(1.0, 1e9, &P);
        near(far, 3.5 / (1.0 + 2.5 * at_one));
    }

    /// Without vitamin D it once fell below zero at the edge of the parameters' ranges.
    #[test]
    fn resorption_is_never_negative() {
        let edge = Parameters {
            resorption_toxicity_gain: 5.0,
            resorption_toxicity_half: 1.6,
            resorption_toxicity_exponent: 3.0,
            ..P
        };
        assert_eq!(resorbing_of(0.0, 0.0, &edge), 0.0);
        let whole = 1.0 / (1.0 + 5.0 / (1.0 + 1.6_f64.powi(3)));
        near(resorbing_of(1.0, 0.0, &edge), whole);
    }

    #[test]
    fn without_its_gain_osteocalcin_does_nothing() {
        let conservative = Parameters { osteocalcin_accretion_gain: 0.0, ..P };
        assert_eq!(effect_of_osteocalcin_on_accretion(0.9, 0.73, &conservative), 1.0);
    }

    #[test]
    fn a_gain_and_a_loss_of_osteocalcin_end_at_their_limits() {
        let effect = |fraction| effect_of_osteocalcin_on_accretion(fraction, 0.73, &P);
        let gain: f64 = 0.25 * 0.1;
        let expected = 1.0 + gain / (1.0 + (gain / 0.045).powi(2)).sqrt();
        near(effect(0.83), expected);
        near(effect(1e9), 1.045);
        near(effect(-1e9), 0.98);
        assert_eq!(effect(0.73), 1.0);
    }
}
