//! How far a verdict rests on the values of parameters: the same tests for draws of all of them.
//!
//! A draw is a point of a seeded Latin hypercube over the ranges of the parameter table. The
//! parameters in which the hypothesis sets differ keep the values of the set, and those that a
//! file sets keep its own. The growth laws of calcification are drawn together: a draw of them
//! counts only if the natural course stays near the scores and masses that cohorts found.

use crate::evidence::trial::{TREATED, Trial};
use crate::evidence::vocabulary::Comparison;
use crate::parameters::{PARAMETER_TABLE, ParameterInfo, ParameterKind};
use crate::scenario::statement::DecidedBy;
use crate::scenario::{Arm, Scenario};
use crate::simulation::{ArmRun, Options, PastCache, RowSelection, run_arms};
use crate::sweep::sampling::{Design, SamplingMethod};
use crate::threads;
use crate::verdicts::evaluation::{InSet, Judged, outcome, rows_of};
use crate::verdicts::judgement::{Outcome, Robustness};

/// Seeds of the hypercubes: of all parameters, and of the growth laws.
const SEEDS: [u64; 2] = [20_261_128, 20_261_129];
/// Draws of the growth laws that are tried for each draw that is wanted.
const TRIED: usize = 16;
/// The natural course may be so many times what a cohort found, or so many times less.
const NEAR: f64 = 2.0;
/// Draws whose arms are integrated side by side.
const BATCH: usize = 16;
/// Relative tolerance of the runs.
const TOLERANCE: f64 = 1e-4;

