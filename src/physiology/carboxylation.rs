//! Vitamin K switches on osteocalcin, matrix Gla protein and clotting factors.

use crate::parameters::Parameters;
use crate::physiology::positive::{Power, falling, floored, share};
use crate::real::Real;

/// A tissue keeps some cofactor by a high-affinity site and sees the rest as it comes.
///
/// supply \[nM\] = R·c/(K + c) + c, `retained_nm` = R. Fitted to lowk and dalmeijer2012.
#[inline(always)]
pub(crate) fn supply_nm<R: Real>(
    retained_nm: R,
    cofactor_nm: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    retained_nm * share(cofactor_nm, parameters.cofactor_retention_half_nm) + cofactor_nm
}

/// Cofactor kept in the vessel wall; a failing kidney loses part of it.
///
/// retained \[nM\] = healthy + (failure − healthy) · impairment. Fitted to westenfeld2012.
#[inline(always)]
pub(crate) fn vessel_retained_nm<R: Real>(
    kidney_impairment: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let healthy = parameters.vessel_retained_cofactor_healthy_nm;
    kidney_impairment * (parameters.vessel_retained_cofactor_kidney_failure_nm - healthy) + healthy
}

/// A cofactor level relative to its reference, kept positive.
///
/// floored(level / reference). *Definition.*
#[inline(always)]
pub(crate) fn cofactor_relative<R: Real>(
    level_nm: R,
    reference_nm: R::Scalar,
    parameters: &Parameters<R::Scalar>,
) -> R {
    floored(level_nm / reference_nm, parameters.relative_floor)
}

/// Carboxylated share of new osteocalcin.
///
/// share = S/(half + S), S \[nM\] = recycling · supply of bone. Fitted to dalmeijer2012.
#[inline(always)]
pub(crate) fn carboxylated_osteocalcin<R: Real>(
    recycled_supply_nm: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    share(recycled_supply_nm, parameters.osteocalcin_half_nm)
}

/// Supply of the vessel wall: what it keeps, what comes, and its slow store of K2.
///
/// supply \[nM\] = R·c/(K + c) + c + store · R/R₀, R from [`vessel_retained_nm`], R₀ of the healthy.
/// Fitted to knapen2015.
#[inline(always)]
pub(crate) fn wall_supply_nm<R: Real>(
    retained_nm: R,
    cofactor_nm: R,
    store_nm: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    let kept = retained_nm / parameters.vessel_retained_cofactor_healthy_nm;
    supply_nm(retained_nm, cofactor_nm, parameters) + store_nm * kept
}

/// Carboxylated share of new matrix Gla protein.
///
/// share = S/(half + S), S \[nM\] = recycling · supply, see [`wall_supply_nm`].
/// Fitted to rennenberg2010.
#[inline(always)]
pub(crate) fn carboxylated_mgp<R: Real>(
    recycled_supply_nm: R,
    parameters: &Parameters<R::Scalar>,
) -> R {
    share(recycled_supply_nm, parameters.mgp_half_nm)
}

/// Saturation term of the carboxylation in the liver, inverted; `supply_relative` = supply over its half.
///
/// reciprocal = (half/x)ⁿ, x \[nM\] = recycling · (liver store + tissue cofactor).
/// Fitted to theuwissen2013.
#[inline(always)]
pub(crate) fn clotting_reciprocal<R: Real>(
    supply_relative: Power<R>,
    parameters: &Parameters<R::Scalar>,
) -> Power<R> {
    supply_relative.raised(-parameters.liver_exponent)
}

/// Carboxylated share of new clotting factors.
///
/// share = xⁿ/(halfⁿ + xⁿ) = 1/(1 + reciprocal), see [`clotting_reciprocal`]. Fitted to theuwissen2013.
#[inline(always)]
pub(crate) fn carboxylated_clotting<R: Real>(reciprocal: R) -> R {
    falling(reciprocal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::tests::{P, near};
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn clotting(supply_nm: f64) -> f64 {
        let relative = Power::of(supply_nm / P.liver_half_nm);
        carboxylated_clotting(clotting_reciprocal(relative, &P).value())
    }

    #[test]
    fn shares_are_one_half_at_their_half_and_zero_without_cofactor() {
        assert_eq!(carboxylated_osteocalcin(2.9, &P), 0.5);
        assert_eq!(carboxylated_mgp(6.0, &P), 0.5);
        assert_relative_eq!(clotting(0.373), 0.5, max_relative = 1e-15);
        assert_eq!(carboxylated_osteocalcin(0.0, &P), 0.0);
        assert_eq!(clotting(0.0), 0.0);
        assert_eq!(supply_nm(6.8, 0.0, &P), 0.0);
    }

    #[test]
    fn kidney_failure_empties_the_wall() {
        assert_eq!(vessel_retained_nm(0.0, &P), 22.2);
        near(vessel_retained_nm(1.0, &P), 8.4);
        assert_eq!(wall_supply_nm(22.2, 0.0, 1.3, &P), 1.3);
        near(wall_supply_nm(11.1, 0.0, 1.3, &P), 0.65);
    }

    #[test]
    fn the_reference_level_is_exactly_one() {
        assert_eq!(cofactor_relative(1.2145, 1.2145, &P), 1.0);
        assert!(cofactor_relative(-0.1, 1.2145, &P) > 0.0);
    }

    proptest! {
        #[test]
        fn more_vitamin_k_means_more_active_protein(c in 0.0..20.0_f64, more in 0.01..10.0_f64) {
            let active = |c: f64| carboxylated_mgp(supply_nm(22.2, c, &P), &P);
            prop_assert!(active(c + more) > active(c));
        }
    }
}
