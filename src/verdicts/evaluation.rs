//! Runs of verdict files and what follows from them.

use std::borrow::Borrow;

use crate::checks::claims::{Judgement, Verdict as JudgedClaim, judge};
use crate::evidence::prediction::{Compared, Prediction, right_side};
use crate::library::run::{IncompleteRun, Run};
use crate::parameters::Hypothesis;
use crate::plots::{Figure, FigureError};
use crate::scenario::claims::sentence::{Part, RunNumber};
use crate::scenario::claims::{Claim, Reading};
use crate::scenario::statement::DecidedBy;
use crate::scenario::{Arm, Scenario};
use crate::simulation::{ArmRun, Options, PastCache, RowSelection, run_arms};
use crate::sweep::outcomes::rows_for;
use crate::threads;
use crate::verdicts::file::VerdictFile;
use crate::verdicts::judgement::{
    Outcome, Robustness, RowResult, Verdict, across, of_misses, of_rows, of_tests,
};

/// A statement in a hypothesis set.
#[derive(Clone, Debug)]
pub(crate) struct InSet {
    pub set: Hypothesis,
    /// The arms that ran, with their judged claims.
    pub run: Run,
    pub outcome: Outcome,
    /// The outcome without the assumption, if there is one.
    pub otherwise: Option<Outcome>,
    pub robustness: Option<Robustness>,
    /// Rows of the evidence table that this set misses and the other meets, if they decide.
    pub missed_alone: Option<u64>,
}

/// A statement with its verdict.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub file: VerdictFile,
    /// One for each set, in their order.
    pub sets: Vec<InSet>,
    pub verdict: Verdict,
    /// The rows of the evidence table that the file names.
    pub rows: Vec<Compared>,
}

/// Judges files, on all threads; `evidence` has every row that they need. `done` is called after
/// each file.
///
/// `watch` is called now and then; `false` ends the runs, and files that were not judged are left
/// out.
pub(crate) fn judge_all(
    files: &[VerdictFile],
    evidence: &[Compared],
    watch: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn() + Sync),
) -> Vec<Judged> {
    let one = |index: usize| {
        let file = files.get(index)?;
        let judged = judge_file(file, evidence, watch);
        done();
        watch().then_some(judged)
    };
    threads::map(0..files.len(), one).into_iter().flatten().collect()
}

fn judge_file(
    file: &VerdictFile,
    evidence: &[Compared],
    watch: &(dyn Fn() -> bool + Sync),
) -> Judged {
    let rows = named_rows(file, evidence);
    let sets = Hypothesis::ALL.into_iter().zip(&file.scenarios).enumerate();
    let sets = sets.map(|(index, (set, scenario))| {
        let run = run(scenario, watch);
        let otherwise = file.otherwise.as_ref().and_then(|sets| sets.get(index));
        let otherwise = otherwise.map(|scenario| outcome_of(&self::run(scenario, watch)));
        let mut missed = None;
        let outcome = match file.statement.decided_by {
            DecidedBy::Claims => outcome_of(&run),
            DecidedBy::Trials => of_rows(&results(&rows, set)),
            DecidedBy::Misses(wanted) => {
                let alone = *missed.insert(missed_alone(evidence, set));
                of_misses(alone, wanted)
            }
            DecidedBy::Nothing => Outcome::NotJudged,
        };
        InSet { set, run, outcome, otherwise, robustness: None, missed_alone: missed }
    });
    let sets: Vec<InSet> = sets.collect();
    let outcomes: Vec<Outcome> = sets.iter().map(|own| own.outcome).collect();
    let otherwise: Option<Vec<Outcome>> = sets.iter().map(|own| own.otherwise).collect();
    let verdict = across(&outcomes, otherwise.as_deref());
    Judged { file: file.clone(), sets, verdict, rows }
}

impl Judged {
    /// True if the file says that an assumption carries the verdict, and it does not.
    pub(crate) fn idle_assumption(&self) -> bool {
        let assumed = self.file.statement.assumption.is_some();
        assumed && !matches!(self.verdict, Verdict::ByAssumption | Verdict::Untold)
    }

    /// The claims of the file.
    pub(crate) fn claims(&self) -> &[Claim] {
        self.file.scenarios.first().map_or(&[], |scenario| &scenario.claims)
    }

    /// The figures that the scenario of the file asks for, of the first set, with their kinds.
    pub(crate) fn lesson_figures(&self) -> Vec<(String, Result<Figure, FigureError>)> {
        let wanted = |scenario: &&Scenario| !scenario.figures.draw.is_empty();
        let Some(scenario) = self.file.scenarios.first().filter(wanted) else { return Vec::new() };
        let run = scenario.run().unwrap_or_else(IncompleteRun::into_run);
        scenario.figures.draw.iter().map(|kind| (kind.clone(), run.figure(kind))).collect()
    }
}

/// Topics, in the order of the alphabet.
pub(crate) fn topics(judged: &[Judged]) -> Vec<&str> {
    let mut topics: Vec<&str> =
        judged.iter().map(|one| one.file.statement.topic.as_str()).collect();
    topics.sort_by_key(|topic| topic.to_lowercase());
    topics.dedup();
    topics
}

