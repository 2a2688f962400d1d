//! What the body does: pure functions, in the order of the path of a calcium ion.
//!
//! A mechanism takes plain numbers and gives one flow or one effect. No state vector, no file,
//! no solver, no error: everything was validated on loading.

pub mod inputs;
pub mod ledger;
pub mod person;
pub mod quantities;
pub mod state;
