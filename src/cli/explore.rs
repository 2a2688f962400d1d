//! `calcifate explore`: the live explorer as one page that needs no network.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::arguments::commands::ExploreArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::load_scenarios;
use crate::cli::terminal::Terminal;
use crate::explorer::one_text;
use crate::printed::shown_path;
use crate::report::explorer::{MARKER, is_artifact, page};
use crate::scenario::Overrides;
use crate::storage::place::single_file;

/// The page without scenarios, as `cargo xtask explorer` makes it.
const ARTIFACT: &str = "explorer.html";

/// Names the artifact, where it lies at an unusual place.
const VARIABLE: &str = "CALCIFATE_EXPLORER";

/// Writes the page with the files, or with every shipped lesson.
pub(crate) fn explore(arguments: &ExploreArguments, terminal: &Terminal) -> CommandResult {
    let files = load_scenarios(&arguments.files, &Overrides::default(), false, terminal)?;
    let artifact = artifact()?;
    let scenarios = files.iter().map(|file| (file.path.clone(), one_text(&file.scenario)));
    let scenarios: Vec<(String, String)> = scenarios.collect();
    let path = &arguments.output;
    let text = page(&artifact, &scenarios);
    let remark = single_file::write(path, &text, MARKER, arguments.force)?;
    terminal.remarks(remark.as_slice());
    terminal.result(&format!(
        "{} written: open it in a browser; it needs no network\nThe preview of files on an iPhone or \
         iPad runs no scripts: put the page on any web space and open its address there.\n",
        shown_path(path)
    ));
    Ok(ExitStatus::Success)
}

/// The page with every shipped lesson.
/// Errors: It is not part of this program, or of another version.
pub(crate) fn page_of_lessons() -> Result<String, CommandError> {
    artifact().map(|artifact| page(&artifact, &[]))
}

/// The text of the artifact, of this version.
fn artifact() -> Result<String, CommandError> {
    let places = places();
    let found = places.iter().find(|place| place.is_file());
    let Some(path) = found else {
        let places: Vec<String> =
            places.iter().map(|place| format!("  {}", shown_path(place))).collect();
        let message = format!(
            "the page of the explorer is not part of this program; looked for\n{}\nIn a checkout, \
             `cargo xtask explorer` makes it (rustup target add wasm32-unknown-unknown); {VARIABLE} \
             may name it",
            places.join("\n")
        );
        return Err(CommandError::failed(message));
    };
    let text = fs::read_to_string(path).map_err(|error| {
        CommandError::failed(format!("cannot read {}: {error}", shown_path(path)))
    })?;
    if is_artifact(&text) {
        return Ok(text);
    }
    let message = format!(
        "{} is no page of the explorer of this version; make it anew: cargo xtask explorer",
        shown_path(path)
    );
    Err(CommandError::failed(message))
}

/// Where the artifact may lie, the first that is there counts: as the variable says, beside the
/// program, in `share/calcifate` of its prefix, in the `target` of the checkout that it was built in.
fn places() -> Vec<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        return vec![named.into()];
    }
    let program = env::current_exe().and_then(fs::canonicalize).unwrap_or_default();
    let folder = program.parent().unwrap_or(Path::new(""));
    let above = folder.parent().unwrap_or(folder);
    vec![
        folder.join(ARTIFACT),
        above.join("share/calcifate").join(ARTIFACT),
        above.join("explorer").join(ARTIFACT),
    ]
}
