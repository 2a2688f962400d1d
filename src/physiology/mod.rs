//! What the body does: pure functions, in the order of the path of a calcium ion.
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
//! - [`vitamin_k`]: K1, MK-4, MK-7 and MK-8/9 from the plate to the tissues.
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
//! [`readouts`] and [`quantities`] what a clinic reports. [`model`] is a [`person`] with parameters
//! and the constants [`derived`] from them, [`setting`] what holds between two events, [`boluses`]
//! what is swallowed at once, [`initial`] where a run begins. [`positive`] is the mathematics of
//! floors, ceilings and powers; `named` lets structures of numbers say their names and units.

pub mod aging;
pub mod arterial_calcification;
pub mod bone_exchange;
pub mod bone_remodeling;
pub mod carboxylation;
pub mod gut_absorption;
pub mod kidney_excretion;
pub mod parathyroid_hormone;
pub mod plasma_calcium;
pub mod vitamin_d;
pub mod vitamin_k;
pub mod warfarin;

pub mod age_effects;
pub mod balance;
pub mod boluses;
pub mod derived;
pub mod effects;
pub mod initial;
pub mod inputs;
pub mod ledger;
pub mod model;
pub(crate) mod named;
pub mod person;
pub mod positive;
pub mod powers;
pub mod quantities;
pub mod readouts;
pub mod regulation;
pub mod setting;
pub mod side_by_side;
pub mod state;
