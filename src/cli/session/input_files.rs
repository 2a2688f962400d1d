//! From file names to scenarios and sweeps: reading, naming, printing every problem at once.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::about::PROGRAM;
use crate::class::reading::is_exercise;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::error::defect::OrDefect as _;
use crate::error::failure::InputFailure;
use crate::error::problem::{Problem, Problems};
use crate::error::render::render;
use crate::form::top_keys;
use crate::library::input_files::{beside, normal, read, read_beside, text_of};
use crate::library::lessons::lesson;
use crate::printed::{shell_path, shown_path, visible_line};
use crate::scenario::{Loaded, Overrides, Scenario, load};
use crate::storage::place::fault_of_name;
use crate::storage::repeat::{RepeatedRun, is_manifest};
use crate::sweep::file::{FileKind, LoadedFile, kind as file_kind};

/// A scenario with the name of its file as the user wrote it.
pub(crate) struct ScenarioFile {
    pub path: String,
    pub scenario: Scenario,
}

impl ScenarioFile {
    /// The name of its text, by which its folder of results is known.
    pub(crate) fn source(&self) -> &str {
        self.scenario.texts.first().map_or("", |(name, _)| name)
    }
}

/// All files together: what was loaded, and every problem with the texts that it refers to.
#[derive(Default)]
struct Gathered {
    scenarios: Vec<ScenarioFile>,
    texts: Vec<(String, String)>,
    problems: Vec<Problem>,
}

/// Loads all files and prints all their problems; if any is bad, nothing is to be run.
///
/// With `json`, bad input is also a document on the standard output.
pub(crate) fn load_scenarios(
    paths: &[PathBuf],
    overrides: &Overrides,
    json: bool,
    terminal: &Terminal,
) -> Result<Vec<ScenarioFile>, CommandError> {
    let mut gathered = Gathered::default();
    for path in paths {
        let added = load_one(path, overrides).map_err(|failure| of_scenario(failure, path));
        let added = added.and_then(|loaded| gathered.add(path, loaded));
        if let Err(failure) = added {
            gathered.problems.push(Problem::without_span(failure, ""));
        }
    }
    gathered.told(paths.len(), ExitStatus::BadInput, json, terminal)
}

/// Loads one file; the same otherwise.
pub(crate) fn load_scenario(
    path: &Path,
    overrides: &Overrides,
    json: bool,
    terminal: &Terminal,
) -> Result<ScenarioFile, CommandError> {
    load_scenarios(&[path.to_owned()], overrides, json, terminal).and_then(only)
}

/// Loads the scenario of a manifest, which stands at `path`; the same otherwise.
pub(crate) fn load_repeated(
    path: &Path,
    repeated: &RepeatedRun,
    json: bool,
    terminal: &Terminal,
) -> Result<ScenarioFile, CommandError> {
    let (name, text) = repeated.texts.first().or_defect("a manifest without a text");
    let mut loaded = load(name, text, &repeated.overrides, &kept(&repeated.texts));
    if let Some(scenario) = &mut loaded.scenario {
        scenario.name.clone_from(&repeated.name);
    }
    let mut gathered = Gathered::default();
    gathered.add(path, loaded)?;
    gathered.told(1, ExitStatus::Failed, json, terminal).and_then(only)
}

/// Loads a lesson that travels inside the program; the same otherwise.
pub(crate) fn load_lesson(
    name: &str,
    overrides: &Overrides,
    json: bool,
    terminal: &Terminal,
) -> Result<ScenarioFile, CommandError> {
    let text = lesson(name).map_or("", |lesson| lesson.text);
    let path = format!("{name}.toml");
    let refuse = |_: &str, _: &str| Err("a lesson stands alone".to_owned());
    let mut gathered = Gathered::default();
    gathered.add(Path::new(&path), load(&path, text, overrides, &refuse))?;
    gathered.told(1, ExitStatus::BadInput, json, terminal).and_then(only)
}

