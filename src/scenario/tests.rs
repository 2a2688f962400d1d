use super::*;
use crate::error::render::render;

mod bad_inputs;
mod doses;
mod habits;
mod hypotheses;
mod inheritance;
mod limits;
mod meaning;
mod messages;
mod other_names;
mod paradox;
mod robust;
mod schema;
mod thousands;

fn load_text(text: &str) -> Loaded {
    load_under(text, &Overrides::default())
}

/// Loads a text that must be right.
fn scenario(text: &str) -> Scenario {
    let loaded = load_text(text);
    let problems = loaded.problems;
    loaded.scenario.unwrap_or_else(|| panic!("{problems:#?}"))
}

/// Loads a text under some changes, without other files.
fn load_under(text: &str, overrides: &Overrides) -> Loaded {
    load("lesson.toml", text, overrides, &|path, _| Err(format!("no file {path}")))
}

/// Changes of `--set`.
fn set(pairs: &[(&str, &str)]) -> Overrides {
    let set = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Overrides { set, ..Overrides::default() }
}

/// The problems of a text as they are shown.
fn shown(text: &str) -> String {
    let loaded = load_text(text);
    render(&loaded.problems, &loaded.texts, false)
}

#[track_caller]
fn says(text: &str, parts: &[&str], not: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
    for part in not {
        assert!(!text.contains(part), "{part:?} stands in:\n{text}");
    }
}
