//! From judged tests to the verdict on a statement: pure functions.

use crate::checks::claims::Judgement;
use crate::evidence::prediction::Agreement;
use crate::evidence::vocabulary::Kind;

/// A statement in one hypothesis set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    True,
    /// Something differs, but not so.
    False,
    /// Nothing differs by more than the margin, so it is not true.
    NoDifference,
    /// True of some of its cases only.
    Depends,
    /// Of a trial: sizes and nulls within their intervals, directions right.
    Reproduced,
    /// Of a trial: the direction is right, the size was not asked for or is missed.
    SignOnly,
    /// Of a trial that found an effect: the model has none worth the name.
    WithoutEffect,
    Missed,
    /// Nothing was to be judged.
    NotJudged,
    /// A run failed.
    Untold,
}

/// A statement in all hypothesis sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    True,
    False,
    /// On the person or the dose.
    Depends,
    /// The sets differ.
    OnlyUnderAHypothesis,
    /// The model is built that way: without the assumption it would be otherwise.
    ByAssumption,
    Reproduced,
    SignOnly,
    Missed,
    NotInThisModel,
    Untold,
}

impl Outcome {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::NoDifference | Self::WithoutEffect => "no difference",
            Self::Depends => "depends",
            Self::Reproduced => "reproduced",
            Self::SignOnly => "sign only",
            Self::Missed => "missed",
            Self::NotJudged => "not judged",
            Self::Untold => "cannot be told",
        }
    }

    /// The verdict, if every set has this outcome. What makes no difference is not true.
    const fn alone(self) -> Verdict {
        match self {
            Self::True => Verdict::True,
            Self::False | Self::NoDifference => Verdict::False,
            Self::Depends => Verdict::Depends,
            Self::Reproduced => Verdict::Reproduced,
            Self::SignOnly => Verdict::SignOnly,
            Self::Missed | Self::WithoutEffect => Verdict::Missed,
            Self::NotJudged => Verdict::NotInThisModel,
            Self::Untold => Verdict::Untold,
        }
    }

    /// True if both say the same of the statement.
    pub(crate) fn agrees(self, other: Self) -> bool {
        self.alone() == other.alone()
    }
}

impl Verdict {
    /// Every verdict, in the order in which they are counted.
    pub(crate) const ALL: [Self; 10] = [
        Self::True,
        Self::False,
        Self::Depends,
        Self::OnlyUnderAHypothesis,
        Self::ByAssumption,
        Self::Reproduced,
        Self::SignOnly,
        Self::Missed,
        Self::NotInThisModel,
        Self::Untold,
    ];

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Depends => "depends",
            Self::OnlyUnderAHypothesis => "only under a hypothesis",
            Self::ByAssumption => "by assumption",
            Self::Reproduced => "reproduced",
            Self::SignOnly => "sign only",
            Self::Missed => "missed",
            Self::NotInThisModel => "not in this model",
            Self::Untold => "cannot be told",
        }
    }

    /// A mark for lists.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::True | Self::Reproduced => "✓",
            Self::False | Self::Missed => "✗",
            Self::Depends | Self::SignOnly => "~",
            Self::OnlyUnderAHypothesis => "?",
            Self::ByAssumption => "=",
            Self::NotInThisModel => "–",
            Self::Untold => "!",
        }
    }
}

/// Number of draws of the parameters.
pub(crate) const DRAWS: usize = 512;

/// How many draws gave the verdict of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Robustness {
    pub same: usize,
    pub of: usize,
}

impl Robustness {
    /// A share of all draws; nothing if it is none of a whole number of them.
    pub(crate) fn of_percent(percent: f64) -> Option<Self> {
        let own = (0..=DRAWS).map(|same| Self { same, of: DRAWS });
        own.into_iter().find(|own| (own.percent() - percent).abs() < 1e-9)
    }

    pub(crate) fn percent(self) -> f64 {
        100.0 * self.same as f64 / self.of.max(1) as f64
    }
}

