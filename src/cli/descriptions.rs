//! `calcifate schema`, `completions` and `man`: files, commands and options as other programs read them.

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::class::keys::EXERCISE;
use crate::cli::arguments::Arguments;
use crate::cli::arguments::commands::{ManArguments, SchemaOf};
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::form::schema::json_schema;
use crate::scenario::keys::SCENARIO;
use crate::storage::place::single_file::write_all;
use crate::sweep::file::SWEEP;

pub(crate) fn schema(of: SchemaOf, terminal: &Terminal) -> CommandResult {
    let form = match of {
        SchemaOf::Scenario => &SCENARIO,
        SchemaOf::Sweep => &SWEEP,
        SchemaOf::Exercise => &EXERCISE,
    };
    terminal.json(&json_schema(form));
    Ok(ExitStatus::Success)
}

pub(crate) fn completions(shell: Shell, terminal: &Terminal) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "calcifate", &mut script);
    terminal.result(&String::from_utf8_lossy(&script));
    Ok(ExitStatus::Success)
}

/// By this a page of ours is known.
const MARKER: &str = ".TH calcifate";

/// Prints the page of the program, or writes the pages of all commands into a folder.
pub(crate) fn man(arguments: &ManArguments, terminal: &Terminal) -> CommandResult {
    if let Some(folder) = arguments.folder.as_ref().or(arguments.output.as_ref()) {
        let mut program = Arguments::command().disable_help_subcommand(true);
        program.build();
        let mut pages = Vec::new();
        collect(&program, &mut pages);
        terminal.remarks(&write_all(folder, &pages, MARKER, arguments.force)?);
        return Ok(ExitStatus::Success);
    }
    terminal.result(&String::from_utf8_lossy(&page(Arguments::command()).1));
    Ok(ExitStatus::Success)
}

/// Adds the page of a command after those of its own commands.
fn collect(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) {
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        collect(inner, pages);
    }
    pages.push(page(command.clone()));
}

/// Name and text of the page of a command.
fn page(command: clap::Command) -> (String, Vec<u8>) {
    let page = Man::new(command);
    let mut text = Vec::new();
    // Writing into memory does not fail.
    let _ = page.render(&mut text);
    (page.get_filename(), text)
}
