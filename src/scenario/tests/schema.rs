//! The JSON Schema of scenario files accepts what is right and nothing else.

use super::{keys::SCENARIO, new_scenario};
use crate::form::schema::json_schema;
use serde_json::Value;

/// Checks a value against the part of JSON Schema that the schema uses.
fn conforms(value: &Value, schema: &Value, root: &Value, path: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.strip_prefix("#/$defs/").unwrap();
        return conforms(value, &root["$defs"][name], root, path);
    }
    if let Some(schemas) = schema["anyOf"].as_array() {
        let of_table = |schema: &&Value| (schema["$ref"].is_string()) == value.is_object();
        return conforms(value, schemas.iter().find(of_table).unwrap(), root, path);
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
    let schema = json_schema(&SCENARIO);
    let value: Value = toml::from_str(text).unwrap();
    conforms(&value, &schema, &schema, "file");
}

#[test]
fn shipped_files_conform() {
    valid(include_str!("../../../scenarios/calcium_paradox.toml"));
    valid("habitual.warfarin = { dose = '5 mg/day', since = '2 years' }\nhabitual.exercise = 0.5");
    valid("hypothesis = 'mine'\nhypotheses.mine = { like = 'conservative', pth_steepness = 12 }");
    valid(&new_scenario::new_scenario("my lesson"));
}

#[test]
#[should_panic(expected = "quesion is not in the schema")]
fn unknown_keys_do_not_conform() {
    valid("quesion = \"why\"");
}

#[test]
#[should_panic(expected = "since\" is missing")]
fn a_habit_without_a_beginning_does_not_conform() {
    valid("habitual.warfarin = { amount = '5 mg/day' }");
}