/// The failure of a scenario file, with what to do about it.
fn of_scenario(failure: InputFailure, file: &Path) -> InputFailure {
    match failure {
        InputFailure::NotFound { path } => {
            InputFailure::NoScenario { path, remedy: instead_of(file) }
        }
        InputFailure::Empty { path } => InputFailure::EmptyScenario { path },
        InputFailure::Folder { path } if file.join("manifest.toml").is_file() => {
            InputFailure::FolderOfResults { path }
        }
        InputFailure::Folder { path } => InputFailure::FolderOfScenarios { path },
        other => other,
    }
}

/// The file that was meant by the name of one that is not there, or the way to a new one.
fn instead_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let stem = name.strip_suffix(".toml").unwrap_or(&name);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let others = std::fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten();
    let names = others.flatten().map(|other| other.file_name());
    let mut names: Vec<_> = names
        .filter(|other| {
            let other = other.to_string_lossy().to_lowercase();
            other == name || other == format!("{stem}.toml")
        })
        .collect();
    names.sort();
    if let Some(meant) = names.first() {
        return format!("did you mean {}?", shown_path(&file.with_file_name(meant)));
    }
    match lesson(stem) {
        Some(lesson) => {
            format!("`calcifate new NAME --from {}` writes that lesson", lesson.name)
        }
        None => "`calcifate new NAME` writes a starter".to_owned(),
    }
}

fn only(files: Vec<ScenarioFile>) -> Result<ScenarioFile, CommandError> {
    files.into_iter().next().ok_or_else(|| CommandError::bad_input("there is no scenario"))
}

/// Hands out the texts of a manifest by the names of their files.
pub(crate) fn kept(
    texts: &[(String, String)],
) -> impl Fn(&str, &str) -> Result<(String, String), String> + '_ {
    |path, mentioned_in| {
        let wanted = beside(path, mentioned_in).display().to_string();
        let found = texts.iter().find(|(name, _)| *name == wanted).cloned();
        found.ok_or_else(|| "the manifest does not hold its text".to_owned())
    }
}

impl Gathered {
    /// Prints the problems; the scenarios, if so many as wanted could be loaded, else the `refusal`.
    fn told(
        self,
        wanted: usize,
        refusal: ExitStatus,
        json: bool,
        terminal: &Terminal,
    ) -> Result<Vec<ScenarioFile>, CommandError> {
        let Self { scenarios, texts, problems: list } = self;
        terminal.talk(&render(&list, &texts, terminal.colored_talk));
        if scenarios.len() == wanted {
            return Ok(scenarios);
        }
        if json {
            terminal.json(&document(&Problems::of(list, texts), refusal));
        }
        Err(CommandError::printed(refusal))
    }

    fn add(&mut self, path: &Path, loaded: Loaded) -> Result<(), InputFailure> {
        let shift = self.texts.len();
        self.texts.extend(loaded.texts);
        self.problems.extend(loaded.problems.iter().cloned().map(|mut problem| {
            if let Some(place) = &mut problem.span {
                place.text += shift;
            }
            problem
        }));
        let Some(scenario) = loaded.scenario else { return Ok(()) };
        let path = path.display().to_string();
        // Not every system tells capital letters from small ones.
        let name = scenario.name.to_lowercase();
        let same = |file: &&ScenarioFile| file.scenario.name.to_lowercase() == name;
        if let Some(first) = self.scenarios.iter().find(same) {
            let folder = match (&first.scenario.name, &scenario.name) {
                (first, second) if first == second => format!("\"{first}\""),
                (first, second) => {
                    format!("\"{first}\" or \"{second}\" where capital letters do not count")
                }
            };
            let [first, second] = [&first.path, &path].map(|path| visible_line(path).into_owned());
            return Err(InputFailure::SameName { folder, first, second });
        }
        self.scenarios.push(ScenarioFile { path, scenario });
        Ok(())
    }
}

