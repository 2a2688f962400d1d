//! From file names to scenarios and sweeps: reading, naming, printing every problem at once.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use serde_json::json;

use crate::about::PROGRAM;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::error::failure::InputFailure;
use crate::error::problem::{Problem, Severity};
use crate::error::render::render;
use crate::scenario::{Loaded, Overrides, Scenario, load};
use crate::storage::place::fault_of_name;
use crate::sweep::file::LoadedFile;

const LARGEST_FILE: u64 = 1_000_000;

/// A scenario with the name of its file as the user wrote it.
#[derive(Debug)]
pub(crate) struct ScenarioFile {
    pub path: String,
    pub scenario: Scenario,
    pub warnings: Vec<Problem>,
}

/// All files together: what was loaded, and every problem with the texts that it refers to.
#[derive(Debug, Default)]
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
        if let Err(failure) = gathered.add(path, overrides) {
            gathered.problems.push(Problem {
                severity: Severity::Error,
                message: failure.to_string(),
                place: None,
                label: String::new(),
                help: String::new(),
            });
        }
    }
    let Gathered { scenarios, texts, problems } = gathered;
    terminal.talk(&render(&problems, &texts, terminal.colored_talk));
    if scenarios.len() == paths.len() {
        return Ok(scenarios);
    }
    if json {
        terminal.result(&refusal(&problems, &texts));
    }
    Err(CommandError::printed(ExitStatus::BadInput))
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

impl Gathered {
    fn add(&mut self, path: &Path, overrides: &Overrides) -> Result<(), InputFailure> {
        let loaded = load_one(path, overrides)?;
        let shift = self.texts.len();
        self.texts.extend(loaded.texts);
        self.problems.extend(loaded.problems.iter().cloned().map(|mut problem| {
            if let Some(place) = &mut problem.place {
                place.text += shift;
            }
            problem
        }));
        let Some(scenario) = loaded.scenario else { return Ok(()) };
        let path = path.display().to_string();
        let same = |file: &&ScenarioFile| file.scenario.name == scenario.name;
        if let Some(first) = self.scenarios.iter().find(same) {
            let (name, first) = (scenario.name, first.path.clone());
            return Err(InputFailure::SameName { name, first, second: path });
        }
        self.scenarios.push(ScenarioFile { path, scenario, warnings: loaded.problems });
        Ok(())
    }
}

/// The JSON document about bad input.
fn refusal(problems: &[Problem], texts: &[(String, String)]) -> String {
    let problems = problems.iter().map(|problem| {
        let place = problem.place.as_ref();
        let found = place.and_then(|place| Some((place, texts.get(place.text)?)));
        let before = found.and_then(|(place, (_, text))| text.get(..place.bytes.start));
        let column = |before: &str| before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        json!({
            "file": found.map(|(_, (name, _))| name),
            "line": before.map(|before| before.matches('\n').count() + 1),
            "column": before.map(column),
            "severity": if problem.severity == Severity::Error { "error" } else { "warning" },
            "message": problem.message,
            "help": problem.help,
        })
    });
    let document = json!({
        "program": PROGRAM,
        "exit_code": ExitStatus::BadInput.code(),
        "problems": problems.collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn load_one(path: &Path, overrides: &Overrides) -> Result<Loaded, InputFailure> {
    let (name, text) = if path == Path::new("-") {
        ("stdin".to_owned(), text_of("standard input", io::stdin().lock())?)
    } else {
        (scenario_name(path)?, read(path)?)
    };
    let shown = normal(path).display().to_string();
    let mut loaded = load(&shown, &text, overrides, &read_beside);
    if let Some(scenario) = &mut loaded.scenario {
        scenario.name = name; // checked to be a safe name for a folder
    }
    Ok(loaded)
}

/// The name and text of a file that another file mentions, relative to that.
pub(crate) fn read_beside(path: &str, mentioned_in: &str) -> Result<(String, String), String> {
    let beside = Path::new(mentioned_in).parent().unwrap_or(Path::new(""));
    let path = normal(&beside.join(path));
    let text = read(&path).map_err(|failure| failure.to_string())?;
    Ok((path.display().to_string(), text))
}

/// The path without `.` and `x/..`, so that one file has one name.
fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.iter().collect()
}

fn read(path: &Path) -> Result<String, InputFailure> {
    let shown = path.display().to_string();
    let failure = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => InputFailure::NotFound { path: shown.clone() },
        io::ErrorKind::IsADirectory => InputFailure::Folder { path: shown.clone() },
        _ => InputFailure::Unreadable { path: shown.clone(), source },
    };
    if fs::metadata(path).map_err(failure)?.is_dir() {
        return Err(InputFailure::Folder { path: shown });
    }
    text_of(&shown, File::open(path).map_err(failure)?)
}

fn text_of(shown: &str, source: impl Read) -> Result<String, InputFailure> {
    let path = shown.to_owned();
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file at the limit from one above it, also for pipes.
    match source.take(LARGEST_FILE + 1).read_to_end(&mut bytes) {
        Err(source) => return Err(InputFailure::Unreadable { path, source }),
        Ok(count) if count as u64 > LARGEST_FILE => {
            return Err(InputFailure::TooLarge { path, limit: LARGEST_FILE });
        }
        Ok(_) => {}
    }
    // Some editors begin a file with a byte-order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    let text = String::from_utf8(bytes).map_err(|error| InputFailure::NotText {
        path: shown.to_owned(),
        byte: error.utf8_error().valid_up_to(),
    })?;
    if text.trim().is_empty() { Err(InputFailure::Empty { path }) } else { Ok(text) }
}

/// The name of the output folder: the file's stem, if that is a safe name for a folder.
fn scenario_name(path: &Path) -> Result<String, InputFailure> {
    let unsafe_name = |why| InputFailure::UnsafeName { path: path.display().to_string(), why };
    if path.is_dir() {
        return Err(InputFailure::Folder { path: path.display().to_string() });
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

    #[test]
    fn one_file_has_one_name() {
        assert_eq!(normal(Path::new("./a/../b/./c.toml")), Path::new("b/c.toml"));
        assert_eq!(normal(Path::new("../a/../../c.toml")), Path::new("../../c.toml"));
    }

    #[test]
    fn noise_is_told_with_its_place() {
        let refusal = text_of("x", &b"title\xff\xfe"[..]).unwrap_err();
        assert!(matches!(refusal, InputFailure::NotText { byte: 5, .. }), "{refusal}");
        assert!(matches!(text_of("x", &b" \n"[..]), Err(InputFailure::Empty { .. })));
        assert!(matches!(text_of("x", io::repeat(b'x')), Err(InputFailure::TooLarge { .. })));
        assert_eq!(text_of("x", &b"\xef\xbb\xbfa = 1"[..]).unwrap(), "a = 1");
    }
}
