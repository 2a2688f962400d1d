//! The program as a user meets it, and the rules of its source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly

mod architecture;
mod cases;
mod class;
mod command_line;
mod damaged_folders;
mod documentation;
mod examples;
mod explore;
mod interruption;
mod library;
mod observations;
mod other_peoples_folders;
mod printed_text;
mod sensitivity;
mod stored_folders;
mod sweep_bad_inputs;
mod sweep_lessons;
mod sweep_resume;
mod wanted_figures;
