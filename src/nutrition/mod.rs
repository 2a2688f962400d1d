//! Foods, meals and pills: the amounts and times of intake. Knows of physiology only the
//! resolution of intake.

pub mod diet;
pub mod foods;
pub mod regimen;
pub mod schedule;
pub mod take;
