//! Checks a file's tree against its keys: unknown keys, wrong types, wrong words.

use crate::error::problem::SourceSpan;
use crate::error::suggest::{did_you_mean, nearest};
use crate::form::key::{Form, MeantKeys, OpenKeys, Section, ValueType};
use crate::form::problems::Problems;
use crate::form::synonyms::{flag, usual_word};
use crate::form::tree::{Entry, Node, Value};
use crate::printed::{visible, visible_line};

/// Checks the entries of a section, the table at `place`, and gives aliases their usual spelling.
///
/// Wrong entries are reported and taken out, so that they are not reported again; `problems`
/// remembers them, so that they do not count as missing.
pub(crate) fn check(
    form: &Form,
    section: &Section,
    place: &SourceSpan,
    entries: &mut Vec<Entry>,
    problems: &mut Problems,
) {
    Checker { form, problems }.section(section, place, entries);
}

/// The word among those that are known which is meant; reported if it is none of them.
pub(crate) fn check_word<'a>(
    what: &str,
    words: &[&'a str],
    word: &str,
    span: &SourceSpan,
    problems: &mut Problems,
) -> Option<&'a str> {
    let known = usual_word(words, word);
    if known.is_none() {
        let meant = did_you_mean(word, words.iter().copied());
        let help = format!("{meant}Accepted: {}.", words.join(", "));
        problems.error(span, format!("unknown {what} \"{word}\""), "", help);
    }
    known
}

struct Checker<'a> {
    form: &'a Form,
    problems: &'a mut Problems,
}

/// The name, type and example of an expected value.
struct Expected<'a> {
    name: &'a str,
    value_type: ValueType,
    example: &'a str,
}

