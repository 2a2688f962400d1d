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
mod settings;
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

impl Kind {
    const fn new(
        name: &'static str,
        weight: u64,
        generate: fn(&mut Dice) -> String,
        execute: fn(&str) -> Result<Ending, Broken>,
    ) -> Self {
        Self { name, weight, generate, execute }
    }
}

const KINDS: &[Kind] = &[
    Kind::new("scenario", 8, scenarios::generate, scenarios::execute),
    Kind::new("setting", 6, settings::generate, settings::execute),
    Kind::new("export", 2, scenarios::generate, scenarios::execute_export),
    Kind::new("sweep", 2, sweeps::generate, sweeps::execute),
    Kind::new("sensitivity", 1, sweeps::generate_sensitivity, sweeps::execute_sensitivity),
    Kind::new("exercise", 1, exercises::generate, exercises::execute),
    Kind::new("answers", 1, exercises::generate_answers, exercises::execute_answers),
    Kind::new("claim", 20, grammars::claim, grammars::execute_claim),
    Kind::new("outcome", 20, grammars::outcome, grammars::execute_outcome),
    Kind::new("range", 20, grammars::range, grammars::execute_range),
    Kind::new("dose", 20, grammars::regimen, grammars::execute_regimen),
    Kind::new("food", 12, grammars::food, grammars::execute_food),
    Kind::new("quantity", 20, grammars::quantity, grammars::execute_quantity),
    Kind::new("arguments", 12, arguments::generate, arguments::execute),
    Kind::new("manifest", 6, folders::manifest, folders::execute_manifest),
    Kind::new("chunk", 10, folders::chunk, folders::execute_chunk),
    Kind::new("folder", 2, folders::damages, folders::execute_damages),
];
