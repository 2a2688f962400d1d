//! The gram in the blood: its concentration, its losses through gut and skin, its exchange with
//! the bone surface.
//!
//! Losses to the kidney and to bone turnover stand in their own files.

use crate::parameters::Parameters;
use crate::real::Real;

/// Calcium dissolved in plasma and tissue fluid, as the laboratory reports it.
///
/// serum \[mmol/L\] = ecf \[mg\] / (40.08 mg/mmol · volume \[L\]). Source derived_ecf.
#[inline(always)]
pub(crate) fn serum_calcium_mmol_per_l<R: Real>(
    ecf_calcium_mg: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    ecf_calcium_mg / (parameters.calcium_molar_mass_mg_per_mmol * parameters.ecf_volume_l)
}

/// Digestive juices bring calcium back into the gut; what is not absorbed again is lost.
///
/// flow \[mg/d\] = secretion · (1 − fractional absorption) · serum/reference. Fitted to heaney1994.
#[inline(always)]
pub(crate) fn ecf_to_feces<R: Real>(
    serum_relative: R,
    fractional_absorption: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    serum_relative
        * (R::one() - fractional_absorption)
        * parameters.endogenous_fecal_secretion_mg_per_day
}

/// Loss through the skin.
///
/// flow \[mg/d\] = reference loss · serum/reference. Source hunt2007.
#[inline(always)]
pub(crate) fn ecf_to_sweat<R: Real>(serum_relative: R, parameters: &Parameters<R::Scalar>) -> R {
    serum_relative * parameters.sweat_calcium_reference_mg_per_day
}

/// Blood calcium settles on the bone surface within hours.
///
/// flow \[mg/d\] = exchange flux · serum/reference. Fitted to bristow2014.
#[inline(always)]
pub(crate) fn ecf_to_exchangeable<R: Real>(
    serum_relative: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    serum_relative * parameters.exchange_flux_mg_per_day
}

/// The bone surface gives calcium back to the blood.
///
/// flow \[mg/d\] = exchange flux · exchangeable/reference. Fitted to bristow2014.
#[inline(always)]
pub(crate) fn exchangeable_to_ecf<R: Real>(
    exchangeable_calcium_mg: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    exchangeable_calcium_mg
        * (parameters.exchange_flux_mg_per_day / parameters.exchangeable_calcium_reference_mg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};

    #[test]
    fn a_gram_in_ten_liters() {
        near(serum_calcium_mmol_per_l(961.92, &P), 2.4);
    }

    #[test]
    fn exchange_is_balanced_at_reference() {
        assert_eq!(ecf_to_exchangeable(1.0, &P), 12_000.0);
        assert_eq!(exchangeable_to_ecf(4000.0, &P), 12_000.0);
        assert_eq!(exchangeable_to_ecf(0.0, &P), 0.0);
    }

    #[test]
    fn losses_follow_serum_calcium() {
        near(ecf_to_sweat(1.1, &P), 22.0);
        near(ecf_to_feces(1.0, 0.25, &P), 116.55);
        assert_eq!(ecf_to_feces(1.0, 1.0, &P), 0.0);
    }
}
