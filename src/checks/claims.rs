//! The judgement of claims on trajectories.
//!
//! Values between rows are linear; a mean is the integral by trapezoids over the period divided by
//! its length; time above a value counts linear crossings; smallest and largest are over the rows
//! of the period and its two ends.

use crate::physiology::quantities::Quantity;
use crate::scenario::claims::{
    Comparison, Expression, Function, Operation, Reading, Relation, Term, Test,
};
use crate::trajectory::Trajectory;
use crate::units::number::with_digits;

/// Finds the trajectory of an arm by its name.
pub(crate) type FindTrajectory<'a> = &'a dyn Fn(&str) -> Option<&'a Trajectory>;

/// The judgement of a claim.
///
/// ```
/// let text = "duration = \"1 year\"\n[[claim]]\nsays = \"Plasma calcium is normal\"\n\
///             that = \"end(serum_calcium) > 8 mg/dL\"\n";
/// let run = calcifate::Scenario::parse(text)?.run()?;
/// let (says, verdict) = run.claims().next().ok_or("no claim")?;
/// assert_eq!((says, verdict.holds), ("Plasma calcium is normal", Some(true)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// True if the claim holds; `None` if it cannot be judged, because an arm is missing or
    /// incomplete or a time lies outside.
    pub holds: Option<bool>,
    /// The value, in `unit`; NaN if it cannot be computed.
    pub left: f64,
    /// The value with which it is compared (the nearer end of a range), in `unit`.
    pub right: f64,
    /// Unit for people, empty for plain numbers.
    pub unit: String,
    /// The numbers with the relation that really holds: "86 < 102", "113 ≥ 102".
    pub text: String,
}

/// Judges a claim: all of its comparisons must hold.
///
/// The numbers are those of the first comparison that fails or cannot be judged, else of the first.
pub(crate) fn judge(comparison: &Comparison, find: FindTrajectory<'_>) -> Verdict {
    let mut verdict = judge_one(comparison, find);
    for other in &comparison.also {
        let other = judge(other, find);
        let text = format!("{} and {}", verdict.text, other.text);
        let holds = match (verdict.holds, other.holds) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        if verdict.holds == Some(true) && other.holds != Some(true) {
            verdict = other;
        }
        verdict = Verdict { holds, text, ..verdict };
    }
    verdict
}

fn judge_one(comparison: &Comparison, find: FindTrajectory<'_>) -> Verdict {
    let unit = comparison.value.measure.unit.clone();
    judge_known(comparison, find, &unit).unwrap_or_else(|| Verdict {
        holds: None,
        left: f64::NAN,
        right: f64::NAN,
        unit,
        text: "cannot be told: an arm is incomplete or a time lies outside the run".into(),
    })
}

fn judge_known(comparison: &Comparison, find: FindTrajectory<'_>, unit: &str) -> Option<Verdict> {
    let factor = comparison.value.measure.factor;
    let shown = |value: &Expression| Some(base_value(value, find)? / factor);
    let left = shown(&comparison.value)?;
    let with_unit = |text: String| if unit.is_empty() { text } else { format!("{text} {unit}") };
    let (holds, right, text) = match &comparison.test {
        Test::Against(relation, other) => {
            let right = shown(other)?;
            let (holds, sign) = compare(*relation, left, right);
            let (a, b) = distinct_texts(left, right);
            (holds, right, format!("{a} {sign} {b}"))
        }
        Test::Between(low, high) => {
            let (low, high) = (shown(low)?, shown(high)?);
            let nearer = if (left - low).abs() < (left - high).abs() { low } else { high };
            let (value, near) = distinct_texts(left, nearer);
            let (a, b) = if nearer == low {
                (near, distinct_texts(high, left).0)
            } else {
                (distinct_texts(low, left).0, near)
            };
            let holds = (low..=high).contains(&left);
            let word = if holds { "within" } else { "outside" };
            (holds, nearer, format!("{value} {word} {a} to {b}"))
        }
        Test::Within(tolerance, of) => {
            let (tolerance, right) = (shown(tolerance)?, shown(of)?);
            let distance = (left - right).abs();
            let holds = distance <= tolerance;
            let (a, b) = distinct_texts(distance, tolerance);
            let sign = if holds { "≤" } else { ">" };
            (holds, right, format!("distance {a} {sign} {b}"))
        }
    };
    let told = left.is_finite() && right.is_finite();
    Some(Verdict {
        holds: told.then_some(holds),
        left,
        right,
        unit: unit.to_owned(),
        text: if told { with_unit(text) } else { "cannot be told: a ratio of nothing".into() },
    })
}

