//! Runs some samples of a sweep once more, with all their rows, so that their courses can be drawn.

use crate::charts::sweeps::{CourseData, FOLLOWED, MOST_ARMS, MOST_QUANTITIES, SweepData};
use crate::error::defect::OrDefect as _;
use crate::physiology::quantities::Quantity;
use crate::scenario::Arm;
use crate::simulation::{ArmRun, RowSelection};
use crate::sweep::Sweep;
use crate::sweep::sampling::Design;
use crate::threads;

/// Samples that run at once; few, because each keeps all its rows.
const AT_ONCE: usize = 8;
/// Days of a course at which its values are kept, at most.
const MOST_DAYS: u32 = 120;

/// The courses of evenly chosen samples at the first point of the grid; `go_on` is asked now and
/// then, `false` ends them.
pub(crate) fn follow(
    sweep: &Sweep,
    data: &SweepData,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Vec<CourseData> {
    let quantities = followed(data);
    let samples = sweep.plan.design.as_ref().map_or(1, Design::count);
    let points = sweep.plan.grid_points().or_defect("a grid that was not checked");
    let count = samples.min(FOLLOWED);
    let chosen: Vec<u64> =
        (0..count).map(|index| index * (samples - 1) / (count - 1).max(1)).collect();
    let arms = sweep.arms(&sweep.base).unwrap_or_default();
    let days = days(&arms);
    let followed_arms = followed_arms(data, &arms);
    let mut courses: Vec<CourseData> = quantities
        .iter()
        .flat_map(|quantity| {
            followed_arms.iter().map(|arm| CourseData {
                arm: *arm,
                quantity,
                days: days.clone(),
                lines: Vec::new(),
            })
        })
        .collect();
    let batches: Vec<&[u64]> = chosen.chunks(AT_ONCE).collect();
    let lines = threads::map(0..batches.len(), |at| {
        let batch = batches.get(at).copied().or_defect("a batch that does not exist");
        let runs = batch_runs(sweep, batch, points, go_on);
        runs.iter().flat_map(|runs| lines_of(runs, &courses)).collect::<Vec<_>>()
    });
    // In the order of samples, whichever thread was first.
    for (at, line) in lines.into_iter().flatten() {
        if let Some(course) = courses.get_mut(at) {
            course.lines.push(line);
        }
    }
    courses
}

/// The values of one sample's arms for each course, with the course's position.
fn lines_of(runs: &[ArmRun], courses: &[CourseData]) -> Vec<(usize, Vec<f64>)> {
    let line = |(at, course): (usize, &CourseData)| {
        let run = runs.get(course.arm).filter(|run| run.failure.is_none())?;
        let value = |day: &f64| run.trajectory.at(course.quantity, *day).unwrap_or(f64::NAN);
        Some((at, course.days.iter().map(value).collect()))
    };
    courses.iter().enumerate().filter_map(line).collect()
}

/// The arms of each sample, run once more; samples that cannot be resolved are left out.
fn batch_runs(
    sweep: &Sweep,
    samples: &[u64],
    points: u64,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Vec<Vec<ArmRun>> {
    let arms = samples.iter().map(|sample| {
        let values = sweep.plan.values(sample * points);
        sweep.arms(&sweep.overrides(&values))
    });
    let runs = sweep.run_all(arms.collect(), &RowSelection::All, go_on);
    runs.into_iter().flatten().map(|(_, results)| results).collect()
}

/// The arms that are drawn: those of the outcomes before others, in the order of the file.
fn followed_arms(data: &SweepData, arms: &[Arm]) -> Vec<usize> {
    let about = data.outcomes.iter().filter_map(|outcome| outcome.about.as_ref());
    let named: Vec<&String> =
        about.flat_map(|about| std::iter::once(&about.arm).chain(&about.reference_arm)).collect();
    let mut all: Vec<usize> = (0..arms.len()).collect();
    let is_named = |at: &usize| arms.get(*at).is_some_and(|arm| named.contains(&&arm.name));
    all.sort_by_key(|at| !is_named(at));
    all.truncate(MOST_ARMS);
    all.sort_unstable();
    all
}

/// The quantities of the outcomes, arteries and bones first.
fn followed(data: &SweepData) -> Vec<&'static Quantity> {
    let mut outcomes: Vec<_> = data.outcomes.iter().collect();
    outcomes.sort_by_key(|outcome| match outcome {
        artery if artery.is_artery() => 0,
        bone if bone.is_bone() => 1,
        _ => 2,
    });
    let mut found: Vec<&'static Quantity> = Vec::new();
    for about in outcomes.iter().filter_map(|outcome| outcome.about.as_ref()) {
        if found.len() < MOST_QUANTITIES && !found.contains(&about.quantity) {
            found.push(about.quantity);
        }
    }
    found
}

/// Evenly spaced days from the start to the end of the longest arm.
fn days(arms: &[Arm]) -> Vec<f64> {
    let last = arms.iter().map(|arm| arm.duration_days).fold(0.0, f64::max);
    (0..=MOST_DAYS).map(|index| last * f64::from(index) / f64::from(MOST_DAYS)).collect()
}
