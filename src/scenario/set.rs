//! `--set KEY=VALUE`: changes from the command line, as if written after everything else.

use crate::error::problem::Place;
use crate::error::suggest::did_you_mean;
use crate::parameters::{ENTRIES, entry};
use crate::scenario::arms::Changes;
use crate::scenario::check::check;
use crate::scenario::collect::{FIRST_SET_TEXT, Problems};
use crate::scenario::extend::merge;
use crate::scenario::keys::{Section, Shape, key, keys};
use crate::scenario::tree::{Entry, Node, Value};

/// Splits the changes: those of the file's top go into `root`, the others are given back.
///
/// A key may carry its section: `person.age`, `parameters.pth_steepness`. Parameters and keys of
/// `[person]` act on every arm for life, intakes and conditions on every arm from day 0.
pub fn apply(sets: &[(String, String)], root: &mut Vec<Entry>, problems: &mut Problems) -> Changes {
    let mut changes = Changes::default();
    for (index, (spelling, value)) in sets.iter().enumerate() {
        let place = Place { text: FIRST_SET_TEXT + index, bytes: 0..0 };
        let name = spelling.rsplit('.').next().unwrap_or(spelling).trim();
        let node = Node { value: read(value.trim()), place: place.clone() };
        let mut given = vec![Entry { key: name.to_owned(), place: place.clone(), node }];
        if entry(name).is_some() {
            changes.parameters = merge(changes.parameters, given);
        } else if key(Section::Person, name).is_some() {
            check(Section::Person, &mut given, problems);
            changes.person = merge(changes.person, given);
        } else if is_input(name) {
            check(Section::Habitual, &mut given, problems);
            changes.lived = merge(changes.lived, given);
        } else if is_root_scalar(name) {
            check(Section::Root, &mut given, problems);
            *root = merge(std::mem::take(root), given);
        } else {
            unknown(name, &place, problems);
        }
    }
    changes
}

fn is_input(name: &str) -> bool {
    key(Section::Habitual, name).is_some_and(|key| matches!(key.shape, Shape::Input(_)))
}

fn is_root_scalar(name: &str) -> bool {
    key(Section::Root, name).is_some_and(|key| {
        matches!(
            key.shape,
            Shape::Duration | Shape::Choice(_) | Shape::Date | Shape::Share | Shape::Whole
        )
    })
}

fn read(value: &str) -> Value {
    match (value, value.parse::<f64>()) {
        ("true", _) => Value::Flag(true),
        ("false", _) => Value::Flag(false),
        (_, Ok(number)) => Value::Number(number),
        (text, Err(_)) => Value::Text(text.to_owned(), None),
    }
}

fn unknown(name: &str, place: &Place, problems: &mut Problems) {
    let settable = [Section::Person, Section::Habitual, Section::Root].into_iter().flat_map(keys);
    let all: Vec<&str> = settable.map(|key| key.name).collect();
    let fits = |name: &&str| {
        key(Section::Person, name).is_some() || is_input(name) || is_root_scalar(name)
    };
    let mut names: Vec<&str> = all.iter().copied().filter(fits).collect();
    names.extend(ENTRIES.iter().map(|entry| entry.name));
    let meant = did_you_mean(name, names);
    let help = format!(
        "{meant}NAME is a parameter (`calcifate list parameters`), a key of [person] or [habitual], \
         or duration, output_every, resolution, hypothesis, seed, sun_season, start_date."
    );
    let message = if all.contains(&name) {
        format!("\"{name}\" can be changed in the file only")
    } else {
        format!("unknown name \"{name}\"")
    };
    problems.error(place, message, "", help);
}
