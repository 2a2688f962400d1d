//! Checks of finished trajectories: the calcium balance, the ranges of a living person, the claims
//! of a lesson.
//!
//! They run nothing, read nothing, print nothing.

pub(crate) mod calcium_balance;
pub(crate) mod claims;
pub(crate) mod plausible_ranges;
