//! The calcium thermostat: secretion against ionized calcium, slow growth of the glands.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, approaching, falling};
use crate::real::Real;

/// Blood phosphate: lower under parathyroid hormone, higher when the kidney fails.
///
/// phosphate/reference = (baseline/reference) · PTHᵣ^(−p) · retained, see
/// [`phosphate_retained`]. *Assumed* (phpt_memory).
#[inline(always)]
pub(crate) fn phosphate_relative<R: Real>(
    pth_relative: Power<R>,
    retained: Power<R>,
    baseline_relative: Power<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    pth_relative
        .raised(-parameters.phosphate_pth_exponent)
        .times(retained)
        .times_constant(baseline_relative)
}

/// A failing kidney retains phosphate.
///
/// retained = 1 + gain · impairment⁴. Fitted to levin2007.
#[inline(always)]
pub(crate) fn phosphate_retained<R: Real>(
    kidney_impairment: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let square = kidney_impairment * kidney_impairment;
    square * square * parameters.phosphate_kidney_gain + R::Scalar::one()
}

/// Inhibition of the glands' secretion by ionized calcium.
///
/// inhibition = (ionized/midpoint)^steepness; `set_point` is the reference ionized calcium over the
/// midpoint. Midpoint from, steepness fitted to schwarz1994.
#[inline(always)]
pub(crate) fn pth_secretion_inhibition<R: Real>(
    serum_relative: Power<R>,
    set_point: Power<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    serum_relative.times_constant(set_point).raised(parameters.pth_steepness)
}

/// The glands secrete more as ionized calcium falls: a steep sigmoid.
///
/// secretion \[pmol/L\] = minimum + span / (1 + inhibition), see [`pth_secretion_inhibition`]. Capacity 1.
/// Sources schwarz1994, brent1988.
#[inline(always)]
pub(crate) fn pth_secretion_pmol_per_l<R: Real>(
    inhibition: R,
    span_pmol_per_l: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    falling(inhibition) * span_pmol_per_l + parameters.pth_secretion_minimum_pmol_per_l
}

/// Secretion fills, clearance empties the blood's parathyroid hormone within minutes.
///
/// d PTH/dt \[pmol/L/d\] = clearance · (function · capacity · secretion − PTH). Source schmitt1996.
#[inline(always)]
pub(crate) fn pth_change_per_day<R: Real>(
    pth_pmol_per_l: R,
    capacity: R,
    secretion_pmol_per_l: R,
    parathyroid_function: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    (capacity * secretion_pmol_per_l * parathyroid_function - pth_pmol_per_l)
        * parameters.pth_clearance_per_day
}

/// Attenuation by 25(OH)D of the stimulus that its lack gives the glands.
///
/// attenuation = exp(−D/scale), D \[nmol/L\]. Fitted to pth25ohd.
#[inline(always)]
pub(crate) fn calcidiol_attenuation<R: Real>(
    calcidiol_nmol_per_l: R,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    Power::of_e(-calcidiol_nmol_per_l / parameters.parathyroid_calcidiol_scale_nmol_per_l)
}

/// Little 25(OH)D lets the glands grow, below a soft knee near 45 nmol/L.
///
/// knee = 1 + gain · attenuation, see [`calcidiol_attenuation`]. Fitted to pth25ohd.
#[inline(always)]
pub(crate) fn calcidiol_knee<R: Real>(attenuation: R, parameters: &Parameters<R::Scalar>) -> R {
    attenuation * parameters.parathyroid_calcidiol_gain + R::Scalar::one()
}

/// Calcitriol as the glands feel it.
///
/// (c + o)/(1 + o), c = calcitriol/reference. The offset is *assumed* (ouseph1999).
#[inline(always)]
pub(crate) fn gland_calcitriol<R: Real>(
    calcitriol_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let offset = parameters.parathyroid_calcitriol_offset;
    (calcitriol_relative + offset) / (R::Scalar::one() + offset)
}

/// Little calcitriol and low calcium let the glands grow.
///
/// stimulation = calcitriol^(−a) · calciumᵣ^(−b), calcitriol from [`gland_calcitriol`].
/// *Assumed* (ouseph1999, openbonemin).
#[inline(always)]
pub(crate) fn gland_stimulation<R: Real>(
    gland_calcitriol: Power<R>,
    serum_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    gland_calcitriol
        .raised(-parameters.parathyroid_calcitriol_exponent)
        .times(serum_relative.raised(-parameters.parathyroid_calcium_exponent))
}

