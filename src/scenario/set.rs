//! `--set KEY=VALUE`: changes from the command line, as if written after everything else.

use crate::error::problem::Place;
use crate::error::suggest::did_you_mean;
use crate::form::check::check;
use crate::form::key::{Section, Shape};
use crate::form::problems::{FIRST_SET_TEXT, Problems};
use crate::form::tree::{Entry, Node, Value};
use crate::nutrition::foods::food;
use crate::parameters::{ENTRIES, entry};
use crate::scenario::arms::Changes;
use crate::scenario::extend::merge;
use crate::scenario::keys::{HABITUAL, PERSON, ROOT, SCENARIO};

/// Sorts the changes by what they act on.
///
/// A key may say where it belongs: `person.age`, `parameters.pth_steepness`, `foods.natto`.
/// Parameters and keys of `[person]` act for life, intakes, foods and conditions from day 0, or
/// for life as `habitual.calcium_diet`. `ARM.KEY` acts on that arm only, else on every arm.
pub fn read(sets: &[(String, String)], arms: &[String], problems: &mut Problems) -> Changes {
    let mut changes = Changes::default();
    for (index, (spelling, value)) in sets.iter().enumerate() {
        let place = Place { text: FIRST_SET_TEXT + index, bytes: 0..0 };
        let node = Node { value: value_of(value.trim()), place };
        let (arm, key) = split_arm(spelling.trim(), arms);
        match arm {
            Some(arm) => {
                let of_arm = changes.of_arms.entry(arm.to_owned()).or_default();
                sort_in(of_arm, key, node, true, problems);
            }
            None => sort_in(&mut changes, key, node, false, problems),
        }
    }
    changes
}

/// `ARM.KEY` as the arm and the rest, where there is such an arm.
#[must_use]
pub fn split_arm<'a>(spelling: &'a str, arms: &[String]) -> (Option<&'a str>, &'a str) {
    match spelling.split_once('.') {
        Some((arm, key)) if arms.iter().any(|known| known == arm) => (Some(arm), key),
        _ => (None, spelling),
    }
}

/// Puts one change where it acts.
fn sort_in(
    changes: &mut Changes,
    spelling: &str,
    node: Node,
    of_one_arm: bool,
    problems: &mut Problems,
) {
    let place = node.place.clone();
    let (section, name) = spelling.rsplit_once('.').unwrap_or(("", spelling));
    let name = name.trim();
    let mut given = vec![Entry { key: name.to_owned(), place: place.clone(), node }];
    let into = |list: &mut Vec<Entry>, given| *list = merge(std::mem::take(list), given);
    match section {
        // A later change of the same parameter stands behind the earlier one and wins.
        "" | "parameters" if entry(name).is_some() => changes.parameters.append(&mut given),
        "" | "person" if PERSON.key(name).is_some() => {
            check(&SCENARIO, &PERSON, &mut given, problems);
            into(&mut changes.person, given);
        }
        "" | "habitual" if is_input(name) => {
            check(&SCENARIO, &HABITUAL, &mut given, problems);
            let for_life = section == "habitual";
            into(if for_life { &mut changes.habitual } else { &mut changes.lived }, given);
        }
        "" | "foods" if food(name).is_some() => {
            let node = Node { value: Value::Table(given), place: place.clone() };
            into(&mut changes.lived, vec![Entry { key: "foods".into(), place, node }]);
        }
        "" if is_root_scalar(name) && !of_one_arm => {
            check(&SCENARIO, &ROOT, &mut given, problems);
            into(&mut changes.root, given);
        }
        _ => unknown(spelling, &place, problems),
    }
}

fn is_input(name: &str) -> bool {
    HABITUAL.key(name).is_some_and(|key| matches!(key.shape, Shape::Amount { .. }))
}

fn is_root_scalar(name: &str) -> bool {
    ROOT.key(name).is_some_and(|key| {
        matches!(
            key.shape,
            Shape::Duration | Shape::Choice(_) | Shape::Date | Shape::Share | Shape::Whole
        )
    })
}

fn value_of(value: &str) -> Value {
    match (value, value.parse::<f64>()) {
        ("true", _) => Value::Flag(true),
        ("false", _) => Value::Flag(false),
        (_, Ok(number)) => Value::Number(number),
        (text, Err(_)) => Value::Text(text.to_owned(), None),
    }
}

fn unknown(name: &str, place: &Place, problems: &mut Problems) {
    let settable = [&PERSON, &HABITUAL, &ROOT].into_iter().flat_map(Section::keys);
    let all: Vec<&str> = settable.map(|key| key.name).collect();
    let fits = |name: &&str| PERSON.key(name).is_some() || is_input(name) || is_root_scalar(name);
    let mut names: Vec<&str> = all.iter().copied().filter(fits).collect();
    names.extend(ENTRIES.iter().map(|entry| entry.name));
    let meant = did_you_mean(name, names);
    let help = format!(
        "{meant}NAME is a parameter (`calcifate list parameters`), a key of [person] or [habitual], \
         a food, or duration, output_every, resolution, hypothesis, seed, sun_season, start_date; \
         for one arm only: ARM.NAME."
    );
    let message = if all.contains(&name) {
        format!("\"{name}\" can be changed in the file only")
    } else {
        format!("unknown name \"{name}\"")
    };
    problems.error(place, message, "", help);
}
