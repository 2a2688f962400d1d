//! `calcifate export`: the model for other programs.

use std::path::{Path, PathBuf};

use crate::cli::arguments::{Export, ExportSbml};
use crate::cli::outcome::Outcome;
use crate::cli::scenario_files::{self, ScenarioFile};
use crate::cli::terminal::Terminal;
use crate::error::failure::RunFailure;
use crate::export::sbml::{MARKER, Subject, document};
use crate::nutrition::schedule::Resolution;
use crate::scenario::{Arm, Overrides};
use crate::simulation::{Options, Start};
use crate::storage::DISCLAIMER;
use crate::storage::manifest::MODEL_VERSION;
use crate::storage::place::single_file;

/// Where files go unless told otherwise.
const FOLDER: &str = "output";

/// Writes the model in the wanted language.
pub fn export(wanted: &Export, terminal: &Terminal) -> Outcome {
    match wanted {
        Export::Sbml(wanted) => sbml(wanted, terminal),
    }
}

fn sbml(wanted: &ExportSbml, terminal: &Terminal) -> Outcome {
    let overrides = Overrides {
        set: wanted.set.clone(),
        hypothesis: wanted.hypothesis,
        arms: wanted.arm.iter().cloned().collect(),
        beyond_range: wanted.beyond_range,
    };
    let files = std::slice::from_ref(&wanted.file);
    let loaded = match scenario_files::load_all(files, &overrides, false, terminal) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let chosen = loaded.first().and_then(|file| Some((file, file.scenario.arms.first()?)));
    let Some((file, arm)) = chosen else { return Outcome::BadInput };
    if arm.resolution != Resolution::Averaged && !wanted.averaged {
        terminal.error(&not_averaged(file, arm));
        return Outcome::BadInput;
    }
    match text(file, arm, wanted.rtol) {
        Ok(text) => deliver(&text, file, arm, wanted, terminal),
        Err(failure) => {
            terminal.error(&failure.to_string());
            Outcome::Failed
        }
    }
}

fn not_averaged(file: &ScenarioFile, arm: &Arm) -> String {
    let resolution = format!("{:?}", arm.resolution).to_lowercase();
    format!(
        "{}: arm {} has the resolution \"{resolution}\", but SBML gets averaged intake; \
         with --averaged the same amounts are written as constant rates",
        file.path, arm.name
    )
}

/// The document, after the arm's life history.
fn text(file: &ScenarioFile, arm: &Arm, relative_tolerance: f64) -> Result<String, RunFailure> {
    let options = Options { relative_tolerance, ..Options::default() };
    let start = Start::of(arm, &options, &mut |_| true)?;
    Ok(document(&Subject {
        scenario: &file.scenario,
        arm,
        start: start.state(),
        program: &format!("calcifate {}", env!("CARGO_PKG_VERSION")),
        model_version: MODEL_VERSION,
        disclaimer: DISCLAIMER,
    }))
}

fn deliver(
    text: &str,
    file: &ScenarioFile,
    arm: &Arm,
    wanted: &ExportSbml,
    terminal: &Terminal,
) -> Outcome {
    let name = format!("{}_{}.xml", file.scenario.name, arm.name);
    let Some(path) = place(wanted.output.as_deref(), &name) else {
        terminal.result(text);
        return Outcome::Fine;
    };
    match single_file::write(&path, text, MARKER, wanted.force) {
        Ok(remark) => {
            remark.iter().for_each(|remark| terminal.remark(remark));
            terminal.result(&format!("{} written: {}\n", path.display(), said(file, arm)));
            Outcome::Fine
        }
        Err(failure) => {
            terminal.error(&failure.to_string());
            Outcome::Failed
        }
    }
}

/// Where the document goes; `None` for the standard output.
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

fn said(file: &ScenarioFile, arm: &Arm) -> String {
    let others = if arm.label == arm.name { String::new() } else { format!(" ({})", arm.label) };
    format!("{}, arm {}{others}, {} days", file.scenario.title, arm.name, arm.duration_days)
}
