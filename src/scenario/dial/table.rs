//! The rows of the table of dials, made from parameters, inputs, foods and keys of scenario files.

use crate::error::suggest::did_you_mean;
use crate::form::key::{Key, ValueType};
use crate::nutrition::food_kinds::did_you_mean_food;
use crate::nutrition::foods::{FOODS, Food, food};
use crate::nutrition::outside_model::not_in_model;
use crate::parameters::{PARAMETER_TABLE, ParameterInfo, Parameters, renamed};
use crate::physiology::inputs::{InputInfo, Inputs};
use crate::physiology::person::Person;
use crate::scenario::dial::{Dial, DialKind, Number, ScenarioPart, UnknownDial};
use crate::scenario::keys::{ARM, HABITUAL, PERSON, ROOT, input_of};
use crate::scenario::other_names::other_name;
use crate::scenario::person;
use crate::units::suffix::suffix;
use crate::units::{Matter, is_bare};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Every dial; of two with the same spelling the earlier one holds.
pub(crate) fn dials() -> &'static [Dial] {
    static DIALS: LazyLock<Vec<Dial>> = LazyLock::new(|| {
        let person = PERSON.keys().iter().filter_map(|key| match input_of(key) {
            Some(info) => Some(of_input(key, info, ScenarioPart::Person(Some(info)))),
            None => of_key(key, ScenarioPart::Person(None)),
        });
        let lived = |part: fn(&'static InputInfo) -> ScenarioPart| {
            let row = move |key| input_of(key).map(|info| of_input(key, info, part(info)));
            HABITUAL.keys().iter().filter_map(row)
        };
        let root = ROOT.keys().iter().filter_map(|key| of_key(key, ScenarioPart::Root));
        let parameters = PARAMETER_TABLE.iter().map(of_parameter);
        let foods = FOODS.iter().map(of_food);
        let own =
            parameters.chain(person).chain(lived(ScenarioPart::FromStart)).chain(foods).chain(root);
        own.chain(lived(ScenarioPart::Habitual)).collect()
    });
    &DIALS
}

/// The dial with this spelling: `KEY` or `SECTION.KEY`.
pub(super) fn find(spelling: &str) -> Option<&'static Dial> {
    static BY_SPELLING: LazyLock<HashMap<(&str, &str), &Dial>> = LazyLock::new(|| {
        let mut found = HashMap::new();
        for dial in dials() {
            for spelling in dial.aliases.iter().copied().chain([dial.name]) {
                found.entry((dial.part.section(), spelling)).or_insert(dial);
                if !matches!(dial.part, ScenarioPart::Habitual(_)) {
                    found.entry(("", spelling)).or_insert(dial);
                }
            }
        }
        found
    });
    let (section, name) = spelling.rsplit_once('.').unwrap_or(("", spelling));
    let known = |name: &str| BY_SPELLING.get(&(section, name)).copied();
    // A food may be spelled in any case, with underscores.
    known(name.trim()).or_else(|| known(food(name.trim())?.name))
}

/// True if a word is a section that a spelling may name.
pub(crate) fn is_section(word: &str) -> bool {
    !word.is_empty() && dials().iter().any(|dial| dial.part.section() == word)
}

/// The advice for a spelling that names no dial.
pub(super) fn unknown(spelling: &str) -> UnknownDial {
    let name = spelling.rsplit('.').next().unwrap_or(spelling);
    if let Some(outside) = not_in_model(name) {
        return UnknownDial { reason: Some(outside.message), help: outside.help };
    }
    if let Some(renamed) = renamed(name) {
        let help = renamed.advice(None, &Parameters::PARADOX);
        return UnknownDial { reason: Some(renamed.reason()), help };
    }
    let own = dials().iter().filter(|dial| !matches!(dial.part, ScenarioPart::Habitual(_)));
    let near = || did_you_mean(spelling, own.clone().map(|dial| dial.name));
    let meant = match other_name(name) {
        Some(row) => format!("{}: {}. ", row.note, row.keys.join(", ")),
        None => did_you_mean_food(name).unwrap_or_else(near),
    };
    // What stands in none of the tables that `calcifate list` shows.
    let others =
        own.filter(|dial| matches!(dial.part, ScenarioPart::Person(None) | ScenarioPart::Root));
    let others: Vec<&str> = others.map(|dial| dial.name).collect();
    let sections = [&PERSON, &HABITUAL, &ROOT, &ARM];
    let in_file = sections.into_iter().any(|section| section.key(spelling).is_some());
    let of_one_arm = if dials().iter().any(|dial| dial.name == name) { " of one arm" } else { "" };
    let reason =
        in_file.then(|| format!("\"{spelling}\"{of_one_arm} can be changed in the file only"));
    let help = format!(
        "{meant}NAME is a parameter (`calcifate list parameters`), an input (`calcifate list \
         inputs`), a food (`calcifate list foods`), or {}; for one arm only: ARM.NAME, for the \
         life before: habitual.NAME.",
        others.join(", ")
    );
    UnknownDial { reason, help }
}

