//! Parameters of earlier versions of the model, and what stands in their place.

use super::Parameters;
use crate::units::number::rounded;

/// A parameter that is gone, with the one in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Renamed {
    pub old: &'static str,
    pub new: &'static str,
    /// Words for the new one.
    pub meaning: &'static str,
    convert: fn(f64, &Parameters<f64>) -> f64,
}

impl Renamed {
    /// The value of the new parameter that does what `old` did, with the exponents in force.
    pub(crate) fn converted(&self, old: f64, parameters: &Parameters<f64>) -> f64 {
        (self.convert)(old, parameters)
    }

    pub(crate) fn reason(&self) -> String {
        format!("{} is gone since model 3.1", self.old)
    }

    /// The line to write in the place of the value `old`, or of all values where none is known.
    pub(crate) fn advice(&self, old: Option<f64>, parameters: &Parameters<f64>) -> String {
        let Self { new, meaning, .. } = self;
        let now = |old| rounded(self.converted(old, parameters));
        match old {
            Some(old) => format!("write {new} = {}, {meaning}", now(old)),
            None => {
                format!("write {new}, {meaning}; its numbers are the old ones times {}", now(1.0))
            }
        }
    }
}

/// Until model 2.1 the unit of a growth rate hung on an exponent: AU^0.37/y.
static RENAMED: [Renamed; 2] = [
    Renamed {
        old: "coronary_growth_per_year",
        new: "coronary_growth_agatston_per_year",
        meaning: "the growth at a score of 100 AU",
        convert: |old, p| {
            let (r, g) = (p.coronary_growth_reference_agatston, p.coronary_regularization_agatston);
            old * r * (r + g).powf(p.coronary_growth_exponent - 1.0)
        },
    },
    Renamed {
        old: "aortic_growth_per_year",
        new: "aortic_growth_mg_per_year",
        meaning: "the growth at 200 mg",
        convert: |old, p| old * p.aortic_growth_reference_mg.powf(p.calcification_exponent),
    },
];

/// The parameter that was called `name` in an earlier version.
pub(crate) fn renamed(name: &str) -> Option<&'static Renamed> {
    RENAMED.iter().find(|row| row.old == name)
}

/// The names of earlier versions.
pub(crate) fn renamed_names() -> impl Iterator<Item = &'static str> {
    RENAMED.iter().map(|row| row.old)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_values_of_2_1_become_those_of_the_table() {
        let p = Parameters::PARADOX;
        for (old, value) in [("coronary_growth_per_year", 0.5), ("aortic_growth_per_year", 0.18)] {
            let renamed = renamed(old).unwrap();
            let now = p.get(renamed.new).unwrap();
            assert_relative_eq!(renamed.converted(value, &p), now, max_relative = 1e-6);
            assert_eq!(p.get(old), None);
        }
    }
}
