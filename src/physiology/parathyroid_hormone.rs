//! The calcium thermostat: secretion against ionized calcium, slow growth of the glands.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, approaching};
use crate::real::Real;

/// Blood phosphate: lower under parathyroid hormone, higher when the kidney fails.
///
/// phosphate/reference = (baseline/reference) · PTHᵣ^(−p) · (1 + gain · impairment⁴).
/// *Assumed* (phpt_memory); kidney gain fitted to levin2007.
#[inline(always)]
pub fn phosphate_relative<R: Real>(
    pth_relative: Power<R>,
    kidney_impairment: R,
    baseline_relative: Power<R::Scalar>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    let square = kidney_impairment * kidney_impairment;
    let retained = square * square * parameters.phosphate_kidney_gain + R::Scalar::one();
    pth_relative
        .raised(-parameters.phosphate_pth_exponent)
        .times(Power::of(retained))
        .times_constant(baseline_relative)
}

/// The glands secrete more as ionized calcium falls: a steep sigmoid.
///
/// secretion \[pmol/L\] = minimum + span / (1 + (ionized/midpoint)^steepness); `set_point` is the
/// reference ionized calcium over the midpoint. Capacity 1. Sources schwarz1994, brent1988.
#[inline(always)]
pub fn pth_secretion_pmol_per_l<R: Real>(
    serum_relative: Power<R>,
    set_point: Power<R::Scalar>,
    span_pmol_per_l: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    serum_relative.times_constant(set_point).falling(parameters.pth_steepness) * span_pmol_per_l
        + parameters.pth_secretion_minimum_pmol_per_l
}

/// Secretion fills, clearance empties the blood's parathyroid hormone within minutes.
///
/// d PTH/dt \[pmol/L/d\] = clearance · (function · capacity · secretion − PTH). Source schmitt1996.
#[inline(always)]
pub fn pth_change_per_day<R: Real>(
    pth_pmol_per_l: R,
    capacity: R,
    secretion_pmol_per_l: R,
    parathyroid_function: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    (capacity * secretion_pmol_per_l * parathyroid_function - pth_pmol_per_l)
        * parameters.pth_clearance_per_day
}

/// Little 25(OH)D lets the glands grow, below a soft knee near 45 nmol/L.
///
/// knee = 1 + gain · exp(−D/scale), D \[nmol/L\]. Fitted to pth25ohd.
#[inline(always)]
pub fn calcidiol_knee<R: Real>(calcidiol_nmol_per_l: R, parameters: &Parameters<R::Scalar>) -> R {
    let depth = (-calcidiol_nmol_per_l / parameters.parathyroid_calcidiol_scale_nmol_per_l).exp();
    depth * parameters.parathyroid_calcidiol_gain + R::Scalar::one()
}

/// What drives the glands to grow: little 25(OH)D, little calcitriol, low calcium.
///
/// drive = knee/knee_ref · ((c + o)/(1 + o))^(−a) · calciumᵣ^(−b), c = calcitriol/reference.
/// *Assumed* (ouseph1999, openbonemin).
#[inline(always)]
pub fn gland_drive<R: Real>(
    knee_relative: R,
    calcitriol_relative: R,
    serum_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let offset = parameters.parathyroid_calcitriol_offset;
    let held = Power::of((calcitriol_relative + offset) / (R::Scalar::one() + offset));
    let braked = held
        .raised(-parameters.parathyroid_calcitriol_exponent)
        .times(serum_relative.raised(-parameters.parathyroid_calcium_exponent));
    knee_relative * braked.value()
}

/// Size that the glands grow towards; phosphate and kidney disease enlarge them further.
///
/// target = C·g/(C − 1 + g) · phosphateᵣ^p · (1 + gain · impairment), g = gland drive.
/// *Assumed* (openbonemin, levin2007).
#[inline(always)]
pub fn capacity_target<R: Real>(
    gland_drive: R,
    phosphate_relative: Power<R>,
    kidney_impairment: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let by_phosphate = phosphate_relative.raised(parameters.parathyroid_phosphate_exponent).value();
    let by_kidney = kidney_impairment * parameters.parathyroid_kidney_gain + R::Scalar::one();
    approaching(gland_drive, parameters.parathyroid_capacity_maximum) * by_phosphate * by_kidney
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    const P: Parameters<f64> = Parameters::PARADOX;

    fn secretion(ionized: f64) -> f64 {
        let span = 3.0 * (1.0 + (1.25_f64 / 1.13).powf(14.4));
        let set_point = Power::of(1.25 / 1.13);
        pth_secretion_pmol_per_l(Power::of(ionized / 1.25), set_point, span, &P)
    }

    #[test]
    fn secretion_is_four_at_reference_and_one_in_hypercalcemia() {
        assert_relative_eq!(secretion(1.25), 4.0, max_relative = 1e-12);
        assert_relative_eq!(secretion(5.0), 1.0, max_relative = 1e-7);
    }

    #[test]
    fn nothing_acts_at_reference() {
        let one = Power::of(1.0);
        assert_eq!(phosphate_relative(one, 0.0, one, &P).value(), 1.0);
        assert_eq!(gland_drive(1.0, 1.0, one, &P), 1.0);
        assert_relative_eq!(capacity_target(1.0, one, 0.0, &P), 1.0, max_relative = 1e-15);
        assert_eq!(pth_change_per_day(4.0, 1.0, 4.0, 1.0, &P), 0.0);
    }

    #[test]
    fn the_knee_flattens_with_much_calcidiol() {
        assert_eq!(calcidiol_knee(0.0, &P), 2.1);
        assert_relative_eq!(calcidiol_knee(1e4, &P), 1.0, max_relative = 1e-12);
    }

    #[test]
    fn kidney_failure_raises_phosphate() {
        let failed = phosphate_relative(Power::of(1.0), 1.0, Power::of(1.0), &P).value();
        assert_relative_eq!(failed, 1.62, max_relative = 1e-12);
    }

    proptest! {
        #[test]
        fn more_calcium_means_less_secretion(ionized in 0.6..1.5_f64, more in 0.01..0.3_f64) {
            prop_assert!(secretion(ionized + more) < secretion(ionized));
        }
    }
}
