//! What the body does: pure functions, in the order of the path of a calcium ion.
//!
//! A mechanism takes plain numbers and gives one flow or one effect. No state vector, no file,
//! no solver, no error: everything was validated on loading. [`balance`] puts the mechanisms
//! together; [`readouts`] turns a state into what a clinic reports.

pub mod aging;
pub mod arterial_calcification;
pub mod balance;
pub mod boluses;
pub mod bone_exchange;
pub mod bone_remodeling;
pub mod carboxylation;
pub mod derived;
pub mod effects;
pub mod gut_absorption;
pub mod initial;
pub mod inputs;
pub mod kidney_excretion;
pub mod ledger;
pub mod model;
pub mod parathyroid_hormone;
pub mod person;
pub mod plasma_calcium;
pub mod positive;
pub mod powers;
pub mod quantities;
pub mod readouts;
pub mod regulation;
pub mod setting;
pub mod side_by_side;
pub mod state;
pub mod vitamin_d;
pub mod vitamin_k;
pub mod warfarin;
