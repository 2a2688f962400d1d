//! Why two arms end differently: the difference of an outcome, shared out among its causes.
//!
//! `causes` finds what differs between the arms and mixes arms from both, `shapley` shares the
//! difference out exactly, `by_cause` runs every mixture. `by_effect` follows the
//! last factors of the outcome's law along the first arm. Reads no files.

pub(crate) mod by_cause;
pub(crate) mod by_effect;
pub(crate) mod causes;
pub(crate) mod shapley;
