//! A document as one HTML file that needs no other: looks, font, drawings and the program that
//! tells values are inside, and its policy allows nothing else.

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::charts::chart::Chart;
use crate::charts::media::Screen;
use crate::charts::part::{Part, numbers};
use crate::plots::svg::{FONT_FACES, base64};
use crate::plots::{FigureError, style};
use crate::report::MARKER;
use crate::report::document::{Block, Claim, Column, Document, Figure, Mark, Section, Table};
use crate::report::markup::{Markup, filled};
use crate::report::modules::own_lines;
use crate::words::catalogue::message;
use crate::words::numbers::percent;

const FRAME: &str = include_str!("page.html");
const FIGURE: &str = include_str!("figure.html");
const LOOKS: [&str; 2] = [include_str!("base.css"), include_str!("page.css")];
/// The modules of the program of the page, each after those that it imports.
const MODULES: [&str; 2] = [include_str!("figure.js"), include_str!("page.js")];

/// A page before its frame is around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub title: String,
    pub description: String,
    pub content: Markup,
    /// Looks and program beside those of every page.
    pub looks: &'static str,
    pub script: String,
    /// For the programs of the page.
    pub data: Map<String, Value>,
}

/// The complete page.
/// Errors: [`FigureError::Drawing`] if a chart cannot be drawn.
pub(crate) fn page(document: &Document) -> Result<String, FigureError> {
    let mut writer = Writer::default();
    let handout = element("header", "handout", writer.handout(document)?);
    let sections: Result<Vec<Markup>, FigureError> =
        document.sections.iter().map(|section| writer.section(section)).collect();
    let parts = [handout, contents(document)].into_iter().chain(sections?);
    let title = match document.above.as_str() {
        "" => document.title.clone(),
        above => above.to_owned(),
    };
    Ok(framed(Page {
        title,
        description: document.title.clone(),
        content: parts.collect(),
        data: writer.data(),
        ..Page::default()
    }))
}

/// The disclaimer and the program, at the end of a page.
fn foot() -> String {
    format!("{DISCLAIMER} {PROGRAM}, model {MODEL_VERSION}.")
}

/// The page with its frame: policy, font, looks, program, disclaimer.
pub(crate) fn framed(page: Page) -> String {
    let script = format!("\n'use strict';\n{}{}", joined(&MODULES), page.script);
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; font-src data:; \
         base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(&script))
    );
    filled(
        FRAME,
        &[
            ("marker", Markup::own(MARKER)),
            ("language", Markup::text(&message!(report.language))),
            ("policy", Markup::text(&policy)),
            ("title", Markup::text(&page.title)),
            ("description", Markup::text(&page.description)),
            ("font", Markup::own(FONT_FACES.as_str())),
            ("looks", Markup::own([LOOKS.concat().as_str(), page.looks].concat())),
            ("skip", Markup::text(&message!(report.skip))),
            ("content", page.content),
            ("foot", Markup::text(&foot())),
            ("data", Markup::data(&Value::Object(page.data))),
            ("script", Markup::own(script)),
        ],
    )
}

/// Modules as one script, each after those that it imports: names at their tops are unique, so that
/// imports and exports fall away.
pub(crate) fn joined(modules: &[&str]) -> String {
    let own: String = modules.iter().map(|module| own_lines(module)).collect();
    format!("(() => {{\n{own}}})();\n")
}

/// Words of the program of the page.
fn words() -> Value {
    json!({
        "help": message!(report.figure_help),
        "at": message!(report.at),
    })
}

pub(crate) fn element(name: &str, class: &str, content: impl Into<Markup>) -> Markup {
    Markup::element(name, &[("class", class)], content)
}

pub(crate) fn plain(name: &str, content: impl Into<Markup>) -> Markup {
    Markup::element(name, &[], content)
}

/// Links to the sections.
fn contents(document: &Document) -> Markup {
    let links = document.sections.iter().map(|section| {
        let address = format!("#{}", section.id);
        plain("li", Markup::element("a", &[("href", &address)], section.heading.as_str()))
    });
    let list = plain("ul", links.collect::<Markup>());
    Markup::element("nav", &[("aria-label", &message!(report.contents))], list)
}

/// Writes blocks and gathers the numbers of their figures.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    figures: Map<String, Value>,
}