/// Names and values of the parameters of each draw.
#[derive(Clone, Debug)]
pub(crate) struct Draws(Vec<Vec<(&'static str, f64)>>);

impl Draws {
    /// So many draws, with growth laws that agree with the natural course in these trials.
    ///
    /// There are fewer only if `watch` ended it, or if hardly any growth law agrees.
    pub(crate) fn new(count: usize, trials: &[Trial], watch: &(dyn Fn() -> bool + Sync)) -> Self {
        let (laws, others): (Vec<&ParameterInfo>, Vec<_>) =
            drawn().partition(|entry| is_growth_law(entry));
        let cohorts = natural_courses(trials);
        let plausible = |point: &Vec<(&'static str, f64)>| agrees(point, &cohorts, watch);
        let mut of_laws = Vec::new();
        let tried = points(&laws, TRIED * count, SEEDS[1]);
        for batch in tried.chunks(count.max(1)) {
            let kept =
                threads::map(0..batch.len(), |at| batch.get(at).filter(|own| plausible(own)));
            of_laws.extend(kept.into_iter().flatten().cloned());
            if of_laws.len() >= count || !watch() {
                break;
            }
        }
        let all = points(&others, count, SEEDS[0]).into_iter().zip(of_laws);
        Self(all.map(|(others, laws)| [others, laws].concat()).collect())
    }
}

/// The parameters that are drawn: those with a range that no hypothesis set changes.
fn drawn() -> impl Iterator<Item = &'static ParameterInfo> {
    PARAMETER_TABLE.iter().filter(|entry| {
        let of_a_set = entry.conservative_value.is_some();
        entry.kind == ParameterKind::Biology && !of_a_set && entry.low.zip(entry.high).is_some()
    })
}

/// True of the parameters of the two growth laws: any of them may differ, but together they must
/// give the natural course that cohorts found.
fn is_growth_law(entry: &ParameterInfo) -> bool {
    let name = entry.name;
    name.starts_with("coronary_") || name.starts_with("aortic_") || name == "calcification_exponent"
}

/// Points of a Latin hypercube over the ranges of some parameters.
fn points(
    entries: &[&'static ParameterInfo],
    count: usize,
    seed: u64,
) -> Vec<Vec<(&'static str, f64)>> {
    let method = SamplingMethod::LatinHypercube;
    let design = Design::new(method, seed, count as u64, entries.len());
    let value = |(entry, share): (&&'static ParameterInfo, f64)| {
        let (low, high) = entry.low.zip(entry.high)?;
        Some((entry.name, low + share * (high - low)))
    };
    let point = |number| {
        let shares = design.as_ref().map(|design| design.point(number)).unwrap_or_default();
        entries.iter().zip(shares).filter_map(value).collect()
    };
    (0..count as u64).map(point).collect()
}

/// The arms of trials that followed arteries without treatment, each with what was observed.
fn natural_courses(trials: &[Trial]) -> Vec<(Arm, &Trial, f64)> {
    let arteries = ["cac_agatston", "aortic_calcium_mg"];
    let natural = trials.iter().filter(|trial| {
        let untreated = trial.doses.iter().all(|(_, amount)| *amount == 0.0);
        trial.comparison == Comparison::End
            && untreated
            && arteries.contains(&trial.read_out.name())
    });
    let arm =
        |trial: &Trial| trial.loaded(None).ok()?.arms.into_iter().find(|arm| arm.name == TREATED);
    natural.filter_map(|trial| Some((arm(trial)?, trial, trial.observed?))).collect()
}

fn agrees(
    point: &[(&'static str, f64)],
    cohorts: &[(Arm, &Trial, f64)],
    watch: &(dyn Fn() -> bool + Sync),
) -> bool {
    if !watch() {
        return false;
    }
    let arms: Vec<Arm> = cohorts.iter().map(|(arm, ..)| with(arm, point)).collect();
    let runs = run(&arms, &RowSelection::Around(Vec::new()), watch);
    cohorts.iter().zip(&runs).all(|((_, trial, observed), run)| {
        let last = run.trajectory.rows.last().filter(|_| run.failure.is_none());
        let value = last.map(|row| trial.read_out.value(row));
        value.is_some_and(|value| (1.0 / NEAR..=NEAR).contains(&(value / observed)))
    })
}

/// The arm with drawn parameters, but for those that its file sets.
fn with(arm: &Arm, point: &[(&'static str, f64)]) -> Arm {
    let mut drawn = arm.clone();
    for (name, value) in point {
        let is_set = arm.parameter_changes.iter().any(|(own, _)| own == name);
        if let Some(own) = drawn.parameters.get_mut(name).filter(|_| !is_set) {
            *own = *value;
        }
    }
    drawn
}

fn run(arms: &[Arm], rows: &RowSelection, watch: &(dyn Fn() -> bool + Sync)) -> Vec<ArmRun> {
    let options = Options { relative_tolerance: TOLERANCE, ..Options::default() };
    run_arms(arms, PastCache::of_process(), rows, &options, &|| watch())
}

/// Adds to a statement how many draws give its outcome in each set, if tests decide it.
///
/// Adds nothing if `watch` ended the runs.
pub(crate) fn add_robustness(
    judged: &mut Judged,
    draws: &Draws,
    watch: &(dyn Fn() -> bool + Sync),
) {
    if judged.file.statement.decided_by != DecidedBy::Claims {
        return;
    }
    for own in &mut judged.sets {
        own.robustness = robustness(own, draws, watch);
    }
    if !watch() {
        judged.sets.iter_mut().for_each(|own| own.robustness = None);
    }
}

fn robustness(own: &InSet, draws: &Draws, watch: &(dyn Fn() -> bool + Sync)) -> Option<Robustness> {
    let scenario = &own.run.scenario;
    let rows = rows_of(scenario)?;
    let batches: Vec<_> = draws.0.chunks(BATCH).collect();
    let same = threads::map(0..batches.len(), |batch| {
        let points = batches.get(batch).copied().unwrap_or_default();
        if !watch() {
            return 0;
        }
        let same = outcomes(scenario, points, &rows, watch).into_iter();
        same.filter(|outcome| outcome.agrees(own.outcome)).count()
    });
    Some(Robustness { same: same.into_iter().sum(), of: draws.0.len() })
}

/// The outcome of each draw.
fn outcomes(
    scenario: &Scenario,
    points: &[Vec<(&'static str, f64)>],
    rows: &RowSelection,
    watch: &(dyn Fn() -> bool + Sync),
) -> Vec<Outcome> {
    let drawn =
        |point: &Vec<_>| scenario.arms.iter().map(|arm| with(arm, point)).collect::<Vec<_>>();
    let arms: Vec<Arm> = points.iter().flat_map(drawn).collect();
    let runs = run(&arms, rows, watch);
    runs.chunks(scenario.arms.len().max(1)).map(|runs| outcome(scenario, runs)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::SHIPPED;
    use crate::storage::evidence_table;

    #[test]
    fn draws_lie_in_their_ranges_and_growth_laws_agree_with_cohorts() {
        let trials = evidence_table::read(SHIPPED.0, SHIPPED.1).unwrap();
        let cohorts = natural_courses(&trials);
        assert_eq!(cohorts.len(), 6, "five classes of Heinz Nixdorf Recall, and the aorta");
        let draws = Draws::new(8, &trials, &|| true);
        assert_eq!(draws.0.len(), 8);
        for draw in &draws.0 {
            assert!(draw.len() > 150, "{}", draw.len());
            for (name, value) in draw {
                let entry = crate::parameters::parameter_info(name).unwrap();
                let (low, high) = (entry.low.unwrap(), entry.high.unwrap());
                assert!((low..=high).contains(value), "{name} = {value}");
                assert_eq!(entry.conservative_value, None, "{name} belongs to a set");
            }
            let laws = draw.iter().copied().filter(|(name, _)| {
                is_growth_law(crate::parameters::parameter_info(name).unwrap())
            });
            assert!(agrees(&laws.collect::<Vec<_>>(), &cohorts, &|| true));
        }
        let again = Draws::new(8, &trials, &|| true);
        assert_eq!(draws.0, again.0, "the same draws each time");
        // A wall that grows ten times as fast agrees with no cohort.
        assert!(!agrees(&[("coronary_growth_agatston_per_year", 90.0)], &cohorts, &|| true));
    }

    #[test]
    fn what_a_file_sets_is_not_drawn() {
        let text = "duration = \"1 year\"\n[parameters]\nmgp_time_days = 15\n";
        let scenario = Scenario::parse(text).unwrap();
        let drawn = with(&scenario.arms[0], &[("mgp_time_days", 6.0), ("pth_steepness", 20.0)]);
        assert_eq!((drawn.parameters.mgp_time_days, drawn.parameters.pth_steepness), (15.0, 20.0));
    }
}
