//! Figures of runs, sweeps and sensitivity analyses.

use std::borrow::Cow;

use crate::charts::chart::{Chart, Panel, Picture};
use crate::charts::kinds::{OF_RUNS, OF_SWEEPS, RunKind, SensitivityFigure, SweepKind};
use crate::charts::layout;
use crate::charts::sensitivity::Findings;
use crate::charts::sweeps::{Circumstances, SweepData};
use crate::error::problem::{Problem, Severity};
use crate::error::suggest::did_you_mean;
use crate::library::arm_looks::looks;
use crate::library::courses::follow;
use crate::library::run::Run;
use crate::library::sensitivity::SensitivityRun;
use crate::library::sweep::SweepRun;
use crate::nutrition::schedule::{Dose, doses};
use crate::plots::{ArmData, Figure, FigureError, Observed, Subject, Told};
use crate::scenario::claims::Reading;
use crate::scenario::claims::sentence::{Part, RunNumber, Sentence};
use crate::scenario::figures::FigureRequest;
use crate::scenario::observations::Observation;
use crate::scenario::{Arm, Phase, Scenario};
use crate::sweep::Sweep;
use crate::trajectory::{Row, Trajectory};
use crate::words::people;

impl Run {
    /// Draws a figure: `paradox`, `timeline`, `body`, `fate`, `kinetics`, `day`.
    ///
    /// # Errors
    /// There is no such figure, an arm ended early, or it could not be drawn.
    pub fn figure(&self, name: &str) -> Result<Figure, FigureError> {
        if let Some(failure) = self.failures().next() {
            return Err(FigureError::Incomplete(failure.clone()));
        }
        self.draw(&FigureRequest::plain(name))
    }

    /// Draws a figure as it is wanted; the first one has the author's title, if the scenario has one.
    pub(crate) fn draw(&self, wanted: &FigureRequest) -> Result<Figure, FigureError> {
        let chart = Chart { look: wanted.look, ..self.chart(wanted)? };
        layout::figure(&chart, kind_of(wanted)?.name)
    }

    /// The author's title of this figure, or that of the run, which the first figure has.
    fn title_of(&self, wanted: &FigureRequest) -> Option<String> {
        self.told(self.headline_of(wanted)?)
    }

    fn headline_of<'a>(&'a self, wanted: &'a FigureRequest) -> Option<&'a Sentence<RunNumber>> {
        wanted.headline.as_ref().or_else(|| {
            let own = self.scenario.headline.as_ref()?;
            (self.figure_requests().first() == Some(wanted)).then_some(own)
        })
    }

    /// The points of curves that the author's title of this figure tells.
    fn points_of_title<'a>(
        &'a self,
        wanted: &'a FigureRequest,
        shown: &[ShownArm<'_>],
    ) -> Vec<Told> {
        let headline = if wanted.kind.is_empty() { None } else { self.headline_of(wanted) };
        let mut readings = Vec::new();
        for part in headline.into_iter().flat_map(|headline| &headline.parts) {
            match part {
                Part::Number(RunNumber::Value(expression)) => expression.readings(&mut readings),
                Part::Number(RunNumber::Claim(position)) => {
                    let claim = self.scenario.claims.get(*position);
                    claim.into_iter().for_each(|claim| claim.comparison.readings(&mut readings));
                }
                Part::Text(_) => {}
            }
        }
        let days = |reading: &'a Reading| reading.days().into_iter().map(move |day| (reading, day));
        let told = readings.into_iter().flat_map(days).filter_map(|(reading, day)| {
            let arm = shown.iter().position(|shown| shown.arm.name == reading.arm)?;
            let rows = &shown.get(arm)?.trajectory.rows;
            let row = between(rows, day.unwrap_or(f64::INFINITY))?;
            let (day, value) = (row.time_days, row.value(reading.quantity.column));
            Some(Told { arm, quantity: reading.quantity, day, value })
        });
        told.filter(|told| told.value.is_finite()).collect()
    }

    /// The figures of the run as data, each with the name of its files, in their order.
    pub(crate) fn charts(&self) -> Vec<(String, Chart)> {
        let wanted = self.figure_requests().into_iter();
        let chart = |wanted: FigureRequest| {
            let chart = self.chart(&wanted).ok()?;
            Some((wanted.name, chart))
        };
        wanted.filter_map(chart).collect()
    }

