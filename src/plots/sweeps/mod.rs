//! Figures of sweeps: one file per figure, and what they all know.
//!
//! `data` holds what is drawn (`grid_axis`, `outcome`: the words; `selection`: which runs of a
//! huge sweep), `kind` knows which figures suit which sweep. Reads no files: the program hands in
//! columns of numbers.

mod answers;
mod curve;
mod data;
mod differences;
mod dose_response;
mod field;
mod grid_axis;
mod kind;
mod lines;
mod map;
mod map_panel;
mod outcome;
mod phrases;
mod plane;
mod selection;
mod series;
mod shades;
mod small_multiples;
mod spaghetti;

pub(crate) use data::{Circumstances, CourseData, SweepData};
pub(crate) use kind::{SweepFigureKind, draw};
pub(crate) use spaghetti::{FOLLOWED, MOST_ARMS, MOST_QUANTITIES};

#[cfg(test)]
mod tests;
