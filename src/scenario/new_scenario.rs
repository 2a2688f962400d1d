//! A scenario file to start from.

/// A commented file that loads without problems, titled after `name`.
pub(crate) fn new_scenario(name: &str) -> String {
    let safe = |c: char| if c.is_control() || c == '"' || c == '\\' { ' ' } else { c };
    let title: String = name.replace(['_', '-'], " ").chars().map(safe).collect();
    let title = title.trim();
    let mut letters = title.chars();
    let title = letters.next().map_or_else(
        || "My lesson".to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    );
    TEMPLATE.replace("TITLE", &title)
}

const TEMPLATE: &str = include_str!("new_scenario.toml");
