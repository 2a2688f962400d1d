//! Teaching figures: drawn with plotters onto a vector canvas, given back as SVG and PNG.
//!
//! Draws from trajectories and the ledger; reads and writes no files. `canvas` holds the marks,
//! `svg` and `png` write them; `page` and `panel` give every figure the same look; then one file
//! per figure. `sensitivity` has the figures of sensitivity analyses.

mod arrows;
mod axis;
mod canvas;
mod cells;
mod chart_words;
mod clearance;
mod course;
mod flows;
mod font;
pub(crate) mod kinds;
mod labels;
mod numbers;
mod page;
mod panel;
mod pen;
mod places;
mod png;
mod span;
mod story;
mod style;
mod svg;
mod vitamins;

mod body;
mod day;
mod fate;
mod kinetics;
mod paradox;
mod timeline;

pub(crate) mod sensitivity;
pub(crate) mod sweeps;

pub(crate) use kinds::{FigureKind, draw};

use crate::trajectory::Trajectory;

/// The facts about a run that every figure uses.
#[derive(Clone, Debug)]
pub(crate) struct Subject<'a> {
    /// Title of the scenario.
    pub title: &'a str,
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
pub(crate) struct ArmData<'a> {
    /// Words for the figure.
    pub label: &'a str,
    pub trajectory: &'a Trajectory,
    /// Clock times and contents of meals and pills, for figures of a day.
    pub doses: &'a [crate::nutrition::schedule::Dose],
    /// Mean calcium eaten per day by phase: start day, diet mg/d, supplement mg/d.
    pub calcium_intake: Vec<(f64, f64, f64)>,
    /// Runs on other parameters than the first arm: drawn, but no headline rests on it.
    pub what_if: bool,
}

impl<'a> Subject<'a> {
    /// The arms that a headline may speak of: all but the what-ifs, unless too few are left.
    pub(crate) fn headline_arms(&self) -> impl Iterator<Item = &ArmData<'a>> {
        let enough = self.arms.iter().filter(|arm| !arm.what_if).count() > 1;
        self.arms.iter().filter(move |arm| !(enough && arm.what_if))
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
    /// What is seen, in one sentence.
    pub title: String,
    /// Complete SVG text with embedded font.
    pub svg: String,
    /// The picture as a PNG file.
    pub png: Vec<u8>,
    /// Plain-text description, for people who cannot see it.
    pub description: String,
}

/// Why a figure could not be drawn.
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
        /// What to do instead.
        help: String,
    },
    /// An arm ended early.
    #[error("the run is not complete: {0}")]
    Incomplete(crate::error::failure::RunFailure),
}

/// A page and its description, before packing.
type Drawing = (page::Page, String);

#[cfg(test)]
mod tests;
