//! The JSON Schema of sweep files, from the table of keys: editors complete and check with it.

use crate::scenario::dial::{Owner, dials};
use crate::sweep::file::keys::{Key, ROOT, Shape};
use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

/// The schema (draft 2020-12) of a sweep file.
#[must_use]
pub fn json_schema() -> Schema {
    json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Calcifate sweep",
        "type": "object",
        "properties": properties(&ROOT),
        "required": ["scenario"],
        "additionalProperties": false,
        "$defs": {
            "setting": { "type": ["string", "number", "boolean"] },
            "variation": { "type": ["string", "array", "object", "number"] },
        },
    })
}

fn properties(keys: &[Key]) -> Map<String, Value> {
    keys.iter().map(|key| (key.name.to_owned(), key_schema(key))).collect()
}

fn key_schema(key: &Key) -> Value {
    let mut schema = shape_schema(key.shape);
    if let Some(map) = schema.as_object_mut() {
        let meaning = format!("{} Example: {} = {}", key.meaning, key.name, key.example);
        map.insert("description".into(), json!(meaning));
    }
    schema
}

fn shape_schema(shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Choice(words) => json!({ "type": "string", "enum": words }),
        Shape::Choices(words) => {
            json!({ "type": "array", "items": { "type": "string", "enum": words } })
        }
        Shape::Number => json!({ "type": "number" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Any => json!({ "type": ["string", "number", "array"] }),
        Shape::Table(keys) => json!({
            "type": "object",
            "properties": properties(keys),
            "additionalProperties": false,
        }),
        Shape::Named => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Shape::Settings => quantities("setting", &[]),
        Shape::Variations(own) => quantities("variation", own),
    }
}

/// A table of dials, each with its meaning; `ARM.NAME` and `habitual.NAME` are not listed.
fn quantities(definition: &str, own: &[Key]) -> Value {
    let reference = format!("#/$defs/{definition}");
    let described = |meaning: &str| json!({ "$ref": reference, "description": meaning });
    let listed = dials().iter().filter(|dial| dial.owner() != Owner::Habit);
    let mut all: Map<String, Value> =
        listed.map(|dial| (dial.name.to_owned(), described(&dial.description()))).collect();
    all.extend(properties(own));
    json!({ "type": "object", "properties": all, "additionalProperties": described("a quantity") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_a_sweep_file_is_in_the_schema_with_its_meaning() {
        let schema = json_schema().to_value();
        for key in &ROOT {
            let found = &schema["properties"][key.name];
            assert!(
                found["description"].as_str().unwrap().starts_with(key.meaning),
                "{}",
                key.name
            );
        }
        let vary = &schema["properties"]["vary"]["properties"];
        for name in ["mk7_supplement", "age", "pth_steepness", "natto", "duration", "parameters"] {
            assert!(vary[name].is_object(), "{name}");
        }
        assert!(vary["title"].is_null(), "a title cannot vary");
        let people = &schema["properties"]["population"]["properties"];
        assert!(people["people"].is_object() && vary["people"].is_null());
    }
}