/// The outcome of tests, each with its case: all of a case must hold; cases that differ depend.
pub(crate) fn of_tests<'a>(tests: impl IntoIterator<Item = (&'a str, Judgement)>) -> Outcome {
    let mut cases: Vec<(&str, Outcome)> = Vec::new();
    for (case, judgement) in tests {
        let own = match judgement {
            Judgement::Holds => Outcome::True,
            Judgement::NoDifference => Outcome::NoDifference,
            Judgement::Fails => Outcome::False,
            Judgement::Undecided => return Outcome::Untold,
        };
        match cases.iter_mut().find(|(known, _)| *known == case) {
            Some((_, outcome)) => *outcome = both(*outcome, own),
            None => cases.push((case, own)),
        }
    }
    let outcomes = || cases.iter().map(|(_, outcome)| *outcome);
    let is_true = |outcome| outcome == Outcome::True;
    match (outcomes().any(is_true), outcomes().all(is_true)) {
        _ if cases.is_empty() => Outcome::NotJudged,
        (_, true) => Outcome::True,
        (true, false) => Outcome::Depends,
        _ if outcomes().all(|outcome| outcome == Outcome::NoDifference) => Outcome::NoDifference,
        _ => Outcome::False,
    }
}

/// Two tests of a case: one that fails outweighs one without a difference.
const fn both(one: Outcome, other: Outcome) -> Outcome {
    match (one, other) {
        (Outcome::True, other) => other,
        (Outcome::False, _) | (_, Outcome::False) => Outcome::False,
        (one, _) => one,
    }
}

/// A row of the evidence table in a set: what it asks, how the prediction agrees, and whether it
/// lies on the observed side of no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowResult {
    pub kind: Kind,
    pub agreement: Agreement,
    pub right_side: bool,
}

/// The outcome of a trial by its rows.
pub(crate) fn of_rows(rows: &[RowResult]) -> Outcome {
    let holds = |row: &RowResult| row.agreement.holds();
    let sized = rows.iter().any(|row| row.kind != Kind::Directional);
    if rows.is_empty() {
        Outcome::NotJudged
    } else if rows.iter().all(|row| row.agreement == Agreement::NoDifference) {
        Outcome::WithoutEffect
    } else if rows.iter().any(|row| row.agreement == Agreement::NoDifference) {
        Outcome::Missed
    } else if rows.iter().all(holds) && sized {
        Outcome::Reproduced
    } else if rows.iter().all(|row| holds(row) || (row.kind != Kind::Null && row.right_side)) {
        Outcome::SignOnly
    } else {
        Outcome::Missed
    }
}

/// The outcome of evidence that is said to be mixed, in a set that misses `missed` rows which the
/// other meets.
pub(crate) const fn of_misses(missed: u64, wanted: u64) -> Outcome {
    if missed >= wanted { Outcome::True } else { Outcome::False }
}

/// The verdict over all sets; `otherwise` has their outcomes with the assumption given up.
pub(crate) fn across(outcomes: &[Outcome], otherwise: Option<&[Outcome]>) -> Verdict {
    let Some(first) = outcomes.first() else { return Verdict::Untold };
    if outcomes.contains(&Outcome::Untold) {
        return Verdict::Untold;
    }
    let changes = |otherwise: &[Outcome]| !agree(outcomes, otherwise);
    if otherwise.is_some_and(changes) {
        return Verdict::ByAssumption;
    }
    if outcomes.iter().all(|other| other.agrees(*first)) {
        first.alone()
    } else {
        Verdict::OnlyUnderAHypothesis
    }
}

