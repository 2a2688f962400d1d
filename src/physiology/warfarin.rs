//! Warfarin: it blocks the recycling of vitamin K.

use crate::parameters::Parameters;
use crate::real::Real;

/// Share of vitamin K recycling that warfarin leaves.
///
/// recycling = 1 / (1 + strength · level/therapeutic dose), level in mg/d. Fitted to rennenberg2010.
#[inline(always)]
pub(crate) fn recycling<R: Real>(
    warfarin_level_mg_per_day: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let strength = parameters.warfarin_strength / parameters.warfarin_therapeutic_dose_mg_per_day;
    R::one() / (warfarin_level_mg_per_day * strength + R::Scalar::one())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};

    #[test]
    fn a_therapeutic_dose_leaves_one_nineteenth() {
        assert_eq!(recycling(0.0, &P), 1.0);
        near(recycling(4.5, &P), 1.0 / 19.0);
        assert!(recycling(1e12, &P) < 1e-11);
    }
}
