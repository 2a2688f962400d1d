//! The scenarios of `calcifate run`: files with changes, or the manifest of an earlier run.

use crate::cli::arguments::commands::RunArguments;
use crate::cli::exit_status::CommandError;
use crate::cli::session::input_files::{ScenarioFile, load_repeated, load_scenarios};
use crate::cli::terminal::Terminal;
use crate::library::input_files::read;
use crate::printed::shown_path;
use crate::scenario::Overrides;
use crate::simulation::Options;
use crate::storage::repeat::{RepeatedRun, is_manifest};

/// What is to be run, and how.
pub(super) struct WantedRuns {
    pub scenarios: Vec<ScenarioFile>,
    pub overrides: Overrides,
    pub options: Options,
}

/// Loads what the arguments name.
pub(super) fn wanted(
    arguments: &RunArguments,
    terminal: &Terminal,
) -> Result<WantedRuns, CommandError> {
    let (files, json) = (&arguments.scenarios.files, arguments.answer.json);
    for path in files {
        let text = read(path).ok().filter(|text| is_manifest(text));
        if let Some(text) = text {
            let shown = shown_path(path);
            if files.len() > 1 || changes_something(arguments) {
                return Err(CommandError::bad_input(format!(
                    "{shown}: a manifest repeats its run exactly: it takes no other file and none of \
                     --arm, --set, --hypothesis, --beyond-range, --method, --rtol"
                )));
            }
            let repeated = RepeatedRun::read(&text)
                .map_err(|why| CommandError::failed(format!("{shown}: {why}")))?;
            let scenarios = vec![load_repeated(path, &repeated, json, terminal)?];
            let RepeatedRun { overrides, options, .. } = repeated;
            return Ok(WantedRuns { scenarios, overrides, options });
        }
    }
    let overrides = arguments.changes.overrides(arguments.arm.clone());
    let scenarios = load_scenarios(files, &overrides, json, terminal)?;
    Ok(WantedRuns { scenarios, overrides, options: arguments.solver.options() })
}

/// True if an argument says what the manifest says too.
fn changes_something(arguments: &RunArguments) -> bool {
    let changes = &arguments.changes;
    let of_scenario =
        !changes.set.is_empty() || changes.beyond_range || changes.hypothesis.is_some();
    of_scenario || !arguments.arm.is_empty() || arguments.solver.options() != Options::default()
}
