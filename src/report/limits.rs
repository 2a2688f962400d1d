//! What the model cannot say: the text of `KNOWN_LIMITS.md`, which has its home there.

use crate::parameters::Hypothesis;
use crate::report::document::{self, Block, Column, Section, Table};
use crate::words::catalogue::message;
use crate::words::names::inside;

const LIMITS: &str = include_str!("../../KNOWN_LIMITS.md");

/// Headings of that text.
const CLAIMS: &str = "What must not be claimed";
const MODEL: &str = "Limits of what is modelled";
const PROGRAM: &str = "Limits of sweeps, figures and exports";
const MISSES: &str = "Misses against published results";

/// The section; with the limits of sweeps where the page is about one.
pub(crate) fn section(with_sweeps: bool) -> Section {
    let mut blocks: Vec<Block> = paragraphs(CLAIMS)
        .map(|text| Block::Paragraph(message!(report.not_claimed, what = inside(&text))))
        .collect();
    blocks.push(Block::more(message!(report.limits_model), vec![Block::List(items(MODEL))]));
    let misses = Table {
        caption: message!(report.misses_caption),
        columns: vec![
            Column::words(message!(report.misses_published)),
            Column::words(message!(report.misses_found)),
            Column::words(Hypothesis::Paradox.name().to_owned()),
            Column::words(Hypothesis::Conservative.name().to_owned()),
        ],
        rows: rows(MISSES),
    };
    blocks.push(Block::more(message!(report.misses), vec![Block::Table(misses)]));
    if with_sweeps {
        let items = vec![Block::List(items(PROGRAM))];
        blocks.push(Block::more(message!(report.limits_sweeps), items));
    }
    Section { id: "limits", heading: message!(report.limits), blocks }
}

/// The lines below a heading.
fn lines(heading: &str) -> impl Iterator<Item = &'static str> {
    let lines = LIMITS.lines().skip_while(move |line| line.strip_prefix("## ") != Some(heading));
    lines.skip(1).take_while(|line| !line.starts_with("## "))
}

/// Text without the signs of Markdown.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

fn paragraphs(heading: &str) -> impl Iterator<Item = String> {
    let text = lines(heading).collect::<Vec<_>>().join("\n");
    document::paragraphs(&text).map(|text| plain(&text)).collect::<Vec<_>>().into_iter()
}

fn items(heading: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in lines(heading) {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(first), _) => items.push(plain(first)),
            (None, Some(item)) if line.starts_with("  ") => *item += &plain(&line[1..]),
            _ => {}
        }
    }
    items
}

/// Cells of a table, below its head.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let rows = lines(heading).filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'));
    let cells = |row: &str| row.split('|').map(|cell| plain(cell.trim())).collect();
    rows.skip(2).map(cells).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_is_one_of_the_file() {
        assert_eq!(paragraphs(CLAIMS).count(), 1);
        assert!(items(MODEL).len() > 15 && items(PROGRAM).len() > 8);
        let misses = rows(MISSES);
        assert!(misses.len() > 8 && misses.iter().all(|row| row.len() == 4), "{misses:?}");
        let all = [items(MODEL), misses.concat()].concat();
        assert!(all.iter().all(|text| !text.is_empty() && !text.contains('`')));
        assert!(
            items(MODEL)[0].ends_with("unequal limits that are assumed."),
            "{}",
            items(MODEL)[0]
        );
    }
}