/// True if the relation holds, with the sign of the relation that really holds.
fn compare(relation: Relation, left: f64, right: f64) -> (bool, &'static str) {
    let pick = |holds: bool, sign, other| (holds, if holds { sign } else { other });
    match relation {
        Relation::Less => pick(left < right, "<", "≥"),
        Relation::AtMost => pick(left <= right, "≤", ">"),
        Relation::Greater => pick(left > right, ">", "≤"),
        Relation::AtLeast => pick(left >= right, "≥", "<"),
    }
}

/// Two numbers with as many digits as are needed to distinguish them, at least three.
///
/// A number that is negligible beside the other, such as 1e-22 beside 1, is 0, as a clinic writes
/// it.
fn distinct_texts(a: f64, b: f64) -> (String, String) {
    let beside =
        |value: f64, other: f64| if value.abs() < 1e-6 * other.abs() { 0.0 } else { value };
    let (a, b) = (beside(a, b), beside(b, a));
    for digits in 3..=12 {
        let (first, second) = (significant(a, digits), significant(b, digits));
        if first != second || a == b {
            return (first, second);
        }
    }
    (significant(a, 17), significant(b, 17))
}

/// A number with this many significant digits, without trailing zeros; tiny ones as 9.7e-17.
fn significant(value: f64, digits: usize) -> String {
    match with_digits(value, digits) {
        short if short != 0.0 && short.abs() < 1e-6 => format!("{short:e}"),
        short => short.to_string(),
    }
}

/// The value of an expression in the unit that people read it in.
///
/// `None` if an arm is missing or incomplete, or a time lies outside its run.
pub(crate) fn value(expression: &Expression, find: FindTrajectory<'_>) -> Option<f64> {
    Some(base_value(expression, find)? / expression.measure.factor)
}

fn base_value(expression: &Expression, find: FindTrajectory<'_>) -> Option<f64> {
    Some(match &expression.term {
        Term::Number(number) => *number,
        Term::Reading(reading) => read(reading, find(&reading.arm)?)?,
        Term::Scaled(factor, inner) => factor * base_value(inner, find)?,
        Term::Absolute(inner) => base_value(inner, find)?.abs(),
        Term::Joined(operation, left, right) => {
            let (a, b) = (base_value(left, find)?, base_value(right, find)?);
            match operation {
                Operation::Plus => a + b,
                Operation::Minus => a - b,
                Operation::Times => a * b,
                Operation::Over => a / b,
                Operation::Smaller => a.min(b),
                Operation::Larger => a.max(b),
            }
        }
    })
}

/// Reads one number from a trajectory, in base units.
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
    let own = match reading.function {
        Function::Start => at(from)?,
        Function::End => at(to)?,
        Function::At(day) => at(day)?,
        Function::Change => at(to)? - at(from)?,
        Function::ChangePercent => return Some(100.0 * (at(to)? / at(from)? - 1.0)),
        Function::Minimum => points()?.iter().map(|(_, y)| *y).fold(f64::INFINITY, f64::min),
        Function::Maximum => points()?.iter().map(|(_, y)| *y).fold(f64::NEG_INFINITY, f64::max),
        Function::Mean => mean(&points()?),
        Function::TimeAbove(level) => return Some(time_above(&points()?, level)),
        Function::TimeBelow(level) => {
            let mirrored: Vec<_> = points()?.iter().map(|(day, y)| (*day, -y)).collect();
            return Some(time_above(&mirrored, -level));
        }
    };
    Some(own * reading.factor)
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

/// ∫ y dt / length by trapezoids.
fn mean(points: &[(f64, f64)]) -> f64 {
    let area: f64 = intervals(points).map(|((t0, y0), (t1, y1))| (t1 - t0) * (y0 + y1) / 2.0).sum();
    let length: f64 = intervals(points).map(|((t0, _), (t1, _))| t1 - t0).sum();
    let only = points.first().map_or(f64::NAN, |(_, y)| *y);
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

#[cfg(test)]
mod tests;
