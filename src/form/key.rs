//! The keys of a kind of file: one row says all that is known of a key.

use crate::error::problem::Misread;
use std::borrow::Cow;
use std::sync::LazyLock;

#[derive(Debug)]
pub(crate) struct Form {
    pub title: &'static str,
    /// The keys at its top level.
    pub root: &'static Section,
    /// Advice about a key at the top level that another kind of file has.
    pub other_form_help: fn(&str) -> Option<&'static str>,
    /// The error of a name for something that no file of this kind can say.
    pub outside: fn(&str) -> Option<Misread>,
    /// The keys that a name of everyday speech means.
    pub meant: fn(&str) -> Option<MeantKeys>,
}

/// The keys that a name means, which is none itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MeantKeys {
    /// The words before the keys: "it is called".
    pub note: String,
    /// The keys, the nearest first.
    pub keys: &'static [&'static str],
}

/// A kind of table in a file.
#[derive(Debug)]
pub(crate) struct Section {
    /// Its spelling in a file: `[[arm.phase]]`.
    pub written: &'static str,
    /// Its name among the definitions of the JSON Schema; without one it is written in place.
    pub definition: Option<&'static str>,
    /// The listing of its keys in messages, where they are too many to name.
    pub listing: Option<KeyListing>,
    /// Free names beside the keys, if any.
    pub names: Option<OpenKeys>,
    keys: LazyLock<Vec<Key>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyListing {
    pub noun: &'static str,
    /// One sentence that says which command lists all of them.
    pub all_keys: fn() -> String,
}

/// Names in a table that are no keys: foods, quantities, or words of the user's choice.
#[derive(Debug)]
pub(crate) struct OpenKeys {
    pub holds: ValueType,
    /// Name of that shape among the definitions of the JSON Schema, if it has one.
    pub definition: Option<&'static str>,
    /// An example value, as TOML.
    pub example: &'static str,
    /// Names that the JSON Schema documents, each with its meaning.
    pub documented: fn() -> Vec<(&'static str, String)>,
    /// Meaning of any other name; may be empty.
    pub meaning: &'static str,
}

impl OpenKeys {
    /// Names of the user's choice, which the JSON Schema does not document.
    pub(crate) const fn new(holds: ValueType, example: &'static str) -> Self {
        Self { holds, definition: None, example, documented: Vec::new, meaning: "" }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// True if it must be there.
    pub required: bool,
    pub value_type: ValueType,
    /// An example value, as TOML; may be empty.
    pub example: Cow<'static, str>,
    pub meaning: Cow<'static, str>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueType {
    /// A word that the program reads: a name, a path, a condition.
    Text,
    /// Words for people, on one line.
    Line,
    /// Words for people, on any number of lines.
    Prose,
    Texts,
    /// A list of words; one alone stands for a list of it.
    TextOrTexts,
    Flag,
    Choice(&'static [&'static str]),
    /// One of these words, or a name that the file gives elsewhere and that is checked later.
    ChoiceOrName {
        words: &'static [&'static str],
        /// A table that may stand for it.
        table: Option<&'static Section>,
    },
    /// A list of some of these words; before them, what each is called.
    Choices(&'static str, &'static [&'static str]),
    Number,
    /// A whole number from 0 on.
    Whole,
    Date,
    /// A length of time, or a time from the start.
    Duration,
    Clock,
    /// 0 to 1, or percent.
    Share,
    Amount {
        /// Name in tables, which carries the unit.
        name: &'static str,
        unit: &'static str,
        /// True and false stand for 1 and 0.
        flag: bool,
        /// A table that may stand for the amount.
        table: Option<&'static Section>,
    },
    /// A value that is read and checked later; the types that its JSON Schema names.
    Any(&'static [&'static str]),
    Table(&'static Section),
    Tables(&'static Section),
}

impl ValueType {
    /// The table that a value may be, if it may be one.
    pub(crate) const fn table(self) -> Option<&'static Section> {
        match self {
            Self::Table(section) => Some(section),
            Self::Amount { table, .. } | Self::ChoiceOrName { table, .. } => table,
            _ => None,
        }
    }
}

/// The rows of a table of keys: spellings, shape, example, meaning.
macro_rules! keys {
    (@flag) => { false };
    (@flag required) => { true };
    ($($name:literal $(| $alias:literal)* $($flag:ident)?, $value_type:expr, $example:literal, $meaning:literal;)*) => {
        vec![$($crate::form::key::Key {
            name: $name,
            aliases: &[$($alias),*],
            required: keys!(@flag $($flag)?),
            value_type: $value_type,
            example: $example.into(),
            meaning: $meaning.into(),
        },)*]
    };
}
pub(crate) use keys;

impl Form {
    /// Every section, the top level first.
    pub(crate) fn sections(&self) -> Vec<&'static Section> {
        let mut found = Vec::new();
        self.root.collect(&mut found);
        found
    }
}

impl Section {
    /// A section with these keys and no other names.
    pub(crate) const fn new(written: &'static str, keys: fn() -> Vec<Key>) -> Self {
        let (definition, listing, names) = (None, None, None);
        Self { written, definition, listing, names, keys: LazyLock::new(keys) }
    }

    /// The same with a name among the definitions of the JSON Schema.
    pub(crate) const fn defined(mut self, name: &'static str) -> Self {
        self.definition = Some(name);
        self
    }

    pub(crate) const fn open(mut self, names: OpenKeys) -> Self {
        self.names = Some(names);
        self
    }

    /// The same with keys that messages do not name one by one.
    pub(crate) const fn listed(mut self, listing: KeyListing) -> Self {
        self.listing = Some(listing);
        self
    }

    /// Every key, in the order of the documentation.
    pub(crate) fn keys(&self) -> &[Key] {
        &self.keys
    }

    pub(crate) fn key(&self, spelling: &str) -> Option<&Key> {
        self.keys().iter().find(|key| key.name == spelling || key.aliases.contains(&spelling))
    }

    fn collect(&'static self, found: &mut Vec<&'static Self>) {
        if found.iter().any(|other| std::ptr::eq(*other, self)) {
            return;
        }
        found.push(self);
        for key in self.keys() {
            let of_list = match key.value_type {
                ValueType::Tables(inner) => Some(inner),
                _ => None,
            };
            if let Some(inner) = key.value_type.table().or(of_list) {
                inner.collect(found);
            }
        }
    }
}
