//! The kinds of figures of a sweep, and how one is drawn.

use crate::plots::sweeps::data::SweepData;
use crate::plots::sweeps::lines::is_scale;
use crate::plots::sweeps::outcome::Sort;
use crate::plots::sweeps::{answers, differences, dose_response, map, small_multiples, spaghetti};
use crate::plots::{Drawing, Figure, FigureError};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SweepFigureKind {
    /// Every outcome over one axis.
    DoseResponse,
    /// Every outcome over two axes.
    Map,
    /// Maps for several values of a third axis.
    SmallMultiples,
    /// Paired differences between arms, person by person.
    Differences,
    /// Time courses of some people.
    Spaghetti,
    /// The answers of a search over an axis.
    Answers,
}

impl SweepFigureKind {
    /// Every kind, in the order in which a lesson shows them.
    pub(crate) const ALL: [Self; 6] = [
        Self::DoseResponse,
        Self::Map,
        Self::SmallMultiples,
        Self::Differences,
        Self::Spaghetti,
        Self::Answers,
    ];

    /// The word that sweep files use, and the file stem.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::DoseResponse => "dose_response",
            Self::Map => "map",
            Self::SmallMultiples => "small_multiples",
            Self::Spaghetti => "spaghetti",
            Self::Differences => "differences",
            Self::Answers => "answers",
        }
    }

    /// What it shows, in a few words.
    pub(crate) const fn shows(self) -> &'static str {
        match self {
            Self::DoseResponse => "every outcome over one axis; medians and bands of samples",
            Self::Map => "every outcome over two axes, with lines of equal value",
            Self::SmallMultiples => "two outcomes over three axes",
            Self::Spaghetti => "time courses of some people, with median and bands",
            Self::Differences => "differences between arms, person by person",
            Self::Answers => "the value that was looked for, over an axis",
        }
    }

    /// The kind with this name.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kinds that suit the shape of a sweep, in the order of a lesson.
    pub(crate) fn usual_for(data: &SweepData) -> Vec<Self> {
        let scales = data.axes.iter().filter(|axis| is_scale(axis)).count();
        let mut kinds = match (data.axes.len(), scales) {
            _ if data.search.is_some() => vec![Self::Answers],
            (0, _) if data.sampled() => Vec::new(),
            (2, 2) => vec![Self::Map],
            (3.., 2..) => vec![Self::SmallMultiples],
            _ => vec![Self::DoseResponse],
        };
        let differs = data.outcomes.iter().any(|outcome| outcome.sort == Sort::Difference);
        if differences::has_news(data) && data.search.is_none() {
            if data.axes.is_empty() || differs {
                kinds.push(Self::Differences);
            }
            if data.axes.is_empty() && data.outcomes.iter().any(|o| o.about.is_some()) {
                kinds.push(Self::Spaghetti);
            }
        }
        kinds
    }

    /// The figure's page and description, before packing.
    pub(in crate::plots) fn page(self, data: &SweepData) -> Result<Drawing, FigureError> {
        match self {
            Self::DoseResponse => dose_response::draw(data),
            Self::Map => map::draw(data),
            Self::SmallMultiples => small_multiples::draw(data),
            Self::Spaghetti => spaghetti::draw(data),
            Self::Differences => differences::draw(data),
            Self::Answers => answers::draw(data),
        }
    }
}

/// Draws one figure.
/// Errors: [`FigureError`] if plotters refuses.
pub(crate) fn draw(kind: SweepFigureKind, data: &SweepData) -> Result<Figure, FigureError> {
    let (page, description) = kind.page(data)?;
    Ok(page.finish(kind.name(), description))
}
