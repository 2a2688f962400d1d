//! Calcium into and out of the two kinds of bone.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, falling};
use crate::real::Real;

/// Carboxylated osteocalcin helps to bind mineral (hypothesis; off in `conservative`).
///
/// effect = 1 + gain · (carboxylated fraction − reference). Fitted to knapen2013.
#[inline(always)]
pub(crate) fn effect_of_osteocalcin_on_accretion<R: Real>(
    carboxylated_osteocalcin_fraction: R,
    reference_fraction: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    (carboxylated_osteocalcin_fraction - reference_fraction) * parameters.osteocalcin_accretion_gain
        + R::Scalar::one()
}

/// Deficit of calcium times phosphate for mineralization.
///
/// lack = (h/x)ⁿ, x = calciumᵣ · phosphateᵣ, `half` = h. *Assumed* (hypopara).
#[inline(always)]
pub(crate) fn mineral_lack<R: Real>(
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
/// effect = (1 + hⁿ)·xⁿ/(xⁿ + hⁿ) = (1 + hⁿ)/(1 + lack), see [`mineral_lack`];
/// `ceiling` = 1 + hⁿ. *Assumed* (hypopara).
#[inline(always)]
pub(crate) fn effect_of_mineral_on_accretion<R: Real>(lack: R, ceiling: R::Scalar) -> R {
    falling(lack) * ceiling
}

/// Distance of vitamin D from toxicity to bone.
///
/// safety = (half/a)ᵐ, a = vitamin D agonist. Fitted to vit_d_tox.
#[inline(always)]
pub(crate) fn toxicity_safety<R: Real>(
    agonist: Power<R>,
    half: Power<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    agonist.relative_to(half).raised(-parameters.resorption_toxicity_exponent)
}

/// Far too much vitamin D dissolves bone.
///
/// toxicity = gain · (aᵐ/(aᵐ + halfᵐ) − the same at a = 1), the share being 1/(1 + safety), see
/// [`toxicity_safety`]. Fitted to vit_d_tox; crude in the toxic range. Below a = 1 slightly
/// negative: −0.0015 at a = 0, but −0.98 at the edge of the parameters' ranges.
#[inline(always)]
pub(crate) fn resorption_toxicity<R: Real>(
    safety: R,
    toxicity_at_reference: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    (falling(safety) - toxicity_at_reference) * parameters.resorption_toxicity_gain
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
    use approx::assert_relative_eq;

    const P: Parameters<f64> = Parameters::PARADOX;

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
        let lack = |x| mineral_lack(Power::of(x), one, half, &P).value();
        let effect = |x| effect_of_mineral_on_accretion(lack(x), ceiling);
        assert_relative_eq!(effect(1.0), 1.0, max_relative = 1e-12);
        assert_relative_eq!(effect(0.3), 0.5 * ceiling, max_relative = 1e-12);
        assert_eq!(effect(0.0), 0.0);
    }

    #[test]
    fn toxicity_is_zero_at_reference_and_its_gain_far_above() {
        let half = Power::of(2.1);
        let at_one = falling(half.raised(10.0).value());
        let toxicity = |agonist| {
            let safety = toxicity_safety(Power::of(agonist), half, &P).value();
            resorption_toxicity(safety, at_one, &P)
        };
        assert_eq!(toxicity(1.0), 0.0);
        let far = toxicity(1e9);
        assert_relative_eq!(far, 2.5 * (1.0 - at_one), max_relative = 1e-12);
    }

    #[test]
    fn without_vitamin_d_toxicity_ends_a_little_below_zero_or_far_at_the_edge_of_the_ranges() {
        let lowest = |p: &Parameters<f64>| {
            let half = Power::of(p.resorption_toxicity_half);
            let at_one = falling(half.raised(p.resorption_toxicity_exponent).value());
            let safety = toxicity_safety(Power::of(0.0), half, p).value();
            resorption_toxicity(safety, at_one, p)
        };
        assert_relative_eq!(lowest(&P), -2.5 / (1.0 + 2.1_f64.powi(10)), max_relative = 1e-12);
        let edge = Parameters {
            resorption_toxicity_gain: 5.0,
            resorption_toxicity_half: 1.6,
            resorption_toxicity_exponent: 3.0,
            ..P
        };
        assert_relative_eq!(lowest(&edge), -5.0 / (1.0 + 1.6_f64.powi(3)), max_relative = 1e-12);
    }

    #[test]
    fn without_its_gain_osteocalcin_does_nothing() {
        let conservative = Parameters { osteocalcin_accretion_gain: 0.0, ..P };
        assert_eq!(effect_of_osteocalcin_on_accretion(0.9, 0.73, &conservative), 1.0);
        let effect = effect_of_osteocalcin_on_accretion(0.83, 0.73, &P);
        assert_relative_eq!(effect, 1.009, max_relative = 1e-12);
    }
}
