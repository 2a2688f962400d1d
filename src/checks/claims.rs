//! The judgement of claims on trajectories.

mod values;

use crate::checks::claims::values::value_in;
use crate::error::defect::OrDefect as _;
use crate::scenario::claims::{Comparison, Expression, Margin, Relation, Term, Test};
use crate::units::amount::unit_for_people;
use crate::units::number::exact;
use crate::words::numbers::short;
use crate::words::values::{finer, number};

pub(crate) use crate::checks::claims::values::{FindTrajectory, mean_of_last_day, value};

/// Digits beyond the usual ones by which two numbers may be told apart.
const MOST_MORE_DIGITS: u8 = 9;

/// Share of the larger side that stands for the margin where a comparison has none.
const USUAL_MARGIN: f64 = 0.01;

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
    /// The place among claims joined by `and`: all must hold, and one that fails outweighs the
    /// others.
    const fn rank(self) -> u8 {
        match self {
            Self::Fails => 0,
            Self::NoDifference => 1,
            Self::Undecided => 2,
            Self::Holds => 3,
        }
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
    /// The distance of the comparison in margins, towards what it states: it holds above 1, differs
    /// by less than the margin from −1 to 1, and the opposite holds below −1.
    ///
    /// Of a range it is 2 in its middle, 1 at its ends, and below −1 outside. NaN if it cannot be
    /// told.
    pub(crate) standing: f64,
    /// The position of the comparison that decides, among those joined by `and`: these are its
    /// numbers.
    pub(crate) decided_by: usize,
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
/// The numbers are those of the comparison that decides: the one that is farthest from holding.
pub(crate) fn judge(comparison: &Comparison, find: FindTrajectory<'_>) -> Verdict {
    let mut deciding: Option<Verdict> = None;
    let mut texts = Vec::new();
    for (position, part) in comparison.parts().enumerate() {
        let verdict = Verdict { decided_by: position, ..judge_one(part, find) };
        texts.push(verdict.text.clone());
        let outweighs = deciding.as_ref().is_none_or(|known| {
            let (one, two) = (verdict.judgement.rank(), known.judgement.rank());
            one < two || (one == two && verdict.standing < known.standing)
        });
        if outweighs {
            deciding = Some(verdict);
        }
    }
    let verdict = deciding.or_defect("a claim without a comparison");
    Verdict { text: texts.join(" and "), ..verdict }
}

fn judge_one(comparison: &Comparison, find: FindTrajectory<'_>) -> Verdict {
    let unit = comparison.value.shown_unit().to_owned();
    judge_known(comparison, find, &unit).unwrap_or_else(|| Verdict {
        judgement: Judgement::Undecided,
        left: f64::NAN,
        right: f64::NAN,
        unit,
        text: "cannot be told: an arm is incomplete or a time lies outside the run".into(),
        standing: f64::NAN,
        decided_by: 0,
    })
}

fn judge_known(comparison: &Comparison, find: FindTrajectory<'_>, unit: &str) -> Option<Verdict> {
    let factor = comparison.value.measure.factor;
    let shown = |value: &Expression| value_in(value, factor, find);
    let left = shown(&comparison.value)?;
    let with_unit = |text: &str| beside(text, unit);
    let texts = |a: f64, b: f64| distinct_texts(&comparison.value, a, b);
    let (judgement, right, standing, text) = match &comparison.test {
        Test::Against { relation, other, margin } => {
            let right = shown(other)?;
            let margin = match margin {
                Some(margin) => Some((margin, shown(&margin.distance)?)),
                None => None,
            };
            let (judgement, standing, text) =
                against(&comparison.value, *relation, [left, right], margin, unit);
            (judgement, right, standing, text)
        }
        Test::Between(low, high) => {
            let (low, high) = (shown(low)?, shown(high)?);
            let nearer = if (left - low).abs() < (left - high).abs() { low } else { high };
            let (value, near) = texts(left, nearer);
            let (a, b) = if nearer == low {
                (near, texts(high, left).0)
            } else {
                (texts(low, left).0, near)
            };
            let holds = (low..=high).contains(&left);
            let word = if holds { "within" } else { "outside" };
            let standing = in_range((left - 0.5 * (low + high)).abs(), 0.5 * (high - low));
            (either(holds), nearer, standing, with_unit(&format!("{value} {word} {a} to {b}")))
        }
        Test::Within(tolerance, of) => {
            let (tolerance, right) = (shown(tolerance)?, shown(of)?);
            let distance = (left - right).abs();
            let holds = distance <= tolerance;
            let (a, b) = texts(distance, tolerance);
            let sign = if holds { "≤" } else { ">" };
            let text = with_unit(&format!("difference {a} {sign} {b}"));
            (either(holds), right, in_range(distance, tolerance), text)
        }
    };
    let known = left.is_finite() && right.is_finite();
    Some(Verdict {
        judgement: if known { judgement } else { Judgement::Undecided },
        left,
        right,
        unit: unit.to_owned(),
        text: if known { text } else { "cannot be told: a ratio of nothing".into() },
        standing,
        decided_by: 0,
    })
}

/// The judgement of two values, how far they stand from their margin, and the words.
fn against(
    like: &Expression,
    relation: Relation,
    [left, right]: [f64; 2],
    margin: Option<(&Margin, f64)>,
    unit: &str,
) -> (Judgement, f64, String) {
    let (holds, sign) = compare(relation, left, right);
    let towards = towards(relation, left - right);
    let usual = USUAL_MARGIN * right.abs().max(left.abs());
    let size = margin.map_or(usual, |(_, size)| size);
    let judgement = margin.map_or(either(holds), |_| judge_margin(relation, towards, size));
    let text = match margin {
        Some((margin, size)) if judgement == Judgement::NoDifference => {
            let numbers = beside(&close_texts(like, left, right), unit);
            let distance = match margin.distance.term {
                Term::Joined(..) => margin.written.clone(), // times the right side
                _ => beside(&short(size, 3), unit),
            };
            format!("no difference: {numbers}, less than {distance} apart")
        }
        _ => {
            let (a, b) = distinct_texts(like, left, right);
            beside(&format!("{a} {sign} {b}"), unit)
        }
    };
    (judgement, towards / size, text)
}

fn in_range(distance: f64, tolerance: f64) -> f64 {
    let relative = distance / tolerance;
    if relative <= 1.0 { 2.0 - relative } else { -relative }
}

fn beside(text: &str, unit: &str) -> String {
    if unit.is_empty() { text.to_owned() } else { format!("{text} {}", unit_for_people(unit)) }
}

const fn either(holds: bool) -> Judgement {
    if holds { Judgement::Holds } else { Judgement::Fails }
}

/// A difference (left − right) as far as it goes towards what the relation states.
const fn towards(relation: Relation, difference: f64) -> f64 {
    match relation {
        Relation::Greater | Relation::AtLeast => difference,
        Relation::Less | Relation::AtMost => -difference,
    }
}

/// The judgement of a difference [`towards`] the relation that must lie beyond a margin.
fn judge_margin(relation: Relation, towards: f64, margin: f64) -> Judgement {
    let margin_counts = matches!(relation, Relation::AtLeast | Relation::AtMost);
    let beyond = |size: f64| size > margin || (margin_counts && size == margin);
    if beyond(towards) {
        Judgement::Holds
    } else if beyond(-towards) {
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

/// Two numbers as people read them, or with as many digits as are needed to tell them apart.
///
/// A number below 0.001 and a thousandth of the other is 0, as a clinic writes it.
fn distinct_texts(like: &Expression, a: f64, b: f64) -> (String, String) {
    let beside = |value: f64, other: f64| {
        if value.abs() < 1e-3 * other.abs().min(1.0) { 0.0 } else { value }
    };
    let (a, b) = (beside(a, b), beside(b, a));
    let texts = |more| (finer(like, a, more), finer(like, b, more));
    let equal = |texts: &(String, String)| texts.0 == texts.1;
    let needed = (0..=MOST_MORE_DIGITS).find(|more| a == b || !equal(&texts(*more)));
    needed.map_or_else(|| (exact_text(a), exact_text(b)), texts)
}

/// "85.1 and 85.3", or "both 85" where not even one more digit tells them apart.
fn close_texts(like: &Expression, a: f64, b: f64) -> String {
    let usual = number(like, a);
    let more = u8::from(usual == number(like, b));
    let (first, second) = (finer(like, a, more), finer(like, b, more));
    if first == second { format!("both {usual}") } else { format!("{first} and {second}") }
}

/// Every digit of a number.
fn exact_text(value: f64) -> String {
    exact(value).replace('-', "−")
}

#[cfg(test)]
mod tests;