impl Writer {
    /// The data of the figures for the program of the page.
    pub(crate) fn data(self) -> Map<String, Value> {
        let figures = Value::Object(self.figures);
        Map::from_iter([("figures".to_owned(), figures), ("words".to_owned(), words())])
    }

    fn handout(&mut self, document: &Document) -> Result<Markup, FigureError> {
        let mut parts = Vec::new();
        if !document.above.is_empty() {
            parts.push(element("p", "above", document.above.as_str()));
        }
        parts.push(plain("h1", document.title.as_str()));
        parts.push(element("p", "below", document.below.as_str()));
        parts.push(element("p", "foot", foot())); // above what may need a second sheet
        let notices = document.notices.iter();
        parts.extend(notices.map(|notice| {
            Markup::element("p", &[("class", "notice"), ("role", "note")], notice.as_str())
        }));
        if !document.answer.is_empty() {
            let mut answer = vec![element("h2", "answer-word", message!(report.answer))];
            answer.extend(document.answer.iter().map(|text| plain("p", text.as_str())));
            parts.push(element("div", "answer", answer));
        }
        if let Some(figure) = &document.figure {
            // Below the question, or below the answer.
            let level = if document.answer.is_empty() { "h2" } else { "h3" };
            parts.push(self.figure(figure, level)?);
        }
        parts.extend(document.aside.iter().map(|text| element("p", "aside", text.as_str())));
        parts.extend(self.blocks(&document.handout)?);
        Ok(parts.into())
    }

    fn section(&mut self, section: &Section) -> Result<Markup, FigureError> {
        let heading = format!("{}-heading", section.id);
        let mut parts = vec![Markup::element("h2", &[("id", &heading)], section.heading.as_str())];
        parts.extend(self.blocks(&section.blocks)?);
        let attributes = [("id", section.id), ("aria-labelledby", heading.as_str())];
        Ok(Markup::element("section", &attributes, parts))
    }

    pub(crate) fn blocks(&mut self, blocks: &[Block]) -> Result<Vec<Markup>, FigureError> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Block) -> Result<Markup, FigureError> {
        Ok(match block {
            Block::Heading(text) => plain("h3", text.as_str()),
            Block::Paragraph(text) => plain("p", text.as_str()),
            Block::List(items) => {
                plain("ul", items.iter().map(|item| plain("li", item.as_str())).collect::<Markup>())
            }
            Block::Claims(claims) => {
                element("ul", "claims", claims.iter().map(claim).collect::<Markup>())
            }
            Block::Table(own) => table(own),
            Block::Figure(figure) => self.figure(figure, "h3")?,
            Block::Terms(terms) => {
                let pairs = terms.iter().flat_map(|(term, words)| {
                    [plain("dt", term.as_str()), plain("dd", words.as_str())]
                });
                plain("dl", pairs.collect::<Markup>())
            }
            Block::Entries(entries) => {
                let entry = |(id, words): &(String, String)| {
                    let words = [plain("b", id.as_str()), Markup::text(&format!(" {words}"))];
                    Markup::element("li", &[("id", &address(id))], words)
                };
                plain("ul", entries.iter().map(entry).collect::<Markup>())
            }
            Block::Parts(parts) => {
                let all: usize = parts.iter().map(|part| part.count).sum();
                let bar = parts.iter().enumerate().map(|(index, part)| {
                    let class = format!("part part-{index}");
                    let width = format!("flex-grow:{}", part.count);
                    let share = percent(part.count as f64 / all.max(1) as f64);
                    let words = [
                        plain("b", part.count.to_string()),
                        plain("span", format!(" {} ({share})", part.name)),
                    ];
                    Markup::element("li", &[("class", &class), ("style", &width)], words)
                });
                element("ul", "parts", bar.collect::<Markup>())
            }
            Block::Preformatted(text) => {
                Markup::element("pre", &[("tabindex", "0")], plain("code", text.as_str()))
            }
            Block::More { summary, blocks } => {
                let mut parts = vec![plain("summary", summary.as_str())];
                parts.extend(self.blocks(blocks)?);
                plain("details", parts)
            }
        })
    }

    /// Title, drawings for wide and narrow screens, line for values, description in words.
    fn figure(&mut self, figure: &Figure, level: &str) -> Result<Markup, FigureError> {
        let (chart, name) = (&figure.chart, figure.name.as_str());
        let (drawings, places) = drawn(chart, &format!("{name}-words"))?;
        self.figures.insert(name.to_owned(), json!({ "panels": numbers(chart), "places": places }));
        Ok(Markup::of_template(
            FIGURE,
            &[
                ("name", name.into()),
                ("heading", plain(level, chart.title.as_str())),
                ("title", chart.title.as_str().into()),
                ("subtitle", chart.subtitle.as_str().into()),
                ("drawings", drawings),
                ("in_words", message!(report.in_words).into()),
                ("description", chart.description.as_str().into()),
            ],
        ))
    }
}

