//! Warnings of values outside the range of a living person (section 13 of the model).
//!
//! Outside these ranges the numbers are arithmetic, not physiology.

use crate::physiology::quantities::Quantity;
use crate::trajectory::Trajectory;

/// A quantity that left its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Departure {
    pub quantity: &'static Quantity,
    /// The first time outside \[d\].
    pub first_day: f64,
    pub worst: f64,
    /// The range, bounds included.
    pub livable: (f64, f64),
}

/// Every one of `quantities` that leaves its livable range during the run, in their order.
///
/// A value that is not a number counts as outside.
pub(crate) fn departures(
    quantities: impl IntoIterator<Item = &'static Quantity>,
    trajectory: &Trajectory,
) -> Vec<Departure> {
    quantities.into_iter().filter_map(|quantity| departure(quantity, trajectory)).collect()
}

fn departure(quantity: &'static Quantity, trajectory: &Trajectory) -> Option<Departure> {
    let livable = quantity.livable?;
    // A value below 1e-9 in magnitude counts as 0, of either sign (section 12 of the model).
    let slack = |bound: f64| 1e-9 * bound.abs().max(1.0);
    let distance = |value: f64| {
        let below = livable.0 - slack(livable.0) - value;
        let above = value - livable.1 - slack(livable.1);
        if value.is_nan() { f64::INFINITY } else { below.max(above) }
    };
    let mut found: Option<Departure> = None;
    for row in &trajectory.rows {
        let value = row.value(quantity.column);
        if distance(value) <= 0.0 {
            continue;
        }
        match &mut found {
            None => {
                found =
                    Some(Departure { quantity, first_day: row.time_days, worst: value, livable });
            }
            Some(known) if distance(value) > distance(known.worst) => known.worst = value,
            Some(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::quantities::quantity;
    use crate::trajectory::Row;

    fn departures_of(values: &[f64]) -> Vec<Departure> {
        let row = |(day, value): (usize, &f64)| {
            let mut row = Row::zeros(day as f64);
            row.read_outs[1] = *value;
            row
        };
        let rows = values.iter().enumerate().map(row).collect();
        departures(quantity("serum_calcium"), &Trajectory { rows, ..Trajectory::default() })
    }

    #[test]
    fn the_bounds_themselves_are_inside() {
        assert!(departures_of(&[1.2, 2.4, 4.5]).is_empty());
    }

    /// A woman without vitamin D once "reached 0 nmol/L" at -9e-16.
    #[test]
    fn rounding_below_a_bound_is_no_departure() {
        assert!(departures_of(&[1.2 - 5e-10, 2.4, 4.5 + 5e-10]).is_empty());
        assert_eq!(departures_of(&[1.2 - 1e-8]).len(), 1);
    }

    #[test]
    fn the_first_day_and_the_worst_value_are_told() {
        let found = departures_of(&[2.4, 4.6, 9.0, 5.0, 1.0]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first_day, found[0].worst), (1.0, 9.0));
    }

    #[test]
    fn a_number_that_is_none_is_outside() {
        assert_eq!(departures_of(&[2.4, f64::NAN])[0].first_day, 1.0);
    }
}
