//! Named hypothesis sets, as differences from the base table.

use super::{PARAMETER_TABLE, Parameters};

/// A named set of parameter values.
///
/// ```
/// use calcifate::{Hypothesis, Scenario};
///
/// let builder = Scenario::builder("Null trials").duration("1 year");
/// let scenario = builder.hypothesis(Hypothesis::Conservative).build()?;
/// assert!(scenario.text().contains("conservative"));
/// # Ok::<(), calcifate::Problems>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Hypothesis {
    /// The default: carboxylated osteocalcin helps accretion, MGP acts cooperatively.
    #[default]
    Paradox,
    /// The published null trials: the first effect is zero, the second weak.
    Conservative,
}

impl Hypothesis {
    /// Every set, in the order of the documentation.
    pub const ALL: [Self; 2] = [Self::Paradox, Self::Conservative];

    /// The word used in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paradox => "paradox",
            Self::Conservative => "conservative",
        }
    }

    /// The set called `name`.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }

    /// The values of this set.
    pub(crate) fn parameters(self) -> Parameters<f64> {
        let mut values = Parameters::PARADOX;
        if self == Self::Conservative {
            for entry in &PARAMETER_TABLE {
                if let (Some(other), Some(value)) =
                    (entry.conservative_value, values.get_mut(entry.name))
                {
                    *value = other;
                }
            }
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_differ_in_exactly_the_seven_parameters_of_section_6() {
        let (a, b) = (Hypothesis::Paradox.parameters(), Hypothesis::Conservative.parameters());
        let differing: Vec<_> = PARAMETER_TABLE
            .iter()
            .filter(|entry| a.get(entry.name) != b.get(entry.name))
            .map(|entry| entry.name)
            .collect();
        assert_eq!(
            differing,
            [
                "osteocalcin_accretion_gain",
                "bone_quality_gain_t_units",
                "mgp_inhibition_strength",
                "mgp_inhibition_exponent",
                "supersaturation_calcium_exponent",
                "supplement_load_gain",
                "pwv_mgp_gain_m_per_s",
            ]
        );
    }

    #[test]
    fn names_round_trip() {
        for set in Hypothesis::ALL {
            assert_eq!(Hypothesis::by_name(set.name()), Some(set));
        }
        assert_eq!(Hypothesis::by_name("mouse"), None);
    }
}
