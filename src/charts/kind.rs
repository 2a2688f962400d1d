//! The kinds of figures of a run: one row each, and how one is drawn.

use crate::charts::chart::Chart;
use crate::charts::{body, day, fate, kinetics, layout, paradox, timeline, vitamins};
use crate::plots::{Figure, FigureError, Subject};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
/// Kind of figure that a run can draw.
pub enum FigureKind {
    /// Paradox plane: bone change against arterial calcium.
    Paradox,
    /// Time courses: small multiples of read-outs, all arms.
    Timeline,
    /// Body map: flows between organs.
    Body,
    /// Fate of calcium: what became of all that was eaten.
    Fate,
    /// Vitamin K in plasma after doses and at steady state.
    Kinetics,
    /// A day by the hour.
    Day,
}

/// What there is to know of a kind.
struct Row {
    /// The word that scenarios use, and the file stem.
    name: &'static str,
    /// What it shows, in a few words.
    shows: &'static str,
    /// Whether it has something to show for this run.
    suits: fn(&Subject) -> bool,
    chart: fn(&Subject) -> Chart,
}

impl FigureKind {
    /// Every kind, in the order in which a lesson shows them.
    pub const ALL: [Self; 6] =
        [Self::Paradox, Self::Timeline, Self::Body, Self::Fate, Self::Kinetics, Self::Day];

    /// One row for each kind.
    const fn row(self) -> Row {
        match self {
            Self::Paradox => Row {
                name: "paradox",
                shows: "change of bone against change of arterial calcium",
                suits: paradox::suits,
                chart: paradox::chart,
            },
            Self::Timeline => Row {
                name: "timeline",
                shows: "read-outs over time, all arms",
                suits: |_| true,
                chart: timeline::chart,
            },
            Self::Body => Row {
                name: "body",
                shows: "flows of calcium between organs",
                suits: |_| true,
                chart: body::chart,
            },
            Self::Fate => Row {
                name: "fate",
                shows: "what became of all calcium that was eaten",
                suits: |_| true,
                chart: fate::chart,
            },
            Self::Kinetics => Row {
                name: "kinetics",
                shows: "vitamin K in plasma after doses",
                suits: vitamins::has_news,
                chart: kinetics::chart,
            },
            Self::Day => Row {
                name: "day",
                shows: "a day by the hour",
                suits: day::is_resolved,
                chart: day::chart,
            },
        }
    }

    /// The word that scenarios use, and the file stem.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What it shows, in a few words.
    #[must_use]
    pub const fn shows(self) -> &'static str {
        self.row().shows
    }

    /// The kind with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kinds that have something to show for this run, in the order of a lesson.
    #[must_use]
    pub fn usual_for(subject: &Subject) -> Vec<Self> {
        Self::ALL.into_iter().filter(|kind| (kind.row().suits)(subject)).collect()
    }

    /// The figure as data.
    pub(crate) fn chart(self, subject: &Subject) -> Chart {
        (self.row().chart)(subject)
    }
}

/// Draws one figure. Pure: several may be drawn at once.
///
/// # Errors
/// [`FigureError`] if plotters refuses.
pub fn draw(kind: FigureKind, subject: &Subject) -> Result<Figure, FigureError> {
    let chart = kind.chart(subject);
    Ok(layout::page(&chart)?.finish(kind.name(), chart.description))
}
