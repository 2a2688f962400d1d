//! Shows problems as text: file, line, column, the line with a caret, and what to do.

use crate::error::problem::{Problem, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Longer lines (or files without lines) are not shown, only named.
const LINE_LIMIT: usize = 400;

/// All problems as text, in their order, with a closing line that counts them.
///
/// `texts`: the texts that places refer to, with their names. `color`: with terminal colors.
#[must_use]
pub fn render(problems: &[Problem], texts: &[(String, String)], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems {
        out += &render_one(problem, texts, &renderer);
        out += "\n\n";
    }
    if !problems.is_empty() {
        out += &closing(problems);
        out.push('\n');
    }
    out
}

/// "2 errors, 1 warning; nothing was run."
#[must_use]
pub fn closing(problems: &[Problem]) -> String {
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let words = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    match (errors, warnings) {
        (0, _) => format!("{}.", words(warnings, "warning")),
        (_, 0) => format!("{}; nothing was run.", words(errors, "error")),
        _ => {
            format!("{}, {}; nothing was run.", words(errors, "error"), words(warnings, "warning"))
        }
    }
}

fn render_one(problem: &Problem, texts: &[(String, String)], renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = printable(&problem.message);
    let label = printable(&problem.label);
    let help = printable(&problem.help);
    let title = level.primary_title(message.as_str());
    let place = problem.place.as_ref();
    let shown = place.and_then(|place| {
        let (name, text) = texts.get(place.text)?;
        Some((name, text, clipped(text, &place.bytes)))
    });
    let mut group = match &shown {
        Some((name, text, bytes)) if is_showable(text, bytes) => {
            let mark = AnnotationKind::Primary.span(bytes.clone());
            let mark = if label.is_empty() { mark } else { mark.label(label.as_str()) };
            title.element(Snippet::source(text.as_str()).path(name.as_str()).annotation(mark))
        }
        Some((name, text, bytes)) => {
            let before = text.get(..bytes.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            title.element(annotate_snippets::Origin::path(name.as_str()).line(line))
        }
        None => Group::with_title(title),
    };
    if !help.is_empty() {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// Control characters, as binary noise holds them, must not reach a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// The place within the text, on character boundaries, and on its first line only.
fn clipped(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (boundary(bytes.start), boundary(bytes.end.max(bytes.start)));
    let line_end = text.get(start..end).and_then(|part| part.find('\n'));
    start..line_end.map_or(end, |line| start + line)
}

/// Is the line short and free of control characters?
fn is_showable(text: &str, bytes: &Range<usize>) -> bool {
    let before = text.get(..bytes.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    line.len() <= LINE_LIMIT && !line.chars().any(|c| c.is_control() && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::problem::Place;

    fn problem(bytes: Range<usize>) -> Problem {
        Problem {
            severity: Severity::Error,
            message: "unknown unit".into(),
            place: Some(Place { text: 0, bytes }),
            label: "not a unit of vitamin D".into(),
            help: "did you mean \"IU\"?".into(),
        }
    }

    #[test]
    fn shows_line_column_caret_and_help() {
        let texts = [("my_diet.toml".to_owned(), "a = 1\nvitamin_d = \"800 ui/day\"\n".to_owned())];
        let expected = "\
error: unknown unit
 --> my_diet.toml:2:18
  |
2 | vitamin_d = \"800 ui/day\"
  |                  ^^ not a unit of vitamin D
  |
  = help: did you mean \"IU\"?

1 error; nothing was run.
";
        assert_eq!(render(&[problem(23..25)], &texts, false), expected);
        assert!(render(&[problem(23..25)], &texts, true).contains('\u{1b}'));
    }

    #[test]
    fn any_place_and_any_noise_can_be_shown() {
        let noise = "\u{1b}[31m\u{0}ä\n\u{7}ß".repeat(50);
        let texts = [("noise".to_owned(), noise.clone())];
        for start in 0..noise.len() + 3 {
            let text = render(&[problem(start..start + 7)], &texts, false);
            assert!(!text.contains('\u{1b}') && !text.contains('\u{0}'));
        }
        let elsewhere = Problem { place: Some(Place { text: 9, bytes: 0..1 }), ..problem(0..1) };
        assert!(render(&[elsewhere], &texts, false).starts_with("error: unknown unit"));
    }
}
