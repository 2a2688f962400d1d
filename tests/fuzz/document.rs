//! A file of any form as a tree: filled from its tables of keys, changed here and there, written.

use std::ops::ControlFlow;

use crate::form::key::{Key, Section, ValueType};
use crate::fuzz_tests::amounts;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::words::{HOSTILE, digits, free_text, number, quoted, scratched};
use crate::scenario::keys::input_of;

/// A value of a file.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// As TOML.
    Plain(String),
    Table(Entries),
    Tables(Vec<Entries>),
}

pub(super) type Entries = Vec<(String, Value)>;

/// What one kind of file knows of values beyond their types.
pub(super) trait Author {
    /// The value of a key; `Continue` for what its type says, `Break(None)` to leave it out.
    fn value(
        &mut self,
        dice: &mut Dice,
        section: &Section,
        key: &Key,
    ) -> ControlFlow<Option<Value>>;

    /// A value for a free name in a section.
    fn free_entry(
        &mut self,
        dice: &mut Dice,
        section: &Section,
        entries: &Entries,
    ) -> Option<(String, String)>;

    /// How likely a key that may be missing is there.
    fn share(&self, section: &Section, key: &Key) -> f64;
}

/// A text as a plain value.
pub(super) fn text(value: impl AsRef<str>) -> Option<Value> {
    Some(Value::Plain(quoted(value.as_ref())))
}

pub(super) fn list(values: impl IntoIterator<Item = String>) -> Option<Value> {
    let values: Vec<String> = values.into_iter().map(|value| quoted(&value)).collect();
    Some(Value::Plain(format!("[{}]", values.join(", "))))
}

/// A table of a section with some of its keys.
pub(super) fn table(
    dice: &mut Dice,
    author: &mut dyn Author,
    section: &'static Section,
) -> Entries {
    let mut entries = Entries::new();
    for key in section.keys() {
        if !key.required && !dice.chance(author.share(section, key)) {
            continue;
        }
        let value = match author.value(dice, section, key) {
            ControlFlow::Break(value) => value,
            ControlFlow::Continue(()) => Some(of_type(dice, author, key)),
        };
        let spellings: Vec<&str> = key.aliases.iter().copied().chain([key.name; 3]).collect();
        entries.extend(value.map(|value| (dice.pick(&spellings).to_string(), value)));
    }
    for _ in 0..if section.names.is_some() { 1 + dice.below(4) } else { 0 } {
        let found = author.free_entry(dice, section, &entries);
        let new = found.filter(|(name, _)| entries.iter().all(|(other, _)| other != name));
        entries.extend(new.map(|(name, value)| (name, Value::Plain(value))));
    }
    entries
}

/// A value of a key's type; its example where the type says too little.
fn of_type(dice: &mut Dice, author: &mut dyn Author, key: &Key) -> Value {
    let example = if key.example.is_empty() { "1" } else { &*key.example };
    Value::Plain(match key.value_type {
        ValueType::Text | ValueType::Line | ValueType::Prose => quoted(&free_text(dice)),
        ValueType::Flag => dice.pick(&["true", "false"]).to_string(),
        ValueType::Choice(words) | ValueType::ChoiceOrName { words, .. } => {
            quoted(dice.pick::<&str>(words))
        }
        ValueType::Choices(_, words) => {
            let chosen: Vec<String> =
                dice.some(words, 0.4).into_iter().map(|word| quoted(word)).collect();
            format!("[{}]", chosen.join(", "))
        }
        ValueType::Number => example.to_owned(),
        ValueType::Whole => dice.pick(&["0", "1", "17", "4503599627370496"]).to_string(),
        ValueType::Date => {
            let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
            let date = format!("20{:02}-{month:02}-{day:02}", dice.below(100));
            if dice.chance(0.5) { date } else { quoted(&date) }
        }
        ValueType::Duration => quoted(&amounts::time(dice, 1.0, 30.0)),
        ValueType::Clock => quoted(&amounts::clock(dice)),
        ValueType::Share => {
            let share = number(dice, 0.0, 1.0);
            if dice.chance(0.3) {
                format!("\"{} %\"", digits(dice, share * 100.0))
            } else {
                digits(dice, share)
            }
        }
        ValueType::Amount { flag, table: Some(_), .. } if dice.chance(0.2) => {
            let amount = input_of(key).map(|info| amounts::input(dice, info, flag));
            let since = quoted(&amounts::time(dice, 1.0, 4000.0));
            let entries = [("amount", amount), ("since", Some(since))];
            let given = entries
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), Value::Plain(value?))));
            return Value::Table(given.collect());
        }
        ValueType::Amount { flag, .. } => match input_of(key) {
            Some(info) => amounts::input(dice, info, flag),
            None => example.to_owned(),
        },
        ValueType::Texts | ValueType::TextOrTexts | ValueType::Any(_) => example.to_owned(),
        ValueType::Table(section) => return Value::Table(table(dice, author, section)),
        ValueType::Tables(section) => {
            let count = 1 + dice.below(2);
            return Value::Tables((0..count).map(|_| table(dice, author, section)).collect());
        }
    })
}

