//! Effects of time alone: age, kidney function, estrogen, absorption and bone formation.

use crate::parameters::Parameters;
use crate::physiology::named::named_numbers;
use crate::physiology::positive::{Power, falling};
use crate::real::Real;

named_numbers! {
    /// Course of a measured kidney function: reached before the start, kept as a ratio afterwards.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) struct KidneyRamp<S> {
        /// Kidney function at the start relative to the usual one of that age.
        pub egfr_ratio: S = number "1",
        /// Clock at which the ramp begins \[y\].
        pub start_age_years: S = number "y" as "egfr_ramp_start_age_years",
        /// Inverse of the ramp's length \[1/y\]; 0 for a ramp without length.
        pub per_year: S = number "1/y" as "egfr_ramp_per_year",
        /// Share done at the beginning: 1 for a ramp without length, else 0.
        pub done_share: S = number "1" as "egfr_ramp_done_share",
    }
}

named_numbers! {
    /// How the age follows the clock: it stands still in the prelude.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) struct AgeCourse<S> {
        /// 1 while the age moves, 0 while it stands still and slow stocks are held.
        pub moves: S = number "1",
        /// Age while it stands still \[y\], else 0.
        pub standing_years: S = number "y",
    }
}

/// The years since birth.
///
/// clock \[y\] = start age + t \[d\] / 365.25. *Definition.*
#[inline(always)]
pub(crate) fn clock_years<R: Real>(
    time_days: R,
    start_age_years: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    time_days / parameters.days_per_year + start_age_years
}

/// Age as the body feels it: it moves with the clock but stands still in the prelude.
///
/// age \[y\] = clock · moves + standing, `moves` 1 or 0, `standing` 0 or 30 y. *Definition.*
#[inline(always)]
pub(crate) fn age_years<R: Real>(clock_years: R, course: &AgeCourse<R::Scalar>) -> R {
    clock_years * course.moves + course.standing_years
}

/// The kidney filters a little less each year.
///
/// eGFR \[mL/min\] = reference · (1 − decline · (age − 30)); ages 30 to 110. Source gfr_memory.
#[inline(always)]
pub(crate) fn default_egfr_ml_per_min<R: Real>(
    age_years: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let loss = (age_years - parameters.reference_age_years) * parameters.egfr_decline_per_year;
    (R::one() - loss) * parameters.egfr_reference_ml_per_min
}

/// A sick kidney departs smoothly from the usual course and then keeps its ratio to it.
///
/// eGFR = default(age) · (1 + (ratio − 1) · u²(3 − 2u)), u = share of the ramp done by the clock,
/// 0 to 1. *Assumed.*
#[inline(always)]
pub(crate) fn egfr_ml_per_min<R: Real>(
    clock_years: R,
    age_years: R,
    ramp: &KidneyRamp<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let done =
        ((clock_years - ramp.start_age_years) * ramp.per_year + ramp.done_share).clamp_unit();
    let eased = done * done * (R::number(3.0) - (done + done));
    let one = R::Scalar::one();
    default_egfr_ml_per_min(age_years, parameters) * (eased * (ramp.egfr_ratio - one) + one)
}

/// Loss of kidney function before it is set to zero in the reference person.
///
/// raw = 1 / (1 + (g / half)^exponent), g = eGFR / reference > 0. Fitted to levin2007.
#[inline(always)]
pub(crate) fn raw_kidney_impairment<R: Real>(
    gfr_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let left = Power::of(gfr_relative / parameters.kidney_impairment_half);
    falling(left.raised(parameters.kidney_impairment_exponent).value())
}

/// Kidney impairment: 0 for a healthy kidney, towards 1 without function.
///
/// v = (raw − raw₁)/(1 − raw₁); impairment = v²/(v + softening) for v > 0, else 0;
/// `raw_at_reference` = raw₁. Fitted to levin2007; the softening is a *definition*.
#[inline(always)]
pub(crate) fn kidney_impairment<R: Real>(
    gfr_relative: R,
    raw_at_reference: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let raw = raw_kidney_impairment(gfr_relative, parameters);
    let v = (raw - raw_at_reference) / (R::Scalar::one() - raw_at_reference);
    let softened = v * v / (v + parameters.kidney_impairment_softening);
    v.select_positive(softened, R::zero())
}

/// Estrogen falls at menopause. Men stay at 1.
///
/// e₀ = after + (1 − after)/(1 + exp((clock − menopause + shift)/width)). `female` is 1 or 0.
/// Source sowers2010; shift and width fitted to greendale2012.
#[inline(always)]
pub(crate) fn natural_estrogen_relative<R: Real>(
    clock_years: R,
    female: R::Scalar,
    menopause_age_years: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let years_before =
        (R::constant(menopause_age_years) - clock_years) - parameters.estrogen_shift_years;
    let kept = (years_before / parameters.estrogen_width_years).logistic();
    let missing = R::Scalar::one() - parameters.estrogen_after_menopause;
    R::one() - (R::one() - kept) * (female * missing)
}

