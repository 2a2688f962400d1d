//! The workers of bone: osteoclasts that remove, osteoblasts that refill later.
//!
//! The effects here make their targets; `regulation` lets both follow with their delays.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, approaching, floored};
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

/// The natural course of age and menopause: turnover that is not refilled, therapy left aside.
///
/// d deficit/dt \[y/d\] = (1 + g·(1 − e₀)) · (1 − age effect · (1 − l·(1 − e₀))) / 365.25,
/// e₀ = natural estrogen, g and l the gain on osteoclasts and the loss of formation.
#[inline(always)]
pub(crate) fn natural_deficit_years_per_day<R: Real>(
    natural_estrogen_relative: R,
    effect_of_age_on_formation: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let refilled = effect_of_age_on_formation
        * effect_of_estrogen_on_formation(natural_estrogen_relative, parameters);
    effect_of_estrogen_on_osteoclasts(natural_estrogen_relative, parameters) * (R::one() - refilled)
        / parameters.days_per_year
}

/// Turnover years that the set point of bone takes as lost.
///
/// lasting \[y\] = natural deficit + delay · (osteoblasts − 1): bone that is only away while pits wait
/// to be refilled is no departure from the set point. *Assumed* (frost2003).
#[inline(always)]
pub(crate) fn lasting_deficit_years<R: Real>(
    natural_deficit_years: R,
    osteoblast_activity: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let delay_years = parameters.osteoblast_time_days / parameters.days_per_year;
    natural_deficit_years + (osteoblast_activity - R::Scalar::one()) * delay_years
}

/// Share of the young bone that the natural course has left: exp(−turnover · lasting).
#[inline(always)]
pub(crate) fn naturally_left<R: Real>(
    lasting_deficit_years: R,
    turnover_per_year: R::Scalar,
) -> Power<R> {
    Power::of_e(lasting_deficit_years * -turnover_per_year)
}

/// Set point of bone mass relative to the young adult: the natural course, raised by loading.
///
/// set point = scale · exp(−turnover · lasting) · (1 + gain · exercise). *Assumed* (frost2003), gain
/// fitted to howe2011.
#[inline(always)]
pub(crate) fn set_point<R: Real>(
    naturally_left: R,
    scale: R::Scalar,
    exercise: R::Scalar,
    exercise_gain: R::Scalar,
) -> R {
    naturally_left * (scale * (R::Scalar::one() + exercise_gain * exercise))
}

/// Bone mass relative to its set point, kept positive.
#[inline(always)]
pub(crate) fn mass_relative_to_set_point<R: Real>(
    mass_mg: R,
    reference_mg: R::Scalar,
    set_point: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    floored(mass_mg / (set_point * reference_mg), parameters.relative_floor)
}

/// Power of the mass in the mechanostat.
///
/// xᵏ, x from [`mass_relative_to_set_point`], k = strength · M/(M − 1).
#[inline(always)]
pub(crate) fn mechanostat_power<R: Real>(
    mass_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    let maximum = parameters.mechanostat_maximum;
    mass_relative.raised(parameters.mechanostat_strength * maximum / (maximum - R::Scalar::one()))
}

/// Formation answers a departure of the mass from its set point.
///
/// effect = M/(1 + (M − 1)·xᵏ), see [`mechanostat_power`]: 1 with slope −strength at the set point,
/// never above M. *Assumed* (frost2003).
#[inline(always)]
pub(crate) fn effect_of_mechanostat<R: Real>(
    mass_power: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let one = R::Scalar::one();
    R::constant(parameters.mechanostat_maximum)
        / (mass_power * (parameters.mechanostat_maximum - one) + one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;

    #[test]
    fn parathyroid_hormone_recruits_between_its_floor_and_ceiling() {
        let effect =
            |pth| effect_of_pth_on_osteoclasts(osteoclast_drive(Power::of(pth), &P).value(), &P);
        assert_relative_eq!(effect(1.0), 1.0, max_relative = 1e-15);
        assert_relative_eq!(effect(0.0), 0.3, max_relative = 1e-15);
        near(effect(1e30), 0.3 + 0.7 * 4.0);
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
        assert_relative_eq!(effect_of_load_on_osteoclasts(0.5, 1.0, &P), 1.5 * 0.9);
        assert_relative_eq!(effect_of_load_on_osteoblasts(0.7, &P), 0.93);
    }

    #[test]
    fn the_mechanostat_is_one_at_the_set_point_and_never_above_its_maximum() {
        let effect = |mass| {
            let relative = mass_relative_to_set_point(mass, 100.0, 1.0, &P);
            effect_of_mechanostat(mechanostat_power(Power::of(relative), &P).value(), &P)
        };
        assert_eq!(effect(100.0), 1.0);
        let slope = (effect(100.1) - effect(99.9)) / 0.002;
        assert_relative_eq!(slope, -P.mechanostat_strength, max_relative = 1e-3);
        assert_relative_eq!(effect(0.0), 3.0, max_relative = 1e-5);
        assert_relative_eq!(
            effect(80.0),
            3.0 / (1.0 + 2.0 * 0.8_f64.powf(1.5)),
            max_relative = 1e-6
        );
    }

    #[test]
    fn the_set_point_follows_the_natural_course_and_loading() {
        let lasting = lasting_deficit_years(0.5, 1.2, &P);
        assert_relative_eq!(lasting, 0.5 + P.osteoblast_time_days / 365.25 * 0.2);
        let left = naturally_left(lasting, 0.26).value();
        assert_relative_eq!(left, (-0.26 * lasting).exp(), max_relative = 1e-14);
        let raised = set_point(left, 0.9, 0.5, P.exercise_trabecular_gain);
        assert_relative_eq!(raised, left * 0.9 * 1.09, max_relative = 1e-14);
    }

    #[test]
    fn the_natural_course_loses_nothing_at_thirty() {
        assert_eq!(natural_deficit_years_per_day(1.0, 1.0, &P), 0.0);
        let lost = natural_deficit_years_per_day(0.0, 0.99, &P);
        near(lost, 1.87 * (1.0 - 0.99 * 0.9875) / 365.25);
    }
}