impl InSet {
    /// The judgement of the claim with this position; `None` if an arm ended early.
    pub(crate) fn claim(&self, position: usize) -> Option<&JudgedClaim> {
        self.run.verdicts.get(position)
    }

    /// The deciding claims that made the outcome: the first judged like it; of a statement that
    /// depends, the first that holds and the first that does not.
    pub(crate) fn key_claims<'a>(
        &'a self,
        claims: &'a [Claim],
    ) -> Vec<(&'a Claim, &'a JudgedClaim)> {
        let deciding = || claims.iter().zip(&self.run.verdicts).filter(|(claim, _)| claim.decides);
        let first = |made: fn(Judgement) -> bool| {
            deciding().find(|(_, judged)| made(judged.judgement)).into_iter()
        };
        let holds = || first(|judgement| judgement == Judgement::Holds);
        match self.outcome {
            Outcome::True => holds().collect(),
            Outcome::False => first(|judgement| judgement == Judgement::Fails).collect(),
            Outcome::NoDifference => {
                first(|judgement| judgement == Judgement::NoDifference).collect()
            }
            Outcome::Depends => {
                holds().chain(first(|judgement| judgement != Judgement::Holds)).collect()
            }
            _ => first(|_| true).collect(),
        }
    }

    /// Rows of the evidence table in this set.
    pub(crate) fn prediction<'a>(&self, row: &'a Compared) -> Option<&'a Prediction> {
        prediction(row, self.set)
    }
}

fn prediction(row: &Compared, set: Hypothesis) -> Option<&Prediction> {
    row.predictions.iter().find(|one| one.set == set)
}

/// The rows that a file names.
fn named_rows(file: &VerdictFile, evidence: &[Compared]) -> Vec<Compared> {
    let named = file.statement.trials.iter();
    let rows = named.filter_map(|(id, _)| evidence.iter().find(|one| one.trial.id == *id));
    rows.cloned().collect()
}

fn results(rows: &[Compared], set: Hypothesis) -> Vec<RowResult> {
    let result = |row: &Compared| {
        let own = prediction(row, set)?;
        let trial = &row.trial;
        let sides = own.value.as_ref().ok().zip(trial.observed);
        let side = |(value, observed): (&f64, f64)| right_side(trial.comparison, *value, observed);
        let right_side = sides.and_then(side) == Some(true);
        Some(RowResult { kind: trial.kind, agreement: own.agreement, right_side })
    };
    rows.iter().filter_map(result).collect()
}

/// Number of rows that a set misses and another meets.
fn missed_alone(evidence: &[Compared], set: Hypothesis) -> u64 {
    let holds = |one: &Prediction| one.agreement.holds();
    let alone = evidence.iter().filter(|row| {
        let misses = prediction(row, set).is_some_and(|own| !holds(own));
        misses && row.predictions.iter().any(holds)
    });
    alone.count() as u64
}

/// Runs the arms of a scenario, if it reads anything of them.
fn run(scenario: &Scenario, watch: &(dyn Fn() -> bool + Sync)) -> Run {
    let rows = rows_of(scenario);
    let arms: &[Arm] = if rows.is_some() { &scenario.arms } else { &[] };
    let rows = rows.unwrap_or_default();
    let runs = run_arms(arms, PastCache::of_process(), &rows, &Options::default(), &|| watch());
    Run::judged(scenario.clone(), runs)
}

/// The rows that the claims and sentences of a scenario read; `None` if they read nothing.
pub(crate) fn rows_of(scenario: &Scenario) -> Option<RowSelection> {
    let mut readings: Vec<&Reading> = Vec::new();
    scenario.claims.iter().for_each(|claim| claim.comparison.readings(&mut readings));
    let sentence = scenario.statement.as_ref().and_then(|own| own.physiologist.as_ref());
    for part in sentence.iter().flat_map(|sentence| &sentence.parts) {
        if let Part::Number(RunNumber::Value(expression)) = part {
            expression.readings(&mut readings);
        }
    }
    (!readings.is_empty()).then(|| rows_for(&readings))
}

fn outcome_of(run: &Run) -> Outcome {
    outcome(&run.scenario, &run.runs)
}

/// The outcome of the deciding claims of a scenario whose arms ran so.
pub(crate) fn outcome(scenario: &Scenario, runs: &[impl Borrow<ArmRun>]) -> Outcome {
    if runs.iter().any(|run| run.borrow().failure.is_some()) {
        return Outcome::Untold;
    }
    let find = |name: &str| {
        let mut arms = scenario.arms.iter().zip(runs);
        arms.find(|(arm, _)| arm.name == name).map(|(_, run)| &run.borrow().trajectory)
    };
    let tests = scenario.claims.iter().filter(|claim| claim.decides);
    of_tests(tests.map(|claim| (claim.case.as_str(), judge(&claim.comparison, &find).judgement)))
}
