//! From file names to scenarios: reading, naming, and telling every problem at once.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::outcome::Outcome;
use crate::cli::stand_in;
use crate::cli::terminal::Terminal;
use crate::error::failure::InputFailure;
use crate::error::problem::{Problem, Severity};
use crate::scenario::{Loaded, Overrides, Scenario};

/// Largest file that is read \[bytes\].
const LARGEST_FILE: u64 = 1_000_000;

/// Longest stem: file systems allow 255 bytes, and we add to it.
const LONGEST_NAME: usize = 100;

/// A scenario with the name of its file as the user wrote it.
#[derive(Debug)]
pub struct ScenarioFile {
    /// The path as written.
    pub path: String,
    /// What it says.
    pub scenario: Scenario,
    /// How many warnings were shown.
    pub warnings: Vec<Problem>,
}

/// Loads all files and prints all their problems; nothing is returned if any is bad.
pub fn load_all(
    paths: &[PathBuf],
    overrides: &Overrides,
    terminal: &Terminal,
) -> Result<Vec<ScenarioFile>, Outcome> {
    let mut scenarios: Vec<ScenarioFile> = Vec::new();
    let (mut errors, mut warnings) = (0, 0);
    for path in paths {
        let loaded = match load_one(path, overrides) {
            Ok(loaded) => loaded,
            Err(failure) => {
                terminal.error(&failure.to_string());
                errors += 1;
                continue;
            }
        };
        let count = |severity| {
            loaded.problems.iter().filter(|problem| problem.severity == severity).count()
        };
        errors += count(Severity::Error);
        warnings += count(Severity::Warning);
        terminal.talk(&stand_in::render(&loaded.problems, &loaded.texts, terminal.colored_talk));
        if let Some(scenario) = loaded.scenario {
            let path = path.display().to_string();
            if let Some(first) = scenarios.iter().find(|known| known.scenario.name == scenario.name)
            {
                let (first, second) = (first.path.clone(), path.clone());
                let name = scenario.name.clone();
                terminal.error(&InputFailure::SameName { name, first, second }.to_string());
                errors += 1;
            }
            scenarios.push(ScenarioFile { path, scenario, warnings: loaded.problems });
        }
    }
    if errors > 0 {
        let counts = [counted(errors, "error"), counted(warnings, "warning")];
        let counts: Vec<_> = counts.into_iter().flatten().collect();
        terminal.talk(&format!("{}; nothing was run.\n", counts.join(", ")));
        return Err(Outcome::BadInput);
    }
    Ok(scenarios)
}

fn counted(count: usize, word: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    }
}

fn load_one(path: &Path, overrides: &Overrides) -> Result<Loaded, InputFailure> {
    let (name, text) = if path == Path::new("-") {
        ("stdin".to_owned(), text_of("standard input", io::stdin().lock())?)
    } else {
        (scenario_name(path)?, read(path)?)
    };
    let mut loaded = stand_in::load(&name, &text, overrides, &read_extended(path));
    // People know the file by the path that they wrote.
    if let Some(own) = loaded.texts.first_mut() {
        path.display().to_string().clone_into(&mut own.0);
    }
    check_figures(&mut loaded);
    Ok(loaded)
}

/// A figure that does not exist is bad input, found before anything runs.
fn check_figures(loaded: &mut Loaded) {
    let Some(scenario) = &loaded.scenario else { return };
    let known = stand_in::figure_names();
    let unknown: Vec<String> = scenario
        .figures
        .draw
        .iter()
        .filter(|name| !known.contains(&name.as_str()))
        .cloned()
        .collect();
    for name in unknown {
        let place = loaded.texts.iter().enumerate().find_map(|(text, (_, content))| {
            let start = content.find(&format!("\"{name}\""))? + 1;
            let bytes = start..start + name.len();
            Some(crate::error::problem::Place { text, bytes })
        });
        loaded.problems.push(Problem {
            severity: Severity::Error,
            message: format!("unknown figure \"{name}\""),
            place,
            label: String::new(),
            help: format!("known figures: {}", known.join(", ")),
        });
        loaded.scenario = None;
    }
}

/// Reads the files that a scenario extends, relative to the file that mentions them.
fn read_extended(main: &Path) -> impl Fn(&str, &str) -> Result<(String, String), String> {
    let main = if main == Path::new("-") { PathBuf::new() } else { main.to_owned() };
    move |wanted, mentioned_in| {
        let mentioning = Path::new(mentioned_in);
        // The main file goes by its bare name inside the loader.
        let beside = if mentioning.file_stem() == main.file_stem()
            && mentioning.parent() == Some(Path::new(""))
        {
            main.as_path()
        } else {
            mentioning
        };
        let path = beside.parent().unwrap_or(Path::new("")).join(wanted);
        let text = read(&path).map_err(|failure| failure.to_string())?;
        Ok((path.display().to_string(), text))
    }
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
    let upper = stem.split('.').next().unwrap_or_default().to_uppercase();
    let device = matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (upper.len() == 4 && (upper.starts_with("COM") || upper.starts_with("LPT")));
    let why = match () {
        () if stem.starts_with('.') => "it starts with a dot",
        () if stem.len() > LONGEST_NAME => "it is longer than 100 bytes",
        () if stem.chars().any(|c| c.is_control() || "<>:\"/\\|?*".contains(c)) => {
            "it has a character that folders cannot have everywhere"
        }
        () if stem.ends_with(['.', ' ']) || stem.starts_with(' ') => {
            "it starts or ends with a space or dot"
        }
        () if device => "that is a reserved device name",
        () if stem.ends_with(".incomplete") || stem.contains(".before-") => {
            "calcifate uses such names for folders that it moves aside"
        }
        () => return Ok(stem.to_owned()),
    };
    Err(unsafe_name(why))
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
    fn noise_is_told_with_its_place() {
        let refusal = text_of("x", &b"title\xff\xfe"[..]).unwrap_err();
        assert!(matches!(refusal, InputFailure::NotText { byte: 5, .. }), "{refusal}");
        assert!(matches!(text_of("x", &b" \n"[..]), Err(InputFailure::Empty { .. })));
        assert!(matches!(text_of("x", io::repeat(b'x')), Err(InputFailure::TooLarge { .. })));
        assert_eq!(text_of("x", &b"\xef\xbb\xbfa = 1"[..]).unwrap(), "a = 1");
    }
}
