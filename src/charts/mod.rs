//! Teaching figures as data: facts, words and chart in one file per figure, one layout for all.
//!
//! A figure's file has three functions: `facts` (plain numbers), `words` (title, subtitle and
//! description from the catalogue, with numbers from the facts) and `chart` (`chart::Chart`:
//! panels, layers and labels in the units of their axes). `layout` and its `placer` make the
//! sheet. Figures that are not ported yet draw their pages in `plots`, where the sheet, its
//! writers and the marks between two axes are.

mod chart;
mod course;
mod kind;
mod layout;
mod placer;
mod vitamins;

mod day;
mod kinetics;
mod paradox;
mod timeline;

pub use kind::{FigureKind, draw};

#[cfg(test)]
mod tests;
