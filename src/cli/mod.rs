//! The commands, one short function each, and every printed word.
//!
//! Reads the files that the user names, asks the other modules, and prints the result. Results
//! go to the standard output, talk (progress, warnings, errors) to the standard error.

pub(crate) mod arguments;
mod check;
mod class;
mod descriptions;
mod evidence;
mod exit_status;
mod explain;
mod explore;
mod export;
mod list;
mod merge;
mod new;
mod report;
mod run;
mod sensitivity;
mod session;
pub(crate) mod sweep;
mod table;
mod terminal;
mod verdicts;
mod why;

use std::ffi::OsString;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory as _, Parser as _};

use crate::cli::arguments::{Arguments, Color, Command};
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::{Session, interrupt};
use crate::cli::terminal::Terminal;
use crate::error::defect;
use crate::error::suggest::nearest;

/// Runs the program with a command line, the program's name included.
///
/// ```
/// let line = ["calcifate", "list", "claims"];
/// let _exit_code = calcifate::run_program(line.map(Into::into));
/// ```
pub fn run_program(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    program_status(arguments).into()
}

/// The same for programs that end by themselves: gives the number of the exit code.
///
/// ```
/// let line = ["calcifate", "list", "nothing"];
/// assert_eq!(calcifate::program_status(line.map(Into::into)), 2);
/// ```
pub fn program_status(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => return print_usage(&with_meant_command(message)).code(),
    };
    interrupt::survive_size_limits();
    let session = Session::begin(Terminal::new(arguments.color, arguments.quiet));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(report_defect));
    let run = AssertUnwindSafe(|| dispatch(&arguments.command, &session));
    // A panic is a defect, which the hook has told of.
    let result = std::panic::catch_unwind(run)
        .unwrap_or_else(|_| Err(CommandError::printed(ExitStatus::Failed)));
    std::panic::set_hook(hook);
    session.end(result).code()
}

/// Prints what a panic met, where, and what to do.
fn report_defect(panic: &PanicHookInfo<'_>) {
    let what = panic.payload_as_str().unwrap_or("a panic without words");
    let place = panic.location().map_or_else(String::new, ToString::to_string);
    // Not by the terminal: the panic may be its own.
    let _ = writeln!(std::io::stderr(), "error: {}", defect::report(what, &place));
}

fn dispatch(command: &Command, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    match command {
        Command::Run(arguments) => run::run(arguments, session),
        Command::Sweep(arguments) => sweep::sweep(arguments, session),
        Command::Sensitivity(arguments) => sensitivity::sensitivity(arguments, session),
        Command::Evidence(arguments) => evidence::evidence(arguments, session),
        Command::Verdicts(arguments) => verdicts::verdicts(arguments, session),
        Command::Class(arguments) => class::class(arguments, session),
        Command::Why(arguments) => why::why(arguments, session),
        Command::Explain(arguments) => explain::explain(arguments, session),
        Command::Explore(arguments) => explore::explore(arguments, terminal),
        Command::Report(arguments) => report::report(arguments, session),
        Command::Merge(arguments) => merge::merge(arguments, session),
        Command::Check(arguments) => check::check(arguments, terminal),
        Command::New(arguments) => new::new(arguments, terminal),
        Command::Schema { files } => descriptions::schema(*files, terminal),
        Command::List(arguments) => list::list(arguments, terminal),
        Command::Export(command) => export::export(command, terminal),
        Command::Completions { shell } => descriptions::completions(*shell, terminal),
        Command::Man(arguments) => descriptions::man(arguments, terminal),
    }
}

/// Help and version are results; a wrong command line is bad input.
fn print_usage(message: &clap::Error) -> ExitStatus {
    let terminal = Terminal::new(Color::Auto, false);
    let text = message.render();
    let shown = |colored| if colored { text.ansi().to_string() } else { text.to_string() };
    if message.use_stderr() {
        terminal.talk(&shown(terminal.colored_talk));
        return ExitStatus::BadInput;
    }
    terminal.result(&shown(terminal.colored_results));
    ExitStatus::failed_if(terminal.output_failed())
}

/// The message about an unknown command, with one of swapped letters, which clap does not find:
/// "rnu".
fn with_meant_command(mut message: clap::Error) -> clap::Error {
    let is_told = message.get(ContextKind::SuggestedSubcommand).is_some();
    let word = match message.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) if !is_told => word.clone(),
        _ => return message,
    };
    let commands = Arguments::command();
    let names = commands.get_subcommands().map(clap::Command::get_name);
    if let Some(meant) = nearest(&word, names) {
        let suggested = ContextValue::Strings(vec![meant.to_owned()]);
        message.insert(ContextKind::SuggestedSubcommand, suggested);
    }
    message
}
