//! Is it believable? The calcium balance, the ranges of a living person, the claims of a lesson.
//!
//! Judges finished trajectories; runs nothing, reads nothing, prints nothing.

pub mod calcium_balance;
pub mod claims;
pub mod plausible_ranges;
