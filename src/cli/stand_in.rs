//! Stand-ins for parts that are being written elsewhere, each with the name and shape of the real
//! thing. To be deleted: replace `stand_in::x` by the path named at each item.

use crate::error::problem::{Problem, Severity};

/// Real: `crate::error::render::render`.
pub fn render(problems: &[Problem], texts: &[(String, String)], _color: bool) -> String {
    let line = |problem: &Problem| {
        let word = if problem.severity == Severity::Error { "error" } else { "warning" };
        let place = problem.place.as_ref();
        let file = place.and_then(|place| texts.get(place.text)).map_or("", |text| text.0.as_str());
        let file = if file.is_empty() { String::new() } else { format!("{file}: ") };
        let help =
            if problem.help.is_empty() { String::new() } else { format!("; {}", problem.help) };
        format!("{word}: {file}{}{help}\n", problem.message)
    };
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let closing = match errors {
        0 => String::new(),
        1 => "1 error; nothing was run.\n".to_owned(),
        _ => format!("{errors} errors; nothing was run.\n"),
    };
    problems.iter().map(line).collect::<String>() + &closing
}

/// Real: `crate::scenario::schema`.
pub fn json_schema() -> String {
    "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"\n}\n".to_owned()
}
