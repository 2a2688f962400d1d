//! A small kind of file: every mistake has one wording, and the schema says the same as the check.

use crate::error::problem::Misread;
use crate::error::render::render;
use crate::form::key::ValueType::{
    Amount, Choice, Choices, Flag, Table, Tables, Text, TextOrTexts,
};
use crate::form::key::{Form, MeantKeys, OpenKeys, Section, keys};
use crate::form::problems::Problems;
use crate::form::schema::json_schema;
use crate::form::tree::{Entry, get, texts};
use crate::form::{read, stem, title};
use serde_json::json;

const ANIMALS: &[&str] = &["hen", "goose"];

static FARM: Form = Form {
    title: "Farm",
    root: &ROOT,
    other_form_help: |key| (key == "vessel").then_some("this is a harbor"),
    outside: |key| (key == "fish").then(|| Misread::new("a farm has no fish", 0..4)),
    meant: |key| {
        let keys: &[&str] = match key {
            "stable" => &["barn"],
            "warm" => &["heated"],
            "beast" => &["animal", "keeps"],
            _ => return None,
        };
        Some(MeantKeys { note: "it is called".into(), keys })
    },
};

static ROOT: Section = Section::new("the top level", || {
    keys! {
        "title" | "headline", Text, "\"Hill farm\"", "Name of the farm.";
        "keeps", TextOrTexts, "[\"hens\"]", "Animals.";
        "barn", Table(&BARN), "", "The barn.";
        "field", Tables(&FIELD), "", "A field.";
        "stock", Table(&STOCK), "{ hay = \"2 t\" }", "What is kept.";
    }
});

static BARN: Section = Section::new("[barn]", || {
    keys! {
        "animal" required, Choice(ANIMALS), "\"hen\"", "Who lives there.";
        "heated", Flag, "true", "Is it warm?";
        "draw", Choices("picture", ANIMALS), "[\"hen\"]", "Pictures.";
    }
})
.defined("barn");

static FIELD: Section = Section::new("[[field]]", || {
    keys! {
        "yield", Amount { name: "yield_g_per_day", unit: "g/d", flag: false, table: None }, "\"2 g/day\"", "Yield.";
    }
});

static STOCK: Section = Section::new("[stock]", Vec::new).open(OpenKeys {
    holds: Text,
    definition: Some("amount"),
    example: "\"2 t\"",
    documented: || vec![("hay", "for winter".to_owned())],
    meaning: "anything",
});

fn checked(text: &str) -> (Vec<Entry>, String) {
    let mut problems = Problems::default();
    let entries = read(&FARM, text, 0, &mut problems);
    (entries, render(&problems.sorted(), &[("farm.toml".to_owned(), text.to_owned())], false))
}

#[track_caller]
fn refused(text: &str, parts: &[&str]) {
    let (_, documented) = checked(text);
    for part in parts {
        assert!(documented.contains(part), "{part:?} is missing in:\n{documented}");
    }
}

#[test]
fn a_sound_file_has_the_usual_spellings_and_no_problems() {
    let (entries, documented) =
        checked("headline = 'x'\nkeeps = 'hens'\nbarn.animal = 'hen'\nstock.anvil = 'one'\n");
    assert_eq!(documented, "");
    assert_eq!(texts(&entries, "keeps"), ["hens"]);
    assert_eq!([title(&entries, "hill"), title(&[], "hill_farm")], ["x", "hill farm"]);
}

#[test]
fn every_mistake_is_told_with_its_remedy() {
    refused(
        "titel = 'x'",
        &[
            "unknown key \"titel\"",
            "not a key of the top level",
            "did you mean \"title\"? Known in the top level: title, keeps",
        ],
    );
    refused("heated = true", &["it belongs in [barn]"]);
    refused("barn.title = 'x'", &["not a key of [barn]", "it belongs in the top level"]);
    refused("vessel = 1", &["this is a harbor"]);
    refused("stable = 1", &["help: it is called: barn\n"]);
    refused("warm = true", &["help: it is called: heated = true, in [barn]\n"]);
    refused("barn.beast = 'hen'", &["help: it is called: animal = \"hen\"\n"]);
    refused(
        "title = 'x'\nheadline = 'y'",
        &["title is given twice", "headline is the same as title"],
    );
    refused(
        "title = 3",
        &["title needs a text", "a number here", "write such as title = \"Hill farm\""],
    );
    refused("barn = 3", &["barn needs a table", "write [barn]"]);
    refused("barn.animal = 3", &["animal needs a word"]);
    refused(
        "barn.animal = 'goos'",
        &["unknown animal \"goos\"", "did you mean \"goose\"? Accepted: hen, goose."],
    );
    refused(
        "barn.draw = ['cow', 1]",
        &["unknown picture \"cow\"", "draw needs a list of texts", "2 errors"],
    );
    refused("field = [3]", &["field needs a list of tables"]);
    refused(
        "[[field]]\nyield_g_per_day = 2",
        &["did you mean \"yield\"? The unit stands in the value: yield = \"2 g/day\""],
    );
    refused("stock.hay = 3", &["hay needs a text", "write such as hay = \"2 t\""]);
}

#[test]
fn what_is_wrong_is_taken_out() {
    let (entries, _) =
        checked("title = 3\nkeeps = ['hens', 4]\nfield = 'x'\nbarn = { animal = 'cow' }");
    let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["keeps", "barn"]);
    assert_eq!(texts(&entries, "keeps"), ["hens"]);
    assert!(get(&entries, "barn").unwrap().entries().is_empty());
}

#[test]
fn the_schema_has_every_key_with_its_meaning() {
    let schema = json_schema(&FARM);
    let properties = &schema["properties"];
    assert_eq!(properties["headline"], properties["title"]);
    assert_eq!(
        properties["title"]["description"],
        "Name of the farm. Example: title = \"Hill farm\""
    );
    assert_eq!(properties["barn"], json!({ "$ref": "#/$defs/barn", "description": "The barn." }));
    assert_eq!(schema["$defs"]["barn"]["required"], json!(["animal"]));
    assert_eq!(properties["field"]["items"]["properties"]["yield"]["type"], "string");
    let stock = &properties["stock"];
    assert_eq!(stock["properties"]["hay"]["description"], "for winter");
    assert_eq!(stock["additionalProperties"]["$ref"], "#/$defs/amount");
    assert_eq!(schema["$defs"]["amount"], json!({ "type": "string" }));
    assert_eq!(schema["additionalProperties"], json!(false));
}

#[test]
fn the_stem_of_a_file_is_no_other_folder() {
    assert_eq!(stem("a/b.toml"), "b");
    assert_eq!(stem("a\\b.c.toml"), "b.c");
    assert_eq!(stem("../...toml"), "scenario");
}
