//! Slides, pages, phones and parts of pages: how the panels and diagrams of a chart fit there.

use crate::charts::chart::{Chart, Ends, Panel, Picture, Place};
use crate::charts::{diagram, rows};
use crate::figure_kinds::FigureSize;
use crate::plots::cells::{Arrangement, GAPS, columns};
use crate::plots::labels;
use crate::plots::numbers::float;

/// Height of a panel where the page is as high as it needs to be.
const PANEL: f64 = 310.0;
/// More rows than this have room for one line each beside them on a screen.
const MOST_TALL_ROWS: f64 = 7.0;

/// Width of every drawing for phones, on which it is never moved to be read.
const NARROW: f64 = 500.0;

/// The screens for which a chart is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Wide,
    Narrow,
}

impl Screen {
    pub(crate) const BOTH: [Self; 2] = [Self::Wide, Self::Narrow];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }

    /// Width of a drawing: on wide screens more for diagrams and for rows beside each other, which
    /// have more words.
    pub(crate) fn width(self, picture: &Picture) -> f64 {
        let rows = |panel: &Panel| matches!(panel.y.ends, Ends::Rows(_));
        let (usual, wordy) = match self {
            Self::Wide => (1100.0, 1480.0),
            Self::Narrow => (NARROW, NARROW),
        };
        match picture {
            Picture::Diagrams { .. } => wordy,
            Picture::Panels { panels, columns } => match self {
                Self::Wide if columns.is_some_and(|count| count > 1) && panels.iter().any(rows) => {
                    wordy
                }
                _ => usual,
            },
            Picture::Note(_) => usual,
        }
    }
}

/// What a chart is laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    Figure(FigureSize),
    /// A part of a page on a screen.
    Part(Screen),
}

use FigureSize::{Page, Phone, Slide};
use Medium::{Figure, Part};
use Screen::{Narrow, Wide};

impl Medium {
    /// Whether panels stand one below the other, and names above their rows.
    pub(crate) const fn is_narrow(self) -> bool {
        matches!(self, Figure(Phone) | Part(Narrow))
    }

    /// Columns for so many panels, of which a slide would have `wanted`.
    pub(crate) fn columns(self, wanted: Option<usize>, panels: usize) -> usize {
        let most = match self {
            Figure(Slide) | Part(Wide) => usize::MAX,
            Figure(Page) => 3,
            Figure(Phone) | Part(Narrow) => 1,
        };
        wanted.unwrap_or(columns(panels)).clamp(1, most)
    }

    /// Room for labels beside the last column of a sheet so wide; 0 if there are none or they need a
    /// legend.
    pub(crate) fn room_beside(self, chart: &Chart, wide: f64) -> f64 {
        let beside = chart.labels().any(|label| matches!(label.place, Place::Beside(_)));
        let room = if beside { labels::room(&chart.named()) } else { 0.0 };
        let fits = match self {
            Figure(size) => size != Phone,
            Part(_) => room < 0.25 * wide,
        };
        if fits { room } else { 0.0 }
    }

    /// Height of the room of a sentence instead of a drawing.
    pub(crate) const fn note(self) -> f64 {
        match self {
            Figure(_) => 200.0,
            Part(_) => 160.0,
        }
    }

    /// Columns and rows of so many diagrams, and their height on a sheet with a room so wide.
    pub(crate) fn diagrams(self, count: usize, sheet: f64, room: f64) -> ((usize, usize), f64) {
        let shape = match self {
            Figure(Slide) | Part(Wide) => diagram::shape(count),
            Figure(Page | Phone) => (1, count.max(1)),
            Part(Narrow) => (1, count.clamp(1, 4)),
        };
        let (tall, below) = match self {
            Figure(_) => return (shape, diagram::height(room, count)),
            Part(Wide) => (0.45, 30.0),
            Part(Narrow) => (0.74, diagram::KEY),
        };
        (shape, float(shape.1) * tall * sheet / float(shape.0) + below)
    }

    /// So many columns of panels in a room so wide: each row as high as its first panel wants it
    /// against the others on a slide, else in pixels.
    pub(crate) fn arrangement(self, panels: &[Panel], columns: usize, room: f64) -> Arrangement {
        let shares: Vec<_> = panels.iter().map(|panel| panel.shares).collect();
        let mut arranged = Arrangement::of(Some(columns), &shares);
        let across = float(arranged.columns.len().max(1));
        let cell = (room - GAPS.0 * (across - 1.0)) / across;
        let heights = panels.iter().map(|panel| self.height(panel, cell, panels.len()));
        if let Figure(_) = self {
            let shares = shares.iter().zip(heights).map(|((wide, _), high)| (*wide, high));
            return Arrangement::of(Some(columns), &shares.collect::<Vec<_>>());
        }
        // The least row of a part is as high as the highest panel.
        let tall = heights.fold(0.0, f64::max);
        let least = arranged.rows.iter().copied().fold(1.0, f64::min);
        arranged.rows.iter_mut().for_each(|share| *share = tall * (*share / least));
        arranged
    }

    /// Height of one of so many panels in a cell so wide: rows need it for their words.
    fn height(self, panel: &Panel, cell: f64, count: usize) -> f64 {
        match (self, &panel.y.ends) {
            (Figure(Slide), _) => panel.shares.1,
            (_, Ends::Rows(_)) => {
                let (row, around) = match self {
                    Figure(_) => (84.0, 200.0),
                    Part(_) if panel.y.high > MOST_TALL_ROWS => (36.0, 130.0),
                    Part(_) => (76.0, 130.0),
                };
                rows::height_of_dots(panel).max(row) * panel.y.high + around
            }
            (_, Ends::RowsUnderNames(_)) => {
                rows::height_under_names(panel, cell) + panel.height_around(cell)
            }
            (Figure(Phone), _) if count == 1 => 1.5 * PANEL,
            (Figure(_), _) => PANEL * panel.shares.1.clamp(0.7, 1.5),
            (Part(Wide), _) if count == 1 => 0.48 * cell,
            (Part(Wide), _) if cell > 800.0 => 0.25 * cell, // below each other
            (Part(Wide), _) => (0.62 * cell).clamp(250.0, 420.0),
            (Part(Narrow), _) if count == 1 => cell,
            (Part(Narrow), _) => 0.64 * cell,
        }
    }
}
