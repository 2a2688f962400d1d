//! Foods, meals and pills: the amounts and times of intake. Knows of physiology only the
//! resolution of intake.

pub(crate) mod diet;
pub(crate) mod food_kinds;
pub(crate) mod foods;
pub(crate) mod outside_model;
pub(crate) mod regimen;
pub(crate) mod schedule;
pub(crate) mod take;