/// Loads a sweep or sensitivity file with `load`, which gets its name and its text, and prints its
/// problems and remarks.
///
/// Gives the name of its folder and what it says.
pub(crate) fn load_sweep_file<T>(
    path: &Path,
    terminal: &Terminal,
    load: impl FnOnce(&str, &str) -> LoadedFile<T>,
) -> Result<(String, T), CommandError> {
    let (name, text) = (scenario_name(path)?, read(path)?);
    let loaded = load(&normal(path).display().to_string(), &text);
    terminal.talk(&render(&loaded.problems, &loaded.texts, terminal.colored_talk));
    let content = loaded.content.ok_or(CommandError::printed(ExitStatus::BadInput))?;
    terminal.remarks(&loaded.remarks);
    Ok((name, content))
}

/// The JSON document about what was refused.
fn document(problems: &Problems, status: ExitStatus) -> Value {
    let shown = problems.iter().map(|problem| {
        let place = problems.place(problem);
        json!({
            "file": place.map(|(file, ..)| file),
            "line": place.map(|(_, line, _)| line),
            "column": place.map(|(.., column)| column),
            "severity": if problem.is_error() { "error" } else { "warning" },
            "message": problem.message,
            "help": problem.help,
        })
    });
    json!({
        "program": PROGRAM,
        "exit_code": status.code(),
        "problems": shown.collect::<Vec<_>>(),
    })
}

fn load_one(path: &Path, overrides: &Overrides) -> Result<Loaded, InputFailure> {
    let (name, text) = if path == Path::new("-") {
        ("stdin".to_owned(), text_of("standard input", io::stdin().lock())?)
    } else {
        (scenario_name(path)?, read(path)?)
    };
    let shown = normal(path).display().to_string();
    refuse_other_command(&shown, &text)?;
    let mut loaded = load(&shown, &text, overrides, &read_beside);
    if let Some(scenario) = &mut loaded.scenario {
        scenario.name = name; // checked to be a safe name for a folder
    }
    Ok(loaded)
}

/// Refuses a file of a sweep, an analysis or an exercise, in one sentence instead of many about its
/// keys.
pub(crate) fn refuse_other_command(path: &str, text: &str) -> Result<(), InputFailure> {
    let keys = top_keys(text);
    let is_scenario =
        ["duration", "arm", "person"].iter().any(|own| keys.iter().any(|key| key == own));
    let (kind, command) = match file_kind(text).filter(|_| !is_scenario) {
        _ if is_exercise(text) => ("class exercise", "class"),
        _ if is_manifest(text) => ("manifest of a run", "run"),
        None => return Ok(()),
        Some(FileKind::Sweep) => ("sweep file", "sweep"),
        Some(FileKind::Sensitivity) => ("sensitivity analysis", "sensitivity"),
    };
    let (path, shown) = (path.to_owned(), shell_path(path));
    Err(InputFailure::OtherCommand { path, kind, command, shown })
}

/// The name of the output folder: the file's stem, if that is a safe name for a folder.
pub(crate) fn scenario_name(path: &Path) -> Result<String, InputFailure> {
    let unsafe_name = |why| InputFailure::UnsafeName { path: shown_path(path), why };
    if path.is_dir() {
        return Err(InputFailure::Folder { path: shown_path(path) });
    }
    let stem = path.file_stem().ok_or_else(|| unsafe_name("it has none"))?;
    let stem = stem.to_str().ok_or_else(|| unsafe_name("it is not UTF-8"))?;
    fault_of_name(stem).map_or(Ok(stem.to_owned()), |why| Err(unsafe_name(why)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_safe_folder_are_refused() {
        for name in [
            "..",
            ".hidden.toml",
            "nul.toml",
            "a:b.toml",
            "x.incomplete.toml",
            "a .toml",
            "\n.toml",
        ] {
            assert!(scenario_name(Path::new(name)).is_err(), "{name:?}");
        }
        assert!(scenario_name(Path::new(&format!("{}.toml", "x".repeat(101)))).is_err());
        for (name, stem) in
            [("a/b.toml", "b"), ("völlig.toml", "völlig"), ("a.b.toml", "a.b"), ("x y", "x y")]
        {
            assert_eq!(scenario_name(Path::new(name)).unwrap(), stem);
        }
    }
}
