//! Draws the figures of all scenarios, two at a time.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::charts::{self, FigureKind};
use crate::cli::run::finished::FinishedRun;
use crate::cli::session::interrupt;
use crate::cli::words;
use crate::nutrition::schedule::{Dose, doses};
use crate::plots::{ArmData, Subject};
use crate::scenario::Arm;
use crate::storage::figure_files::FigureFiles;

/// A figure needs tens of megabytes while it is drawn.
const AT_A_TIME: usize = 2;

/// Draws what each complete run wants, or the usual figures; failures are kept beside.
pub(crate) fn draw_all(finished: &mut [FinishedRun]) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(AT_A_TIME).build() else { return };
    for run in finished.iter_mut().filter(|run| run.is_complete()) {
        let drawn = pool.install(|| draw(run));
        for figure in drawn {
            match figure {
                Ok(figure) => run.figures.push(figure),
                Err(failure) => run.figure_failures.push(failure),
            }
        }
    }
}

fn draw(run: &FinishedRun) -> Vec<Result<FigureFiles, String>> {
    let doses: Vec<Vec<Dose>> = run.file.scenario.arms.iter().map(arm_doses).collect();
    let subject = subject(run, &doses);
    let wanted = &run.file.scenario.figures.draw;
    let kinds: Vec<FigureKind> = if wanted.is_empty() {
        FigureKind::usual_for(&subject)
    } else {
        wanted.iter().filter_map(|name| FigureKind::by_name(name)).collect()
    };
    let draw_one = |kind: FigureKind| {
        if interrupt::requested() {
            return None;
        }
        let failed = |failure| format!("figure \"{}\": {failure}", kind.name());
        Some(charts::draw(kind, &subject).and_then(FigureFiles::of).map_err(failed))
    };
    kinds.into_par_iter().filter_map(draw_one).collect()
}

fn arm_doses(arm: &Arm) -> Vec<Dose> {
    doses(arm.resolution, &arm.meals, &arm.regimens, arm.duration_days, arm.seed)
}

fn subject<'a>(run: &'a FinishedRun, doses: &'a [Vec<Dose>]) -> Subject<'a> {
    let scenario = &run.file.scenario;
    let first_changes = scenario.arms.first().map(|arm| &arm.parameter_changes);
    let arms = run.arms().zip(doses).map(|((arm, result), doses)| ArmData {
        name: &arm.name,
        label: &arm.label,
        trajectory: &result.trajectory,
        doses,
        calcium_intake: calcium_intake(arm),
        what_if: Some(&arm.parameter_changes) != first_changes,
    });
    let mut ages = scenario.arms.iter().map(|arm| arm.person.start_age_years);
    let first_age = ages.next();
    Subject {
        title: &scenario.title,
        scenario: &scenario.name,
        person: words::person(scenario),
        hypothesis: words::hypotheses(scenario),
        arms: arms.collect(),
        start_age_years: first_age.filter(|first| ages.all(|age| age == *first)),
        timeline: &scenario.figures.timeline,
    }
}

/// Start day, calcium of the diet and of supplements \[mg/d\] of each phase.
fn calcium_intake(arm: &Arm) -> Vec<(f64, f64, f64)> {
    let phase = |phase: &crate::scenario::Phase| {
        let inputs = phase.inputs;
        (phase.start_day, inputs.calcium_diet_mg_per_day, inputs.calcium_supplement_mg_per_day)
    };
    arm.phases.iter().map(phase).collect()
}