impl Checker<'_> {
    fn section(&mut self, section: &Section, place: &SourceSpan, entries: &mut Vec<Entry>) {
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        for mut entry in entries.drain(..) {
            let sound = match (section.key(&entry.key), &section.names) {
                (Some(known), _) if kept.iter().any(|other| other.key == known.name) => {
                    let name = known.name;
                    let message = format!("{name} is given twice");
                    let label = format!("{} is the same as {name}", entry.key);
                    self.problems.error(&entry.span, message, label, "keep one of the two");
                    false
                }
                (Some(known), _) => {
                    known.name.clone_into(&mut entry.key);
                    let (name, value_type, example) =
                        (known.name, known.value_type, &known.example);
                    self.value(&Expected { name, value_type, example }, &mut entry.node)
                }
                (None, Some(OpenKeys { holds, example, .. })) => {
                    let expected = Expected { name: &entry.key, value_type: *holds, example };
                    self.value(&expected, &mut entry.node)
                }
                (None, None) => {
                    self.unknown_key(section, &entry.key, &entry.span);
                    // What it is meant as is not missing.
                    let names = section.keys().iter().map(|key| key.name);
                    let meant = self.meant(section, &entry.key);
                    let meant = meant.and_then(|meant| meant.keys.first().copied());
                    if let Some(meant) = meant.or_else(|| nearest(&entry.key, names)) {
                        meant.clone_into(&mut entry.key);
                    }
                    false
                }
            };
            if sound {
                kept.push(entry);
            } else {
                self.problems.refuse(place, entry.key);
            }
        }
        *entries = kept;
    }

    fn unknown_key(&mut self, section: &Section, spelling: &str, span: &SourceSpan) {
        if let Some(outside) = (self.form.outside)(spelling) {
            return self.problems.misread_at(span, outside);
        }
        let written = section.written;
        let names: Vec<&str> = section.keys().iter().map(|key| key.name).collect();
        let spellings =
            || section.keys().iter().flat_map(|key| key.aliases.iter().copied().chain([key.name]));
        let (noun, label, all) = match section.listing {
            Some(listing) => (listing.noun, String::new(), (listing.all_keys)()),
            None => (
                "key",
                format!("not a key of {written}"),
                format!("Known in {written}: {}.", names.join(", ")),
            ),
        };
        let with_unit = section.keys().iter().find(
            |key| matches!(key.value_type, ValueType::Amount { name, .. } if name == spelling),
        );
        let is_root = std::ptr::eq(section, self.form.root);
        let other_form_help = is_root.then(|| (self.form.other_form_help)(spelling)).flatten();
        let elsewhere = self.elsewhere(section, spelling);
        let help = if let Some(meant) = self.meant(section, spelling) {
            self.meant_keys(section, &meant)
        } else if let Some(key) = with_unit {
            let (name, example) = (key.name, &key.example);
            format!("did you mean \"{name}\"? The unit stands in the value: {name} = {example}")
        } else if nearest(spelling, spellings()).is_none() && !elsewhere.is_empty() {
            format!("it belongs in {}", elsewhere.join(" or "))
        } else if let Some(help) = other_form_help {
            help.to_owned()
        } else {
            format!("{}{all}", did_you_mean(spelling, spellings()))
        };
        self.problems.error(span, format!("unknown {noun} \"{spelling}\""), label, help);
    }

    /// The keys that a name of everyday speech means, unless it is a key of another section.
    fn meant(&self, section: &Section, spelling: &str) -> Option<MeantKeys> {
        let meant = (self.form.meant)(spelling).filter(|_| section.listing.is_none())?;
        let is_here = meant.keys.iter().any(|name| section.key(name).is_some());
        (is_here || self.elsewhere(section, spelling).is_empty()).then_some(meant)
    }

    /// `it is called: sex = "female", in [person]`: the keys of this section, else all with the
    /// sections of the first; one key with its example.
    fn meant_keys(&self, section: &Section, meant: &MeantKeys) -> String {
        let here: Vec<&str> =
            meant.keys.iter().copied().filter(|name| section.key(name).is_some()).collect();
        let first = meant.keys.first().copied().unwrap_or_default();
        let mut place = String::new();
        let names = if here.is_empty() {
            place = format!(", in {}", self.elsewhere(section, first).join(" or "));
            meant.keys.to_vec()
        } else {
            here
        };
        let example = |name: &str| {
            let known = self.form.sections().into_iter().find_map(|section| section.key(name));
            let known = known.filter(|key| names.len() == 1 && !key.example.is_empty());
            known.map(|key| format!("{name} = {}", key.example))
        };
        let written: Vec<String> =
            names.iter().map(|name| example(name).unwrap_or_else(|| (*name).to_owned())).collect();
        format!("{}: {}{place}", meant.note, written.join(", "))
    }

    /// The other sections that know a key, as files write them.
    fn elsewhere(&self, section: &Section, spelling: &str) -> Vec<&'static str> {
        let others =
            self.form.sections().into_iter().filter(|other| !std::ptr::eq(*other, section));
        others.filter(|other| other.key(spelling).is_some()).map(|other| other.written).collect()
    }

    /// True if the value has the right type.
    fn value(&mut self, expected: &Expected<'_>, node: &mut Node) -> bool {
        let table = expected.value_type.table();
        if let (Some(section), Value::Table(entries)) = (table, &mut node.value) {
            self.section(section, &node.span, entries);
            return true;
        }
        match (expected.value_type, &mut node.value) {
            (ValueType::Tables(section), Value::List(nodes)) => {
                let table = Expected { value_type: ValueType::Table(section), ..*expected };
                nodes.retain_mut(|node| match &node.value {
                    Value::Table(_) => self.value(&table, node),
                    _ => self.wrong_type(expected, node),
                });
                true
            }
            (ValueType::Choice(words), Value::Text(word, _)) => {
                self.word(expected.name, words, word, &node.span)
            }
            (ValueType::ChoiceOrName { words, .. }, Value::Text(word, _)) => {
                *word = usual_word(words, word).unwrap_or(word).to_owned();
                true
            }
            (ValueType::Choices(what, words), Value::List(nodes)) => {
                nodes.retain_mut(|node| match &mut node.value {
                    Value::Text(word, _) => self.word(what, words, word, &node.span),
                    _ => self.wrong_type(expected, node),
                });
                true
            }
            (ValueType::Flag, Value::Text(word, _)) if flag(word).is_some() => {
                node.value = Value::Flag(flag(word) == Some(true));
                true
            }
            (ValueType::Texts | ValueType::TextOrTexts, Value::List(nodes)) => {
                nodes.retain(|node| node.text().is_some() || self.wrong_type(expected, node));
                true
            }
            (ValueType::Line | ValueType::Prose, Value::Text(..)) => self.words(expected, node),
            (ValueType::TextOrTexts, Value::Text(..)) => {
                let only = node.clone();
                node.value = Value::List(vec![only]);
                true
            }
            _ => is_read_later(expected.value_type, &node.value) || self.wrong_type(expected, node),
        }
    }

    /// Makes what would act in words for people visible; false, reported, if they should stand on
    /// one line and do not.
    fn words(&mut self, expected: &Expected<'_>, node: &mut Node) -> bool {
        let Value::Text(words, start) = &mut node.value else { return false };
        let is_line = matches!(expected.value_type, ValueType::Line);
        if is_line && words.trim().contains(['\r', '\n']) {
            let message = format!("{} needs a text of one line", expected.name);
            let help = "tables and figures show it on one line; longer words go into `lesson`";
            self.problems.error(&node.span, message, "several lines here", help);
            return false;
        }
        let bare = words.trim_matches(['\r', '\n']);
        let shown = if is_line { visible_line(bare) } else { visible(words) };
        if shown != *words {
            (*words, *start) = (shown.into_owned(), None);
        }
        true
    }

    /// Gives a word its usual spelling; false, reported, if it is unknown.
    fn word(&mut self, what: &str, words: &[&str], word: &mut String, span: &SourceSpan) -> bool {
        let usual = check_word(what, words, word, span, self.problems);
        if let Some(usual) = usual {
            usual.clone_into(word);
        }
        usual.is_some()
    }

    /// Reports a wrong type; always false.
    fn wrong_type(&mut self, expected: &Expected<'_>, node: &Node) -> bool {
        let Expected { name, value_type, example } = expected;
        let wanted = type_name(*value_type);
        let help = match value_type {
            ValueType::Table(section) | ValueType::Tables(section) if example.is_empty() => {
                format!("write {}", section.written)
            }
            _ if example.is_empty() => format!("write {wanted}"),
            _ => format!("write such as {name} = {example}"),
        };
        let label = format!("{} here, {wanted} expected", node.value.kind());
        self.problems.error(&node.span, format!("{name} needs {wanted}"), label, help);
        false
    }
}

