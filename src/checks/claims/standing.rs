//! How far a comparison stands from its margin, for pictures of claims.

use crate::checks::claims::values::{FindTrajectory, value_in};
use crate::scenario::claims::{Comparison, Relation, Test};

/// Share of the right side that stands for the margin where a comparison has none.
const USUAL_MARGIN: f64 = 0.01;

/// The distance in margins, towards what the comparison states: it holds above 1, differs by less
/// than the margin from −1 to 1, and the opposite holds below −1.
///
/// Of a range it is 2 in its middle, 1 at its ends, and below −1 outside. `None` if it cannot be
/// told.
pub(crate) fn standing(comparison: &Comparison, find: FindTrajectory<'_>) -> Option<f64> {
    let shown = |expression| value_in(expression, comparison.value.measure.factor, find);
    let left = shown(&comparison.value)?;
    let standing = match &comparison.test {
        Test::Against { relation, other, margin } => {
            let right = shown(other)?;
            let margin = match margin {
                Some(margin) => shown(&margin.distance)?,
                None => USUAL_MARGIN * right.abs().max(left.abs()),
            };
            let upwards = matches!(relation, Relation::Greater | Relation::AtLeast);
            let difference = if upwards { left - right } else { right - left };
            difference / margin
        }
        Test::Between(low, high) => {
            let (low, high) = (shown(low)?, shown(high)?);
            in_range((left - 0.5 * (low + high)).abs(), 0.5 * (high - low))
        }
        Test::Within(tolerance, of) => in_range((left - shown(of)?).abs(), shown(tolerance)?),
    };
    (!standing.is_nan()).then_some(standing)
}

fn in_range(distance: f64, tolerance: f64) -> f64 {
    let relative = distance / tolerance;
    if relative <= 1.0 { 2.0 - relative } else { -relative }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

    fn of(that: &str) -> f64 {
        let text = format!("duration = \"1 year\"\n[[claim]]\nthat = \"{that}\"\n");
        let run = Scenario::parse(&text).unwrap().run().unwrap();
        let find = |name: &str| run.arm(name).map(|own| &own.trajectory);
        standing(&run.scenario.claims[0].comparison, &find).unwrap()
    }

    #[test]
    fn a_comparison_holds_above_one_margin() {
        let close = |a: f64, b: f64| approx::assert_relative_eq!(a, b, max_relative = 1e-9);
        close(of("10 > 4 by 2"), 3.0);
        close(of("10 < 4 by 2"), -3.0);
        close(of("5 > 4 by 2"), 0.5);
        close(of("5 between 4 and 6"), 2.0);
        close(of("6 between 4 and 6"), 1.0);
        close(of("8 between 4 and 6"), -3.0);
        close(of("5 within 2 of 6"), 1.5);
        close(of("10 within 2 of 6"), -2.0);
        close(of("101 > 100"), 1.0 / 1.01);
    }
}
