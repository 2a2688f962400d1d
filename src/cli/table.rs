//! Tables of text: aligned columns that fit the width there is; rows of tables as JSON.

use serde_json::{Map, Value, json};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Name and alignment of each column: names with `|` between them, `>` before those of numbers.
pub(crate) fn headings(names: &str) -> Vec<(&str, Align)> {
    let column = |name| match str::strip_prefix(name, '>') {
        Some(name) => (name, Align::Right),
        None => (name, Align::Left),
    };
    names.split('|').map(column).collect()
}

/// A row as an object: numbers and truths as such in columns that have them, null for nothing.
pub(crate) fn object<'a>(
    names: impl IntoIterator<Item = &'a str>,
    row: &[String],
    is_typed: impl Fn(&str) -> bool,
) -> Map<String, Value> {
    let value = |name: &str, cell: &String| match (cell.parse::<f64>(), cell.parse::<bool>()) {
        (Ok(number), _) if is_typed(name) => json!(number),
        (_, Ok(truth)) if is_typed(name) => json!(truth),
        _ if cell.is_empty() => Value::Null,
        _ => json!(cell),
    };
    let cells = names.into_iter().zip(row);
    cells.map(|(name, cell)| (name.to_owned(), value(name, cell))).collect()
}

/// Room that the last column of a list needs beside the others.
const LEAST_ROOM: usize = 24;

/// Rows under a heading. The last column is wrapped to `width`; where the others leave it too
/// little room, it goes onto lines of its own below.
pub(crate) fn list(heading: &[(&str, Align)], rows: &[Vec<String>], width: usize) -> String {
    let mut widths: Vec<usize> = heading.iter().map(|(name, _)| letters(name)).collect();
    for row in rows {
        for (known, cell) in widths.iter_mut().zip(row) {
            *known = letters(cell).max(*known);
        }
    }
    let before: usize = widths.iter().rev().skip(1).map(|width| width + 2).sum();
    let last_width = widths.last().copied().unwrap_or(0);
    let below = before + last_width.min(LEAST_ROOM) > width;
    let indent = if below { 4 } else { before };
    let room = width.saturating_sub(indent).max(LEAST_ROOM);
    let names: Vec<String> = heading.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut text = String::new();
    for row in std::iter::once(&names).chain(rows) {
        let Some((last, others)) = row.split_last() else { continue };
        let cells = others.iter().zip(heading).zip(&widths);
        let line: String =
            cells.map(|((cell, (_, align)), width)| pad(cell, *width, *align) + "  ").collect();
        let last = wrapped(last, room).join(&format!("\n{}", " ".repeat(indent)));
        if below {
            push_line(&mut text, &line);
            if !last.is_empty() {
                push_line(&mut text, &(" ".repeat(indent) + &last));
            }
        } else {
            push_line(&mut text, &(line + &last));
        }
    }
    text
}

/// Heading, wrapped where it is long, and cells of a column of a [`side_by_side`] table.
pub(crate) type TableColumn = (String, Vec<String>);

/// Named rows with right-aligned columns; columns that do not fit continue in a block below.
pub(crate) fn side_by_side(names: &[String], columns: &[TableColumn], width: usize) -> String {
    let name_width = names.iter().map(|name| letters(name)).max().unwrap_or(0);
    let mut text = String::new();
    let mut rest = columns;
    while !rest.is_empty() {
        let mut used = name_width;
        let fitting = rest.iter().take_while(|column| {
            used += 3 + column_width(column);
            used <= width
        });
        let (block, later) = rest.split_at(fitting.count().clamp(1, rest.len()));
        if !text.is_empty() {
            text.push('\n');
        }
        push_block(&mut text, names, name_width, block);
        rest = later;
    }
    text
}

fn push_block(text: &mut String, names: &[String], name_width: usize, block: &[TableColumn]) {
    let headings: Vec<Vec<String>> =
        block.iter().map(|(heading, _)| heading_lines(heading)).collect();
    let height = headings.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |column: &TableColumn, cell: Option<&String>| {
        pad(cell.map_or("", String::as_str), column_width(column) + 3, Align::Right)
    };
    for line in 0..height {
        let cells = block.iter().zip(&headings).map(|(column, heading)| {
            // Short headings stand at the bottom, next to their numbers.
            let skipped = height - heading.len();
            cell(column, line.checked_sub(skipped).and_then(|line| heading.get(line)))
        });
        push_line(text, &format!("{}{}", " ".repeat(name_width), cells.collect::<String>()));
    }
    for (row, name) in names.iter().enumerate() {
        let cells = block.iter().map(|column| cell(column, column.1.get(row)));
        push_line(text, &(pad(name, name_width, Align::Left) + &cells.collect::<String>()));
    }
}

const HEADING_WIDTH: usize = 18;

/// Longer headings are cut: the arm's label stands whole in the figures and the manifest.
const HEADING_LINES: usize = 4;