/// True for a value of a fitting type whose contents are read and checked later.
const fn is_read_later(value_type: ValueType, value: &Value) -> bool {
    matches!(
        (value_type, value),
        (ValueType::Any(_), _)
            | (
                ValueType::Number
                    | ValueType::Whole
                    | ValueType::Share
                    | ValueType::Duration
                    | ValueType::Amount { .. },
                Value::Measured(_),
            )
            | (ValueType::Text | ValueType::Duration | ValueType::Clock, Value::Text(..))
            | (ValueType::Flag, Value::Flag(_))
            | (ValueType::Date | ValueType::Duration | ValueType::Clock, Value::Date(_))
            | (ValueType::Date, Value::Text(..))
            | (ValueType::Number | ValueType::Whole, Value::Number(_))
            | (ValueType::Share, Value::Text(..) | Value::Number(_))
            | (ValueType::Amount { .. }, Value::Text(..) | Value::Number(_) | Value::Flag(_))
    )
}

const fn type_name(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Text | ValueType::Line | ValueType::Prose => "a text",
        ValueType::Texts | ValueType::TextOrTexts | ValueType::Choices(..) => "a list of texts",
        ValueType::Flag => "true or false",
        ValueType::Choice(_) | ValueType::ChoiceOrName { .. } => "a word",
        ValueType::Number => "a number",
        ValueType::Whole => "a whole number",
        ValueType::Date => "a date",
        ValueType::Duration => "a length of time with its unit",
        ValueType::Clock => "a clock time",
        ValueType::Share => "a share",
        ValueType::Amount { .. } => "an amount",
        ValueType::Any(_) => "a value",
        ValueType::Table(_) => "a table",
        ValueType::Tables(_) => "a list of tables",
    }
}
