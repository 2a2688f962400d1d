//! Teaching figures as data: facts, words and chart in one file per figure, one layout for all.
//!
//! A figure's file has three functions: `facts` (plain numbers), `words` (title, subtitle and
//! description from the catalogue, with numbers from the facts) and `chart` (`chart::Chart`:
//! panels, layers and labels in the units of their axes). `layout` and its `placer` make the
//! sheet. `plots` has the sheet, its
//! writers and the marks between two axes. `sweeps` and `sensitivity` have the figures of sweeps and
//! of sensitivity analyses.

mod arrows;
pub(crate) mod chart;
mod course;
mod diagram;
#[cfg(feature = "cli")]
pub(crate) mod drawn_curve;
mod flows;
#[cfg(feature = "cli")]
pub(crate) mod forest;
mod inner_labels;
pub(crate) mod kinds;
pub(crate) mod layout;
mod limits;
pub(crate) mod media;
pub(crate) mod part;
mod placer;
mod places;
mod rows;
pub(crate) mod trials;
#[cfg(feature = "cli")]
pub(crate) mod verdict;
#[cfg(feature = "cli")]
pub(crate) mod verdict_overview;
mod vitamins;
pub(crate) mod waterfall;

mod body;
mod day;
mod fate;
mod homeostasis;
mod kinetics;
mod paradox;
mod timeline;

pub(crate) mod sensitivity;
pub(crate) mod sweeps;

#[cfg(test)]
mod tests;
