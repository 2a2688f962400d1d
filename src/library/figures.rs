//! Figures of a run.

use crate::charts::{FigureKind, draw};
use crate::error::suggest::did_you_mean;
use crate::library::run::Run;
use crate::nutrition::schedule::{Dose, doses};
use crate::plots::{ArmData, Figure, FigureError, Subject};
use crate::scenario::{Arm, Phase};
use crate::words::people;

impl Run {
    /// Draws a figure: `paradox`, `timeline`, `body`, `fate`, `kinetics`, `day`.
    ///
    /// # Errors
    /// There is no such figure, an arm ended early, or it could not be drawn.
    pub fn figure(&self, name: &str) -> Result<Figure, FigureError> {
        let kind = FigureKind::by_name(name).ok_or_else(|| {
            let names: Vec<&str> = FigureKind::all().map(FigureKind::name).collect();
            let help = format!(
                "{}figures: {}",
                did_you_mean(name, names.iter().copied()),
                names.join(", ")
            );
            FigureError::Unknown { name: name.to_owned(), help }
        })?;
        if let Some(failure) = self.failures().next() {
            return Err(FigureError::Incomplete(failure.clone()));
        }
        self.with_subject(|subject| self.draw(kind, subject))
    }

    /// Draws a figure; the first one has the author's title, if the scenario has one.
    pub(crate) fn draw(
        &self,
        kind: FigureKind,
        subject: &Subject<'_>,
    ) -> Result<Figure, FigureError> {
        let is_first = self.figure_kinds(subject).first() == Some(&kind);
        draw(kind, subject, self.headline().filter(|_| is_first))
    }

    /// The names of the figures that suit the run, or that its scenario wants.
    #[must_use]
    pub fn figure_names(&self) -> Vec<&'static str> {
        let kinds = self.with_subject(|subject| self.figure_kinds(subject));
        kinds.into_iter().map(FigureKind::name).collect()
    }

    /// What the scenario wants, or the usual figures.
    pub(crate) fn figure_kinds(&self, subject: &Subject<'_>) -> Vec<FigureKind> {
        let wanted = &self.scenario.figures.draw;
        if wanted.is_empty() {
            return FigureKind::usual_for(subject);
        }
        wanted.iter().filter_map(|name| FigureKind::by_name(name)).collect()
    }

    /// Hands over what figures draw.
    pub(crate) fn with_subject<T>(&self, of: impl FnOnce(&Subject<'_>) -> T) -> T {
        let doses: Vec<Vec<Dose>> = self.scenario.arms.iter().map(arm_doses).collect();
        of(&subject(self, &doses))
    }
}

fn arm_doses(arm: &Arm) -> Vec<Dose> {
    doses(arm.resolution, &arm.meals, &arm.regimens, arm.duration_days, arm.seed)
}

fn subject<'a>(run: &'a Run, doses: &'a [Vec<Dose>]) -> Subject<'a> {
    let scenario = &run.scenario;
    let first_changes = scenario.arms.first().map(|arm| &arm.parameter_changes);
    let arms = run.arms().zip(doses).map(|((arm, result), doses)| ArmData {
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
        person: people::person(&scenario.arms),
        hypothesis: people::hypotheses(&scenario.arms),
        arms: arms.collect(),
        start_age_years: first_age.filter(|first| ages.all(|age| age == *first)),
        timeline: &scenario.figures.timeline,
        compare: scenario.compare,
    }
}

/// Start day, calcium of the diet and of supplements \[mg/d\] of each phase.
fn calcium_intake(arm: &Arm) -> Vec<(f64, f64, f64)> {
    let phase = |phase: &Phase| {
        let inputs = phase.inputs;
        (phase.start_day, inputs.calcium_diet_mg_per_day, inputs.calcium_supplement_mg_per_day)
    };
    arm.phases.iter().map(phase).collect()
}
