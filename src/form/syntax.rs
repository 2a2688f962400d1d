//! Reads TOML into the tree: keeps what can be read, reports the rest.

use crate::error::problem::SourceSpan;
use crate::form::problems::{NOT_TOML, Problems};
use crate::form::tree::{Entry, Node, Value};
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
    for error in errors.iter().take(SYNTAX_ERROR_LIMIT) {
        let bytes = error.span().unwrap_or(0..0);
        let span = SourceSpan { text: index, bytes };
        problems.error(&span, format!("{NOT_TOML}: {}", error.message()), "", SYNTAX);
    }
    if errors.len() > SYNTAX_ERROR_LIMIT {
        let more = errors.len() - SYNTAX_ERROR_LIMIT;
        let span = SourceSpan { text: index, bytes: 0..0 };
        problems.error(&span, format!("and {more} more: is this a TOML file?"), "", SYNTAX);
    }
    entries(text, index, table.get_ref())
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
            #[allow(clippy::cast_precision_loss)] // every number of a file is read as a double
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
    Node { value, span: SourceSpan { text, bytes } }
}

/// The position of the first character of a string, if its bytes are the file's bytes.
fn inner_start(source: &str, bytes: &Range<usize>, string: &str) -> Option<usize> {
    let written = source.get(bytes.clone())?;
    let quotes = ["\"\"\"\n", "'''\n", "\"\"\"", "'''", "\"", "'"];
    let quote = quotes.into_iter().find(|quote| written.starts_with(quote))?;
    let start = bytes.start + quote.len();
    (source.get(start..start + string.len()) == Some(string)).then_some(start)
}
