//! The commands, one short function each, and every printed word.
//!
//! Reads the files that the user names, asks the other modules, and tells the outcome. Results
//! go to the standard output, talk (progress, warnings, errors) to the standard error.

pub mod arguments;
mod check;
mod completions;
mod export;
mod interrupt;
mod lessons;
mod list;
mod man;
mod merge;
mod new;
pub mod outcome;
mod run;
mod scenario_files;
mod schema;
mod sensitivity;
mod sweep;
mod table;
mod terminal;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::arguments::{Arguments, Command};
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;

/// Runs the program with a command line, the program's name included.
pub fn run_program(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => return tell_usage(&message).into(),
    };
    let terminal = Terminal::new(arguments.color, arguments.quiet);
    let outcome = match &arguments.command {
        Command::Run(wanted) => run::run(wanted, &terminal),
        Command::Sweep(wanted) => sweep::sweep(wanted, &terminal),
        Command::Sensitivity(wanted) => sensitivity::sensitivity(wanted, &terminal),
        Command::Merge(wanted) => merge::merge(wanted, &terminal),
        Command::Check(wanted) => check::check(wanted, &terminal),
        Command::New(wanted) => new::new(wanted, &terminal),
        Command::Schema { files } => schema::schema(*files, &terminal),
        Command::List(wanted) => list::list(wanted, &terminal),
        Command::Export(wanted) => export::export(wanted, &terminal),
        Command::Completions { shell } => completions::completions(*shell, &terminal),
        Command::Man { folder } => man::man(folder.as_deref(), &terminal),
    };
    terminal.end(outcome).into()
}

/// Help and version are results; a wrong command line is bad input.
fn tell_usage(message: &clap::Error) -> Outcome {
    let told = message.print();
    match told {
        _ if message.use_stderr() => Outcome::BadInput,
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Outcome::Failed,
        _ => Outcome::Fine,
    }
}
