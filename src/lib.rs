//! Calcifate: where does the calcium go?
//!
//! A teaching model of gut, blood, bone and arterial wall under calcium, vitamin D and vitamin K.

pub mod checks;
pub mod cli;
pub mod error;
pub mod nutrition;
pub mod parameters;
pub mod physiology;
pub mod plots;
pub mod real;
pub mod scenario;
pub mod simulation;
pub mod solver;
pub mod storage;
pub mod sweep;
pub mod trajectory;
pub mod units;
