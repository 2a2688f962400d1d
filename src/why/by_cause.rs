//! The difference of outcomes between two arms by cause: every mixture of both is run.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::checks::claims;
use crate::error::failure::RunFailure;
use crate::scenario::Arm;
use crate::scenario::claims::Expression;
use crate::simulation::{Options, run_arm};
use crate::threads;
use crate::why::causes::{Cause, causes, mixed};
use crate::why::shapley::{Game, members};

/// More causes would need more than some thousand runs; the later ones become one.
pub(crate) const MOST_CAUSES: usize = 10;

/// An outcome of both arms, shared out among the causes.
#[derive(Clone, Debug)]
pub(crate) struct Waterfall {
    /// Value in the first arm and in the second.
    pub ends: (f64, f64),
    /// Share of each cause, in the order of [`Answer::causes`]; they sum to the difference.
    pub shares: Vec<f64>,
    /// Pairs of causes, and how much more both do together than each alone.
    pub interactions: Vec<((usize, usize), f64)>,
}

/// Why two arms differ.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub causes: Vec<Cause>,
    /// One for each outcome.
    pub waterfalls: Vec<Waterfall>,
    pub runs: usize,
}

/// Reason for which there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Unanswered {
    #[error("the arms are the same in everything that the model knows")]
    Same,
    #[error("the arms do not run equally long: {0} and {1} days")]
    Durations(f64, f64),
    #[error("a mixture of the arms did not run to its end: {0}")]
    Run(RunFailure),
    #[error("an outcome has no value in a mixture of the arms")]
    NoValue,
}

