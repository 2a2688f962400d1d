//! The kinds of figures of a run: each row of the table with the functions of the file of its name.

use crate::charts::chart::Chart;
use crate::charts::{body, day, fate, kinetics, layout, paradox, timeline};
use crate::figure_kinds::figure_kinds;
use crate::plots::kinds::Kind;
use crate::plots::{Figure, FigureError, Subject};

pub(crate) type RunKind = Kind<fn(&Subject<'_>) -> bool, fn(&Subject<'_>) -> Chart>;

macro_rules! table {
    (run { $($name:ident: $shows:literal,)* } $($_others:tt)*) => {
        /// Figures of a run, in the order in which a lesson shows them.
        pub(crate) static OF_RUNS: &[RunKind] = &[$(Kind {
            name: stringify!($name),
            shows: $shows,
            suits: $name::suits,
            draw: $name::chart,
        }),*];
    };
}
figure_kinds!(table);

/// A kind of figure that a run can draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FigureKind(&'static RunKind);

impl PartialEq for FigureKind {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl FigureKind {
    /// Every kind, in the order in which a lesson shows them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        OF_RUNS.iter().map(Self)
    }

    /// The kind with this name.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        Self::all().find(|kind| kind.name() == name)
    }

    /// The word that scenarios use, and the file stem.
    pub(crate) const fn name(self) -> &'static str {
        self.0.name
    }

    /// The kinds that have something to show for this run, in the order of a lesson.
    pub(crate) fn usual_for(subject: &Subject) -> Vec<Self> {
        Self::all().filter(|kind| (kind.0.suits)(subject)).collect()
    }

    /// The figure as data.
    pub(crate) fn chart(self, subject: &Subject) -> Chart {
        (self.0.draw)(subject)
    }
}

/// Draws one figure. Pure: several may be drawn at once.
///
/// # Errors
/// [`FigureError`] if plotters refuses.
pub(crate) fn draw(kind: FigureKind, subject: &Subject) -> Result<Figure, FigureError> {
    let chart = kind.chart(subject);
    Ok(layout::page(&chart)?.finish(kind.name(), chart.description))
}
