//! Errors and warnings for users: message, place, remedy.

pub(crate) mod defect;
pub(crate) mod failure;
pub(crate) mod problem;
pub(crate) mod render;
pub(crate) mod suggest;
