//! Numbers of expressions, read from trajectories.
//!
//! Values between rows are linear; a mean is the integral by trapezoids over the period divided by
//! its length; time above a value counts linear crossings; smallest and largest are over the rows
//! of the period and its two ends.

use crate::error::defect::OrDefect as _;
use crate::physiology::quantities::Quantity;
use crate::scenario::claims::{Expression, Function, Operation, Reading, Term};
use crate::trajectory::Trajectory;

/// Finds the trajectory of an arm by its name.
pub(crate) type FindTrajectory<'a> = &'a dyn Fn(&str) -> Option<&'a Trajectory>;

/// The value of an expression in the unit that people read it in.
///
/// `None` if an arm is missing or incomplete, or a time lies outside its run.
pub(crate) fn value(expression: &Expression, find: FindTrajectory<'_>) -> Option<f64> {
    value_in(expression, expression.measure.factor, find)
}

/// The value of an expression in the unit that is `factor` base units.
///
/// Numbers of a trajectory that are read in their own unit are taken as they are, so that they
/// agree with its tables to the last digit.
pub(super) fn value_in(
    expression: &Expression,
    factor: f64,
    find: FindTrajectory<'_>,
) -> Option<f64> {
    let of = |inner: &Expression| value_in(inner, factor, find);
    Some(match &expression.term {
        Term::Number(number) => number / factor,
        Term::Reading(reading) => {
            let own = read(reading, find(&reading.arm)?)?;
            if reading.factor == factor { own } else { own * reading.factor / factor }
        }
        Term::Scaled(by, inner) if *by == -1.0 => -of(inner)?,
        Term::Scaled(by, inner) => by * base_value(inner, find)? / factor,
        Term::Absolute(inner) => of(inner)?.abs(),
        Term::Joined(operation, left, right) => match operation {
            Operation::Plus => of(left)? + of(right)?,
            Operation::Minus => of(left)? - of(right)?,
            Operation::Smaller => of(left)?.min(of(right)?),
            Operation::Larger => of(left)?.max(of(right)?),
            Operation::Times if left.measure.literal => base_value(left, find)? * of(right)?,
            Operation::Times => of(left)? * base_value(right, find)?,
            Operation::Over => of(left)? / base_value(right, find)?,
        },
    })
}

fn base_value(expression: &Expression, find: FindTrajectory<'_>) -> Option<f64> {
    value_in(expression, 1.0, find)
}

/// Reads one number from a trajectory, in the unit of its quantity, in percent or in days.
fn read(reading: &Reading, trajectory: &Trajectory) -> Option<f64> {
    if !trajectory.complete {
        return None;
    }
    let first = trajectory.rows.first()?.time_days;
    let last = trajectory.rows.last()?.time_days;
    let (from, to) = (reading.from_day.unwrap_or(first), reading.to_day.unwrap_or(last));
    let at = |day: f64| trajectory.at(reading.quantity, snapped_to_end(day, first, last));
    let points =
        || points_in_period(trajectory, reading.quantity, from, snapped_to_end(to, first, last));
    Some(match reading.function {
        Function::Start => at(from)?,
        Function::End => at(to)?,
        Function::At(day) => at(day)?,
        Function::Change => at(to)? - at(from)?,
        Function::ChangePercent => 100.0 * (at(to)? / at(from)? - 1.0),
        Function::Minimum => points()?.iter().map(|(_, y)| *y).fold(f64::INFINITY, f64::min),
        Function::Maximum => points()?.iter().map(|(_, y)| *y).fold(f64::NEG_INFINITY, f64::max),
        Function::Mean => mean(&points()?),
        Function::TimeAbove(level) => time_above(&points()?, level),
        Function::TimeBelow(level) => {
            let mirrored: Vec<_> = points()?.iter().map(|(day, y)| (*day, -y)).collect();
            time_above(&mirrored, -level)
        }
    })
}

/// "20 years" may miss the last row by rounding: then it is that row.
fn snapped_to_end(day: f64, first: f64, last: f64) -> f64 {
    if (day - last).abs() <= 1e-6 {
        last
    } else if (day - first).abs() <= 1e-6 {
        first
    } else {
        day
    }
}

/// Times and values of a period, its two ends included; `None` if it is not within the run.
fn points_in_period(
    trajectory: &Trajectory,
    quantity: &Quantity,
    from: f64,
    to: f64,
) -> Option<Vec<(f64, f64)>> {
    let mut points = vec![(from, trajectory.at(quantity, from)?)];
    let inside = trajectory.rows.iter().filter(|row| row.time_days > from && row.time_days < to);
    points.extend(inside.map(|row| (row.time_days, row.value(quantity.column))));
    points.push((to, trajectory.at(quantity, to)?));
    Some(points)
}

fn intervals(points: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> + '_ {
    points.iter().copied().zip(points.iter().copied().skip(1))
}

/// The mean of a quantity over the last day of a run, or over all of it if it is shorter.
pub(crate) fn mean_of_last_day(trajectory: &Trajectory, quantity: &Quantity) -> Option<f64> {
    let (first, last) = (trajectory.rows.first()?.time_days, trajectory.rows.last()?.time_days);
    points_in_period(trajectory, quantity, (last - 1.0).max(first), last)
        .map(|points| mean(&points))
}

/// ∫ y dt / length by trapezoids.
fn mean(points: &[(f64, f64)]) -> f64 {
    let area: f64 = intervals(points).map(|((t0, y0), (t1, y1))| (t1 - t0) * (y0 + y1) / 2.0).sum();
    let length: f64 = intervals(points).map(|((t0, _), (t1, _))| t1 - t0).sum();
    let only = points.first().or_defect("a period without a point").1;
    if length > 0.0 { area / length } else { only }
}

/// Days on which the line between the points lies above `level`.
fn time_above(points: &[(f64, f64)], level: f64) -> f64 {
    intervals(points)
        .map(|((t0, y0), (t1, y1))| {
            let (below, above) = (y0.min(y1), y0.max(y1));
            let share = if below >= level && above > level {
                1.0
            } else if above <= level {
                0.0
            } else {
                (above - level) / (above - below)
            };
            share * (t1 - t0)
        })
        .sum()
}
