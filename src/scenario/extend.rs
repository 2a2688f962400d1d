//! `extends`: reads the files that a scenario starts from and merges them.
//!
//! Scalars and lists of the later file override, tables merge key by key, arms merge by name,
//! claims by what they say. A meal list replaces the earlier one.

use crate::form::problems::Problems;
use crate::form::tree::{Entry, Node, Value, get, text};
use crate::form::{self, Read};
use crate::scenario::keys::SCENARIO;

/// Greatest depth of files that extend each other.
const DEPTH_LIMIT: usize = 16;

/// Parses, checks and merges a file and all that it extends.
///
/// `texts` receives every text, the file's own first; `chain` holds the names being read.
pub(crate) fn read_all(
    name: &str,
    file: &str,
    texts: &mut Vec<(String, String)>,
    chain: &mut Vec<String>,
    read: Read<'_>,
    problems: &mut Problems,
) -> Vec<Entry> {
    let index = texts.len();
    texts.push((name.to_owned(), file.to_owned()));
    chain.push(name.to_owned());
    let mut entries = form::read(&SCENARIO, file, index, problems);
    let Some(node) = get(&entries, "extends").cloned() else { return entries };
    entries.retain(|entry| entry.key != "extends");
    let Some((base_name, base_text)) = form::named_file(&node, name, read, problems) else {
        return entries;
    };
    if chain.contains(&base_name) || chain.len() >= DEPTH_LIMIT {
        let ring = chain.iter().chain([&base_name]).map(String::as_str).collect::<Vec<_>>();
        let message = format!("the files extend each other in a ring: {}", ring.join(" → "));
        problems.error(&node.span, message, "", "take out one of the `extends`");
        return entries;
    }
    let base = read_all(&base_name, &base_text, texts, chain, read, problems);
    merge(base, entries)
}

/// `base` with the entries of `over` on top.
pub(crate) fn merge(mut base: Vec<Entry>, over: Vec<Entry>) -> Vec<Entry> {
    if ["meal", "meals"].iter().any(|key| get(&over, key).is_some()) {
        base.retain(|entry| !matches!(entry.key.as_str(), "meal" | "meals"));
    }
    for entry in over {
        match base.iter_mut().find(|other| other.key == entry.key) {
            Some(other) => *other = merge_entry(other.clone(), entry),
            None => base.push(entry),
        }
    }
    base
}

fn merge_entry(base: Entry, over: Entry) -> Entry {
    let value = match (over.key.as_str(), base.node.value, over.node.value) {
        ("arm", Value::List(base), Value::List(over)) => Value::List(merge_by("name", base, over)),
        ("claim", Value::List(base), Value::List(over)) => {
            Value::List(merge_by("says", base, over))
        }
        (_, Value::Table(base), Value::Table(over)) => Value::Table(merge(base, over)),
        (_, _, over) => over,
    };
    Entry { node: Node { value, ..over.node }, ..over }
}

/// Merges the tables that agree in the text of `key`; appends the others.
fn merge_by(key: &str, mut base: Vec<Node>, over: Vec<Node>) -> Vec<Node> {
    let known = base.len();
    for node in over {
        let wanted = text(node.entries(), key).map(str::to_owned);
        let same =
            |other: &&mut Node| wanted.is_some() && text(other.entries(), key) == wanted.as_deref();
        match base.iter_mut().take(known).find(same) {
            Some(other) => {
                let merged = merge(other.entries().to_vec(), node.entries().to_vec());
                *other = Node { value: Value::Table(merged), span: node.span };
            }
            None => base.push(node),
        }
    }
    base
}
