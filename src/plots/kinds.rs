//! The kinds of figures of sweeps and analyses: each row of the table with the functions of the file of its name.

use crate::figure_kinds::figure_kinds;
use crate::plots::sensitivity::{Findings, MOST_OUTCOMES, grades, morris, sobol, tornado};
use crate::plots::sweeps::data::SweepData;
use crate::plots::sweeps::{answers, differences, dose_response, map, small_multiples, spaghetti};
use crate::plots::{Drawing, Figure, FigureError};
use crate::sweep::sensitivity::indices::outcomes;

/// A kind of figure.
#[derive(Debug)]
pub(crate) struct Kind<S, D> {
    /// The word that files use, and the file stem.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub shows: &'static str,
    /// Whether it has something to show.
    pub suits: S,
    /// Its page and description before packing, or its chart.
    pub draw: D,
}

type Drawn = Result<Drawing, FigureError>;
pub(crate) type SweepKind = Kind<fn(&SweepData) -> bool, fn(&SweepData) -> Drawn>;
pub(crate) type AnalysisKind = Kind<fn(&Findings<'_>) -> bool, fn(&Findings<'_>) -> Drawn>;
pub(crate) type OutcomeKind =
    Kind<fn(&Findings<'_>, usize) -> bool, fn(&Findings<'_>, usize) -> Drawn>;

macro_rules! tables {
    (@rows $($name:ident: $shows:literal,)*) => {
        &[$(Kind {
            name: stringify!($name),
            shows: $shows,
            suits: $name::suits,
            draw: $name::draw,
        }),*]
    };
    (run {$($_run:tt)*} sweep {$($sweep:tt)*} analysis {$($analysis:tt)*} outcome {$($outcome:tt)*}) => {
        /// Figures of a sweep, in the order in which a lesson shows them.
        pub(crate) static OF_SWEEPS: &[SweepKind] = tables!(@rows $($sweep)*);
        /// Figures of all outcomes of a sensitivity analysis.
        pub(crate) static OF_ANALYSES: &[AnalysisKind] = tables!(@rows $($analysis)*);
        /// Figures of one outcome of a sensitivity analysis.
        pub(crate) static OF_OUTCOMES: &[OutcomeKind] = tables!(@rows $($outcome)*);
    };
}
figure_kinds!(tables);

impl SweepKind {
    pub(crate) fn by_name(name: &str) -> Option<&'static Self> {
        OF_SWEEPS.iter().find(|kind| kind.name == name)
    }

    /// The kinds that suit the shape of a sweep, in the order of a lesson.
    pub(crate) fn usual_for(data: &SweepData) -> Vec<&'static Self> {
        OF_SWEEPS.iter().filter(|kind| (kind.suits)(data)).collect()
    }

    /// The figure's page and description, before packing.
    pub(super) fn page(&self, data: &SweepData) -> Drawn {
        (self.draw)(data)
    }

    /// Draws one figure.
    pub(crate) fn draw(&self, data: &SweepData) -> Result<Figure, FigureError> {
        let (page, description) = self.page(data)?;
        Ok(page.finish(self.name, description))
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

    /// The page and its description, before packing.
    pub(super) fn page(self, findings: &Findings<'_>) -> Drawn {
        match self {
            Self::OfAll(kind) => (kind.draw)(findings),
            Self::OfOutcome(kind, outcome) => (kind.draw)(findings, outcome),
        }
    }

    /// Draws it. Pure: several may be drawn at once.
    pub(crate) fn draw(self, findings: &Findings<'_>) -> Result<Figure, FigureError> {
        let (page, description) = self.page(findings)?;
        Ok(page.finish(self.name(), description))
    }
}