/// Shares out the outcomes of `to` against `from`; the outcomes read the arm `from.name`.
pub(crate) fn why(
    from: &Arm,
    to: &Arm,
    outcomes: &[Expression],
    options: &Options,
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Result<Answer, Unanswered> {
    if from.duration_days != to.duration_days {
        return Err(Unanswered::Durations(from.duration_days, to.duration_days));
    }
    let causes = few(causes(from, to));
    if causes.is_empty() {
        return Err(Unanswered::Same);
    }
    let runs = 1_usize << causes.len();
    let done = AtomicUsize::new(0);
    let values = threads::map(0..runs, |coalition| {
        let arm = mixed(from, to, &members(&causes, coalition));
        let step = |_| watch(done.load(Ordering::Relaxed) as f64 / runs as f64);
        let values = values(&arm, outcomes, options, step);
        done.fetch_add(1, Ordering::Relaxed);
        values
    });
    let values: Vec<Vec<f64>> = values.into_iter().collect::<Result<_, _>>()?;
    let waterfalls = (0..outcomes.len()).map(|outcome| {
        let of_outcome: Option<Vec<f64>> =
            values.iter().map(|row| row.get(outcome).copied()).collect();
        let game = Game::new(causes.len(), of_outcome?)?;
        let (ends, shares, interactions) = (game.ends(), game.shares(), game.interactions());
        Some(Waterfall { ends, shares, interactions })
    });
    let waterfalls = waterfalls.collect::<Option<_>>().ok_or(Unanswered::NoValue)?;
    Ok(Answer { causes, waterfalls, runs })
}

/// The causes, the last of too many as one.
fn few(mut causes: Vec<Cause>) -> Vec<Cause> {
    if causes.len() > MOST_CAUSES {
        let rest = causes.split_off(MOST_CAUSES - 1);
        causes.push(Cause::joined("all else", rest));
    }
    causes
}

fn values(
    arm: &Arm,
    outcomes: &[Expression],
    options: &Options,
    mut step: impl FnMut(f64) -> bool,
) -> Result<Vec<f64>, Unanswered> {
    let run = run_arm(arm, options, &mut step);
    if let Some(failure) = run.failure {
        return Err(Unanswered::Run(failure));
    }
    let find = |name: &str| (name == arm.name).then_some(&run.trajectory);
    let values = outcomes.iter().map(|outcome| claims::value(outcome, &find));
    let values: Option<Vec<f64>> = values.collect();
    values.filter(|values| values.iter().all(|value| value.is_finite())).ok_or(Unanswered::NoValue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn arms(text: &str) -> [Arm; 2] {
        Scenario::parse(text).unwrap().arms.try_into().unwrap()
    }

    const TEXT: &str = "duration = \"2 years\"\n[person]\nage = 60\n\
        [[arm]]\nname = \"a\"\n\
        [[arm]]\nname = \"b\"\ntake = [\"MK-7 180 ug daily\"]\nhypothesis = \"conservative\"\n\
        [arm.habitual]\ncalcium_diet = \"700 mg/day\"\n\
        [arm.parameters]\nbone_turnover_rate = 0.9\n\
        [[arm.phase]]\nfrom = \"1 year\"\ncalcium_supplement = \"500 mg/day\"\n";

    fn ask(text: &str, outcomes: &[&str]) -> Result<Answer, Unanswered> {
        let [from, to] = arms(text);
        let own = [from.name.clone()];
        let outcomes: Vec<Expression> =
            outcomes.iter().map(|text| Expression::read(text, &own).unwrap()).collect();
        why(&from, &to, &outcomes, &Options::default(), &|_| true)
    }

    #[test]
    fn shares_sum_to_the_whole_and_every_cause_has_its_row() {
        let text = TEXT.replace("[arm.parameters]\nbone_turnover_rate = 0.9\n", "");
        let answer = ask(&text, &["end(cac)", "end(lumbar_spine_bmd)"]).unwrap();
        let labels: Vec<&str> = answer.causes.iter().map(|cause| cause.label.as_str()).collect();
        assert_eq!(answer.runs, 1 << labels.len(), "{labels:?}");
        for label in ["hypothesis set", "MK-7 from pills"] {
            assert!(labels.contains(&label), "{labels:?}");
        }
        let is_pills = |cause: &&Cause| cause.label.contains("calcium from pills");
        let pills = answer.causes.iter().find(is_pills).unwrap();
        assert_eq!((pills.from.as_str(), pills.to.as_str()), ("0", "0, then 500\u{A0}mg/day"));
        for waterfall in &answer.waterfalls {
            let (from, to) = waterfall.ends;
            let sum: f64 = waterfall.shares.iter().sum();
            assert!((sum - (to - from)).abs() <= 1e-6 * (to - from).abs(), "{waterfall:?}");
        }
    }

    #[test]
    fn all_causes_together_are_the_other_arm_to_the_last_bit() {
        let text = TEXT.replace("[arm.parameters]\nbone_turnover_rate = 0.9\n", "");
        let [from, to] = &arms(&text);
        let all = causes(from, to);
        let end = |arm: &Arm| {
            let run = run_arm(arm, &Options::default(), &mut |_| true);
            run.trajectory.rows.last().unwrap().states.map(f64::to_bits)
        };
        let whole = mixed(from, to, &all.iter().collect::<Vec<_>>());
        assert_eq!(end(&whole), end(to));
        assert_eq!(end(&mixed(from, to, &[])), end(from));
    }

    #[test]
    fn the_beginning_of_a_habit_is_a_cause() {
        let text = "duration = \"1 year\"\n[person]\nage = 60\n[habitual]\nwarfarin = \"5 mg/day\"\n\
            [[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\n\
            [arm.habitual]\nwarfarin = { dose = \"5 mg/day\", since = \"2 years\" }\n";
        let [from, to] = &arms(text);
        let all = causes(from, to);
        let [cause] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(
            (cause.from.as_str(), cause.to.as_str()),
            ("5\u{A0}mg/day", "5\u{A0}mg/day for 2 years")
        );
        let named = |arm: Arm, like: &Arm| Arm {
            name: like.name.clone(),
            label: like.label.clone(),
            ..arm
        };
        assert_eq!(named(mixed(from, to, &[cause]), to), *to);
        assert_eq!(mixed(from, to, &[]), *from);
        let back = causes(to, from);
        assert_eq!(named(mixed(to, from, &[&back[0]]), from), *from);
    }

    #[test]
    fn equal_arms_and_unequal_durations_are_told() {
        let text = "duration = \"1 year\"\n[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\n";
        assert_eq!(ask(text, &["end(cac)"]).unwrap_err(), Unanswered::Same);
    }
}
