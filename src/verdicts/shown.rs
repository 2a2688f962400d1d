//! Tests of a statement as pictures show them.

use crate::library::answer::numbers;
use crate::scenario::claims::Claim;
use crate::verdicts::evaluation::{InSet, Judged};
use crate::verdicts::judgement::{DRAWS, Outcome, Verdict, across};
use crate::words::catalogue::message;
use crate::words::names::capital;
use crate::words::numbers::fixed;

/// A test with its numbers in each set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// The person or dose; may be empty.
    pub case: String,
    pub says: String,
    /// In the order of the sets.
    pub sets: Vec<ShownInSet>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShownInSet {
    /// Distance in margins towards what the statement says.
    pub standing: Option<f64>,
    pub numbers: String,
    pub holds: bool,
}

/// The tests that decide; without any, and without a trial, those that stand beside.
pub(crate) fn shown(judged: &Judged) -> Vec<Shown> {
    let claims = || judged.claims().iter().enumerate();
    let any = claims().any(|(_, claim)| claim.decides);
    if !any && !judged.rows.is_empty() {
        return Vec::new();
    }
    let row = |(position, claim): (usize, &Claim)| Shown {
        case: claim.case.clone(),
        says: claim.says.clone(),
        sets: judged.sets.iter().map(|own| in_set(claim, position, own)).collect(),
    };
    claims().filter(|(_, claim)| claim.decides || !any).map(row).collect()
}

fn in_set(claim: &Claim, position: usize, own: &InSet) -> ShownInSet {
    let judged = own.claim(position);
    ShownInSet {
        standing: judged.map(|judged| judged.standing).filter(|standing| !standing.is_nan()),
        numbers: judged.map_or_else(String::new, |judged| numbers(claim, judged)),
        holds: judged.is_some_and(|judged| judged.holds() == Some(true)),
    }
}

/// The share of draws of the other parameters with the same verdict; empty if there were none.
pub(crate) fn robustness(judged: &Judged) -> String {
    let shares = judged.sets.iter().filter_map(|own| {
        let share = fixed(own.robustness?.percent(), 1);
        let (set, outcome) = (own.set.name(), own.outcome.words());
        Some(message!(verdict.robustness_in, share = share, set = set, outcome = outcome))
    });
    let shares: Vec<String> = shares.collect();
    if shares.is_empty() {
        return String::new();
    }
    let told = message!(verdict.robustness, draws = DRAWS, shares = shares.join(" and "));
    match judged.verdict {
        Verdict::ByAssumption => message!(verdict.robustness_assumed, told = told),
        _ => told,
    }
}

/// The verdict in words: "False by assumption", "Only under paradox", "Depends".
pub(crate) fn verdict_words(judged: &Judged) -> String {
    let is_so = |own: &&InSet| {
        matches!(own.outcome, Outcome::True | Outcome::Reproduced | Outcome::Depends)
    };
    let so: Vec<&str> = judged.sets.iter().filter(is_so).map(|own| own.set.name()).collect();
    let signs = || {
        let sets = judged.sets.iter().filter(|own| own.outcome == Outcome::SignOnly);
        sets.map(|own| own.set.name()).collect::<Vec<_>>()
    };
    let outcomes: Vec<Outcome> = judged.sets.iter().map(|own| own.outcome).collect();
    let words = match (judged.verdict, so.as_slice()) {
        (Verdict::ByAssumption, _) => {
            let without = across(&outcomes, None);
            match (without, so.as_slice()) {
                (Verdict::OnlyUnderAHypothesis, [set]) => format!("by assumption under {set}"),
                _ => format!("{} by assumption", without.words()),
            }
        }
        (Verdict::OnlyUnderAHypothesis, [set]) if outcomes.contains(&Outcome::Depends) => {
            format!("depends under {set}, not so under the other set")
        }
        (Verdict::OnlyUnderAHypothesis, [set]) => format!("only under {set}"),
        (Verdict::OnlyUnderAHypothesis, []) => match signs().as_slice() {
            [set] => format!("sign only, and only under {set}"),
            _ => judged.verdict.words().to_owned(),
        },
        (verdict, _) => verdict.words().to_owned(),
    };
    capital(&words)
}
