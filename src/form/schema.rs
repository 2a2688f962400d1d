//! The JSON Schema of a kind of file, from its keys: editors complete and check with it.

use crate::form::key::{Form, Key, OpenKeys, Section, ValueType};
use crate::units::is_bare;
use serde_json::{Map, Value, json};

/// The schema (draft 2020-12) of a kind of file.
pub(crate) fn json_schema(form: &Form) -> Value {
    let mut definitions = Map::new();
    for section in form.sections() {
        if let Some(name) = section.definition {
            definitions.insert(name.into(), json!(object(section, true)));
        }
        if let Some(OpenKeys { definition: Some(name), holds, .. }) = section.names {
            definitions.insert(name.into(), type_schema(holds));
        }
    }
    let mut root = object(form.root, true);
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!(form.title));
    root.insert("$defs".into(), json!(definitions));
    json!(root)
}

/// The schema of a section; `whole` if it is not a part of another one.
fn object(section: &Section, whole: bool) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut others = json!(false);
    if let Some(names) = &section.names {
        let documented = (names.documented)().into_iter();
        properties
            .extend(documented.map(|(name, meaning)| (name.to_owned(), held(names, &meaning))));
        others = held(names, names.meaning);
    }
    for key in section.keys() {
        for name in [key.name].iter().chain(key.aliases) {
            properties.insert((*name).to_owned(), key_schema(key));
        }
    }
    let keys = section.keys().iter();
    let required: Vec<&str> = keys.filter(|key| key.required).map(|key| key.name).collect();
    let mut object = Map::new();
    object.insert("type".into(), json!("object"));
    object.insert("additionalProperties".into(), others);
    if !properties.is_empty() {
        object.insert("properties".into(), json!(properties));
    }
    if whole || !required.is_empty() {
        object.insert("required".into(), json!(required));
    }
    object
}

/// The schema of what names hold, with the meaning of one of them.
fn held(names: &OpenKeys, meaning: &str) -> Value {
    described(names.definition.map_or_else(|| type_schema(names.holds), reference), meaning)
}

fn key_schema(key: &Key) -> Value {
    let Key { name, meaning, example, .. } = key;
    let schema = type_schema(key.value_type);
    if example.is_empty() {
        described(schema, meaning)
    } else {
        described(schema, &format!("{meaning} Example: {name} = {example}"))
    }
}

fn described(mut schema: Value, meaning: &str) -> Value {
    if let (Some(map), false) = (schema.as_object_mut(), meaning.is_empty()) {
        map.insert("description".into(), json!(meaning));
    }
    schema
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

fn section_schema(section: &Section) -> Value {
    section.definition.map_or_else(|| json!(object(section, false)), reference)
}

fn type_schema(value_type: ValueType) -> Value {
    match value_type {
        ValueType::Text
        | ValueType::Line
        | ValueType::Prose
        | ValueType::Duration
        | ValueType::Clock
        | ValueType::Date => {
            json!({ "type": "string" })
        }
        ValueType::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        ValueType::TextOrTexts => {
            json!({ "type": ["array", "string"], "items": { "type": "string" } })
        }
        ValueType::Flag => json!({ "type": "boolean" }),
        ValueType::Choice(words) => json!({ "type": "string", "enum": words }),
        ValueType::ChoiceOrName { words, table } => {
            or_table(json!({ "type": "string", "examples": words }), table)
        }
        ValueType::Choices(_, words) => {
            json!({ "type": "array", "items": { "type": "string", "enum": words } })
        }
        ValueType::Number => json!({ "type": "number" }),
        ValueType::Whole => json!({ "type": "integer", "minimum": 0 }),
        ValueType::Share => json!({ "type": ["number", "string"] }),
        ValueType::Amount { unit, flag, table, .. } => {
            let types = match (is_bare(unit), flag) {
                (_, true) => json!(["boolean", "number"]),
                (true, _) => json!(["number", "string"]),
                (false, _) => json!("string"),
            };
            or_table(json!({ "type": types }), table)
        }
        ValueType::Any([only]) => json!({ "type": only }),
        ValueType::Any(types) => json!({ "type": types }),
        ValueType::Table(section) => section_schema(section),
        ValueType::Tables(section) => json!({ "type": "array", "items": section_schema(section) }),
    }
}

/// The schema of a plain value for which a table may stand.
fn or_table(plain: Value, table: Option<&Section>) -> Value {
    match table {
        Some(section) => json!({ "anyOf": [plain, section_schema(section)] }),
        None => plain,
    }
}
