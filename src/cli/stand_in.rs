//! Stand-ins for parts that are being written elsewhere, each with the name and shape of the real
//! thing. To be deleted: replace `stand_in::x` by the path named at each item.

use crate::error::problem::{Problem, Severity};
use crate::plots::{FigureKind, Subject};
use crate::scenario::claims::Claim;
use crate::trajectory::Trajectory;

/// Real: `crate::error::render::render`.
pub fn render(problems: &[Problem], texts: &[(String, String)], _color: bool) -> String {
    let line = |problem: &Problem| {
        let word = if problem.severity == Severity::Error { "error" } else { "warning" };
        let text = problem.place.as_ref().map_or(0, |place| place.text);
        let file = texts.get(text).map_or("", |text| text.0.as_str());
        format!("{word}: {file}: {} {}\n", problem.message, problem.help)
    };
    problems.iter().map(line).collect()
}

/// Real: `crate::checks::claims::Verdict`.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Whether it holds; `None` if that cannot be decided.
    pub holds: Option<bool>,
    /// Left side.
    pub left: f64,
    /// Right side.
    pub right: f64,
    /// Unit of both.
    pub unit: String,
    /// In words and numbers.
    pub text: String,
}

/// Real: `crate::checks::claims::evaluate`.
pub fn evaluate(claim: &Claim, _arms: &[(&str, &Trajectory)]) -> Verdict {
    let holds = Some(!claim.text.contains("< 0.1 mmol/L"));
    Verdict { holds, left: 86.0, right: 101.7, unit: "AU".into(), text: "86 < 101.7 AU".into() }
}

/// Real: `crate::plots::FigureKind::usual_for`.
pub fn usual_figures(_subject: &Subject<'_>) -> Vec<FigureKind> {
    vec![FigureKind::Paradox, FigureKind::Timeline]
}

/// Real: `crate::scenario::schema`.
pub fn json_schema() -> String {
    "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"\n}\n".to_owned()
}
