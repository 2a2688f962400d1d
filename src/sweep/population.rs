//! Virtual people: who they are, what they eat for life, and how their biology differs.
//!
//! Inputs that `[population]` does not name are those of the scenario. The same people live through every
//! arm and every point of the grid.

use crate::parameters::{PARAMETER_TABLE, ParameterKind, Parameters};
use crate::scenario::dial::ScopedDial;
use crate::sweep::distribution::Distribution;
use crate::sweep::plan::SampledInput;

/// Biological spread: each parameter is log-normal around its value among `values`, within its
/// table range.
///
/// `variation` is standard deviation / mean. Parameters without a range, at 0, or that `only`
/// does not name (unless it is empty) keep their value.
pub(crate) fn sampled_parameters(
    variation: f64,
    values: &Parameters<f64>,
    only: &[String],
) -> Vec<SampledInput> {
    let wanted = |name: &str, group: &str| {
        only.is_empty() || only.iter().any(|word| word == name || word == group)
    };
    let biological = PARAMETER_TABLE
        .iter()
        .filter(|entry| entry.kind == ParameterKind::Biology && wanted(entry.name, entry.group));
    biological
        .filter_map(|entry| {
            let value = values.get(entry.name)?;
            let (low, high) = (entry.low?, entry.high?);
            let distribution =
                Distribution::log_normal(value, variation * value, low.max(0.0), high)?;
            let dial = ScopedDial::find(entry.name, &[]).ok()?;
            Some(SampledInput { dial, distribution, in_results: false })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_differ_in_many_parameters_but_only_within_the_table() {
        let sampled = sampled_parameters(0.1, &Parameters::PARADOX, &[]);
        assert!(sampled.len() > 80, "{}", sampled.len());
        for input in &sampled {
            let entry = crate::parameters::parameter_info(&input.dial.key).unwrap();
            for share in [1e-9, 0.5, 1.0 - 1e-9] {
                let value = input.distribution.number(share);
                let (low, high) = (entry.low.unwrap(), entry.high.unwrap());
                assert!((low..=high).contains(&value), "{}: {value}", entry.name);
            }
        }
        let spread = |name: &str| sampled.iter().any(|input| *input.dial.key == *name);
        assert!(spread("coronary_growth_exponent") && spread("calcification_exponent"));
        assert!(!spread("coronary_growth_reference_agatston"), "a growth rate is stated there");
        let only = sampled_parameters(0.1, &Parameters::PARADOX, &["pth_steepness".to_owned()]);
        assert_eq!(only.len(), 1);
    }
}
