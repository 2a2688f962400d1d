//! Foods, meals, pills: from what is eaten to what arrives when. Knows no physiology.

pub mod diet;
pub mod foods;
pub mod regimen;
pub mod schedule;
pub mod take;
