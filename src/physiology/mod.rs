//! The physiology: pure functions, in the order of the path of a calcium ion.
//!
//! A mechanism takes plain numbers and gives one flow or one effect. No state vector, no file,
//! no solver, no error: everything was validated on loading.
//!
//! # The mechanisms, in body order
//!
//! - [`gut_absorption`]: from the gut into the blood, by an active and a passive path.
//! - [`plasma_calcium`]: the gram in the blood, its small losses, its exchange with bone surface.
//! - [`parathyroid_hormone`]: the calcium thermostat, and the phosphate that it lowers.
//! - [`vitamin_d`]: from the store over 25(OH)D to calcitriol, which opens the gut.
//! - [`kidney_excretion`]: filtered, mostly taken back, the rest lost with the urine.
//! - [`bone_exchange`]: calcium into and out of cortical and trabecular bone.
//! - [`bone_remodeling`]: the osteoclasts and osteoblasts behind that exchange.
//! - [`vitamin_k`]: K1, MK-4, MK-7 and MK-8/9 from the diet to the tissues.
//! - [`warfarin`]: what it leaves of the recycling of vitamin K.
//! - [`carboxylation`]: vitamin K switches on osteocalcin, matrix Gla protein, clotting factors.
//! - [`arterial_calcification`]: calcium into the walls, held back by active matrix Gla protein.
//! - [`aging`]: what time alone does to kidney, estrogen, gut and bone.
//!
//! # From mechanisms to a model
//!
//! [`balance`] is the whole model on one page: [`effects`] names every influence of a moment
//! ([`age_effects`] those of time alone, [`powers`] all powers side by side), the [`ledger`] moves
//! calcium, [`regulation`] moves everything else. [`state`] and [`inputs`] name what goes in,
//! [`readouts`] and [`quantities`] what a clinic reports. `equations` holds each mechanism once more
//! as a whole, for readers, and a test that what runs is the same. [`model`] is a [`person`] with parameters
//! and the constants [`derived`] from them, [`segment_inputs`] the inputs between two events, [`boluses`]
//! the doses at one time, [`initial`] the initial state. [`positive`] is the mathematics of
//! floors, ceilings and powers; `named` lets structures of numbers say their names and units.

pub(crate) mod aging;
pub(crate) mod arterial_calcification;
pub(crate) mod bone_exchange;
pub(crate) mod bone_remodeling;
pub(crate) mod carboxylation;
pub(crate) mod gut_absorption;
pub(crate) mod kidney_excretion;
pub(crate) mod parathyroid_hormone;
pub(crate) mod plasma_calcium;
pub(crate) mod vitamin_d;
pub(crate) mod vitamin_k;
pub(crate) mod warfarin;

pub(crate) mod age_effects;
pub(crate) mod balance;
pub(crate) mod boluses;
pub(crate) mod derived;
pub(crate) mod effects;
#[cfg(any(test, doc))]
pub(crate) mod equations;
pub(crate) mod initial;
pub(crate) mod inputs;
pub(crate) mod ledger;
pub(crate) mod model;
pub(crate) mod named;
pub(crate) mod person;
pub(crate) mod positive;
pub(crate) mod powers;
pub(crate) mod quantities;
pub(crate) mod readouts;
pub(crate) mod regulation;
pub(crate) mod segment_inputs;
pub(crate) mod side_by_side;
pub(crate) mod state;
#[cfg(test)]
pub(crate) mod tests;
