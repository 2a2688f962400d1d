//! Everything that can go wrong for a user: what, where, what to do.

pub mod failure;
pub mod problem;
pub mod render;
pub mod suggest;
