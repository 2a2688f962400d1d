//! Is it believable? What a run's trajectories must satisfy. Reads and prints nothing.

pub mod claims;
