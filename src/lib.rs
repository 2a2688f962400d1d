//! Calcifate: where does the calcium go?
//!
//! A teaching model of gut, blood, bone and arterial wall under calcium, vitamin D and vitamin K.
//! Educational model of a population average, not medical advice.
//!
//! # The body in one picture
//!
//! ```text
//!      food, pills                     sun ─► vitamin D ─► 25(OH)D ─► calcitriol
//!          │                                                     ▲         │
//!          ▼        absorbed                              PTH ───┘         │ opens
//!        ┌─────┐ ───────────► ┌────────────────┐ ◄──► bone surface         │
//!        │ gut │ ◄─────────── │ blood and      │ ────► bone (accretion)    │
//!        └──┬──┘   secreted   │ tissue fluid   │ ◄──── bone (resorption)   │
//!           ▼                 │ about one gram │ ────► arterial wall       │
//!         feces               └───┬────────┬───┘          ▲                │
//!                               urine    sweat            │ slowed by active MGP
//!      the gut ◄──────────────────────────────────────────┼────────────────┘
//!      vitamin K1, MK-4, MK-7, MK-8/9 ─► cofactor ─► osteocalcin, MGP, clotting factors
//! ```
//!
//! # The path of the data, and the reading order
//!
//! 1. `scenario`: a lesson file, checked and resolved into arms (`form` reads any file by its keys;
//!    `nutrition` knows foods, meals and pills; `units` how people write amounts).
//! 2. `physiology`: what the body does, one mechanism per file, and the ledger through which alone
//!    calcium moves; `parameters`: the numbers and where they come from.
//! 3. `solver`: time integration; knows no biology. `real`: the number type of both.
//! 4. `simulation`: one arm to one `trajectory`.
//! 5. `checks`: balance, ranges, claims. `plots`: teaching figures. `storage`: the output folder.
//!    `export`: the model for other programs.
//! 6. `cli`: every command and every printed word. `error`: message, place, remedy.
//!
//! # Example
//!
//! ```
//! use calcifate::{Options, Overrides, load, quantity, run_arm};
//!
//! let text = r#"
//!     title    = "One year of MK-7"
//!     duration = "1 year"
//!     [[arm]]
//!     name = "with_k2"
//!     take = ["MK-7 180 ug daily"]
//! "#;
//! let loaded = load("mk7.toml", text, &Overrides::default(), &|_, _| Err("no files".into()));
//! let scenario = loaded.scenario.ok_or("problems in the file")?;
//! let arm = scenario.arms.first().ok_or("no arm")?;
//! let run = run_arm(arm, &Options::default(), &mut |_| true);
//! assert_eq!(run.failure, None);
//!
//! let inactive_mgp = quantity("dp_ucmgp").ok_or("no such quantity")?;
//! let values = run.trajectory.series(inactive_mgp);
//! assert!(values.last() < values.first());
//! # Ok::<(), &str>(())
//! ```

mod about;
mod error;
mod units;

mod real;

mod parameters;
mod physiology;

mod nutrition;

mod form;
mod scenario;

mod solver;

mod simulation;
mod sweep;
mod trajectory;

mod charts;
mod checks;
mod export;
mod plots;
mod storage;
mod words;

mod cli;

pub use charts::{FigureKind, draw};
pub use checks::calcium_balance::CalciumBalance;
pub use checks::claims::judge;
pub use cli::run_program;
pub use error::failure::RunFailure;
pub use parameters::{Hypothesis, Parameters};
pub use physiology::quantities::quantity;
pub use plots::{Figure, FigureError};
pub use scenario::{Arm, Overrides, Scenario, load};
pub use simulation::{ArmRun, Method, Options, run_arm};
pub use trajectory::Trajectory;

/// The parts of the engine that the benches drive; no part of the promised interface.
#[doc(hidden)]
pub mod internals {
    pub use crate::nutrition::regimen::{Regimen, Rhythm, Substance};
    pub use crate::nutrition::schedule::DEFAULT_MEALS;
    pub use crate::parameters::Hypothesis;
    pub use crate::physiology::inputs::Inputs;
    pub use crate::physiology::person::{CoronaryPercentile, Person, Sex};
    pub use crate::physiology::quantities::quantity;
    pub use crate::physiology::setting::Resolution;
    pub use crate::physiology::state::STATES;
    pub use crate::real::dispatch::Width;
    pub use crate::scenario::{Arm, Phase};
    pub use crate::simulation::{InitialState, Options, Rows, run_arm, run_arms, run_arms_at};
    pub use crate::trajectory::Trajectory;
}

#[cfg(test)]
#[path = "../tests/engine/mod.rs"]
mod engine_tests;
