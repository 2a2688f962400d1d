//! Checks of finished trajectories: the calcium balance, the ranges of a living person, the claims
//! of a lesson.
//!
//! They run nothing, read nothing, print nothing.

pub mod calcium_balance;
pub mod claims;
pub mod plausible_ranges;
