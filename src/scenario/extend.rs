//! `extends`: reads the files that a scenario starts from and merges them.
//!
//! Scalars and lists of the later file override, tables merge key by key, arms merge by name,
//! claims by what they say. A meal list replaces the earlier one.

use crate::form::problems::Problems;
use crate::form::tree::{Entry, Node, Value, get, text};
use crate::form::{self, Read};
use crate::scenario::keys::SCENARIO;
use std::collections::HashMap;

/// Number of files that may extend each other, one after the other.
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
    let mut entries = with_own_sets(form::read(&SCENARIO, file, index, problems));
    let Some(node) = get(&entries, "extends").cloned() else { return entries };
    entries.retain(|entry| entry.key != "extends");
    let Some((base_name, base_text)) = form::named_file(&node, name, read, problems) else {
        return entries;
    };
    if let Some((message, help)) = fault_of_chain(chain, &base_name) {
        problems.error(&node.span, message, "", help);
        return entries;
    }
    let base = read_all(&base_name, &base_text, texts, chain, read, problems);
    merge(base, entries)
}

/// `[hypothesis.NAME]` as `[hypotheses.NAME]`, so that `hypothesis` is a word everywhere.
fn with_own_sets(entries: Vec<Entry>) -> Vec<Entry> {
    let is_table =
        |entry: &Entry| entry.key == "hypothesis" && matches!(entry.node.value, Value::Table(_));
    let (sets, mut entries): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_table);
    if !sets.is_empty() {
        let named = |entry: Entry| Entry { key: "hypotheses".to_owned(), ..entry };
        entries = merge(entries, sets.into_iter().map(named).collect());
    }
    entries
}

/// The reason for which a file must not extend the file `base`, with its remedy, if there is one.
fn fault_of_chain(chain: &[String], base: &str) -> Option<(String, String)> {
    if chain.iter().any(|name| name == base) {
        let ring = chain.iter().map(String::as_str).chain([base]);
        let ring = ring.collect::<Vec<_>>().join(" → ");
        let message = format!("the files extend each other in a ring: {ring}");
        return Some((message, "take out one of the `extends`".to_owned()));
    }
    (chain.len() >= DEPTH_LIMIT).then(|| {
        let message =
            format!("more than {DEPTH_LIMIT} files extend each other, one after the other");
        (message, format!("extend a file nearer to the last one, {base}, or join some of them"))
    })
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
    let named = base.iter().enumerate().rev();
    let named = named.filter_map(|(at, node)| Some((text(node.entries(), key)?.to_owned(), at)));
    let places: HashMap<String, usize> = named.collect(); // the first of equal ones stays
    for node in over {
        let place = text(node.entries(), key).and_then(|wanted| places.get(wanted));
        match place.and_then(|at| base.get_mut(*at)) {
            Some(other) => {
                let merged = merge(other.entries().to_vec(), node.entries().to_vec());
                *other = Node::new(Value::Table(merged), node.span);
            }
            None => base.push(node),
        }
    }
    base
}