/// The drawings of a chart for both screens, which `described` describes, and their places.
pub(crate) fn drawn(chart: &Chart, described: &str) -> Result<(Markup, Value), FigureError> {
    let mut drawings = Vec::new();
    let mut places = Map::new();
    for screen in Screen::BOTH {
        let part = Part::of(chart, screen, described)?;
        drawings.push(Markup::own(part.svg));
        places.insert(screen.name().to_owned(), part.places);
    }
    Ok((drawings.into(), Value::Object(places)))
}

fn claim(claim: &Claim) -> Markup {
    let several = claim.judged.len() > 1;
    let judged = claim.judged.iter().map(|(set, mark, numbers)| {
        let sign = Markup::element(
            "span",
            &[("class", &format!("mark {}", mark.class())), ("aria-hidden", "true")],
            mark.sign(),
        );
        let word = element("span", "unseen", mark_word(*mark));
        let set = if several { element("span", "set", set.as_str()) } else { Markup::default() };
        let numbers = element("span", "numbers", numbers.as_str());
        plain("li", [sign, word, set, numbers])
    });
    let judged = plain("ul", judged.collect::<Markup>());
    let says = element("p", "says", claim.says.as_str());
    let remarks = claim.remarks.iter().map(|text| element("p", "remark", text.as_str()));
    let links = claim.rests_on.iter().map(|id| {
        let link = Markup::element("a", &[("href", &format!("#{}", address(id)))], id.as_str());
        Markup::from([Markup::text(" "), link])
    });
    let links = std::iter::once(Markup::text(&message!(report.rests_on))).chain(links);
    let links = element("p", "remark", links.collect::<Markup>());
    let links = (!claim.rests_on.is_empty()).then_some(links);
    plain("li", [says, judged].into_iter().chain(remarks).chain(links).collect::<Markup>())
}

/// The address on the page of an entry.
fn address(id: &str) -> String {
    format!("row-{id}")
}

fn mark_word(mark: Mark) -> String {
    match mark {
        Mark::Yes => message!(report.holds),
        Mark::No => message!(report.fails),
        Mark::NoDifference => message!(report.no_difference),
        Mark::Partly => message!(report.partly),
        Mark::Unknown => message!(report.unknown),
    }
}

fn table(table: &Table) -> Markup {
    let class = |column: &Column| if column.is_number { "number" } else { "words" };
    let heads = table.columns.iter().map(|column| {
        let color = |arm| format!("--arm:{}", style::arm(arm).ink.hex());
        let color = column.arm.map_or_else(String::new, color);
        let mut attributes = vec![("scope", "col"), ("class", class(column))];
        if !color.is_empty() {
            attributes.push(("style", &color));
        }
        Markup::element("th", &attributes, column.heading.as_str())
    });
    let head = plain("thead", plain("tr", heads.collect::<Markup>()));
    let rows = table.rows.iter().map(|row| {
        let cells =
            row.iter().zip(&table.columns).enumerate().map(|(index, (cell, column))| match index {
                0 => Markup::element("th", &[("scope", "row")], cell.as_str()),
                _ => element("td", class(column), cell.as_str()),
            });
        plain("tr", cells.collect::<Markup>())
    });
    let body = plain("tbody", rows.collect::<Markup>());
    let caption = plain("caption", table.caption.as_str());
    let scrolled = [("class", "scroll"), ("tabindex", "0"), ("role", "region")];
    let attributes = [&scrolled[..], &[("aria-label", &*table.caption)]].concat();
    Markup::element("div", &attributes, plain("table", [caption, head, body]))
}
