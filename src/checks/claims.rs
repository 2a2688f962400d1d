//! The judgement of claims on trajectories.

pub(crate) mod standing;
mod values;

use crate::checks::claims::standing::standing;
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
    let judged = comparison.parts().enumerate().map(|(position, part)| {
        let verdict = Verdict { decided_by: position, ..judge_one(part, find) };
        (standing(part, find).unwrap_or(f64::NAN), verdict)
    });
    let mut deciding: Option<(f64, Verdict)> = None;
    let mut texts = Vec::new();
    for (stands, verdict) in judged {
        texts.push(verdict.text.clone());
        let outweighs = deciding.as_ref().is_none_or(|(other, known)| {
            let (one, two) = (verdict.judgement.rank(), known.judgement.rank());
            one < two || (one == two && stands < *other)
        });
        if outweighs {
            deciding = Some((stands, verdict));
        }
    }
    let (_, verdict) = deciding.or_defect("a claim without a comparison");
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
        decided_by: 0,
    })
}

fn judge_known(comparison: &Comparison, find: FindTrajectory<'_>, unit: &str) -> Option<Verdict> {
    let factor = comparison.value.measure.factor;
    let shown = |value: &Expression| value_in(value, factor, find);
    let left = shown(&comparison.value)?;
    let with_unit = |text: &str| beside(text, unit);
    let texts = |a: f64, b: f64| distinct_texts(&comparison.value, a, b);
    let (judgement, right, text) = match &comparison.test {
        Test::Against { relation, other, margin } => {
            let right = shown(other)?;
            let (a, b) = texts(left, right);
            let (holds, sign) = compare(*relation, left, right);
            let judgement = match margin {
                Some(margin) => judge_margin(*relation, left - right, shown(&margin.distance)?),
                None => either(holds),
            };
            let text = match margin {
                Some(margin) if judgement == Judgement::NoDifference => {
                    let numbers = with_unit(&close_texts(&comparison.value, left, right));
                    let margin = margin_text(margin, &|distance| {
                        Some(with_unit(&short(shown(distance)?, 3)))
                    })?;
                    format!("no difference: {numbers}, less than {margin} apart")
                }
                _ => with_unit(&format!("{a} {sign} {b}")),
            };
            (judgement, right, text)
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
            (either(holds), nearer, with_unit(&format!("{value} {word} {a} to {b}")))
        }
        Test::Within(tolerance, of) => {
            let (tolerance, right) = (shown(tolerance)?, shown(of)?);
            let distance = (left - right).abs();
            let holds = distance <= tolerance;
            let (a, b) = texts(distance, tolerance);
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
        decided_by: 0,
    })
}

fn beside(text: &str, unit: &str) -> String {
    if unit.is_empty() { text.to_owned() } else { format!("{text} {}", unit_for_people(unit)) }
}

/// The margin of a claim in its own unit; a percentage stays one.
fn margin_text(margin: &Margin, shown: &dyn Fn(&Expression) -> Option<String>) -> Option<String> {
    match margin.distance.term {
        Term::Joined(..) => Some(margin.written.clone()), // times the right side
        _ => shown(&margin.distance),
    }
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