    /// A warning for each panel of which the wished limits leave nothing.
    pub(crate) fn warnings_of_limits(&self) -> Vec<Problem> {
        let limited = self.scenario.figures.figures.iter().filter(|one| !one.limits.is_empty());
        let warnings = limited.filter_map(|wanted| {
            let chart = self.chart(wanted).ok()?;
            let Picture::Panels { panels, .. } = chart.picture else { return None };
            let blank = panels.iter().filter(|panel| panel.is_blank());
            let message = |panel: &Panel| {
                let of = match panel.heading.as_str() {
                    "" => String::new(),
                    heading => format!(" of “{heading}”"),
                };
                let words = format!("nothing{of} lies within these limits: the chart is empty");
                let help = "take the limits out to see where the values lie";
                let span = wanted.limits_span.clone();
                Problem { span, severity: Severity::Warning, ..Problem::without_span(words, help) }
            };
            Some(blank.map(message).collect::<Vec<_>>())
        });
        warnings.flatten().collect()
    }

    /// A figure as data.
    /// Errors: There is no such figure.
    pub(crate) fn chart(&self, wanted: &FigureRequest) -> Result<Chart, FigureError> {
        let (kind, title) = (kind_of(wanted)?, self.title_of(wanted));
        Ok(self.with_subject(wanted, |subject| (kind.chart)(subject).titled(title)))
    }

    /// The names of the figures that suit the run, or that its scenario wants.
    #[must_use]
    pub fn figure_names(&self) -> Vec<&'static str> {
        let wanted = self.figure_requests().into_iter();
        each_once(wanted.filter_map(|wanted| Some(RunKind::by_name(&wanted.kind)?.name)))
    }

    /// What the scenario wants, or the usual figures.
    pub(crate) fn figure_requests(&self) -> Vec<FigureRequest> {
        let plan = &self.scenario.figures;
        if plan.draw.is_empty() && plan.figures.is_empty() {
            let usual = self.with_subject(&FigureRequest::default(), RunKind::usual_for);
            return usual.into_iter().map(|kind| FigureRequest::plain(kind.name)).collect();
        }
        let drawn = plan.draw.iter().map(|kind| FigureRequest::plain(kind));
        drawn.chain(plan.figures.iter().cloned()).collect()
    }

    /// Hands over what a figure draws.
    pub(crate) fn with_subject<T>(
        &self,
        wanted: &FigureRequest,
        of: impl FnOnce(&Subject<'_>) -> T,
    ) -> T {
        let looks = looks(&self.scenario.arms);
        let arms = self.arms().zip(looks);
        let shown = |arm: &Arm| wanted.arms.is_empty() || wanted.arms.contains(&arm.name);
        let shown: Vec<ShownArm<'_>> = arms
            .filter(|((arm, _), _)| shown(arm))
            .map(|((arm, run), look)| ShownArm {
                arm,
                trajectory: part(&run.trajectory, wanted.period),
                doses: doses(
                    arm.resolution,
                    &arm.meals,
                    &arm.regimens,
                    arm.duration_days,
                    arm.seed,
                ),
                look,
            })
            .collect();
        let told = self.points_of_title(wanted, &shown);
        of(&Subject { told, ..subject(&self.scenario, &shown, wanted) })
    }
}

/// An arm of a figure.
struct ShownArm<'a> {
    arm: &'a Arm,
    trajectory: Cow<'a, Trajectory>,
    doses: Vec<Dose>,
    look: usize,
}

/// The rows of a period, with one at each of its ends; or all.
fn part(trajectory: &Trajectory, period: Option<(f64, f64)>) -> Cow<'_, Trajectory> {
    let Some((from, to)) = period else { return Cow::Borrowed(trajectory) };
    let all = trajectory.rows.as_slice();
    let inner = all.iter().filter(|row| row.time_days > from && row.time_days < to).cloned();
    let rows = between(all, from).into_iter().chain(inner).chain(between(all, to));
    let Trajectory { work, complete, .. } = *trajectory;
    Cow::Owned(Trajectory { rows: rows.collect(), work, complete })
}

/// The row of a day, straight between its neighbors; the last one a trifle later.
fn between(rows: &[Row], day: f64) -> Option<Row> {
    let after = rows.iter().position(|row| row.time_days >= day).unwrap_or(rows.len());
    let Some(next) = rows.get(after) else { return rows.last().cloned() };
    let before = after.checked_sub(1).and_then(|index| rows.get(index));
    let Some(before) = before.filter(|_| next.time_days > day) else { return Some(next.clone()) };
    let share = (day - before.time_days) / (next.time_days - before.time_days);
    let mut row = Row { time_days: day, ..before.clone() };
    let mix = |all: &mut [f64], next: &[f64]| {
        all.iter_mut().zip(next).for_each(|(value, next)| *value += share * (next - *value));
    };
    mix(&mut row.states, &next.states);
    mix(&mut row.flows, &next.flows);
    mix(&mut row.read_outs, &next.read_outs);
    Some(row)
}

