//! `calcifate export`: the model for other programs.

use std::path::{Path, PathBuf};

use crate::cli::arguments::commands::ExportCommand;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::{ScenarioFile, load_scenario};
use crate::cli::terminal::Terminal;
use crate::error::defect::OrDefect as _;
use crate::error::failure::RunFailure;
use crate::export::sbml::{ExportedArm, MARKER, document};
use crate::physiology::segment_inputs::Resolution;
use crate::printed::shown_path;
use crate::scenario::Arm;
use crate::simulation::{InitialState, Options};
use crate::storage::place::single_file;

/// Folder of files without another place.
const FOLDER: &str = "output";

/// Writes the model in the language that is asked for.
pub(crate) fn export(command: &ExportCommand, terminal: &Terminal) -> CommandResult {
    let ExportCommand::Sbml(arguments) = command;
    let overrides = arguments.changes.overrides(arguments.arm.iter().cloned().collect());
    let file = &load_scenario(&arguments.file, &overrides, false, terminal)?;
    let arm = file.scenario.arms.first().or_defect("a scenario without an arm");
    if arm.resolution != Resolution::Averaged && !arguments.averaged {
        return Err(CommandError::bad_input(not_averaged(file, arm)));
    }
    let text = text(file, arm, &arguments.tolerance.options())?;
    let name = format!("{}_{}.xml", file.scenario.name, arm.name);
    let Some(path) = place(arguments.output.as_deref(), &name) else {
        terminal.result(&text);
        return Ok(ExitStatus::Success);
    };
    let remark = single_file::write(&path, &text, MARKER, arguments.force)?;
    terminal.remarks(remark.as_slice());
    terminal.result(&format!("{} written: {}\n", shown_path(&path), description(file, arm)));
    Ok(ExitStatus::Success)
}

fn not_averaged(file: &ScenarioFile, arm: &Arm) -> String {
    let resolution = format!("{:?}", arm.resolution).to_lowercase();
    format!(
        "{}: arm {} has the resolution \"{resolution}\", but SBML gets averaged intake; \
         with --averaged the same amounts are written as constant rates",
        file.path, arm.name
    )
}

/// The document, after the arm's lived past.
fn text(file: &ScenarioFile, arm: &Arm, options: &Options) -> Result<String, RunFailure> {
    let start = InitialState::of(arm, options, &mut |_| true)?;
    let (model, state) = (start.model(), start.state());
    Ok(document(&ExportedArm { scenario: &file.scenario, arm, model: &model, start: &state }))
}

/// Path of the document; `None` for the standard output.
fn place(output: Option<&Path>, name: &str) -> Option<PathBuf> {
    match output {
        None => Some(Path::new(FOLDER).join(name)),
        Some(output) if output == Path::new("-") => None,
        Some(output) if output.is_dir() || output.to_string_lossy().ends_with('/') => {
            Some(output.join(name))
        }
        Some(output) => Some(output.to_owned()),
    }
}

fn description(file: &ScenarioFile, arm: &Arm) -> String {
    let others = if arm.label == arm.name { String::new() } else { format!(" ({})", arm.label) };
    format!("{}, arm {}{others}, {} days", file.scenario.title, arm.name, arm.duration_days)
}
