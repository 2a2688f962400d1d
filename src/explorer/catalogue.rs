//! Everything that the page can choose from: lessons, dials, foods, read-outs, words.

use serde_json::{Value, json};

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::explorer::request::Named;
use crate::form;
use crate::library::lessons::{LESSONS, Lesson};
use crate::library::listings::spelling;
use crate::nutrition::foods::{FOODS, Matrix};
use crate::parameters::Hypothesis;
use crate::physiology::inputs::InputKind;
use crate::physiology::quantities::{QUANTITIES, Quantity};
use crate::scenario::Scenario;
use crate::scenario::dial::{Dial, DialKind, ScenarioPart, dials};
use crate::words::catalogue::texts_of;
use crate::words::names::unit;

/// Dials that the page shows at once; the others come by their names.
const FIRST: [&str; 16] = [
    "calcium_diet",
    "calcium_supplement",
    "vitamin_d_sun",
    "vitamin_d_supplement",
    "mk7_supplement",
    "mk4_supplement",
    "k1_mixed",
    "k1_supplement",
    "warfarin",
    "exercise",
    "sex",
    "age",
    "menopause_age",
    "egfr",
    "coronary_percentile",
    "duration",
];

pub(super) fn told(own: &[Named]) -> Value {
    let lessons: Vec<Value> = if own.is_empty() {
        LESSONS.iter().map(shipped).collect()
    } else {
        own.iter().map(|one| own_lesson(&one.name, &one.text)).collect()
    };
    let words = texts_of("explorer").map(|(key, text)| (key.to_owned(), json!(text)));
    json!({
        "program": PROGRAM,
        "version": env!("CARGO_PKG_VERSION"),
        "model": MODEL_VERSION,
        "disclaimer": DISCLAIMER,
        "lessons": lessons,
        "sets": Hypothesis::ALL.map(Hypothesis::name),
        "dials": dials().iter().map(dial).collect::<Vec<_>>(),
        "foods": foods(),
        "readouts": readouts(),
        "words": words.collect::<serde_json::Map<_, _>>(),
    })
}

/// A lesson that travels along, without reading all of it; `person` tells the rest.
fn shipped(lesson: &Lesson) -> Value {
    json!({
        "name": lesson.name,
        "title": lesson.title(),
        "question": lesson.question(),
        "text": lesson.text,
    })
}

fn own_lesson(name: &str, text: &str) -> Value {
    // A text that cannot be read is told when it is chosen.
    let read = Scenario::parse(text);
    let (title, question) =
        read.as_ref().map_or(("", ""), |scenario| (scenario.title(), scenario.question()));
    let name = form::stem(name);
    let title = if title.is_empty() { &name } else { title };
    json!({ "name": name, "title": title, "question": question, "text": text })
}

/// The group of the page in which a dial stands; none for those that come by their names only.
fn group(dial: &Dial) -> &'static str {
    match dial.part {
        ScenarioPart::Food => "eat",
        ScenarioPart::Person(_) => "who",
        ScenarioPart::Root if dial.name == "hypothesis" => "",
        ScenarioPart::Root => "long",
        ScenarioPart::FromStart(info) => match info.kind {
            InputKind::Food => "eat",
            InputKind::Supplement | InputKind::Drug | InputKind::Dosing | InputKind::Sunlight => {
                "take"
            }
            _ => "who",
        },
        ScenarioPart::Parameter(_) | ScenarioPart::Habitual(_) => "",
    }
}

fn dial(dial: &Dial) -> Value {
    let first = FIRST.contains(&dial.name) && !group(dial).is_empty();
    let mut told = json!({
        "dial": spelling(dial),
        "label": dial.name.replace('_', " "),
        "aliases": dial.aliases,
        "unit": unit(dial.unit()),
        "meaning": dial.meaning,
        "group": group(dial),
        "first": first,
        "food": matches!(dial.part, ScenarioPart::Food),
    });
    let more = match &dial.kind {
        DialKind::Number(number) => json!({
            "label": number.label.replace('_', " "),
            "usual": number.usual,
            "low": finite(number.plausible.0),
            "high": finite(number.plausible.1),
            "lowest": finite(number.allowed.0),
            "highest": finite(number.allowed.1),
            "whole": number.whole,
        }),
        DialKind::Word(words) => json!({ "words": words }),
    };
    if let (Value::Object(told), Value::Object(more)) = (&mut told, more) {
        told.extend(more);
    }
    told
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

/// The usual range of a quantity, where it has one.
pub(super) fn normal(quantity: &Quantity) -> Option<[Option<f64>; 2]> {
    quantity.normal.map(|(low, high)| [low, high].map(finite))
}

fn foods() -> Vec<Value> {
    let told = FOODS.iter().map(|food| {
        let [serving_g, calcium_mg, vitamin_d_ug, k1_ug, mk4_ug, mk7_ug, long_chain_mk_ug] =
            food.numbers();
        json!({
            "food": food.name,
            "label": food.name.replace('_', " "),
            "serving_g": serving_g,
            "calcium_mg": calcium_mg,
            "vitamin_d_ug": vitamin_d_ug,
            "k1_ug": k1_ug,
            "mk4_ug": mk4_ug,
            "mk7_ug": mk7_ug,
            "long_chain_mk_ug": long_chain_mk_ug,
            "pill": food.matrix == Matrix::Supplement,
        })
    });
    told.collect()
}

fn readouts() -> Vec<Value> {
    let told = QUANTITIES.iter().filter(|quantity| quantity.column.is_read_out());
    let told = told.map(|quantity| {
        json!({
            "name": quantity.name,
            "label": quantity.label,
            "unit": unit(quantity.unit),
            "digits": quantity.decimals,
            "normal": normal(quantity),
            "aliases": quantity.aliases,
            "endpoint": quantity.endpoint.is_some(),
        })
    });
    told.collect()
}
