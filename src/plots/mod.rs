//! Teaching figures: drawn with plotters onto a vector canvas, given back as SVG and PNG.
//!
//! Draws from trajectories and the ledger; reads and writes no files. `canvas` holds the marks,
//! `svg` and `png` write them; `page` and `panel` give every figure the same look.

pub(crate) mod axis;
pub(crate) mod canvas;
pub(crate) mod cells;
pub(crate) mod chart_words;
pub(crate) mod fallback_font;
pub(crate) mod field;
pub(crate) mod font;
pub(crate) mod labels;
pub(crate) mod numbers;
pub(crate) mod page;
pub(crate) mod panel;
mod pen;
mod png;
mod raster;
pub(crate) mod shades;
pub(crate) mod span;
pub(crate) mod style;
pub(crate) mod svg;

use crate::physiology::quantities::Quantity;
use crate::trajectory::Trajectory;

/// The facts about a run that every figure uses.
#[derive(Clone, Debug)]
pub(crate) struct Subject<'a> {
    /// Title of the scenario.
    pub title: &'a str,
    /// The person: "woman 50 → 70".
    pub person: String,
    /// Hypothesis set(s): "paradox".
    pub hypothesis: String,
    /// The arms, in order.
    pub arms: Vec<ArmData<'a>>,
    /// Age at day 0 \[y\]; the same for all arms, else `None` (then time axes count from 0).
    pub start_age_years: Option<f64>,
    /// Quantities wanted in the time courses (full names); empty for the usual ones.
    pub timeline: &'a [&'static str],
    /// Ends of axes that a file asks for: `x`, `y` or the full name of a quantity.
    pub limits: &'a [(&'static str, (f64, f64))],
    /// Points of curves that the author's title tells.
    pub told: Vec<Told>,
    /// Number of measured values that could not be shown.
    pub left_out: usize,
    /// Positions of the two arms that the lesson compares.
    pub compare: Option<[usize; 2]>,
}

/// One arm's result.
#[derive(Clone, Debug)]
pub(crate) struct ArmData<'a> {
    /// Words for the figure.
    pub label: &'a str,
    pub trajectory: &'a Trajectory,
    /// Clock times and contents of meals and pills, for figures of a day.
    pub doses: &'a [crate::nutrition::schedule::Dose],
    /// Mean calcium eaten per day by phase: start day, diet mg/d, supplement mg/d.
    pub calcium_intake: Vec<(f64, f64, f64)>,
    /// Measured values.
    pub observed: Vec<Observed>,
    /// Color, dash and shape, see [`style::arm`].
    pub look: usize,
    /// Runs on other parameters than the first arm: drawn, but no headline rests on it.
    pub what_if: bool,
}

impl ArmData<'_> {
    /// Days and finite values of a quantity.
    pub(crate) fn course(&self, quantity: &Quantity) -> Vec<(f64, f64)> {
        let rows = self.trajectory.rows.iter();
        let values = rows.map(|row| (row.time_days, row.value(quantity.column)));
        values.filter(|(_, value)| value.is_finite()).collect()
    }
}

/// A point of a curve that a title tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// Position of the arm.
    pub arm: usize,
    pub quantity: &'static Quantity,
    pub day: f64,
    pub value: f64,
}

/// A measured value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Observed {
    /// Full name of the quantity, in whose unit the numbers are.
    pub quantity: &'static str,
    /// Time from the start \[d\].
    pub day: f64,
    pub value: f64,
    pub interval: Option<(f64, f64)>,
}

impl Subject<'_> {
    /// Words of the arm with this position.
    pub(crate) fn label(&self, arm: usize) -> &str {
        self.arms.get(arm).map_or("", |data| data.label)
    }

    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.arms.iter().map(|arm| arm.label)
    }

    /// True if any arm has a row.
    pub(crate) fn has_rows(&self) -> bool {
        self.arms.iter().any(|arm| !arm.trajectory.rows.is_empty())
    }

    /// Color, dash and shape of the arm with this position.
    pub(crate) fn look(&self, arm: usize) -> usize {
        self.arms.get(arm).map_or(arm, |data| data.look)
    }

    /// The ends of an axis that a file asks for.
    pub(crate) fn limits_of(&self, axis: &str) -> Option<(f64, f64)> {
        self.limits.iter().find(|(name, _)| *name == axis).map(|(_, ends)| *ends)
    }

    /// Positions of the arms that a headline may speak of: the pair of the lesson; without one all
    /// but the what-ifs, unless too few are left.
    pub(crate) fn headline_arms(&self) -> impl Iterator<Item = usize> {
        let enough = self.arms.iter().filter(|arm| !arm.what_if).count() > 1;
        let spoken_of = move |(position, arm): &(usize, &ArmData<'_>)| match self.compare {
            Some(pair) => pair.contains(position),
            None => !(enough && arm.what_if),
        };
        self.arms.iter().enumerate().filter(spoken_of).map(|(position, _)| position)
    }
}

/// A drawn figure with its text.
///
/// ```
/// let run = calcifate::Scenario::parse("duration = \"1 year\"\n")?.run()?;
/// let figure = run.figure("body")?;
/// assert!(figure.svg.starts_with("<svg") && !figure.title.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Figure {
    /// Name of the kind, as files are named.
    pub name: &'static str,
    /// The finding in one sentence.
    pub title: String,
    /// Complete SVG text with embedded font.
    pub svg: String,
    /// Plain-text description, for people who cannot see it.
    pub description: String,
    sheet: canvas::Sheet,
}

impl Figure {
    /// The picture as a PNG file; made anew at each call, which takes longer than drawing it.
    ///
    /// # Errors
    /// [`FigureError::Image`] if there is no memory for it or it cannot be packed.
    pub fn png(&self) -> Result<Vec<u8>, FigureError> {
        self.png_with(None)
    }

    /// The same with a font for letters that the built-in one lacks, where boxes stand otherwise.
    pub(crate) fn png_with(
        &self,
        fallback: Option<&fallback_font::FallbackFont>,
    ) -> Result<Vec<u8>, FigureError> {
        png::write(&self.sheet, &self.title, &self.description, fallback)
    }
}

/// Reason for which a figure could not be drawn.
///
/// ```
/// let run = calcifate::Scenario::parse("duration = \"1 day\"\n")?.run()?;
/// let error = run.figure("paradoks").err().ok_or("there is no such figure")?;
/// assert!(error.to_string().contains("did you mean \"paradox\"?"), "{error}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// A failure of the drawing library, in its words.
    #[error("the figure could not be drawn: {0}")]
    Drawing(String),
    /// No memory for the picture, or it could not be packed.
    #[error("the picture could not be packed as PNG; the machine may be short of memory")]
    Image,
    /// There is no figure of that name.
    #[error("there is no figure \"{name}\"; {help}")]
    Unknown {
        /// The name.
        name: String,
        /// Advice for the caller.
        help: String,
    },
    /// A sweep was stopped before every run had a row.
    #[error("the sweep is not complete")]
    Stopped,
    /// An arm ended early.
    #[error("the run is not complete: {0}")]
    Incomplete(crate::error::failure::RunFailure),
}

#[cfg(test)]
pub(crate) mod tests;