/// Hormone therapy restores most of the estrogen that is missing.
///
/// estrogen = e₀ + therapy · restoration · (1 − e₀), e₀ from [`natural_estrogen_relative`].
/// Fitted to cauley2003.
#[inline(always)]
pub(crate) fn estrogen_relative<R: Real>(
    natural_estrogen_relative: R,
    hormone_therapy: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let restored = hormone_therapy * parameters.hormone_therapy_restoration;
    natural_estrogen_relative + (R::one() - natural_estrogen_relative) * restored
}

/// An old gut absorbs less by its active path.
///
/// effect = exp(−decline · (age − 30)), decline per year. Fitted to heaney1989.
#[inline(always)]
pub(crate) fn effect_of_age_on_absorption<R: Real>(
    age_years: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let years = age_years - parameters.reference_age_years;
    (years * -parameters.age_absorption_decline_per_year).exp()
}

/// Years past the onset of late bone loss, in widths of that onset, smoothly from zero.
///
/// softplus((age − onset)/width), softplus(x) = ln(1 + exp x). Onset *assumed* (cohn).
#[inline(always)]
pub(crate) fn widths_past_formation_onset<R: Real>(
    age_years: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let years = age_years - parameters.formation_age_onset_years;
    (years / parameters.formation_age_onset_width_years).softplus()
}

/// Old osteoblasts refill a little less than was removed.
///
/// effect = exp(−loss · bone_years), bone_years = width · (softplus((age − onset)/width) −
/// the same at age 30, `widths_at_reference`). Fitted to jones1994; the width is a *definition*.
#[inline(always)]
pub(crate) fn effect_of_age_on_formation<R: Real>(
    age_years: R,
    loss_per_year: R::Scalar,
    widths_at_reference: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let widths = widths_past_formation_onset(age_years, parameters) - widths_at_reference;
    (widths * -(loss_per_year * parameters.formation_age_onset_width_years)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;

    #[test]
    fn kidney_function_falls_by_six_tenths_a_year() {
        near(default_egfr_ml_per_min(60.0, &P), 82.0);
    }

    #[test]
    fn the_ramp_runs_from_the_usual_to_the_measured_value() {
        let ramp =
            KidneyRamp { egfr_ratio: 0.5, start_age_years: 50.0, per_year: 0.1, done_share: 0.0 };
        let egfr = |clock, age| egfr_ml_per_min(clock, age, &ramp, &P);
        near(egfr(40.0, 40.0), 94.0);
        near(egfr(55.0, 55.0), 85.0 * 0.75);
        near(egfr(55.0, 60.0), 82.0 * 0.75);
        near(egfr(60.0, 60.0), 41.0);
        near(egfr(80.0, 80.0), 35.0);
    }

    #[test]
    fn impairment_is_zero_for_a_healthy_kidney_and_near_one_without_function() {
        let raw = raw_kidney_impairment(1.0, &P);
        assert_eq!(kidney_impairment(1.0, raw, &P), 0.0);
        assert_eq!(kidney_impairment(1.3, raw, &P), 0.0);
        let v: f64 = (0.5 - raw) / (1.0 - raw);
        let half = kidney_impairment(0.35, raw, &P);
        near(half, v * v / (v + 0.002));
        assert_relative_eq!(kidney_impairment(0.01, raw, &P), 1.0, max_relative = 3e-3);
    }

    #[test]
    fn menopause_takes_estrogen_and_therapy_returns_two_thirds() {
        let young = natural_estrogen_relative(30.0, 1.0, 51.0, &P);
        let old = natural_estrogen_relative(90.0, 1.0, 51.0, &P);
        let treated = estrogen_relative(old, 1.0, &P);
        assert_eq!(estrogen_relative(old, 0.0, &P), old);
        near(young, 1.0);
        near(old, 0.12);
        near(treated, 0.12 + 0.65 * 0.88);
        assert_eq!(natural_estrogen_relative(90.0, 0.0, 51.0, &P), 1.0);
    }

    #[test]
    fn in_the_prelude_the_age_stands_still() {
        let clock = clock_years(-3652.5, 31.0, &P);
        near(clock, 21.0);
        assert_eq!(age_years(clock, &AgeCourse { moves: 0.0, standing_years: 30.0 }), 30.0);
        assert_eq!(age_years(clock, &AgeCourse { moves: 1.0, standing_years: 0.0 }), clock);
    }

    #[test]
    fn age_has_no_effect_at_thirty() {
        assert_eq!(effect_of_age_on_absorption(30.0, &P), 1.0);
        let widths = widths_past_formation_onset(30.0, &P);
        assert_eq!(effect_of_age_on_formation(30.0, 0.0015, widths, &P), 1.0);
        let old = effect_of_age_on_formation(80.0, 0.0015, widths, &P);
        assert_relative_eq!(old, (-0.0015 * (45.0 - 2.0 * widths)).exp(), max_relative = 1e-9);
    }
}
