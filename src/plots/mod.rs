//! Teaching figures: drawn with plotters onto a vector canvas, given back as SVG and PNG.
//!
//! Draws from trajectories and the ledger; reads and writes no files. `canvas` holds the marks,
//! `svg` and `png` write them; `page` and `panel` give every figure the same look; then one file
//! per figure.

mod axis;
mod canvas;
mod course;
mod flows;
mod font;
mod labels;
mod numbers;
mod page;
mod panel;
mod png;
mod span;
mod story;
mod style;
mod svg;

mod body;
mod day;
mod fate;
mod kinetics;
mod paradox;
mod timeline;

use crate::trajectory::Trajectory;

/// What every figure knows about the run.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// Title of the scenario.
    pub title: &'a str,
    /// Name of the scenario (file stem).
    pub scenario: &'a str,
    /// Who: "woman 50 → 70".
    pub person: String,
    /// Hypothesis set(s): "paradox".
    pub hypothesis: String,
    /// The arms, in order.
    pub arms: Vec<ArmData<'a>>,
    /// Age at day 0 \[y\]; the same for all arms, else `None` (then time axes count from 0).
    pub start_age_years: Option<f64>,
    /// Quantities wanted in the time courses (full names); empty for the usual ones.
    pub timeline: &'a [&'static str],
}

/// One arm's result.
#[derive(Clone, Debug)]
pub struct ArmData<'a> {
    /// Name, as files use it.
    pub name: &'a str,
    /// Words for the figure.
    pub label: &'a str,
    /// What happened.
    pub trajectory: &'a Trajectory,
    /// Clock times and contents of meals and pills, for figures of a day.
    pub doses: &'a [crate::nutrition::schedule::Dose],
    /// Mean calcium eaten per day by phase: start day, diet mg/d, supplement mg/d.
    pub calcium_intake: Vec<(f64, f64, f64)>,
}

/// A finished figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// File stem: "paradox".
    pub name: &'static str,
    /// What is seen, in one sentence.
    pub title: String,
    /// Complete SVG text with embedded font.
    pub svg: String,
    /// PNG file.
    pub png: Vec<u8>,
    /// Plain-text description, for people who cannot see it.
    pub description: String,
}

/// Why a figure could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// plotters refused.
    #[error("the figure could not be drawn: {0}")]
    Drawing(String),
    /// No memory for the picture, or it could not be packed.
    #[error("the picture could not be packed as PNG; the machine may be short of memory")]
    Image,
}

/// A kind of figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureKind {
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
    pub const ALL: [Self; 6] =
        [Self::Paradox, Self::Timeline, Self::Body, Self::Fate, Self::Kinetics, Self::Day];

    /// The word that scenarios use, and the file stem.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Paradox => "paradox",
            Self::Body => "body",
            Self::Fate => "fate",
            Self::Kinetics => "kinetics",
            Self::Day => "day",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kinds that have something to show for this run, in the order of a lesson.
    #[must_use]
    pub fn usual_for(subject: &Subject) -> Vec<Self> {
        const HALF_A_YEAR: f64 = 182.0;
        let long = span::Clock::of(subject).length_days() >= HALF_A_YEAR;
        let shows = |kind: &Self| match kind {
            Self::Paradox => long,
            Self::Timeline | Self::Body | Self::Fate => true,
            Self::Kinetics => kinetics::has_news(subject),
            Self::Day => day::is_resolved(subject),
        };
        Self::ALL.into_iter().filter(shows).collect()
    }

    fn page(self, subject: &Subject) -> Result<Drawing, FigureError> {
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

/// A page and its description, before packing.
type Drawing = (page::Page, String);

/// Draws one figure. Pure: several may be drawn at once.
///
/// # Errors
/// [`FigureError`] if plotters refuses or the picture cannot be packed.
pub fn draw(kind: FigureKind, subject: &Subject) -> Result<Figure, FigureError> {
    let (page, description) = kind.page(subject)?;
    page.finish(kind.name(), description)
}

#[cfg(test)]
mod tests;
