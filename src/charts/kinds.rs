//! The kinds of figures: each row of the table with the functions of the file of its name.

use crate::charts::chart::Chart;
use crate::charts::sensitivity::{Findings, MOST_OUTCOMES, grades, morris, sobol, tornado};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::{answers, differences, dose_response, map, small_multiples, spaghetti};
use crate::charts::{body, day, fate, homeostasis, kinetics, layout, paradox, timeline};
use crate::figure_kinds::figure_kinds;
use crate::plots::{Figure, FigureError, Subject};
use crate::sweep::sensitivity::indices::outcomes;

/// A kind of figure.
#[derive(Debug)]
pub(crate) struct Kind<S, D> {
    /// The word that files use, and the file stem.
    pub name: &'static str,
    /// Its content in a few words.
    pub shows: &'static str,
    /// Whether it follows some samples of a sweep over time.
    pub with_courses: bool,
    /// Whether it has something to show.
    pub suits: S,
    /// Its chart.
    pub chart: D,
}

pub(crate) type RunKind = Kind<fn(&Subject<'_>) -> bool, fn(&Subject<'_>) -> Chart>;
pub(crate) type SweepKind = Kind<fn(&SweepData) -> bool, fn(&SweepData) -> Chart>;
pub(crate) type AnalysisKind = Kind<fn(&Findings<'_>) -> bool, fn(&Findings<'_>) -> Chart>;
pub(crate) type OutcomeKind =
    Kind<fn(&Findings<'_>, usize) -> bool, fn(&Findings<'_>, usize) -> Chart>;

macro_rules! tables {
    (@rows $($name:ident $(with $courses:ident)?: $shows:literal,)*) => {
        &[$(Kind {
            name: stringify!($name),
            shows: $shows,
            with_courses: !stringify!($($courses)?).is_empty(),
            suits: $name::suits,
            chart: $name::chart,
        }),*]
    };
    (run {$($run:tt)*} sweep {$($sweep:tt)*} analysis {$($analysis:tt)*} outcome {$($outcome:tt)*}) => {
        /// Figures of a run, in the order in which a lesson shows them.
        pub(crate) static OF_RUNS: &[RunKind] = tables!(@rows $($run)*);
        /// Figures of a sweep, in the order in which a lesson shows them.
        pub(crate) static OF_SWEEPS: &[SweepKind] = tables!(@rows $($sweep)*);
        /// Figures of all outcomes of a sensitivity analysis.
        pub(crate) static OF_ANALYSES: &[AnalysisKind] = tables!(@rows $($analysis)*);
        /// Figures of one outcome of a sensitivity analysis.
        pub(crate) static OF_OUTCOMES: &[OutcomeKind] = tables!(@rows $($outcome)*);
    };
}
figure_kinds!(tables);

impl RunKind {
    pub(crate) fn by_name(name: &str) -> Option<&'static Self> {
        OF_RUNS.iter().find(|kind| kind.name == name)
    }

    /// The kinds that have something to show for this run, in the order of a lesson.
    pub(crate) fn usual_for(subject: &Subject) -> Vec<&'static Self> {
        OF_RUNS.iter().filter(|kind| (kind.suits)(subject)).collect()
    }
}

impl SweepKind {
    pub(crate) fn by_name(name: &str) -> Option<&'static Self> {
        OF_SWEEPS.iter().find(|kind| kind.name == name)
    }

    /// The kinds that suit the shape of a sweep, in the order of a lesson.
    pub(crate) fn usual_for(data: &SweepData) -> Vec<&'static Self> {
        OF_SWEEPS.iter().filter(|kind| (kind.suits)(data)).collect()
    }
}

/// A figure of a sensitivity analysis.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SensitivityFigure {
    OfAll(&'static AnalysisKind),
    /// Of the outcome with this position.
    OfOutcome(&'static OutcomeKind, usize),
}

impl SensitivityFigure {
    /// Every figure that has something to show, the overview first.
    pub(crate) fn all(findings: &Findings<'_>) -> Vec<Self> {
        let overview = OF_ANALYSES.iter().filter(|kind| (kind.suits)(findings)).map(Self::OfAll);
        let own = outcomes(findings.indices).into_iter().filter(|outcome| *outcome < MOST_OUTCOMES);
        let own = own.flat_map(|outcome| {
            let kinds = OF_OUTCOMES.iter().filter(move |kind| (kind.suits)(findings, outcome));
            kinds.map(move |kind| Self::OfOutcome(kind, outcome))
        });
        overview.chain(own).collect()
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::OfAll(kind) => kind.name,
            Self::OfOutcome(kind, _) => kind.name,
        }
    }

    /// The outcome that it is about, if it is about one.
    pub(crate) const fn outcome(self) -> Option<usize> {
        match self {
            Self::OfAll(_) => None,
            Self::OfOutcome(_, outcome) => Some(outcome),
        }
    }

    /// The figure as data.
    pub(crate) fn chart(self, findings: &Findings<'_>) -> Chart {
        match self {
            Self::OfAll(kind) => (kind.chart)(findings),
            Self::OfOutcome(kind, outcome) => (kind.chart)(findings, outcome),
        }
    }

    /// Draws it. Pure: several may be drawn at once.
    pub(crate) fn draw(self, findings: &Findings<'_>) -> Result<Figure, FigureError> {
        layout::figure(&self.chart(findings), self.name())
    }
}
