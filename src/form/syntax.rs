//! Reads TOML into the tree: keeps what can be read, reports the rest.

use crate::error::problem::SourceSpan;
use crate::form::problems::{NOT_TOML, Problems};
use crate::form::tree::{Entry, Node, Value};
use crate::units::lookalikes;
use crate::units::written_number::as_thousands;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// More syntax errors than these are not reported: the file is not TOML at all.
const SYNTAX_ERROR_LIMIT: usize = 10;

/// The help for every error of syntax, which has its own place.
const SYNTAX: &str =
    "a line is KEY = VALUE, [SECTION] or a # remark; texts stand between \"quotes\"";

/// Parses the text with index `index`; syntax errors go to `problems`, the rest is kept.
pub(crate) fn parse(text: &str, index: usize, problems: &mut Problems) -> Vec<Entry> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.len() > SYNTAX_ERROR_LIMIT {
        let count = errors.len();
        let message = format!(
            "is this a TOML file? {count} places cannot be read; {SYNTAX_ERROR_LIMIT} follow"
        );
        problems.error(&SourceSpan { text: index, bytes: 0..0 }, message, "", SYNTAX);
    }
    for error in errors.iter().take(SYNTAX_ERROR_LIMIT) {
        report(text, index, error, problems);
    }
    let mut entries = entries(text, index, table.get_ref());
    let places: Vec<Range<usize>> = errors.iter().filter_map(toml::de::Error::span).collect();
    let file = SourceSpan { text: index, bytes: 0..0 };
    take_out(&mut entries, &file, &places, problems);
    entries
}

/// An error of syntax; where a character that only looks like another one is the cause, it is named.
fn report(text: &str, index: usize, error: &toml::de::Error, problems: &mut Problems) {
    let bytes = error.span().unwrap_or(0..0);
    let rest = text.get(bytes.start..).unwrap_or_default();
    let part = text.get(bytes.clone()).filter(|part| !part.is_empty());
    // An error without a length stands before its cause.
    let part = part.or_else(|| rest.split_inclusive(|_: char| true).next()).unwrap_or_default();
    let found = lookalikes::first(part).and_then(|(at, letter)| {
        let start = bytes.start + at;
        Some((start..start + letter.len_utf8(), letter, lookalikes::name(letter)?))
    });
    let (bytes, message, help) = match found {
        Some((bytes, letter, name)) => {
            (bytes, format!("a {name} stands here"), lookalikes::remedy(letter))
        }
        None => (bytes, error.message().to_owned(), SYNTAX),
    };
    let span = SourceSpan { text: index, bytes };
    problems.error(&span, format!("{NOT_TOML}: {message}"), "", help);
}

/// Takes out entries in which an error of syntax stands, so that it is reported once.
fn take_out(
    entries: &mut Vec<Entry>,
    table: &SourceSpan,
    places: &[Range<usize>],
    problems: &mut Problems,
) {
    let touched = |bytes: &Range<usize>| {
        places.iter().any(|place| place.start <= bytes.end && bytes.start <= place.end)
    };
    entries.retain_mut(|entry| match &mut entry.node.value {
        _ if touched(&entry.span.bytes) => {
            let key = entry.key.trim_end_matches(|letter| lookalikes::name(letter).is_some());
            problems.refuse(table, key.to_owned());
            false
        }
        Value::Table(inner) => {
            take_out(inner, &entry.node.span, places, problems);
            true
        }
        Value::List(nodes) => {
            for node in nodes {
                if let Value::Table(inner) = &mut node.value {
                    take_out(inner, &node.span, places, problems);
                }
            }
            true
        }
        _ if touched(&entry.node.span.bytes) => {
            problems.refuse(table, entry.key.clone());
            false
        }
        _ => true,
    });
}

fn entries(source: &str, text: usize, table: &DeTable<'_>) -> Vec<Entry> {
    let entry = |key: &toml::Spanned<toml::de::DeString<'_>>, value| Entry {
        key: key.get_ref().to_string(),
        span: SourceSpan { text, bytes: key.span() },
        node: node(source, text, value),
    };
    let mut entries: Vec<Entry> = table.iter().map(|(key, value)| entry(key, value)).collect();
    entries.sort_by_key(|entry| entry.span.bytes.start);
    entries
}

fn node(source: &str, text: usize, spanned: &toml::Spanned<DeValue<'_>>) -> Node {
    let bytes = spanned.span();
    let value = match spanned.get_ref() {
        DeValue::String(string) => {
            Value::Text(string.to_string(), inner_start(source, &bytes, string))
        }
        DeValue::Integer(integer) => {
            let whole = i64::from_str_radix(integer.as_str(), integer.radix());
            let number = whole.map(|whole| whole as f64);
            Value::Number(number.unwrap_or(f64::INFINITY))
        }
        DeValue::Float(float) => Value::Number(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(array) => {
            Value::List(array.iter().map(|value| node(source, text, value)).collect())
        }
        DeValue::Table(table) => Value::Table(entries(source, text, table)),
    };
    let thousands = match spanned.get_ref() {
        DeValue::Float(float) => as_thousands(float.as_str()),
        _ => None,
    };
    Node { value, span: SourceSpan { text, bytes }, thousands }
}

/// The position of the first character of a string, if its bytes are the file's bytes.
fn inner_start(source: &str, bytes: &Range<usize>, string: &str) -> Option<usize> {
    let written = source.get(bytes.clone())?;
    let quotes = ["\"\"\"\n", "'''\n", "\"\"\"", "'''", "\"", "'"];
    let quote = quotes.into_iter().find(|quote| written.starts_with(quote))?;
    let start = bytes.start + quote.len();
    (source.get(start..start + string.len()) == Some(string)).then_some(start)
}