fn kind_of(wanted: &FigureRequest) -> Result<&'static RunKind, FigureError> {
    let names = || OF_RUNS.iter().map(|kind| kind.name);
    RunKind::by_name(&wanted.kind).ok_or_else(|| unknown(&wanted.kind, names()))
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
        let mut data = self.data();
        if kind.with_courses {
            self.sweep.integrate_pasts().map_err(FigureError::Drawing)?;
            data.courses = follow(&self.sweep, &data, &|| true);
        }
        layout::figure(&(kind.chart)(&data), kind.name)
    }

    /// What figures draw, without courses.
    pub(crate) fn data(&self) -> SweepData {
        let mut data = sweep_data(&self.sweep);
        let slot = |run| data.selection.slot(run);
        data.fill(self.columns(&data.columns(), slot, data.selection.slots()));
        data
    }

    /// The names of the figures that suit the sweep, or that its file wants.
    #[must_use]
    pub fn figure_names(&self) -> Vec<&'static str> {
        let figures = sweep_figures(&self.sweep, &sweep_data(&self.sweep)).into_iter();
        each_once(figures.map(|(_, kind)| kind.name))
    }
}

fn each_once(names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut once = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// What figures of a sweep draw, without the numbers.
pub(crate) fn sweep_data(sweep: &Sweep) -> SweepData {
    let arms = sweep.arms(&sweep.base).unwrap_or_default();
    let circumstances = Circumstances {
        hypothesis: people::hypotheses(&arms),
        person: people::person(&arms),
        arms: arms.iter().map(|arm| (arm.name.clone(), arm.label.clone())).collect(),
        looks: looks(&arms),
        own: sweep.plan.axes.iter().map(|axis| axis.dial.value(&arms)).collect(),
    };
    SweepData::of(sweep, circumstances)
}

/// What the sweep file wants, or the usual figures.
pub(crate) fn sweep_figures(
    sweep: &Sweep,
    data: &SweepData,
) -> Vec<(FigureRequest, &'static SweepKind)> {
    if sweep.figures.is_empty() {
        let usual = SweepKind::usual_for(data).into_iter();
        return usual.map(|kind| (FigureRequest::plain(kind.name), kind)).collect();
    }
    let of_kind =
        |wanted: &FigureRequest| Some((wanted.clone(), SweepKind::by_name(&wanted.kind)?));
    sweep.figures.iter().filter_map(of_kind).collect()
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

fn subject<'a>(
    scenario: &'a Scenario,
    shown: &'a [ShownArm<'a>],
    wanted: &'a FigureRequest,
) -> Subject<'a> {
    let first_changes = scenario.arms.first().map(|arm| &arm.parameter_changes);
    let arms = shown.iter().map(|shown| ArmData {
        label: &shown.arm.label,
        trajectory: &shown.trajectory,
        doses: &shown.doses,
        calcium_intake: calcium_intake(shown.arm),
        observed: observed(scenario, shown.arm, wanted.period),
        look: shown.look,
        what_if: Some(&shown.arm.parameter_changes) != first_changes,
    });
    let own: Cow<'_, [Arm]> = match shown.len() == scenario.arms.len() {
        true => Cow::Borrowed(&scenario.arms),
        false => shown.iter().map(|shown| shown.arm.clone()).collect(),
    };
    let mut ages = shown.iter().map(|shown| shown.arm.person.start_age_years);
    let first_age = ages.next();
    let position = |arm: usize| {
        let name = &scenario.arms.get(arm)?.name;
        shown.iter().position(|shown| shown.arm.name == *name)
    };
    let timeline = match wanted.readouts.as_slice() {
        [] => &scenario.figures.timeline,
        own => own,
    };
    Subject {
        title: &scenario.title,
        person: people::person(&own),
        hypothesis: people::hypotheses(&own),
        arms: arms.collect(),
        start_age_years: first_age.filter(|first| ages.all(|age| age == *first)),
        timeline,
        limits: &wanted.limits,
        told: Vec::new(),
        left_out: scenario.observations.left_out,
        compare: scenario.compare.and_then(|[one, other]| Some([position(one)?, position(other)?])),
    }
}

/// The measured values of an arm in a period.
fn observed(scenario: &Scenario, arm: &Arm, period: Option<(f64, f64)>) -> Vec<Observed> {
    let (from, to) = period.unwrap_or((0.0, f64::INFINITY));
    let all = scenario.observations.shown.iter();
    let mine = all.filter(|one| one.arm == arm.name && (from..=to).contains(&one.day));
    let plain = |&Observation { quantity, day, value, interval, .. }: &Observation| Observed {
        quantity,
        day,
        value,
        interval,
    };
    mine.map(plain).collect()
}

/// Start day, calcium of the diet and of supplements \[mg/d\] of each phase.
fn calcium_intake(arm: &Arm) -> Vec<(f64, f64, f64)> {
    let phase = |phase: &Phase| {
        let inputs = phase.inputs;
        (phase.start_day, inputs.calcium_diet_mg_per_day, inputs.calcium_supplement_mg_per_day)
    };
    arm.phases.iter().map(phase).collect()
}
