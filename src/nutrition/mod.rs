//! Foods, meals, pills: from what is eaten to what arrives when. Knows of physiology only
//! how finely eating is resolved.

pub mod diet;
pub mod foods;
pub mod regimen;
pub mod schedule;
pub mod take;
