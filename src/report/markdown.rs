//! A document as Markdown: the same words, figures as descriptions and links to their pictures.

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::printed::visible;
use crate::report::MARKER;
use crate::report::document::{Block, Document, Figure, Table};
use crate::words::catalogue::message;

/// The complete text.
pub(crate) fn text(document: &Document) -> String {
    let mut out = format!("<!-- {MARKER} -->\n\n# {}\n\n", line(&document.title));
    let about = [document.above.as_str(), document.below.as_str()];
    let about = about.iter().filter(|part| !part.is_empty()).map(|part| line(part));
    out += &format!("{}\n\n", about.collect::<Vec<_>>().join(" · "));
    for notice in &document.notices {
        out += &format!("> {}\n\n", line(notice));
    }
    for (index, answer) in document.answer.iter().enumerate() {
        let word = message!(report.answer);
        let before = if index == 0 { format!("**{word}.** ") } else { String::new() };
        out += &format!("{before}{}\n\n", line(answer));
    }
    if let Some(figure) = &document.figure {
        out += &figure_text(figure, 2);
    }
    document.aside.iter().for_each(|text| out += &format!("{}\n\n", line(text)));
    document.handout.iter().for_each(|block| out += &block_text(block));
    for section in &document.sections {
        out += &format!("## {}\n\n", line(&section.heading));
        section.blocks.iter().for_each(|block| out += &block_text(block));
    }
    out + &format!("---\n\n{DISCLAIMER} {PROGRAM}, model {MODEL_VERSION}.\n")
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Heading(text) => format!("### {}\n\n", line(text)),
        Block::Paragraph(text) => format!("{}\n\n", line(text)),
        Block::List(items) => list(items.iter().map(|item| line(item))),
        Block::Claims(claims) => {
            let told = claims.iter().map(|claim| {
                let several = claim.judged.len() > 1;
                let judged = claim.judged.iter().map(|(set, mark, numbers)| {
                    let set = if several { format!("{}: ", line(set)) } else { String::new() };
                    format!("\n  - {} {set}{}", mark.sign(), line(numbers))
                });
                let remarks = claim.remarks.iter().map(|text| format!("\n  - {}", line(text)));
                format!("{}{}", line(&claim.says), judged.chain(remarks).collect::<String>())
            });
            list(told)
        }
        Block::Table(table) => table_text(table),
        Block::Figure(figure) => figure_text(figure, 3),
        Block::Terms(terms) => {
            list(terms.iter().map(|(term, words)| format!("**{}**: {}", line(term), line(words))))
        }
        Block::Parts(parts) => {
            list(parts.iter().map(|part| format!("{} {}", part.count, line(&part.name))))
        }
        Block::Preformatted(text) => fenced(text),
        Block::More { summary, blocks } => {
            let blocks: String = blocks.iter().map(block_text).collect();
            format!("**{}**\n\n{blocks}", line(summary))
        }
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {item}\n")).collect::<String>() + "\n"
}

fn figure_text(figure: &Figure, level: usize) -> String {
    let chart = &figure.chart;
    let (title, name) = (line(&chart.title), &figure.name);
    format!(
        "{} {title}\n\n{}\n\n![{title}](figures/{name}.svg)\n\n{}\n\n",
        "#".repeat(level),
        line(&chart.subtitle),
        line(&chart.description)
    )
}

fn table_text(table: &Table) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut out = format!("{}\n\n", line(&table.caption));
    out += &row(&mut table.columns.iter().map(|column| line(&column.heading)));
    let rule = |is_number: bool| if is_number { "---:" } else { "---" }.to_owned();
    out += &row(&mut table.columns.iter().map(|column| rule(column.is_number)));
    for cells in &table.rows {
        out += &row(&mut cells.iter().map(|cell| line(cell)));
    }
    out + "\n"
}

/// Lines as they are, between fences longer than any in them.
fn fenced(text: &str) -> String {
    let runs = text.split(|letter| letter != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n\n", visible(text).trim_end())
}

/// Words of anybody on one line, where no sign of them is one of Markdown or HTML.
fn line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(words.len());
    for letter in visible(&words).chars() {
        match letter {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' => {
                out.extend(['\\', letter])
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_people_stay_texts() {
        let shown = line("# <script>x</script>\n[a](javascript:b) | `c` *d*");
        assert_eq!(
            shown,
            "\\# &lt;script&gt;x&lt;/script&gt; \\[a\\](javascript:b) \\| \\`c\\` \\*d\\*"
        );
        assert!(fenced("```\nx\n````").starts_with("`````text\n"));
    }
}
