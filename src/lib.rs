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
//! 5. `checks`: balance, ranges, claims. `plots`: teaching figures. `report`: one page of it all.
//!    `storage`: the output folder. `export`: the model for other programs.
//! 6. `words`: numbers, names, people and times as text.
//! 7. `library`: all of this for other programs, in a few calls. `explorer`: the same as questions and
//!    answers in JSON, for a page in a browser.
//! 8. `cli`: every command and every printed word. `error`: message, place, remedy.
//!
//! # Example
//!
//! ```
//! use calcifate::{ArmBuilder, Scenario};
//!
//! let scenario = Scenario::builder("One year of MK-7")
//!     .duration("1 year")
//!     .arm(ArmBuilder::new("with_k2").take("MK-7 180 ug daily"))
//!     .build()?;
//! let run = scenario.run()?;
//! assert!(run.value("change(dp_ucmgp)", "with_k2")? < 0.0);
//! let figure = run.figure("paradox")?;
//! assert!(figure.svg.starts_with("<svg"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The same from text with [`Scenario::parse`] and from files with `Scenario::from_path`; many runs
//! with [`Sweep`] and [`Sensitivity`]. `examples/` has more.
//!
//! # Features
//!
//! All are on by default. `cli`: the program. `parallel`: arms and runs on all threads. `files`:
//! paths, folders of results, tables. `parquet`: tables of sweeps as Parquet. Without them the
//! crate compiles for `wasm32-unknown-unknown`, with the whole model and its figures.

#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))] // what only the program uses

mod about;
mod error;
mod evidence;
mod printed;
mod units;
mod xml;

mod real;

mod parameters;
mod physiology;

mod nutrition;

mod figure_kinds;
mod form;
mod scenario;
mod why;
mod words;

mod solver;

mod simulation;
mod sweep;
mod threads;
mod trajectory;

mod charts;
mod checks;
mod explain;
mod explorer;
mod export;
mod library;
mod plots;
#[cfg(feature = "cli")]
mod report;
#[cfg(feature = "files")]
mod storage;

#[cfg(feature = "cli")]
mod verdicts;

#[cfg(feature = "cli")]
mod class;

#[cfg(feature = "cli")]
mod cli;

pub use about::{DISCLAIMER, MODEL_VERSION};
pub use checks::calcium_balance::CalciumBalance;
pub use checks::claims::{Judgement, Verdict};
#[cfg(feature = "cli")]
pub use cli::{program_status, run_program};
pub use error::failure::RunFailure;
pub use error::problem::{Problem, Problems};
pub use explorer::Explorer;
pub use library::builder::{ArmBuilder, ScenarioBuilder, Value, setting_text};
#[cfg(feature = "files")]
pub use library::evidence::evidence;
pub use library::lessons::{lesson_text, lessons};
pub use library::listings::{dials, foods, parameters, quantities};
pub use library::run::{IncompleteRun, Run};
pub use library::sensitivity::SensitivityRun;
pub use library::sweep::SweepRun;
#[cfg(feature = "cli")]
pub use library::verdicts::verdicts;
pub use library::why::Why;
pub use parameters::Hypothesis;
pub use plots::{Figure, FigureError};
pub use scenario::Scenario;
pub use simulation::{ArmRun, Method, Options};
pub use sweep::Sweep;
pub use sweep::results_table::{ColumnValues, ResultColumn, Table};
pub use sweep::sensitivity::Sensitivity;

/// The parts of the engine that the benches drive; no part of the promised interface.
#[doc(hidden)]
pub mod internals {
    pub use crate::library::builder::ArmBuilder;
    pub use crate::physiology::state::STATES;
    pub use crate::real::dispatch::Width;
    pub use crate::scenario::{Arm, Scenario};
    pub use crate::simulation::{
        ArmRun, InitialState, Options, PastCache, RowSelection, run_arm, run_arms, run_arms_at,
    };
    pub use crate::trajectory::Trajectory;

    /// The arms of a scenario.
    pub fn arms(scenario: &Scenario) -> &[Arm] {
        &scenario.arms
    }

    /// The rows of a run.
    pub fn trajectory(run: &ArmRun) -> &Trajectory {
        &run.trajectory
    }
}

#[cfg(test)]
#[path = "../tests/engine/mod.rs"]
mod engine_tests;

#[cfg(test)]
#[cfg(feature = "cli")]
#[path = "../tests/fuzz/mod.rs"]
mod fuzz_tests;