/// Stimulus of gland growth: little 25(OH)D, little calcitriol, low calcium.
///
/// drive = knee/knee_ref · stimulation, see [`calcidiol_knee`] and [`gland_stimulation`].
/// *Assumed* (openbonemin).
#[inline(always)]
pub(crate) fn gland_drive<R: Real>(knee: R, knee_reference: R::Scalar, stimulation: R) -> R {
    knee / knee_reference * stimulation
}

/// How far the glands obey their drive: fully if healthy, hardly if damaged or autonomous.
///
/// control = 2/(fᵃ + f⁻ᵃ), f = parathyroid function > 0; 1 at f = 1, 0.47 at ½ and 2, 0.08 at 0.2
/// and 5. *Assumed* (hypopara).
pub(crate) fn gland_control<S: Real<Scalar = S>>(
    parathyroid_function: S,
    parameters: &Parameters<S>,
) -> S {
    let power = parathyroid_function.powf(parameters.parathyroid_autonomy_exponent);
    S::number(2.0) / (power + S::one() / power)
}

/// Size that the glands grow towards; phosphate and kidney disease enlarge them further.
///
/// target = (C·g/(C − 1 + g) · phosphateᵣ^p · (1 + gain · impairment))^control, g = gland drive,
/// control from [`gland_control`]. *Assumed* (openbonemin); gain fitted to levin2007.
#[inline(always)]
pub(crate) fn capacity_target<R: Real>(
    gland_drive: R,
    phosphate_relative: Power<R>,
    kidney_impairment: R,
    control: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let by_kidney = kidney_impairment * parameters.parathyroid_kidney_gain + R::Scalar::one();
    let grown = approaching(gland_drive, parameters.parathyroid_capacity_maximum) * by_kidney;
    let by_phosphate = phosphate_relative.raised(parameters.parathyroid_phosphate_exponent);
    Power::of(grown).times(by_phosphate).raised(control).value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn secretion(ionized: f64) -> f64 {
        let span = 3.0 * (1.0 + (1.25_f64 / 1.13).powf(14.4));
        let set_point = Power::of(1.25 / 1.13);
        let inhibition = pth_secretion_inhibition(Power::of(ionized / 1.25), set_point, &P).value();
        pth_secretion_pmol_per_l(inhibition, span, &P)
    }

    #[test]
    fn secretion_is_four_at_reference_and_one_in_hypercalcemia() {
        near(secretion(1.25), 4.0);
        assert_relative_eq!(secretion(5.0), 1.0, max_relative = 1e-7);
    }

    #[test]
    fn nothing_acts_at_reference() {
        let one = Power::of(1.0);
        assert_eq!(phosphate_retained(0.0, &P), 1.0);
        assert_eq!(phosphate_relative(one, one, one, &P).value(), 1.0);
        assert_eq!(gland_calcitriol(1.0, &P), 1.0);
        assert_eq!(gland_drive(2.0, 2.0, gland_stimulation(one, one, &P).value()), 1.0);
        assert_relative_eq!(capacity_target(1.0, one, 0.0, 1.0, &P), 1.0, max_relative = 1e-15);
        assert_eq!(pth_change_per_day(4.0, 1.0, 4.0, 1.0, &P), 0.0);
    }

    #[test]
    fn a_damaged_gland_cannot_grow_and_an_autonomous_one_not_shrink() {
        let control = |function| gland_control(function, &P);
        assert_eq!(control(1.0), 1.0);
        assert_relative_eq!(control(0.5), 2.0 / (0.25 + 4.0), max_relative = 1e-14);
        assert_relative_eq!(control(5.0), control(0.2), max_relative = 1e-13);
        let target = |control| capacity_target(3.0, Power::of(1.1), 0.5, control, &P);
        let whole = approaching(3.0, P.parathyroid_capacity_maximum)
            * 1.1_f64.powf(P.parathyroid_phosphate_exponent)
            * (1.0 + 0.5 * P.parathyroid_kidney_gain);
        assert_relative_eq!(target(1.0), whole, max_relative = 1e-14);
        assert_relative_eq!(target(0.08), whole.powf(0.08), max_relative = 1e-14);
    }

    #[test]
    fn the_knee_flattens_with_much_calcidiol() {
        let knee = |calcidiol| calcidiol_knee(calcidiol_attenuation(calcidiol, &P).value(), &P);
        assert_eq!(knee(0.0), 2.1);
        near(knee(1e4), 1.0);
    }

    #[test]
    fn kidney_failure_raises_phosphate() {
        let failed = phosphate_retained(1.0, &P);
        near(failed, 1.62);
    }

    proptest! {
        #[test]
        fn more_calcium_means_less_secretion(ionized in 0.6..1.5_f64, more in 0.01..0.3_f64) {
            prop_assert!(secretion(ionized + more) < secretion(ionized));
        }
    }
}
