//! Any TOML file that people write: keys from a table, all problems at once, a JSON Schema.
//!
//! Each kind of file brings a [`Form`]: its tables of keys ([`key`]), one row a key. `syntax` reads
//! text into a `tree` in which every key and value knows its place, `check` compares it with the
//! keys, `schema` writes the same keys for editors, `vocabulary` has words to choose from. Nothing here knows biology: a shape that needs
//! it is read later, by the module that brings the form.

pub(crate) mod check;
pub(crate) mod key;
pub(crate) mod problems;
pub(crate) mod schema;
pub(crate) mod synonyms;
mod syntax;
pub(crate) mod tree;
pub(crate) mod vocabulary;

use crate::error::problem::SourceSpan;
use crate::form::check::check;
use crate::form::key::Form;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, text};
use crate::printed::visible_line;

/// Parses and checks the text with index `index`: what is sound, under the usual spelling of keys.
pub(crate) fn read(form: &Form, text: &str, index: usize, problems: &mut Problems) -> Vec<Entry> {
    let mut entries = syntax::parse(text, index, problems);
    let file = SourceSpan { text: index, bytes: 0..0 };
    check(form, form.root, &file, &mut entries, problems);
    entries
}

/// Gives a file that another one names: path as written and naming file in, full name and text out,
/// or why it cannot be read.
pub(crate) type Read<'a> = &'a dyn Fn(&str, &str) -> Result<(String, String), String>;

/// The keys at the top of a text, as far as it can be read.
pub(crate) fn top_keys(text: &str) -> Vec<String> {
    let entries = syntax::parse(text, 0, &mut Problems::default());
    entries.into_iter().map(|entry| entry.key).collect()
}

/// The name and text of the file whose path stands in `node` of the file called `name`.
pub(crate) fn named_file(
    node: &Node,
    name: &str,
    read: Read<'_>,
    problems: &mut Problems,
) -> Option<(String, String)> {
    let path = node.text().unwrap_or_default();
    let unread = |reason| {
        let message = format!("cannot read \"{path}\": {reason}");
        problems.error(&node.span, message, "", "the path is relative to this file");
    };
    read(path, name).map_err(unread).ok()
}

/// The file's name without folders and extension.
pub(crate) fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.strip_suffix(".toml").unwrap_or(file);
    // A stem of dots would be another folder than the file's own.
    if stem.chars().all(|c| c == '.') { "scenario".into() } else { stem.into() }
}

/// The text of `title`; without one, the stem of the file as words.
pub(crate) fn title(entries: &Entries, stem: &str) -> String {
    match text(entries, "title").unwrap_or_default().trim() {
        "" => visible_line(&stem.replace(['_', '-'], " ")).into_owned(),
        title => title.to_owned(),
    }
}

#[cfg(test)]
mod tests;
