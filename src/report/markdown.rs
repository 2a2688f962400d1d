//! A document as Markdown: the same words, figures as descriptions and, if it is written into a file,
//! pictures beside it.

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::charts::layout;
use crate::plots::FigureError;
use crate::printed::visible;
use crate::report::MARKER;
use crate::report::document::{Block, Document, Figure, Table};
use crate::words::catalogue::message;

/// The figures of a document as SVG, with the names of their files.
/// Errors: [`FigureError::Drawing`] if plotters refuses.
pub(crate) fn pictures(document: &Document) -> Result<Vec<(String, Vec<u8>)>, FigureError> {
    let picture = |figure: &&Figure| {
        let chart = &figure.chart;
        let drawn = layout::figure(chart, "figure")?;
        let svg = format!("<!-- {MARKER} -->\n{}", drawn.svg);
        Ok((file_name(figure), svg.into_bytes()))
    };
    document.figures().iter().map(picture).collect()
}

fn file_name(figure: &Figure) -> String {
    format!("{}.svg", figure.name)
}

/// The complete text; its pictures stand in the folder `beside`, if there is one.
pub(crate) fn text(document: &Document, beside: Option<&str>) -> String {
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
        out += &figure_text(figure, 2, beside);
    }
    document.aside.iter().for_each(|text| out += &format!("{}\n\n", line(text)));
    document.handout.iter().for_each(|block| out += &block_text(block, beside));
    for section in &document.sections {
        out += &format!("## {}\n\n", line(&section.heading));
        section.blocks.iter().for_each(|block| out += &block_text(block, beside));
    }
    out + &format!("---\n\n{DISCLAIMER} {PROGRAM}, model {MODEL_VERSION}.\n")
}

fn block_text(block: &Block, beside: Option<&str>) -> String {
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
                let rests = (!claim.rests_on.is_empty()).then(|| {
                    format!("{} {}", message!(report.rests_on), claim.rests_on.join(", "))
                });
                let remarks = claim.remarks.iter().chain(&rests);
                let remarks = remarks.map(|text| format!("\n  - {}", line(text)));
                format!("{}{}", line(&claim.says), judged.chain(remarks).collect::<String>())
            });
            list(told)
        }
        Block::Table(table) => table_text(table),
        Block::Figure(figure) => figure_text(figure, 3, beside),
        Block::Entries(entries) => {
            list(entries.iter().map(|(id, words)| format!("**{}** {}", line(id), line(words))))
        }
        Block::Terms(terms) => {
            list(terms.iter().map(|(term, words)| format!("**{}**: {}", line(term), line(words))))
        }
        Block::Parts(parts) => {
            list(parts.iter().map(|part| format!("{} {}", part.count, line(&part.name))))
        }
        Block::Preformatted(text) => fenced(text),
        Block::More { summary, blocks } => {
            let blocks: String = blocks.iter().map(|block| block_text(block, beside)).collect();
            format!("**{}**\n\n{blocks}", line(summary))
        }
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {item}\n")).collect::<String>() + "\n"
}

fn figure_text(figure: &Figure, level: usize, beside: Option<&str>) -> String {
    let chart = &figure.chart;
    let title = line(&chart.title);
    let picture = beside.map_or_else(String::new, |folder| {
        format!("![{title}]({}/{})\n\n", address(folder), address(&file_name(figure)))
    });
    format!(
        "{} {title}\n\n{}\n\n{picture}{}\n\n",
        "#".repeat(level),
        line(&chart.subtitle),
        line(&chart.description)
    )
}

/// The name of a file or folder as a part of an address.
fn address(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let encoded = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    name.bytes().map(encoded).collect()
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