fn of_parameter(entry: &'static ParameterInfo) -> Dial {
    let range = (entry.low.unwrap_or(entry.value), entry.high.unwrap_or(entry.value));
    let ends = (entry.low.unwrap_or(f64::NEG_INFINITY), entry.high.unwrap_or(f64::INFINITY));
    Dial {
        name: entry.name,
        aliases: &[],
        part: ScenarioPart::Parameter(entry),
        column: entry.name.to_owned(),
        meaning: entry.note.to_owned(),
        kind: DialKind::Number(Number {
            plausible: range,
            usual: Some(entry.value),
            ..plain(entry.unit, entry.name, ends)
        }),
    }
}

fn of_input(key: &Key, info: &'static InputInfo, part: ScenarioPart) -> Dial {
    let parameters = Parameters::PARADOX;
    let (life, usual) = match part {
        ScenarioPart::Person(_) => ("", person::value(&Person::default(), info.name)),
        ScenarioPart::Habitual(_) => ("habitual_", Inputs::reference(&parameters).get(info.name)),
        _ => ("", Inputs::reference(&parameters).get(info.name)),
    };
    Dial {
        name: key.name,
        aliases: key.aliases,
        part,
        column: format!("{life}{}", info.name),
        meaning: key.meaning.to_string(),
        kind: DialKind::Number(Number {
            matter: info.matter,
            plausible: info.plausible,
            usual,
            whole: info.whole,
            with_unit: !is_bare(info.unit),
            ..plain(info.unit, info.label, info.allowed)
        }),
    }
}

fn of_food(food: &'static Food) -> Dial {
    let number = plain("g/d", food.name, (0.0, 5000.0));
    Dial {
        name: food.name,
        aliases: &[],
        part: ScenarioPart::Food,
        column: format!("{}{}", food.name, suffix("g/d")),
        meaning: "grams per day".to_owned(),
        kind: DialKind::Number(Number { plausible: (0.0, 500.0), with_unit: true, ..number }),
    }
}

/// The dial of a key that holds one number or word; tables, lists and texts are none.
fn of_key(key: &Key, part: ScenarioPart) -> Option<Dial> {
    let plain = |unit, allowed| plain(unit, key.name, allowed);
    let kind = match key.value_type {
        ValueType::Choice(words) => DialKind::Word(words),
        ValueType::Date | ValueType::ChoiceOrName { .. } => DialKind::Word(&[]),
        ValueType::Duration => {
            DialKind::Number(Number { with_unit: true, ..plain("d", (0.0, 40_178.0)) })
        }
        ValueType::Share => DialKind::Number(plain("1", (0.0, 1.0))),
        ValueType::Whole => {
            DialKind::Number(Number { whole: true, ..plain("1", (0.0, 9_007_199_254_740_992.0)) })
        }
        _ => return None,
    };
    let unit = if matches!(key.value_type, ValueType::Duration) { "d" } else { "1" };
    Some(Dial {
        name: key.name,
        aliases: key.aliases,
        part,
        kind,
        column: format!("{}{}", key.name, suffix(unit)),
        meaning: key.meaning.to_string(),
    })
}

/// A number that is written without a unit, with one range and no usual value.
const fn plain(unit: &'static str, label: &'static str, allowed: (f64, f64)) -> Number {
    Number {
        unit,
        matter: Matter::Any,
        label,
        allowed,
        plausible: allowed,
        usual: None,
        whole: false,
        with_unit: false,
    }
}
