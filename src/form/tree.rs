//! A file as an owned tree in which every key and value knows its place.

use crate::error::problem::SourceSpan;
use std::borrow::Cow;
use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub value: Value,
    pub span: SourceSpan,
    /// A thousand times the number, where its point may stand between thousands: 1200 of `1.200`.
    pub thousands: Option<f64>,
}

/// A TOML value; numbers of both kinds are floating point.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A string, and the byte at which its first character stands, if it has no escapes.
    Text(String, Option<usize>),
    /// A number, infinite or NaN if the file says so.
    Number(f64),
    /// A number in the unit of its table, which no file holds: the program writes it.
    Measured(f64),
    Flag(bool),
    /// A date or time, as written.
    Date(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

impl Value {
    /// A value as `--set` takes it.
    pub(crate) fn of_setting(text: &str) -> Self {
        match (text, text.parse::<f64>()) {
            ("true", _) => Self::Flag(true),
            ("false", _) => Self::Flag(false),
            (_, Ok(number)) => Self::Number(number),
            (text, Err(_)) => Self::Text(text.to_owned(), None),
        }
    }

    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(..) => "a text",
            Self::Number(_) | Self::Measured(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The key; after checking, its usual spelling.
    pub key: String,
    pub span: SourceSpan,
    pub node: Node,
}

pub(crate) type Entries = [Entry];

pub(crate) fn get<'a>(entries: &'a Entries, key: &str) -> Option<&'a Node> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
}

/// True if a key holds `true`.
pub(crate) fn is_on(entries: &Entries, key: &str) -> bool {
    get(entries, key).is_some_and(|node| node.value == Value::Flag(true))
}

/// The text of a key, if it is one.
pub(crate) fn text<'a>(entries: &'a Entries, key: &str) -> Option<&'a str> {
    get(entries, key).and_then(Node::text)
}

/// The entries of a key's table; none if there is no such table.
pub(crate) fn table<'a>(entries: &'a Entries, key: &str) -> &'a Entries {
    get(entries, key).map_or(&[], Node::entries)
}

/// The values of a key's list; none if there is no such list.
pub(crate) fn list<'a>(entries: &'a Entries, key: &str) -> &'a [Node] {
    get(entries, key).map_or(&[], Node::list)
}

pub(crate) fn texts(entries: &Entries, key: &str) -> Vec<String> {
    list(entries, key).iter().filter_map(Node::text).map(str::to_owned).collect()
}

/// The tables of a key's list; none if there is no such list.
pub(crate) fn tables<'a>(entries: &'a Entries, key: &str) -> impl Iterator<Item = &'a Node> {
    list(entries, key).iter().filter(|node| matches!(node.value, Value::Table(_)))
}

impl Node {
    pub(crate) const fn new(value: Value, span: SourceSpan) -> Self {
        Self { value, span, thousands: None }
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text, _) => Some(text),
            _ => None,
        }
    }

    /// A text, or a number as text; empty of anything else.
    pub(crate) fn text_or_number(&self) -> Cow<'_, str> {
        match (self.number(), self.text()) {
            (Some(number), _) => number.to_string().into(),
            (None, text) => text.unwrap_or_default().into(),
        }
    }

    /// The number, if it is one.
    pub(crate) const fn number(&self) -> Option<f64> {
        match self.value {
            Value::Number(number) | Value::Measured(number) => Some(number),
            _ => None,
        }
    }

    /// The entries of a table, none of anything else.
    pub(crate) fn entries(&self) -> &Entries {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The values of a list, none of anything else.
    pub(crate) fn list(&self) -> &[Self] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// Place of a part of the text; the whole value where the text has escapes.
    pub(crate) fn part(&self, bytes: &Range<usize>) -> SourceSpan {
        match self.value {
            Value::Text(_, Some(start)) => {
                SourceSpan { text: self.span.text, bytes: start + bytes.start..start + bytes.end }
            }
            _ => self.span.clone(),
        }
    }
}
