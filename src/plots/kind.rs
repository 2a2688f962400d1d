//! The kinds of figures, and how one is drawn.

use super::span::Clock;
use super::{Drawing, Figure, FigureError, Subject};
use super::{body, day, fate, kinetics, paradox, timeline, vitamins};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
/// Kind of figure that a run can draw.
pub(crate) enum FigureKind {
    /// Time courses: small multiples of read-outs, all arms.
    Timeline,
    /// Paradox plane: bone change against arterial calcium.
    Paradox,
    /// Body map: flows between organs.
    Body,
    /// Fate of calcium: what became of all that was eaten.
    Fate,
    /// Vitamin K in plasma after doses and at steady state.
    Kinetics,
    /// A day by the hour.
    Day,
}

impl FigureKind {
    /// Every kind, in the order in which a lesson shows them.
    pub(crate) const ALL: [Self; 6] =
        [Self::Paradox, Self::Timeline, Self::Body, Self::Fate, Self::Kinetics, Self::Day];

    /// The word that scenarios use, and the file stem.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Paradox => "paradox",
            Self::Body => "body",
            Self::Fate => "fate",
            Self::Kinetics => "kinetics",
            Self::Day => "day",
        }
    }

    /// What it shows, in a few words.
    pub(crate) const fn shows(self) -> &'static str {
        match self {
            Self::Timeline => "read-outs over time, all arms",
            Self::Paradox => "change of bone against change of arterial calcium",
            Self::Body => "flows of calcium between organs",
            Self::Fate => "what became of all calcium that was eaten",
            Self::Kinetics => "vitamin K in plasma after doses",
            Self::Day => "a day by the hour",
        }
    }

    /// The kind with this name.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kinds that have something to show for this run, in the order of a lesson.
    pub(crate) fn usual_for(subject: &Subject) -> Vec<Self> {
        const HALF_A_YEAR: f64 = 182.0;
        let long = Clock::of(subject).length_days() >= HALF_A_YEAR;
        let shows = |kind: &Self| match kind {
            Self::Paradox => long,
            Self::Timeline | Self::Body | Self::Fate => true,
            Self::Kinetics => vitamins::has_news(subject),
            Self::Day => day::is_resolved(subject),
        };
        Self::ALL.into_iter().filter(shows).collect()
    }

    /// The figure's page and description, before packing.
    pub(super) fn page(self, subject: &Subject) -> Result<Drawing, FigureError> {
        match self {
            Self::Timeline => timeline::draw(subject),
            Self::Paradox => paradox::draw(subject),
            Self::Body => body::draw(subject),
            Self::Fate => fate::draw(subject),
            Self::Kinetics => kinetics::draw(subject),
            Self::Day => day::draw(subject),
        }
    }
}

/// Draws one figure. Pure: several may be drawn at once.
/// Errors: [`FigureError`] if plotters refuses or the picture cannot be packed.
pub(crate) fn draw(kind: FigureKind, subject: &Subject) -> Result<Figure, FigureError> {
    let (page, description) = kind.page(subject)?;
    page.finish(kind.name(), description)
}
