//! Checks a file's tree against the table of keys: unknown keys, wrong types, wrong words.

use crate::error::problem::Place;
use crate::error::suggest::{did_you_mean, nearest};
use crate::parameters::{ENTRIES, entry};
use crate::scenario::collect::Problems;
use crate::scenario::keys::{Key, Section, Shape, key, keys};
use crate::scenario::tree::{Entry, Node, Value};

/// Keys at the top of files that ask for many runs, which no scenario has.
const OF_SWEEPS: [&str; 7] =
    ["scenario", "vary", "sample", "population", "outcomes", "conditions", "such_that"];

/// Checks the entries of a section and gives aliases their usual spelling.
///
/// What is wrong is reported and taken out, so that it is not reported again.
pub fn check(section: Section, entries: &mut Vec<Entry>, problems: &mut Problems) {
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for mut entry in entries.drain(..) {
        let Some(known) = key(section, &entry.key) else {
            unknown_key(section, &entry.key, &entry.place, problems);
            continue;
        };
        if kept.iter().any(|other| other.key == known.name) {
            let message = format!("{} is given twice", known.name);
            let label = format!("{} is the same as {}", entry.key, known.name);
            problems.error(&entry.place, message, label, "keep one of the two");
            continue;
        }
        known.name.clone_into(&mut entry.key);
        if check_value(&known, &mut entry.node, problems) {
            kept.push(entry);
        }
    }
    *entries = kept;
}

fn unknown_key(section: Section, spelling: &str, place: &Place, problems: &mut Problems) {
    let known = keys(section);
    let names = || known.iter().flat_map(|key| key.aliases.iter().copied().chain([key.name]));
    let stem = known.iter().find(|key| match key.shape {
        Shape::Input(info) => info.name == spelling,
        _ => false,
    });
    let elsewhere: Vec<&str> = Section::ALL
        .iter()
        .filter(|(other, _)| *other != section && key(*other, spelling).is_some())
        .map(|(_, written)| *written)
        .collect();
    let help = if section == Section::Root && spelling == "sensitivity" {
        "this is a sensitivity analysis: calcifate sensitivity FILE".into()
    } else if section == Section::Root && OF_SWEEPS.contains(&spelling) {
        "this is a sweep or a sensitivity analysis: calcifate sweep FILE, or calcifate sensitivity FILE"
            .into()
    } else if let Some(stem) = stem {
        format!(
            "did you mean \"{}\"? The unit stands in the value: {} = {}",
            stem.name, stem.name, stem.example
        )
    } else if nearest(spelling, names()).is_none() && !elsewhere.is_empty() {
        format!("it belongs in {}", elsewhere.join(" or "))
    } else if section == Section::Root && entry(spelling).is_some() {
        "it is a parameter and belongs in [parameters]".into()
    } else {
        let meant = did_you_mean(spelling, names());
        let all: Vec<&str> = known.iter().map(|key| key.name).collect();
        format!("{meant}Known in {}: {}.", section.written(), all.join(", "))
    };
    problems.error(
        place,
        format!("unknown key \"{spelling}\""),
        format!("not a key of {}", section.written()),
        help,
    );
}

/// True if the value has the right type.
fn check_value(known: &Key, node: &mut Node, problems: &mut Problems) -> bool {
    let place = node.place.clone();
    match (known.shape, &mut node.value) {
        (Shape::Table(section), Value::Table(entries)) => {
            check(section, entries, problems);
            true
        }
        (Shape::Tables(section), Value::List(nodes)) => {
            check_tables(known, section, nodes, problems);
            true
        }
        (Shape::Choice(words), Value::Text(word, _)) => {
            check_word(known, words, word, &place, problems)
        }
        (Shape::Choices(words), Value::List(nodes)) => {
            nodes.retain(|node| match &node.value {
                Value::Text(word, _) => check_word(known, words, word, &node.place, problems),
                _ => wrong_type(known, node, problems),
            });
            true
        }
        (Shape::Texts, Value::List(nodes)) => {
            nodes.retain(|node| node.text().is_some() || wrong_type(known, node, problems));
            true
        }
        (Shape::Texts, Value::Text(..)) => {
            let only = node.clone();
            node.value = Value::List(vec![only]);
            true
        }
        (Shape::Parameters, Value::Table(entries)) => {
            check_parameters(entries, problems);
            true
        }
        (Shape::Duration | Shape::Whole | Shape::Share | Shape::Input(_), Value::Measured(_))
        | (Shape::Foods | Shape::MealShares, Value::Table(_))
        | (Shape::Text | Shape::Duration | Shape::Clock, Value::Text(..))
        | (Shape::Flag, Value::Flag(_))
        | (Shape::Date, Value::Date(_) | Value::Text(..))
        | (Shape::Whole, Value::Number(_))
        | (Shape::Share, Value::Text(..) | Value::Number(_))
        | (Shape::Input(_), Value::Text(..) | Value::Number(_) | Value::Flag(_)) => true,
        _ => wrong_type(known, node, problems),
    }
}

fn check_tables(known: &Key, section: Section, nodes: &mut Vec<Node>, problems: &mut Problems) {
    nodes.retain_mut(|node| match &mut node.value {
        Value::Table(entries) => {
            check(section, entries, problems);
            true
        }
        _ => wrong_type(known, node, problems),
    });
}

fn check_parameters(entries: &mut Vec<Entry>, problems: &mut Problems) {
    entries.retain(|given| {
        if given.key == "beyond_range" || entry(&given.key).is_some() {
            return true;
        }
        let meant = did_you_mean(&given.key, ENTRIES.iter().map(|entry| entry.name));
        problems.error(
            &given.place,
            format!("unknown parameter \"{}\"", given.key),
            "",
            format!("{meant}`calcifate list parameters` shows all {}.", ENTRIES.len()),
        );
        false
    });
}

fn check_word(
    known: &Key,
    words: &[&str],
    word: &str,
    place: &Place,
    problems: &mut Problems,
) -> bool {
    let fits = words.contains(&word);
    if !fits {
        let meant = did_you_mean(word, words.iter().copied());
        let help = format!("{meant}Accepted: {}.", words.join(", "));
        let what = if known.name == "draw" { "figure" } else { known.name };
        problems.error(place, format!("unknown {what} \"{word}\""), "", help);
    }
    fits
}

/// Reports a wrong type; always false.
fn wrong_type(known: &Key, node: &Node, problems: &mut Problems) -> bool {
    let wanted = match known.shape {
        Shape::Text => "a text",
        Shape::Texts | Shape::Choices(_) => "a list of texts",
        Shape::Flag => "true or false",
        Shape::Choice(_) => "a word",
        Shape::Whole => "a whole number",
        Shape::Date => "a date",
        Shape::Duration => "a length of time with its unit",
        Shape::Clock => "a clock time",
        Shape::Share => "a share",
        Shape::Input(_) => "an amount",
        Shape::Foods | Shape::MealShares | Shape::Parameters | Shape::Table(_) => "a table",
        Shape::Tables(_) => "a list of tables",
    };
    let help = match known.shape {
        Shape::Table(section) | Shape::Tables(section) => format!("write {}", section.written()),
        _ => format!("write such as {} = {}", known.name, known.example),
    };
    let label = format!("{} here, {wanted} expected", node.value.kind());
    problems.error(&node.place, format!("{} needs {wanted}", known.name), label, help);
    false
}
