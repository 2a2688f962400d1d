//! Figures of runs, sweeps and sensitivity analyses.

use crate::charts::chart::Chart;
use crate::charts::kinds::{OF_SWEEPS, SensitivityFigure, SweepKind};
use crate::charts::sensitivity::Findings;
use crate::charts::sweeps::{Circumstances, SweepData};
use crate::charts::{FigureKind, draw};
use crate::error::suggest::did_you_mean;
use crate::library::courses::follow;
use crate::library::run::Run;
use crate::library::sensitivity::SensitivityRun;
use crate::library::sweep::SweepRun;
use crate::nutrition::schedule::{Dose, doses};
use crate::plots::{ArmData, Figure, FigureError, Subject};
use crate::scenario::{Arm, Phase};
use crate::sweep::Sweep;
use crate::sweep::lane_engine::LaneEngine;
use crate::words::people;

impl Run {
    /// Draws a figure: `paradox`, `timeline`, `body`, `fate`, `kinetics`, `day`.
    ///
    /// # Errors
    /// There is no such figure, an arm ended early, or it could not be drawn.
    pub fn figure(&self, name: &str) -> Result<Figure, FigureError> {
        let kind = FigureKind::by_name(name)
            .ok_or_else(|| unknown(name, FigureKind::all().map(FigureKind::name)))?;
        if let Some(failure) = self.failures().next() {
            return Err(FigureError::Incomplete(failure.clone()));
        }
        self.with_subject(|subject| self.draw(kind, subject))
    }

    /// Draws a figure.
    pub(crate) fn draw(
        &self,
        kind: FigureKind,
        subject: &Subject<'_>,
    ) -> Result<Figure, FigureError> {
        draw(kind, subject, self.title_of(kind, subject))
    }

    /// The author's title, which the first figure has, if there is one.
    fn title_of(&self, kind: FigureKind, subject: &Subject<'_>) -> Option<String> {
        let is_first = self.figure_kinds(subject).first() == Some(&kind);
        self.headline().filter(|_| is_first)
    }

    /// The figures of the run as data, in their order.
    pub(crate) fn charts(&self) -> Vec<(&'static str, Chart)> {
        self.with_subject(|subject| {
            let chart = |kind: FigureKind| kind.titled(subject, self.title_of(kind, subject));
            self.figure_kinds(subject).into_iter().map(|kind| (kind.name(), chart(kind))).collect()
        })
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

/// The error of a name that is none of these.
fn unknown(name: &str, names: impl Iterator<Item = &'static str>) -> FigureError {
    let names: Vec<&str> = names.collect();
    let meant = did_you_mean(name, names.iter().copied());
    let help = format!("{meant}figures: {}", names.join(", "));
    FigureError::Unknown { name: name.to_owned(), help }
}

impl SweepRun {
    /// Draws a figure: `dose_response`, `map`, `small_multiples`, `differences`, `spaghetti`,
    /// `answers`. `spaghetti` runs some samples once more.
    ///
    /// # Errors
    /// There is no such figure, the sweep was stopped, or it could not be drawn.
    pub fn figure(&self, name: &str) -> Result<Figure, FigureError> {
        let names = || OF_SWEEPS.iter().map(|kind| kind.name);
        let kind = SweepKind::by_name(name).ok_or_else(|| unknown(name, names()))?;
        if !self.is_complete() {
            return Err(FigureError::Stopped);
        }
        let mut data = sweep_data(&self.sweep);
        let slot = |run| data.selection.slot(run);
        data.fill(self.columns(&data.columns(), slot, data.selection.slots()));
        if kind.with_courses {
            let engine = LaneEngine::of(&self.sweep).map_err(FigureError::Drawing)?;
            data.courses = follow(&self.sweep, &data, &engine, &|| true);
        }
        kind.draw(&data)
    }

    /// The names of the figures that suit the sweep, or that its file wants.
    #[must_use]
    pub fn figure_names(&self) -> Vec<&'static str> {
        let kinds = sweep_kinds(&self.sweep, &sweep_data(&self.sweep));
        kinds.into_iter().map(|kind| kind.name).collect()
    }
}

/// What figures of a sweep draw, without the numbers.
pub(crate) fn sweep_data(sweep: &Sweep) -> SweepData {
    let arms = sweep.arms(&sweep.base).unwrap_or_default();
    let circumstances = Circumstances {
        hypothesis: people::hypotheses(&arms),
        person: people::person(&arms),
        arms: arms.iter().map(|arm| (arm.name.clone(), arm.label.clone())).collect(),
        own: sweep.plan.axes.iter().map(|axis| axis.dial.value(&arms)).collect(),
    };
    SweepData::of(sweep, circumstances)
}

/// What the sweep file wants, or the usual figures.
pub(crate) fn sweep_kinds(sweep: &Sweep, data: &SweepData) -> Vec<&'static SweepKind> {
    if sweep.figures.is_empty() {
        return SweepKind::usual_for(data);
    }
    sweep.figures.iter().filter_map(|name| SweepKind::by_name(name)).collect()
}

impl SensitivityRun {
    /// Draws a figure: `tornado`, `sobol` or `morris` of the outcome with this name, or `grades` of
    /// all outcomes (`None`).
    ///
    /// # Errors
    /// There is no such figure or outcome, or it could not be drawn.
    pub fn figure<'a>(
        &self,
        name: &str,
        outcome: impl Into<Option<&'a str>>,
    ) -> Result<Figure, FigureError> {
        let findings = Findings::of(&self.sensitivity, &self.indices);
        let outcome = outcome.into();
        let told = |figure: &SensitivityFigure| {
            let at = figure.outcome().and_then(|at| self.sensitivity.outcome_names().nth(at));
            (figure.name(), at)
        };
        let all = SensitivityFigure::all(&findings);
        let found = all.iter().find(|figure| told(figure) == (name, outcome));
        let figure = found.ok_or_else(|| {
            let names = all.iter().map(|figure| match told(figure) {
                (name, Some(outcome)) => format!("{name} of {outcome}"),
                (name, None) => name.to_owned(),
            });
            let help = format!("figures: {}", names.collect::<Vec<_>>().join(", "));
            let of = outcome.map_or_else(String::new, |outcome| format!(" of {outcome}"));
            FigureError::Unknown { name: format!("{name}{of}"), help }
        })?;
        figure.draw(&findings)
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