/// The lines of a heading; of a very long one the first, and a mark that there was more.
fn heading_lines(heading: &str) -> Vec<String> {
    let mut lines = wrapped(heading, HEADING_WIDTH);
    if lines.len() > HEADING_LINES {
        lines.truncate(HEADING_LINES);
        if let Some(last) = lines.last_mut() {
            *last = shortened(&format!("{last} …"), HEADING_WIDTH);
        }
    }
    lines
}

/// The text, cut with "…" to so many letters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if letters(text) <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn column_width((heading, cells): &TableColumn) -> usize {
    heading_lines(heading).iter().chain(cells).map(|cell| letters(cell)).max().unwrap_or(0)
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

fn pad(text: &str, width: usize, align: Align) -> String {
    let space = " ".repeat(width.saturating_sub(letters(text)));
    if align == Align::Left { format!("{text}{space}") } else { format!("{space}{text}") }
}

/// Longer lines of sentences are hard to read.
pub(crate) const MOST_LETTERS: usize = 100;

/// Width of "Balance" and its like, left of what it says.
pub(crate) const TITLE_WIDTH: usize = 9;

/// Paragraphs in lines that fit, right of a title such as "Answer".
pub(crate) fn titled(title: &str, paragraphs: &[String], width: usize) -> String {
    let room = width.min(MOST_LETTERS).saturating_sub(TITLE_WIDTH).max(1);
    let lines = paragraphs.iter().flat_map(|text| wrapped(text, room));
    let line = |(index, line): (usize, String)| {
        let title = if index == 0 { title } else { "" };
        format!("{title:<TITLE_WIDTH$}{line}\n")
    };
    lines.enumerate().map(line).collect()
}

/// Width of lines in a README.
pub(crate) const README_WIDTH: usize = 80;

/// The paragraphs of a text, which blank lines part, each in lines that fit.
pub(crate) fn paragraphs(text: &str, width: usize) -> impl Iterator<Item = String> {
    let paragraphs = text.split("\n\n").filter(|text| !text.trim().is_empty());
    paragraphs.map(move |text| wrapped(text, width.min(MOST_LETTERS)).join("\n"))
}

/// The lines of a text, broken between words, and inside a word only if it is longer than a line.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_ascii_whitespace() {
        let pieces: Vec<char> = word.chars().collect();
        for piece in pieces.chunks(width.max(1)) {
            let piece: String = piece.iter().collect();
            match lines.last_mut() {
                Some(line) if line.is_empty() => *line = piece,
                Some(line) if letters(line) + 1 + letters(&piece) <= width => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(headings: &[&str]) -> Vec<TableColumn> {
        let cells = ["84", "-2.4"].map(str::to_owned);
        headings.iter().map(|heading| ((*heading).to_owned(), cells.to_vec())).collect()
    }

    #[test]
    fn arms_stand_side_by_side() {
        let names = ["Coronary calcium AU".to_owned(), "Lumbar spine T".to_owned()];
        let text = side_by_side(&names, &columns(&["usual", "calcium + D3 + vitamin K2"]), 80);
        let lines = [
            "                              calcium + D3 +",
            "                      usual       vitamin K2",
            "Coronary calcium AU      84               84",
            "Lumbar spine T         -2.4             -2.4",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn arms_that_do_not_fit_continue_below_and_none_is_lost() {
        let names = ["A".repeat(30), "B".to_owned()];
        let text = side_by_side(&names, &columns(&["one", "two", "three", "four"]), 40);
        assert!(text.lines().all(|line| letters(line) <= 40), "{text}");
        for heading in ["one", "two", "three", "four"] {
            assert!(text.contains(heading), "{text}");
        }
        assert_eq!(text.split("\n\n").count(), 4, "{text}");
    }

    #[test]
    fn endless_headings_are_cut() {
        assert_eq!(heading_lines(&"word ".repeat(3)), ["word word word"]);
        let lines = heading_lines(&"abcdefghijklmnopq ".repeat(9));
        assert_eq!(
            (lines.len(), lines.last().map(String::as_str)),
            (4, Some("abcdefghijklmnopq…"))
        );
        assert_eq!(shortened("a label that is long", 9), "a label…");
    }

    #[test]
    fn a_long_last_column_wraps_under_itself() {
        let rows = [vec!["a".to_owned(), "one two three four five six seven eight".to_owned()]];
        let text = list(&headings("n|note"), &rows, 27);
        assert_eq!(text, "n  note\na  one two three four five\n   six seven eight\n");
    }

    #[test]
    fn a_last_column_without_room_goes_below() {
        let rows = [
            vec!["a".repeat(20), "one two three four five".to_owned()],
            vec!["b".to_owned(), String::new()],
        ];
        let text = list(&headings("n|note"), &rows, 30);
        assert_eq!(text, "n\n    note\naaaaaaaaaaaaaaaaaaaa\n    one two three four five\nb\n");
    }

    #[test]
    fn words_longer_than_the_line_are_broken() {
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("", 3), [""]);
        assert_eq!(
            wrapped("it is 2\u{A0}AU", 7),
            ["it is", "2\u{A0}AU"],
            "numbers keep their unit"
        );
    }
}
