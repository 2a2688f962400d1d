//! The cells of a table in text, with their places, whatever the separator.

use std::ops::Range;

/// A cell without the quotes around it.
pub(super) struct Cell {
    pub text: String,
    /// Its place, with the quotes.
    pub bytes: Range<usize>,
}

/// The cells of each line that is neither empty nor a comment (`#`).
pub(super) fn rows(text: &str) -> Vec<Vec<Cell>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let head = lines.clone().next().unwrap_or_default();
    let signs = ['\t', ';', ','].into_iter();
    let separator = signs.max_by_key(|sign| head.matches(*sign).count()).unwrap_or(',');
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let (mut start, mut quoted) = (0, false);
    for (at, letter) in text.char_indices().chain([(text.len(), '\n')]) {
        quoted ^= letter == '"';
        let ends = letter == '\n' && (!quoted || at == text.len());
        if ends || (letter == separator && !quoted) {
            row.push(cell(text, start..at));
            start = at + letter.len_utf8();
        }
        if ends {
            let cells: Vec<Cell> = std::mem::take(&mut row);
            let comment = cells.first().is_some_and(|cell| cell.text.starts_with('#'));
            if !comment && cells.iter().any(|cell| !cell.text.is_empty()) {
                rows.push(cells);
            }
        }
    }
    rows
}

fn cell(text: &str, bytes: Range<usize>) -> Cell {
    let all = text.get(bytes.clone()).unwrap_or_default();
    let trimmed = all.trim();
    let start = bytes.start + (all.len() - all.trim_start().len());
    let inner = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let text = inner.map_or_else(|| trimmed.to_owned(), |inner| inner.replace("\"\"", "\""));
    Cell { text: text.trim().to_owned(), bytes: start..start + trimmed.len() }
}
