//! Errors and warnings for users: message, place, remedy.

pub mod failure;
pub mod problem;
pub mod render;
pub mod suggest;
