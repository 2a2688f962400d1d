//! The JSON Schema of scenario files, from the table of keys: editors complete and check with it.

use crate::nutrition::foods::FOODS;
use crate::parameters::ENTRIES;
use crate::physiology::inputs::InputInfo;
use crate::scenario::keys::{Key, Section, Shape, keys};
use crate::units::unit;
use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

/// The schema (draft 2020-12) of a scenario file.
#[must_use]
pub fn json_schema() -> Schema {
    let mut root = section_schema(Section::Root);
    let sections = Section::ALL.iter().filter(|(section, _)| *section != Section::Root);
    let definitions: Map<String, Value> = sections
        .map(|(section, _)| (definition(*section), section_schema(*section).to_value()))
        .collect();
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!("Calcifate scenario"));
    root.insert("$defs".into(), Value::Object(definitions));
    root
}

/// Name of a section among the definitions.
fn definition(section: Section) -> String {
    format!("{section:?}").to_lowercase()
}

fn section_schema(section: Section) -> Schema {
    let mut properties = Map::new();
    for key in keys(section) {
        for name in [key.name].iter().chain(key.aliases) {
            properties.insert((*name).to_owned(), key_schema(&key));
        }
    }
    let required: &[&str] = match section {
        Section::Arm => &["name"],
        Section::Phase => &["from"],
        Section::Claim => &["that"],
        Section::Meal => &["share"],
        _ => &[],
    };
    json_schema!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn key_schema(key: &Key) -> Value {
    let mut schema = shape_schema(key.shape);
    if let Some(map) = schema.as_object_mut() {
        let mut meaning = key.meaning.to_owned();
        if !key.example.is_empty() {
            meaning = format!("{meaning} Example: {} = {}", key.name, key.example);
        }
        map.insert("description".into(), json!(meaning));
    }
    schema
}

fn shape_schema(shape: Shape) -> Value {
    let reference = |section| json!({ "$ref": format!("#/$defs/{}", definition(section)) });
    let number_or_text = json!({ "type": ["number", "string"] });
    match shape {
        Shape::Text | Shape::Duration | Shape::Clock | Shape::Date => json!({ "type": "string" }),
        Shape::Texts => json!({ "type": ["array", "string"], "items": { "type": "string" } }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Choice(words) => json!({ "type": "string", "enum": words }),
        Shape::Choices(words) => {
            json!({ "type": "array", "items": { "type": "string", "enum": words } })
        }
        Shape::Whole => json!({ "type": "integer", "minimum": 0 }),
        Shape::Share => number_or_text,
        Shape::Input(info) => json!({ "type": input_types(info) }),
        Shape::Foods => foods_schema(),
        Shape::MealShares => json!({ "type": "object", "additionalProperties": number_or_text }),
        Shape::Parameters => parameters_schema(),
        Shape::Table(section) => reference(section),
        Shape::Tables(section) => json!({ "type": "array", "items": reference(section) }),
    }
}

fn input_types(info: &InputInfo) -> Value {
    let bare = info.unit == "y" || unit(info.unit).is_some_and(|unit| unit.dimension.is_bare());
    match (bare, info.whole && info.allowed == (0.0, 1.0)) {
        (_, true) => json!(["boolean", "number"]),
        (true, _) => json!(["number", "string"]),
        (false, _) => json!("string"),
    }
}

fn foods_schema() -> Value {
    let amount =
        |grams: f64| json!({ "type": "string", "description": format!("a serving is {grams} g") });
    let foods: Map<String, Value> =
        FOODS.iter().map(|food| (food.name.to_owned(), amount(food.serving_g))).collect();
    json!({ "type": "object", "properties": foods, "additionalProperties": { "type": "string" } })
}

fn parameters_schema() -> Value {
    let mut parameters: Map<String, Value> = ENTRIES
        .iter()
        .map(|entry| {
            let meaning = format!("{} [{}], default {}", entry.note, entry.unit, entry.value);
            (entry.name.to_owned(), json!({ "type": ["number", "string"], "description": meaning }))
        })
        .collect();
    let meaning = "Allow values outside the ranges of the parameter table.";
    parameters.insert("beyond_range".into(), json!({ "type": "boolean", "description": meaning }));
    json!({ "type": "object", "properties": parameters, "additionalProperties": false })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks a value against the part of JSON Schema that the schema uses.
    fn conforms(value: &Value, schema: &Value, root: &Value, path: &str) {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.strip_prefix("#/$defs/").unwrap();
            return conforms(value, &root["$defs"][name], root, path);
        }
        let kind = match value {
            Value::String(_) => "string",
            Value::Number(_) => "number",
            Value::Bool(_) => "boolean",
            Value::Array(_) => "array",
            _ => "object",
        };
        let fits = |kinds: &Value| kinds == kind || kinds == "integer" && kind == "number";
        let kinds = &schema["type"];
        assert!(
            fits(kinds) || kinds.as_array().is_some_and(|all| all.iter().any(fits)),
            "{path}: {kind}, {kinds}"
        );
        if let Some(words) = schema["enum"].as_array() {
            assert!(words.contains(value), "{path}: {value}");
        }
        for item in value.as_array().into_iter().flatten() {
            conforms(item, &schema["items"], root, path);
        }
        for (key, inner) in value.as_object().into_iter().flatten() {
            let known = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
            assert!(known.is_object(), "{path}: {key} is not in the schema");
            conforms(inner, known, root, &format!("{path}.{key}"));
        }
        for key in schema["required"].as_array().into_iter().flatten() {
            assert!(value.get(key.as_str().unwrap()).is_some(), "{path}: {key} is missing");
        }
    }

    fn valid(text: &str) {
        let schema = json_schema().to_value();
        let value: Value = toml::from_str(text).unwrap();
        conforms(&value, &schema, &schema, "file");
    }

    #[test]
    fn shipped_files_conform() {
        valid(include_str!("../../scenarios/calcium_paradox.toml"));
        valid(&crate::scenario::starter::starter("my lesson"));
    }

    #[test]
    #[should_panic(expected = "quesion is not in the schema")]
    fn unknown_keys_do_not_conform() {
        valid("quesion = \"why\"");
    }
}