/// True if the outcomes agree set by set.
pub(crate) fn agree(outcomes: &[Outcome], others: &[Outcome]) -> bool {
    outcomes.iter().zip(others).all(|(one, other)| one.agrees(*other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Judgement::{Fails, Holds, NoDifference as Same, Undecided};
    use Outcome::{
        Depends, False, Missed, NoDifference, NotJudged, Reproduced, SignOnly, True, Untold,
    };

    #[test]
    fn tests_of_one_case_must_all_hold_and_cases_that_differ_depend() {
        let table: &[(&[(&str, Judgement)], Outcome)] = &[
            (&[], NotJudged),
            (&[("", Holds)], True),
            (&[("", Fails)], False),
            (&[("", Same)], NoDifference),
            (&[("", Undecided)], Untold),
            (&[("", Holds), ("", Holds)], True),
            (&[("", Holds), ("", Fails)], False),
            (&[("", Holds), ("", Same)], NoDifference),
            (&[("", Same), ("", Fails)], False),
            (&[("", Fails), ("", Same)], False),
            (&[("a", Holds), ("b", Holds)], True),
            (&[("a", Holds), ("b", Same)], Depends),
            (&[("a", Holds), ("b", Fails)], Depends),
            (&[("a", Fails), ("b", Same)], False),
            (&[("a", Same), ("b", Same)], NoDifference),
            (&[("a", Holds), ("b", Holds), ("a", Same)], Depends),
            (&[("a", Holds), ("a", Fails), ("b", Fails)], False),
            (&[("a", Holds), ("b", Undecided)], Untold),
        ];
        for (tests, expected) in table {
            assert_eq!(of_tests(tests.iter().copied()), *expected, "{tests:?}");
        }
    }

    #[test]
    fn trials_are_reproduced_by_size_sign_only_or_missed() {
        use Agreement::{DirectionOnly, Hit, Miss, NoDifference, NullKeptNull};
        use Kind::{Directional, Null, Quantitative};
        let row = |kind, agreement, right_side| RowResult { kind, agreement, right_side };
        let hit = row(Quantitative, Hit, true);
        let null = row(Null, NullKeptNull, false);
        let direction = row(Directional, DirectionOnly, true);
        let table: &[(&[RowResult], Outcome)] = &[
            (&[], NotJudged),
            (&[hit], Reproduced),
            (&[null], Reproduced),
            (&[hit, direction], Reproduced),
            (&[direction], SignOnly),
            (&[row(Quantitative, Miss, true)], SignOnly),
            (&[row(Quantitative, Miss, false)], Missed),
            (&[hit, row(Quantitative, Miss, true)], SignOnly),
            (&[hit, row(Quantitative, Miss, false)], Missed),
            (&[row(Null, Miss, true)], Missed),
            (&[direction, row(Directional, Miss, false)], Missed),
            (&[row(Directional, NoDifference, false)], Outcome::WithoutEffect),
            (&[direction, row(Directional, NoDifference, false)], Missed),
        ];
        for (rows, expected) in table {
            assert_eq!(of_rows(rows), *expected, "{rows:?}");
        }
        assert_eq!((of_misses(2, 3), of_misses(3, 3)), (False, True));
    }

    #[test]
    fn sets_that_agree_give_their_outcome_and_sets_that_differ_a_hypothesis() {
        type Case<'a> = (&'a [Outcome], Option<&'a [Outcome]>, Verdict);
        let table: &[Case<'_>] = &[
            (&[True, True], None, Verdict::True),
            (&[False, False], None, Verdict::False),
            (&[NoDifference, NoDifference], None, Verdict::False),
            (&[False, NoDifference], None, Verdict::False),
            (&[Depends, Depends], None, Verdict::Depends),
            (&[True, False], None, Verdict::OnlyUnderAHypothesis),
            (&[True, NoDifference], None, Verdict::OnlyUnderAHypothesis),
            (&[True, Depends], None, Verdict::OnlyUnderAHypothesis),
            (&[False, Depends], None, Verdict::OnlyUnderAHypothesis),
            (&[Reproduced, Reproduced], None, Verdict::Reproduced),
            (&[SignOnly, SignOnly], None, Verdict::SignOnly),
            (&[Missed, Missed], None, Verdict::Missed),
            (&[Outcome::WithoutEffect, Missed], None, Verdict::Missed),
            (&[SignOnly, Outcome::WithoutEffect], None, Verdict::OnlyUnderAHypothesis),
            (&[Reproduced, Missed], None, Verdict::OnlyUnderAHypothesis),
            (&[NotJudged, NotJudged], None, Verdict::NotInThisModel),
            (&[True, Untold], None, Verdict::Untold),
            (&[], None, Verdict::Untold),
            (&[False, False], Some(&[True, True]), Verdict::ByAssumption),
            (&[False, False], Some(&[NoDifference, NoDifference]), Verdict::False),
            (&[False, False], Some(&[True, False]), Verdict::ByAssumption),
            (&[True, NoDifference], Some(&[NoDifference, NoDifference]), Verdict::ByAssumption),
            (&[True, True], Some(&[True, True]), Verdict::True),
            (&[True, Untold], Some(&[False, False]), Verdict::Untold),
        ];
        for (outcomes, otherwise, expected) in table {
            assert_eq!(across(outcomes, *otherwise), *expected, "{outcomes:?} {otherwise:?}");
        }
    }
}
