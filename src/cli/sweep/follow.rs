//! Runs some samples of a sweep once more, with all their rows, so that their courses can be drawn.

use crate::cli::interrupt;
use crate::physiology::quantities::Quantity;
use crate::plots::sweeps::{CourseData, FOLLOWED, MOST_ARMS, MOST_QUANTITIES, SweepData};
use crate::scenario::Arm;
use crate::simulation::{ArmRun, Rows};
use crate::sweep::Sweep;
use crate::sweep::engine::Engine;
use crate::sweep::sampling::Design;

/// Samples that run side by side; few, because each keeps all its rows.
const AT_ONCE: usize = 8;
/// Days of a course at which its values are kept, at most.
const MOST_DAYS: u32 = 120;

/// The courses of evenly chosen samples at the first point of the grid.
pub fn follow(sweep: &Sweep, data: &SweepData, engine: &dyn Engine) -> Vec<CourseData> {
    let quantities = followed(data);
    let samples = sweep.plan.design.as_ref().map_or(1, Design::count);
    let points = sweep.plan.grid_points().unwrap_or(1).max(1);
    let count = samples.min(FOLLOWED);
    let chosen: Vec<u64> =
        (0..count).map(|index| index * (samples - 1) / (count - 1).max(1)).collect();
    let arms = sweep.arms(&sweep.base).unwrap_or_default();
    let days = days(&arms);
    let mut courses: Vec<CourseData> = quantities
        .iter()
        .flat_map(|quantity| {
            (0..arms.len().min(MOST_ARMS)).map(|arm| CourseData {
                arm,
                quantity,
                days: days.clone(),
                lines: Vec::new(),
            })
        })
        .collect();
    for batch in chosen.chunks(AT_ONCE) {
        if interrupt::requested() {
            break;
        }
        for runs in batch_runs(sweep, batch, points, engine) {
            for course in &mut courses {
                let done = runs.get(course.arm).filter(|run| run.failure.is_none());
                let Some(run) = done else { continue };
                let at = |day: &f64| run.trajectory.at(course.quantity, *day).unwrap_or(f64::NAN);
                let line = course.days.iter().map(at).collect();
                course.lines.push(line);
            }
        }
    }
    courses
}

/// The arms of each sample, run once more; samples that cannot be resolved are left out.
fn batch_runs(
    sweep: &Sweep,
    samples: &[u64],
    points: u64,
    engine: &dyn Engine,
) -> Vec<Vec<ArmRun>> {
    let arms = samples.iter().filter_map(|sample| {
        let values = sweep.plan.values(sample * points);
        sweep.arms(&sweep.overrides(&values)).ok()
    });
    let arms: Vec<Vec<Arm>> = arms.collect();
    let all: Vec<Arm> = arms.iter().flatten().cloned().collect();
    let mut results = engine.run(&all, &Rows::All, &|| !interrupt::requested()).into_iter();
    arms.iter().map(|arms| results.by_ref().take(arms.len()).collect()).collect()
}

/// What the outcomes are about, arteries and bones first.
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
