//! The kinds of figures of a sweep, and how one is drawn.

use crate::plots::sweeps::data::SweepData;
use crate::plots::sweeps::dose_response;
use crate::plots::{Drawing, Figure, FigureError};

/// A kind of figure of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SweepFigureKind {
    /// Every outcome over one axis.
    DoseResponse,
}

impl SweepFigureKind {
    /// Every kind, in the order in which a lesson shows them.
    pub const ALL: [Self; 1] = [Self::DoseResponse];

    /// The word that sweep files use, and the file stem.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DoseResponse => "dose_response",
        }
    }

    /// What it shows, in a few words.
    #[must_use]
    pub const fn shows(self) -> &'static str {
        match self {
            Self::DoseResponse => "every outcome over one axis; medians and bands of samples",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kinds that suit the shape of a sweep, in the order of a lesson.
    #[must_use]
    pub fn usual_for(_data: &SweepData) -> Vec<Self> {
        vec![Self::DoseResponse]
    }

    /// The figure's page and description, before packing.
    pub(in crate::plots) fn page(self, data: &SweepData) -> Result<Drawing, FigureError> {
        match self {
            Self::DoseResponse => dose_response::draw(data),
        }
    }
}

/// Draws one figure.
///
/// # Errors
/// [`FigureError`] if plotters refuses or the picture cannot be packed.
pub fn draw(kind: SweepFigureKind, data: &SweepData) -> Result<Figure, FigureError> {
    let (page, description) = kind.page(data)?;
    page.finish(kind.name(), description)
}
