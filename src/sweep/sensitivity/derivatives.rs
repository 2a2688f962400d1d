//! Local sensitivity: central differences around the values that the scenario has.
//!
//! Elasticity d ln y / d ln p: by how many percent the outcome changes when the input changes by
//! one percent. Where y or p is 0 it has no meaning; the effect of the whole range if the slope
//! went on, dy/dp · (high − low), always has.

/// The slope of an outcome along one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slope {
    pub outcome: f64,
    pub input: f64,
    pub slope: f64,
}

impl Slope {
    /// The slope through three points (input, outcome); the first is the center.
    ///
    /// Exact for a parabola, so of second order also where both points lie on one side.
    pub(crate) fn through(
        center: (f64, f64),
        first: (f64, f64),
        second: (f64, f64),
    ) -> Option<Self> {
        let (one, two) = (first.0 - center.0, second.0 - center.0);
        let slope =
            ((first.1 - center.1) * two / one - (second.1 - center.1) * one / two) / (two - one);
        let found = Self { outcome: center.1, input: center.0, slope };
        slope.is_finite().then_some(found)
    }

    /// d ln y / d ln p; nothing where y or p is 0.
    pub(crate) fn elasticity(&self) -> Option<f64> {
        let elasticity = self.slope * self.input / self.outcome;
        (self.input != 0.0 && self.outcome != 0.0 && elasticity.is_finite()).then_some(elasticity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_power_law_has_its_exponent_as_elasticity() {
        let y = |p: f64| 3.0 * p.powf(1.7);
        for (first, second) in [(1.999, 2.001), (2.001, 2.002), (1.999, 1.998)] {
            let slope =
                Slope::through((2.0, y(2.0)), (first, y(first)), (second, y(second))).unwrap();
            assert_relative_eq!(slope.elasticity().unwrap(), 1.7, max_relative = 1e-6);
        }
    }

    #[test]
    fn a_parabola_has_its_exact_slope_from_either_side() {
        let y = |p: f64| 1.0 + 2.0 * p + 3.0 * p * p;
        for (first, second) in [(-1.0, 1.0), (1.0, 2.0), (-2.0, -1.0)] {
            let slope =
                Slope::through((0.0, y(0.0)), (first, y(first)), (second, y(second))).unwrap();
            assert_relative_eq!(slope.slope, 2.0, max_relative = 1e-12);
            assert_eq!(slope.elasticity(), None, "p is 0");
        }
        assert_eq!(Slope::through((1.0, f64::NAN), (0.0, 1.0), (2.0, 1.0)), None);
        assert_eq!(Slope::through((1.0, 1.0), (1.0, 1.0), (1.0, 1.0)), None);
    }
}
