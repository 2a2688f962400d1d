use super::*;
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
    load("lesson.toml", text, &Overrides::default(), &|path, _| Err(format!("no file {path}")))
}

/// Loads a text that must be right.
fn scenario(text: &str) -> Scenario {
    let loaded = load_text(text);
    let problems = loaded.problems;
    loaded.scenario.unwrap_or_else(|| panic!("{problems:#?}"))
}
