//! Problems as text: file, line, column, the line with a caret, and the remedy.

use crate::error::problem::{Problem, Problems, Severity};
use crate::printed::{visible, visible_line};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::fmt;
use std::ops::Range;

/// Of longer lines only the part around the place is shown \[characters\].
const LINE_LIMIT: usize = 400;

/// Part of a long line shown before and after the place \[characters\].
const AROUND: usize = 60;

/// Number of problems shown in full; further ones are only counted.
const SHOWN_LIMIT: usize = 50;

/// All problems as text, in their order, with a closing line that counts them.
///
/// `texts`: the texts that places refer to, with their names. `color`: with terminal colors.
pub(crate) fn render(problems: &[Problem], texts: &[(String, String)], color: bool) -> String {
    let mut out = render_each(problems, texts, color);
    if !problems.is_empty() {
        out += &closing(problems);
        out.push('\n');
    }
    out
}

/// The same without the closing line.
pub(crate) fn render_each(problems: &[Problem], texts: &[(String, String)], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems.iter().take(SHOWN_LIMIT) {
        out += &render_one(problem, texts, &renderer);
        out += "\n\n";
    }
    if problems.len() > SHOWN_LIMIT {
        out += &format!("… and {} more. ", problems.len() - SHOWN_LIMIT);
    }
    out
}

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(render(&self.list, &self.texts, false).trim_end())
    }
}

impl fmt::Debug for Problems {
    /// As text, since programs that end with an error show it so.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// "2 errors, 1 warning; nothing was run."
pub(crate) fn closing(problems: &[Problem]) -> String {
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
    let label = visible_line(&problem.label);
    let help = visible_line(&problem.help);
    let span = problem.span.as_ref();
    let shown = span.and_then(|span| {
        let (name, text) = texts.get(span.text)?;
        Some((visible_line(name), Line::of(text, &span.bytes)))
    });
    let mut message = visible_line(&problem.message).into_owned();
    if shown.is_none() && !label.is_empty() {
        // There is no caret to write it beside.
        message = format!("{message} ({label})");
    }
    let title = level.primary_title(&*message);
    let mut group = match &shown {
        Some((name, line)) => {
            let mark = AnnotationKind::Primary.span(line.mark.clone());
            let mark = if label.is_empty() { mark } else { mark.label(&*label) };
            let path = &**name;
            let source =
                Snippet::source(line.text.as_str()).line_start(line.number).annotation(mark);
            if line.is_whole {
                title.element(source.path(path))
            } else {
                // The snippet would count its column in the part that is shown.
                let origin = Origin::path(path).line(line.number).char_column(line.column);
                title.element(origin).element(source)
            }
        }
        None => Group::with_title(title),
    };
    if !help.is_empty() {
        group = group.element(Level::HELP.message(&*help));
    }
    let text = renderer.render(&[group]);
    if shown.as_ref().is_none_or(|(_, line)| line.is_whole) {
        return text;
    }
    // The renderer separates a place from a snippet that does not carry it.
    let lines = text.lines().filter(|line| !line.contains(":::") || line.contains('|'));
    lines.collect::<Vec<_>>().join("\n")
}

/// The line of a place, fit to be shown.
struct Line {
    /// Counted from 1.
    number: usize,
    /// Character of the line at which the place begins, from 1.
    column: usize,
    /// The line, or the part of a long one around the place.
    text: String,
    /// The place within `text` \[bytes\].
    mark: Range<usize>,
    /// False where only a part is shown, or escapes that the file does not have.
    is_whole: bool,
}

impl Line {
    fn of(text: &str, bytes: &Range<usize>) -> Self {
        let bytes = clipped(text, bytes);
        let before = text.get(..bytes.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let upto = |end: usize| line.get(..end.saturating_sub(start)).unwrap_or(line);
        let first = upto(bytes.start).chars().count();
        let last = upto(bytes.end).chars().count().max(first);
        let (from, to, dots) = if line.chars().count() > LINE_LIMIT {
            (first.saturating_sub(AROUND), last.min(first + AROUND) + AROUND, "…")
        } else {
            (0, usize::MAX, "")
        };
        let part = |from: usize, to: usize| -> String {
            let part: String = line.chars().skip(from).take(to.saturating_sub(from)).collect();
            visible(&part).into_owned()
        };
        let lead = if from > 0 { dots } else { "" }.to_owned() + &part(from, first);
        let marked = part(first, last.min(to));
        let rest = part(last, to);
        let mark = lead.len()..lead.len() + marked.len();
        Self {
            number: before.matches('\n').count() + 1,
            column: first + 1,
            text: format!("{lead}{marked}{rest}{dots}"),
            mark,
            is_whole: dots.is_empty() && visible(line) == line,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::problem::SourceSpan;

    fn problem(bytes: Range<usize>) -> Problem {
        Problem {
            severity: Severity::Error,
            message: "unknown unit".into(),
            span: Some(SourceSpan { text: 0, bytes }),
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
    fn a_long_line_is_cut_around_its_place() {
        let texts =
            [("x".to_owned(), format!("a = 1\nb = \"{}ui{}\"", "ä".repeat(900), "z".repeat(900)))];
        let start = 6 + 5 + 1800;
        let text = render(&[problem(start..start + 2)], &texts, false);
        assert!(text.contains("--> x:2:906\n"), "{text}");
        let line = format!("2 | …{}ui{}…\n", "ä".repeat(60), "z".repeat(60));
        assert!(text.contains(&line), "{text}");
        assert!(text.contains(&format!("| {}^^ not a unit", " ".repeat(61))), "{text}");
    }

    #[test]
    fn a_flood_of_problems_is_counted() {
        let texts = [("x".to_owned(), "abcdefg".repeat(9))];
        let text = render(&vec![problem(0..3); 60], &texts, false);
        assert_eq!(text.matches("unknown unit").count(), 50);
        assert!(text.ends_with("… and 10 more. 60 errors; nothing was run.\n"), "{text}");
    }

    #[test]
    fn any_place_and_any_noise_can_be_shown() {
        let noise = "\u{1b}[31m\u{0}ä\n\u{7}ß".repeat(50);
        let texts = [("noise".to_owned(), noise.clone())];
        for start in 0..noise.len() + 3 {
            let text = render(&[problem(start..start + 7)], &texts, false);
            assert!(!text.contains('\u{1b}') && !text.contains('\u{0}'));
        }
        let elsewhere =
            Problem { span: Some(SourceSpan { text: 9, bytes: 0..1 }), ..problem(0..1) };
        assert!(render(&[elsewhere], &texts, false).starts_with("error: unknown unit"));
    }
}
