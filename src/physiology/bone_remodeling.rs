//! The workers of bone: osteoclasts that remove, osteoblasts that refill later.
//!
//! The effects here make their targets; `regulation` lets both follow with their delays.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, approaching};
use crate::real::Real;

/// Drive of parathyroid hormone on osteoclasts.
///
/// q = PTHᵣ^e. Fitted to tai2015.
#[inline(always)]
pub(crate) fn osteoclast_drive<R: Real>(
    pth_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    pth_relative.raised(parameters.osteoclast_pth_exponent)
}

/// Parathyroid hormone recruits osteoclasts, up to a ceiling.
///
/// effect = s + (1 − s) · M·q/(M − 1 + q), q from [`osteoclast_drive`]. s fitted to hypopara, M
/// *assumed* (hypopara).
#[inline(always)]
pub(crate) fn effect_of_pth_on_osteoclasts<R: Real>(
    drive: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let fixed = parameters.osteoclast_pth_independent_share;
    approaching(drive, parameters.osteoclast_pth_maximum) * (R::Scalar::one() - fixed) + fixed
}

/// Estrogen restrains osteoclasts.
///
/// effect = 1 + gain · (1 − estrogen). Fitted to greendale2012.
#[inline(always)]
pub(crate) fn effect_of_estrogen_on_osteoclasts<R: Real>(
    estrogen_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    (R::one() - estrogen_relative) * parameters.osteoclast_estrogen_gain + R::Scalar::one()
}

/// Bed rest wakes osteoclasts, exercise quiets them.
///
/// effect = (1 + gain · unloading) · (1 − loss · exercise). Fitted to bedrest, howe2011.
#[inline(always)]
pub(crate) fn effect_of_load_on_osteoclasts<S: Real<Scalar = S>>(
    unloading: S,
    exercise: S,
    parameters: &Parameters<S>,
) -> S {
    let one = S::one();
    (one + unloading * parameters.unloading_resorption_gain)
        * (one - exercise * parameters.exercise_resorption_loss)
}

/// Bed rest weakens refilling.
///
/// effect = 1 − loss · unloading. *Assumed* (bedrest).
#[inline(always)]
pub(crate) fn effect_of_load_on_osteoblasts<S: Real<Scalar = S>>(
    unloading: S,
    parameters: &Parameters<S>,
) -> S {
    S::one() - unloading * parameters.unloading_formation_loss
}

/// Without estrogen refilling stays slightly incomplete.
///
/// effect = 1 − loss · (1 − estrogen). Fitted to greendale2012.
#[inline(always)]
pub(crate) fn effect_of_estrogen_on_formation<R: Real>(
    estrogen_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    R::one() - (R::one() - estrogen_relative) * parameters.formation_estrogen_loss
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    const P: Parameters<f64> = Parameters::PARADOX;

    #[test]
    fn parathyroid_hormone_recruits_between_its_floor_and_ceiling() {
        let effect =
            |pth| effect_of_pth_on_osteoclasts(osteoclast_drive(Power::of(pth), &P).value(), &P);
        assert_relative_eq!(effect(1.0), 1.0, max_relative = 1e-15);
        assert_relative_eq!(effect(0.0), 0.3, max_relative = 1e-15);
        assert_relative_eq!(effect(1e30), 0.3 + 0.7 * 4.0, max_relative = 1e-12);
    }

    #[test]
    fn estrogen_loss_raises_removal_and_lowers_refilling() {
        assert_eq!(effect_of_estrogen_on_osteoclasts(1.0, &P), 1.0);
        assert_relative_eq!(effect_of_estrogen_on_osteoclasts(0.0, &P), 1.87);
        assert_eq!(effect_of_estrogen_on_formation(1.0, &P), 1.0);
        assert_relative_eq!(effect_of_estrogen_on_formation(0.0, &P), 0.9875);
    }

    #[test]
    fn load_acts_by_bed_rest_and_exercise() {
        assert_eq!(effect_of_load_on_osteoclasts(0.0, 0.0, &P), 1.0);
        assert_relative_eq!(effect_of_load_on_osteoclasts(0.5, 1.0, &P), 1.5 * 0.85);
        assert_relative_eq!(effect_of_load_on_osteoblasts(0.7, &P), 0.93);
    }
}
