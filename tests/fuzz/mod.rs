//! Structure-aware fuzzing of every kind of input, in process.
//!
//! Each kind has a generator that is driven by the program's own tables (keys of files, dials,
//! foods, units, grammars, options), so that a new row is fuzzed the moment it is there, and a
//! function that feeds one input in and checks what must hold of every answer: no panic, no hang,
//! refusals with place and remedy and without raw control characters, calcium conserved to 1e-9,
//! and printed is read as the same. At least half of each kind must be accepted.
//!
//! `CALCIFATE_FUZZ_SECONDS` or `CALCIFATE_FUZZ_EXECUTIONS` say how long; `CALCIFATE_FUZZ_SEED` and
//! `CALCIFATE_FUZZ_KIND` choose. A finding is written into `CALCIFATE_FUZZ_FINDINGS` (a folder);
//! once it is mended it moves to `tests/fuzz/corpus/KIND/`, which every run begins with.

mod amounts;
mod arguments;
mod claims;
mod dice;
mod document;
mod exercises;
mod folders;
mod grammars;
mod program;
mod properties;
mod runner;
mod scenarios;
mod sweeps;
mod words;

use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::properties::{Broken, Ending};

/// A kind of input.
pub(super) struct Kind {
    /// Name, and folder of its corpus.
    name: &'static str,
    /// How often it has its turn, beside the others.
    weight: u64,
    generate: fn(&mut Dice) -> String,
    execute: fn(&str) -> Result<Ending, Broken>,
}

const KINDS: &[Kind] = &[
    Kind {
        name: "scenario",
        weight: 8,
        generate: scenarios::generate,
        execute: scenarios::execute,
    },
    Kind {
        name: "setting",
        weight: 6,
        generate: scenarios::generate_settings,
        execute: scenarios::execute_settings,
    },
    Kind {
        name: "export",
        weight: 2,
        generate: scenarios::generate,
        execute: scenarios::execute_export,
    },
    Kind { name: "sweep", weight: 2, generate: sweeps::generate, execute: sweeps::execute },
    Kind {
        name: "sensitivity",
        weight: 1,
        generate: sweeps::generate_sensitivity,
        execute: sweeps::execute_sensitivity,
    },
    Kind {
        name: "exercise",
        weight: 1,
        generate: exercises::generate,
        execute: exercises::execute,
    },
    Kind {
        name: "answers",
        weight: 1,
        generate: exercises::generate_answers,
        execute: exercises::execute_answers,
    },
    Kind { name: "claim", weight: 20, generate: grammars::claim, execute: grammars::execute_claim },
    Kind {
        name: "outcome",
        weight: 20,
        generate: grammars::outcome,
        execute: grammars::execute_outcome,
    },
    Kind { name: "range", weight: 20, generate: grammars::range, execute: grammars::execute_range },
    Kind {
        name: "dose",
        weight: 20,
        generate: grammars::regimen,
        execute: grammars::execute_regimen,
    },
    Kind { name: "food", weight: 12, generate: grammars::food, execute: grammars::execute_food },
    Kind {
        name: "quantity",
        weight: 20,
        generate: grammars::quantity,
        execute: grammars::execute_quantity,
    },
    Kind {
        name: "arguments",
        weight: 12,
        generate: arguments::generate,
        execute: arguments::execute,
    },
    Kind {
        name: "manifest",
        weight: 6,
        generate: folders::manifest,
        execute: folders::execute_manifest,
    },
    Kind { name: "chunk", weight: 10, generate: folders::chunk, execute: folders::execute_chunk },
    Kind {
        name: "folder",
        weight: 2,
        generate: folders::damages,
        execute: folders::execute_damages,
    },
];
