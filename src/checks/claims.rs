//! The judgement of claims on trajectories.
//!
//! Values between rows are linear; a mean is the integral by trapezoids over the period divided by
//! its length; time above a value counts linear crossings; smallest and largest are over the rows
//! of the period and its two ends.

pub(crate) mod standing;

use crate::error::defect::OrDefect as _;
use crate::physiology::quantities::Quantity;
use crate::scenario::claims::{
    Comparison, Expression, Function, Operation, Reading, Relation, Term, Test,
};
use crate::trajectory::Trajectory;
use crate::units::amount::unit_for_people;
use crate::units::number::with_digits;

/// Finds the trajectory of an arm by its name.
pub(crate) type FindTrajectory<'a> = &'a dyn Fn(&str) -> Option<&'a Trajectory>;

/// The judgement of a claim.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is so.
    Holds,
    /// The values lie closer together than the margin of the claim.
    NoDifference,
    /// It is not so.
    Fails,
    /// An arm is missing or incomplete, or a time lies outside the run.
    Undecided,
}

impl Judgement {
    /// Of claims joined by `and`: all must hold, and one that fails outweighs the others.
    fn and(self, other: Self) -> Self {
        [Self::Fails, Self::NoDifference, Self::Undecided]
            .into_iter()
            .find(|judgement| [self, other].contains(judgement))
            .unwrap_or(Self::Holds)
    }

    /// In a word: "holds", "no difference", "fails", "undecided".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::NoDifference => "no difference",
            Self::Fails => "fails",
            Self::Undecided => "undecided",
        }
    }
}

/// A judged claim.
///
/// ```
/// let text = "duration = \"1 year\"\n[[claim]]\nsays = \"Plasma calcium is normal\"\n\
///             that = \"end(serum_calcium) > 8 mg/dL by 1 %\"\n";
/// let run = calcifate::Scenario::parse(text)?.run()?;
/// let (says, verdict) = run.claims().next().ok_or("no claim")?;
/// assert_eq!((says, verdict.holds()), ("Plasma calcium is normal", Some(true)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whether the claim holds.
    pub judgement: Judgement,
    /// The value, in `unit`; NaN if it cannot be computed.
    pub left: f64,
    /// The value with which it is compared (the nearer end of a range), in `unit`.
    pub right: f64,
    /// Unit for people, empty for plain numbers.
    pub unit: String,
    /// The numbers with the relation that really holds: "86 < 102", "113 ≥ 102".
    pub text: String,
}

impl Verdict {
    /// True if the claim holds, false if it does not, by a difference the other way or by none;
    /// `None` if that is undecided.
    #[must_use]
    pub const fn holds(&self) -> Option<bool> {
        match self.judgement {
            Judgement::Holds => Some(true),
            Judgement::NoDifference | Judgement::Fails => Some(false),
            Judgement::Undecided => None,
        }
    }
}

/// Judges a claim: all of its comparisons must hold.
///
/// The numbers are those of the first comparison that fails or cannot be judged, else of the first.
pub(crate) fn judge(comparison: &Comparison, find: FindTrajectory<'_>) -> Verdict {
    let mut verdict = judge_one(comparison, find);
    for other in &comparison.also {
        let other = judge(other, find);
        let text = format!("{} and {}", verdict.text, other.text);
        let judgement = verdict.judgement.and(other.judgement);
        if verdict.holds() == Some(true) && other.holds() != Some(true) {
            verdict = other;
        }
        verdict = Verdict { judgement, text, ..verdict };
    }
    verdict
}

fn judge_one(comparison: &Comparison, find: FindTrajectory<'_>) -> Verdict {
    let unit = comparison.value.measure.unit.clone();
    judge_known(comparison, find, &unit).unwrap_or_else(|| Verdict {
        judgement: Judgement::Undecided,
        left: f64::NAN,
        right: f64::NAN,
        unit,
        text: "cannot be told: an arm is incomplete or a time lies outside the run".into(),
    })
}

fn judge_known(comparison: &Comparison, find: FindTrajectory<'_>, unit: &str) -> Option<Verdict> {
    let factor = comparison.value.measure.factor;
    let shown = |value: &Expression| value_in(value, factor, find);
    let left = shown(&comparison.value)?;
    let with_unit = |text: &str| beside(text, unit);
    let (judgement, right, text) = match &comparison.test {
        Test::Against { relation, other, margin } => {
            let right = shown(other)?;
            let (a, b) = distinct_texts(left, right);
            let (holds, sign) = compare(*relation, left, right);
            let judgement = match margin {
                Some(margin) => judge_margin(*relation, left - right, shown(&margin.distance)?),
                None => either(holds),
            };
            let text = match margin {
                Some(margin) if judgement == Judgement::NoDifference => {
                    let numbers = with_unit(&close_texts(left, right));
                    format!("no difference: {numbers}, less than {} apart", margin.written)
                }
                _ => with_unit(&format!("{a} {sign} {b}")),
            };
            (judgement, right, text)
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
            (either(holds), nearer, with_unit(&format!("{value} {word} {a} to {b}")))
        }
        Test::Within(tolerance, of) => {
            let (tolerance, right) = (shown(tolerance)?, shown(of)?);
            let distance = (left - right).abs();
            let holds = distance <= tolerance;
            let (a, b) = distinct_texts(distance, tolerance);
            let sign = if holds { "≤" } else { ">" };
            (either(holds), right, with_unit(&format!("difference {a} {sign} {b}")))
        }
    };
    let known = left.is_finite() && right.is_finite();
    Some(Verdict {
        judgement: if known { judgement } else { Judgement::Undecided },
        left,
        right,
        unit: unit.to_owned(),
        text: if known { text } else { "cannot be told: a ratio of nothing".into() },
    })
}

fn beside(text: &str, unit: &str) -> String {
    if unit.is_empty() { text.to_owned() } else { format!("{text} {}", unit_for_people(unit)) }
}

const fn either(holds: bool) -> Judgement {
    if holds { Judgement::Holds } else { Judgement::Fails }
}

/// The judgement of a difference (left − right) that must lie beyond a margin.
fn judge_margin(relation: Relation, difference: f64, margin: f64) -> Judgement {
    let (wanted, margin_counts) = match relation {
        Relation::Greater => (difference, false),
        Relation::AtLeast => (difference, true),
        Relation::Less => (-difference, false),
        Relation::AtMost => (-difference, true),
    };
    let beyond = |size: f64| size > margin || (margin_counts && size == margin);
    if beyond(wanted) {
        Judgement::Holds
    } else if beyond(-wanted) {
        Judgement::Fails
    } else {
        Judgement::NoDifference
    }
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

/// "85.1 and 85.3", or "both 85.1" where not even a fourth digit tells them apart.
fn close_texts(a: f64, b: f64) -> String {
    let four = significant(a, 4) != significant(b, 4) && significant(a, 3) == significant(b, 3);
    let text = |value: f64| significant(value, if four { 4 } else { 3 });
    if text(a) == text(b) {
        format!("both {}", text(a))
    } else {
        format!("{} and {}", text(a), text(b))
    }
}

/// A number with this many significant digits, without trailing zeros; tiny ones as 9.7e−17.
fn significant(value: f64, digits: usize) -> String {
    match with_digits(value, digits) {
        short if short != 0.0 && short.abs() < 1e-6 => format!("{short:e}"),
        short => short.to_string(),
    }
    .replace('-', "−")
}

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
fn value_in(expression: &Expression, factor: f64, find: FindTrajectory<'_>) -> Option<f64> {
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

#[cfg(test)]
mod tests;
