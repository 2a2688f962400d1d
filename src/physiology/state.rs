//! The states: what the model remembers from one moment to the next.
//!
//! Name, unit, meaning, scale and tolerance stand in the rows of `quantities.csv`; the build turns
//! them into [`State`] and [`STATES`].
//!
//! Scale: the size against which an error of the state counts (about its reference or largest
//! usual value). A run's error is the largest |x − r| / (|r| + 10⁻³·scale). The tolerance of a step
//! is relative tolerance · (|x| + absolute · scale) / strictness. States that forget their errors
//! within hours have strictness 1; coronary calcium, which grows from almost nothing and remembers,
//! has more, so that all states end with errors of one size.

use crate::physiology::ledger::Pool;
use crate::real::Real;

include!(concat!(env!("OUT_DIR"), "/state.rs"));

/// A row of the table of states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateInfo {
    pub name: &'static str,
    /// Unit, `1` for none.
    pub unit: &'static str,
    /// Size against which an error counts.
    pub scale: f64,
    /// Absolute tolerance per unit of relative tolerance and scale.
    pub absolute: f64,
    /// Factor by which its tolerance is smaller than that of the others.
    pub strictness: f64,
    /// The calcium pool that it is, if it is one.
    pub pool: Option<Pool>,
    /// True for a slow stock that the prelude holds.
    pub held_in_prelude: bool,
}

pub(crate) fn strictness() -> [f64; STATE_COUNT] {
    STATES.map(|state| state.strictness)
}

pub(crate) fn absolute_tolerances(relative_tolerance: f64) -> [f64; STATE_COUNT] {
    STATES.map(|state| state.absolute * state.scale * relative_tolerance)
}