/// Changes a place of a tree, as careless or hostile people might; `keys`: spellings of any section.
pub(super) fn change(dice: &mut Dice, entries: &mut Entries, keys: &[&'static str]) {
    let inner = |(_, value): &&mut (String, Value)| !matches!(value, Value::Plain(_));
    let mut below: Vec<&mut (String, Value)> = entries.iter_mut().filter(inner).collect();
    if !below.is_empty() && dice.chance(0.7) {
        let chosen = dice.below(below.len());
        match &mut below[chosen].1 {
            Value::Table(entries) if !entries.is_empty() => return change(dice, entries, keys),
            Value::Tables(tables) if !tables.is_empty() => {
                let at = dice.below(tables.len());
                match dice.below(12) {
                    0 => drop(tables.remove(at)),
                    1 => tables.push(tables[at].clone()),
                    2 => tables.reverse(),
                    _ => change(dice, &mut tables[at], keys),
                }
                return;
            }
            _ => {}
        }
    }
    if entries.is_empty() {
        return;
    }
    let (at, other) = (dice.below(entries.len()), dice.below(entries.len()));
    match dice.below(10) {
        0 => entries[at].1 = Value::Plain((*dice.pick(HOSTILE)).to_owned()),
        1 => entries[at].1 = entries[other].1.clone(),
        2 => entries[at].0 = scratched(dice, &entries[at].0),
        3 => drop(entries.remove(at)),
        4 => entries.push(entries[at].clone()),
        5 => entries[at].0 = (*dice.pick(keys)).to_owned(),
        6 => entries.rotate_left(other),
        7 => change_plain(&mut entries[at].1, |text| scratched(dice, text)),
        _ => change_plain(&mut entries[at].1, |text| other_digits(dice, text)),
    }
}

fn change_plain(value: &mut Value, with: impl FnOnce(&str) -> String) {
    if let Value::Plain(text) = value {
        *text = with(text);
    }
}

/// The same text with one digit exchanged.
fn other_digits(dice: &mut Dice, text: &str) -> String {
    let places: Vec<usize> =
        text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
    if places.is_empty() {
        return text.to_owned();
    }
    let at = *dice.pick(&places);
    let digit = *dice.pick(&["0", "1", "2", "5", "9", "10", ".5"]);
    format!("{}{digit}{}", &text[..at], &text[at + 1..])
}

/// The tree as TOML, in one of many layouts.
pub(super) fn written(dice: &mut Dice, root: &Entries) -> String {
    let mut text = String::new();
    section(dice, "", root, &mut text);
    match dice.below(30) {
        0 => text.replace('\n', "\r\n"),
        1 => format!("\u{feff}{text}"),
        2 => format!("# {}\n{text}", free_text(dice)),
        _ => text,
    }
}

fn section(dice: &mut Dice, path: &str, entries: &Entries, text: &mut String) {
    let mut later = Vec::new();
    for (key, value) in entries {
        let with_header = !matches!(value, Value::Plain(_)) && dice.chance(0.7);
        if with_header {
            later.push((key, value));
        } else {
            let gap = *dice.pick(&[" = ", " = ", "=", "   = "]);
            *text += &format!("{}{gap}{}\n", spelled_key(key), inline(value));
        }
    }
    for (key, value) in later {
        let path =
            if path.is_empty() { spelled_key(key) } else { format!("{path}.{}", spelled_key(key)) };
        match value {
            Value::Plain(_) => {}
            Value::Table(entries) => {
                *text += &format!("\n[{path}]\n");
                section(dice, &path, entries, text);
            }
            Value::Tables(tables) => {
                for entries in tables {
                    *text += &format!("\n[[{path}]]\n");
                    section(dice, &path, entries, text);
                }
            }
        }
    }
}

fn spelled_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        quoted(&key.replace('\n', " "))
    }
}

fn inline(value: &Value) -> String {
    let table = |entries: &Entries| {
        let entries =
            entries.iter().map(|(key, value)| format!("{} = {}", spelled_key(key), inline(value)));
        format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
    };
    match value {
        Value::Plain(text) => text.clone(),
        Value::Table(entries) => table(entries),
        Value::Tables(tables) => {
            format!("[{}]", tables.iter().map(table).collect::<Vec<_>>().join(", "))
        }
    }
}
