//! The answer of a lesson in paragraphs, then what the other hypothesis set says to it.

use crate::cli::run::finished::FinishedRun;
use crate::library::run::Run;
use crate::words::people;

/// Paragraphs of the answer; none if the lesson has none.
pub(crate) fn paragraphs(run: &FinishedRun) -> Vec<String> {
    if run.run.scenario.answer.is_none() {
        return Vec::new();
    }
    let Some(own) = run.run.answer() else {
        let reason = "an arm was left out or ended early, a time lies outside the run, or it \
                      asks for a ratio of nothing";
        return vec![format!("cannot be told: {reason}")];
    };
    let other = run.under_other_set.iter().flat_map(|other| under(&run.run, &own, other));
    std::iter::once(own.clone()).chain(other).collect()
}

/// The same sentence with the numbers of the other set, and the claims that it judges otherwise.
fn under(run: &Run, own: &str, other: &Run) -> Vec<String> {
    let set = people::hypotheses(&other.scenario.arms);
    let balanced = other.balances().all(|(_, balance)| balance.holds());
    let answer = match other.answer().filter(|_| balanced) {
        Some(answer) if answer == own => "the same.".to_owned(),
        Some(answer) => answer,
        None => "cannot be told: an arm ended early or does not balance.".to_owned(),
    };
    let claims = run.verdicts.iter().zip(other.judged_claims());
    let turned = claims.filter_map(|(verdict, (claim, under))| {
        let so = match (verdict.holds()?, under.holds()?) {
            (true, false) => "Not so",
            (false, true) => "But so",
            _ => return None,
        };
        Some(format!("{so} under {set}: “{}” ({})", claim.says, under.text))
    });
    std::iter::once(format!("Under {set}: {answer}")).chain(turned).collect()
}
