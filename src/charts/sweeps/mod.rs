//! Figures of sweeps: one file per figure, and what they all know.
//!
//! `data` holds what is drawn (`grid_axis`, `outcome`: the words; `selection`: which runs of a
//! huge sweep), `suits` of each figure's file says which sweeps it is for. Reads no files: the program hands in
//! columns of numbers.

pub(super) mod answers;
mod curve;
pub(crate) mod data;
pub(super) mod differences;
pub(super) mod dose_response;
pub(crate) mod grid_axis;
mod lines;
pub(super) mod map;
mod map_panel;
pub(crate) mod outcome;
mod phrases;
mod plane;
mod response;
mod selection;
mod series;
pub(super) mod small_multiples;
pub(super) mod spaghetti;

pub(crate) use data::{Circumstances, CourseData, SweepData};
pub(crate) use spaghetti::{FOLLOWED, MOST_ARMS, MOST_QUANTITIES};

#[cfg(test)]
pub(super) mod tests;
