//! One page about a run, a sweep or an analysis, for a reader who has no program: HTML that needs
//! no other file, or Markdown.
//!
//! `lesson`, `sweep` and `sensitivity` say what stands on the page, as a `document` of plain texts,
//! tables and charts; `html` and `markdown` write it. Texts of people pass one gate (`markup`). The
//! words stand in the catalogue of messages, the frame of the page in `page.html`, a figure on it in
//! `figure.html`, its looks in `base.css` and `page.css`, the program that tells values in `figure.js`
//! and `page.js`; the explorer shares `base.css` and `figure.js`, and `explorer` fills its page.
//! `exercise` is the page of a class exercise, `teacher` its key, `class` the overview of the answers.
//! `modules` joins the programs of pages.

mod basis;
pub(crate) mod class;
pub(crate) mod document;
pub(crate) mod evidence;
pub(crate) mod exercise;
pub(crate) mod explorer;
mod glossary;
pub(crate) mod html;
pub(crate) mod lesson;
mod limits;
pub(crate) mod markdown;
mod markup;
mod modules;
pub(crate) mod repeat;
pub(crate) mod sensitivity;
pub(crate) mod stored;
pub(crate) mod sweep;
pub(crate) mod teacher;
pub(crate) mod verdicts;
pub(crate) mod why;

use crate::report::document::Document;

#[cfg(test)]
mod tests;

/// Name of the page in a folder of results.
pub(crate) const PAGE: &str = "report.html";

/// Near the beginning of a page that Calcifate wrote, by which it is replaced.
pub(crate) const MARKER: &str = "Written by calcifate. This page is replaced by the next report.";

/// The page with the sections that every page of runs ends with.
fn finished(
    mut document: Document,
    sets: &str,
    with_sweeps: bool,
    command: String,
    texts: &[(String, String)],
) -> Document {
    document.sections.push(basis::section(sets));
    document.sections.push(limits::section(with_sweeps));
    document.sections.push(glossary::section(&document.words()));
    document.sections.push(basis::sources());
    document.sections.push(repeat::section(command, texts));
    document
}
